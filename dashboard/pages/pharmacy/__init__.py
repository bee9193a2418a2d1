"""The Pharmacy page: what must I order today, and what will I throw away?"""

from __future__ import annotations

from dash import Dash

from dashboard.pages.pharmacy import acts, api
from dashboard.pages.pharmacy.frame import layout, stores
from planning.app import Application
from planning.pharmacy.asked import PharmacyPage

__all__ = ["ASKS", "layout", "register", "stores"]

ASKS = PharmacyPage


def register(app: Dash, application: Application) -> None:
    """Callbacks and endpoints of the page."""
    acts.register(app, application)
    api.register(app.server, application)
