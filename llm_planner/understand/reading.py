"""What a text was understood to say, each part with the phrase it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hospital.changes.fields import Intent

Reader = Literal["rules", "model"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One intent, and the phrase of the original it came from; for a question back, the intent as far as it was understood."""

    intent: Intent
    phrase: str = ""
    half: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The items in the order said, and who read them. ``alternative`` is another reading to choose, where a model's differs."""

    items: tuple[Item, ...]
    reader: Reader = "rules"
    alternative: tuple[Item, ...] = ()

    @property
    def intents(self) -> tuple[Intent, ...]:
        """The intents alone."""
        return tuple(item.intent for item in self.items)
