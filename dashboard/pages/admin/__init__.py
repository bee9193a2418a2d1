"""The Admin page: who may do what, who did what?"""

from __future__ import annotations

from dash import Dash

from dashboard.pages.admin import frame as _frame
from dashboard.pages.admin import people, settings_form, sites
from dashboard.pages.admin.frame import layout, stores
from planning.app import Application
from planning.queries import AuditLog

__all__ = ["ASKS", "layout", "register", "stores"]

ASKS = AuditLog


def register(app: Dash, application: Application) -> None:
    """Callbacks of the page."""
    _frame.register(app, application)
    people.register(app, application)
    sites.register(app, application)
    settings_form.register(app, application)
