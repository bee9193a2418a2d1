"""What pages show of a text that was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from planning.views import MatchView, MovedRow, PlaceView, RequestView


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One thing that a text says. ``said`` is the intent as JSON, ``phrase`` where it stands in the text.

    ``kind``: change (to be confirmed), undo (to be confirmed), question, ask (something is not clear), refused (not for a planner), absent
    (an area without data here), several (things of more than one area), confirm (a button does that). ``state``: waiting, confirmed,
    dismissed, undone, told. ``choices`` are the ids that match alike, ``changes`` the ids of the changes that confirming made, ``job`` the
    solve it began.
    """

    number: int
    kind: str
    intent: str
    said: Mapping[str, Any]
    phrase: str
    area: str
    state: str
    choices: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    job: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedView:
    """A text with its cards. ``language`` is that of the text; ``names`` what the ids of its cards are called; ``options`` the resources
    that may stand in a field instead, by area; ``is_allowed``: the person's role includes recording changes."""

    id: str
    at: datetime
    area: str
    text: str
    language: str
    timezone: str
    reader: str
    cards: tuple[Card, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_allowed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedRow:
    """An appointment in force that a change makes impossible where it stands, and by which rules."""

    about: RequestView
    place: PlaceView
    matches: tuple[MatchView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewView:
    """A change on a copy. Costs in points; ``is_solved``: a plan was found around it, ``moved``, ``added`` and ``dropped`` are against the
    plan in force, or the newest where none is published. ``is_in_force`` False: there is no plan that it could touch."""

    is_in_force: bool
    touched: tuple[TouchedRow, ...]
    is_solved: bool = False
    moved: tuple[MovedRow, ...] = ()
    added: tuple[MovedRow, ...] = ()
    dropped: tuple[MovedRow, ...] = ()
    cost_before: float = 0.0
    cost_after: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """An answer in sentences, each filled from a template by the engine's own figures; ``more`` is how many lines were left out."""

    sentences: tuple[str, ...]
    more: int = 0
    preview: PreviewView | None = None
