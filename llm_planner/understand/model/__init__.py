"""Reading with a served model: any OpenAI-compatible server, within its limits, and never trusted."""

from __future__ import annotations

from llm_planner.understand.model.read import read_by_model
from llm_planner.understand.model.server import Server
from llm_planner.understand.model.settings import ModelSettings, settings_of

__all__ = ["ModelSettings", "Server", "read_by_model", "settings_of"]
