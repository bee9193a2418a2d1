"""Two ways to understand a text, one type: rules that are always there, and a model where one is served."""

from __future__ import annotations

from llm_planner.context import Context
from llm_planner.understand.reading import Item, Reading
from llm_planner.understand.rules.read import read

__all__ = ["Item", "Reading", "read", "understand"]


def understand(text: str, context: Context) -> Reading:
    """What the text says, by the rules."""
    return read(text, context)
