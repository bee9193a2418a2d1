"""The Beds page: where can the next patient go, and will tonight hold?"""

from __future__ import annotations

from dash import Dash

from dashboard.pages.beds import acts
from dashboard.pages.beds.frame import layout, stores
from planning.app import Application
from planning.beds.asked import BedsPage

__all__ = ["ASKS", "layout", "register", "stores"]

ASKS = BedsPage


def register(app: Dash, application: Application) -> None:
    """Callbacks of the page."""
    acts.register(app, application)
