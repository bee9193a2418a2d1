"""The Data page: what did we refuse, and what is late?"""

from __future__ import annotations

from dash import Dash

from dashboard.pages.data import acts, api
from dashboard.pages.data.frame import layout, stores
from planning.app import Application
from planning.queries import Uploads

__all__ = ["ASKS", "layout", "register", "stores"]

ASKS = Uploads


def register(app: Dash, application: Application) -> None:
    """Callbacks and endpoints of the page."""
    acts.register(app, application)
    api.register(app.server, application)
