"""Which area's page a person is on: every callback of the shared plan page is told, and whatever it calls may ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from dash import Dash, State
from dash.exceptions import PreventUpdate

from dashboard.i18n import Words
from hospital.texts import catalogue
from planning.commands import IMAGING

STORE = "plan-area"
NAMESPACES = {"imaging": "imaging", "radiotherapy": "treatment", "dialysis": "dialysis"}
"""Where an area's own words stand; what is not there is said as in imaging."""
_area: ContextVar[str] = ContextVar("area", default=IMAGING)


def area_here() -> str:
    """The area of the page at hand."""
    return _area.get()


@contextmanager
def being_on(area: str | None) -> Iterator[None]:
    """What is done inside is done on that area's page."""
    token = _area.set(area if area in NAMESPACES else IMAGING)
    try:
        yield
    finally:
        _area.reset(token)


class PlanWords(Words):
    """Texts of the plan page: the area's own, else those that all areas share."""

    def __init__(self, language: str) -> None:
        super().__init__(NAMESPACES[area_here()], language)

    def __call__(self, key: str, **values: Any) -> str:
        """The text with its placeholders filled."""
        if f"{self.namespace}.{key}" in catalogue(self.language):
            return super().__call__(key, **values)
        return Words("imaging", self.language)(key, **values)

    def known(self, key: str) -> bool:
        """True where the area or all areas have that entry."""
        return super().known(key) or Words("imaging", self.language).known(key)


class OnArea:
    """A Dash application whose callbacks are told the area: registered like any other, run on its page; those that belong to ``only`` one
    area are passed over on the page of another that is being left."""

    def __init__(self, app: Dash, *, only: str = "") -> None:
        self.app, self.only = app, only

    def callback(self, *dependencies: Any, **how: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """As ``Dash.callback``; the function gets what it asks for and nothing more."""

        def told(function: Callable[..., Any]) -> Callable[..., Any]:
            @wraps(function)
            def on_its_page(*values: Any) -> Any:
                *given, area = values
                if self.only not in ("", area):
                    raise PreventUpdate
                with being_on(area):
                    return function(*given)

            registered: Any = self.app.callback(*dependencies, State(STORE, "data"), **how)
            registered(on_its_page)
            return on_its_page

        return told
