"""The Planner page and the box on every page: what did I ask, and what became of it?"""

from __future__ import annotations

from dashboard.pages.planner.acts import register
from dashboard.pages.planner.frame import layout, panel, stores
from planning.asking.asked import Asked

__all__ = ["ASKS", "layout", "panel", "register", "stores"]

ASKS = Asked
