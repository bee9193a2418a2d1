"""Two ways to understand a text, one type: rules that are always there, and a model where one is served."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hospital.changes.fields import Intent
from llm_planner.context import Context
from llm_planner.intents import Clarify, OutOfScope, intent_to_json
from llm_planner.understand.reading import Item, Reading
from llm_planner.understand.rules.read import read

if TYPE_CHECKING:
    from llm_planner.understand.model import Server

__all__ = ["Item", "Reading", "read", "understand"]

_SOFT = frozenset({"reason", "level", "problem", "service"})
"""Fields in which two readings may differ without a question."""


def understand(text: str, context: Context, server: Server | None = None) -> Reading:
    """What the text says. The rules read first; a refusal stands. Where a model reads it differently in a hard field, its reading is
    the `Reading.alternative` to choose; where the rules understood nothing, the model's is taken."""
    ours = read(text, context)
    if server is None or any(isinstance(intent, OutOfScope) for intent in ours.intents):
        return ours
    from llm_planner.understand.model import read_by_model

    other = read_by_model(text, context, server)
    if other is None or _hard(ours) == _hard(other):
        return ours
    if all(_is_blank(intent) for intent in ours.intents):
        return other
    return replace(ours, alternative=other.items)


def _is_blank(intent: Intent) -> bool:
    """A question back that knows neither a name nor a choice: nothing was understood."""
    return isinstance(intent, Clarify) and not (intent.unknown or intent.candidates)


def _hard(reading: Reading) -> list[dict[str, Any]]:
    said = [intent_to_json(intent) for intent in reading.intents]
    return [{name: value for name, value in one.items() if name not in _SOFT} for one in said]
