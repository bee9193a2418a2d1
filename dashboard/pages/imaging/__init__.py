"""The Imaging page: who is where, who has no place, and why?"""

from __future__ import annotations

from typing import Any

from dash import Dash

from dashboard.pages.imaging import acts, api, downtime, reasons, show, side, solving, urgent
from dashboard.pages.imaging.frame import layout, stores
from planning.app import Application
from planning.queries import PlanView

__all__ = ["ASKS", "layout", "register", "stores"]

ASKS = PlanView


def register(app: Dash, application: Application) -> None:
    """Callbacks and endpoints of the page."""
    parts: tuple[Any, ...] = (show, side, acts, reasons, downtime, urgent, solving)
    for part in parts:
        part.register(app, application)
    api.register(app.server, application)
