"""What is neither a change nor a question: taking back, agreeing, asking back, refusing."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from hospital.changes.fields import Count, Intent
from llm_planner.intents.fields import Category


class Undo(Intent):
    """Take back the last change (``steps`` of them) or all."""

    intent: Literal["undo"] = "undo"
    scope: Literal["last", "all"]
    steps: Count | None = None


class Confirm(Intent):
    """A wish to accept or reject the changes shown; the button applies them, never this text."""

    intent: Literal["confirm"] = "confirm"
    decision: Literal["accept", "reject"]


class Clarify(Intent):
    """The planner must ask: about which intent, which fields are missing, which names it does not know (``unknown``), which ids
    match equally well (``candidates``)."""

    intent: Literal["clarify"] = "clarify"
    about: str
    missing: tuple[str, ...] = Field(default=(), min_length=1)
    unknown: tuple[str, ...] = Field(default=(), min_length=1)
    candidates: tuple[str, ...] = Field(default=(), min_length=1)

    @field_validator("about")
    @classmethod
    def _is_an_intent(cls, about: str) -> str:
        from llm_planner.intents.union import NAMES

        if about not in NAMES:
            raise ValueError(about)
        return about


class OutOfScope(Intent):
    """Not for a planner; the category says what is answered instead."""

    intent: Literal["out_of_scope"] = "out_of_scope"
    category: Category
