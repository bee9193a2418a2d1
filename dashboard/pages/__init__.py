"""The places of the dashboard: one entry a page, in the order in which they stand on the left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import Dash

from dashboard.pages import admin, beds, data, operations, pharmacy, plan, planner
from planning.actors import Actor, Role
from planning.app import Application
from planning.permissions import may
from planning.queries import Query


@dataclass(frozen=True, kw_only=True)
class Page:
    """A place: ``layout`` draws it for a person, ``register`` adds its callbacks and endpoints once, ``stores`` are its values that
    outlive a redraw (a change of language, a visit elsewhere). ``asks`` is the question
    without which the place means nothing: who may not ask it does not see the place."""

    path: str
    key: str
    layout: Callable[[Application, Actor], Any]
    register: Callable[[Dash, Application], None]
    stores: Callable[[], list[Any]]
    asks: type[Query]


def _page(key: str, module: Any) -> Page:
    return Page(
        path=f"/{key}", key=key, layout=module.layout, register=module.register, stores=module.stores, asks=module.ASKS
    )


def _plan_page(area: str, *, is_first: bool) -> Page:
    """An area's plan page; callbacks and stores are there once for all areas."""
    return Page(
        path=f"/{area}",
        key=area,
        layout=plan.layout_of(area),
        register=plan.register if is_first else lambda *_: None,
        stores=plan.stores if is_first else list,
        asks=plan.ASKS,
    )


AREAS = ("imaging", "radiotherapy", "dialysis")
"""The areas that have a plan page."""
PAGES = (
    _page("operations", operations),
    *(_plan_page(area, is_first=area == AREAS[0]) for area in AREAS),
    _page("beds", beds),
    _page("pharmacy", pharmacy),
    _page("planner", planner),
    _page("data", data),
    _page("admin", admin),
)


def places(actor: Actor) -> tuple[Page, ...]:
    """The pages that mean something to the person's role."""
    return tuple(page for page in PAGES if may(actor, page.asks))


def first_path(actor: Actor) -> str:
    """Where a person begins."""
    return {Role.STEWARD: "/data", Role.ADMINISTRATOR: "/admin"}.get(actor.role, "/imaging")


def page_at(path: str) -> Page | None:
    """The page of a path."""
    return next((page for page in PAGES if page.path == path), None)
