"""The plan page of every area: who is where, who has no place, and why?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dash import Dash

from dashboard.pages.dialysis import acts as dialysis_acts
from dashboard.pages.dialysis import extra
from dashboard.pages.imaging import urgent
from dashboard.pages.plan import acts, api, downtime, frame, reasons, show, side, solving
from dashboard.pages.plan.frame import AFRESH, stores
from dashboard.pages.plan.here import OnArea, being_on
from dashboard.pages.treatment import new_course
from planning.actors import Actor
from planning.app import Application
from planning.queries import PlanView

__all__ = ["AFRESH", "ASKS", "layout_of", "register", "stores"]

ASKS = PlanView


def layout_of(area: str) -> Callable[[Application, Actor], Any]:
    """The layout of an area's page."""

    def layout(application: Application, actor: Actor) -> Any:
        with being_on(area):
            return frame.layout(application, actor)

    return layout


def register(app: Dash, application: Application) -> None:
    """Callbacks and endpoints, once for all areas."""
    on_area: Any = OnArea(app)
    parts: tuple[Any, ...] = (show, side, acts, reasons, downtime, solving)
    for part in parts:
        part.register(on_area, application)
    own: Mapping[str, tuple[Any, ...]] = {
        "imaging": (urgent,),
        "radiotherapy": (new_course,),
        "dialysis": (dialysis_acts, extra),
    }
    for area, its_parts in own.items():
        for part in its_parts:
            part.register(OnArea(app, only=area), application)
    api.register(app.server, application)
