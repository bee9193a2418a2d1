"""What can be done and asked with sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from planning.commands import IMAGING, Command
from planning.queries import Query

MOST_CHARACTERS = 2000
MOST_A_MINUTE = 20
"""Texts a person may ask in one minute."""


@dataclass(frozen=True, slots=True)
class AskPlanner(Command):
    """-> AskedView: the text read to cards. Changes nothing but the list of what was asked. ``area`` is the page it was typed on.

    Raises BadInput for an empty text or one of more than 2,000 characters, WrongState for more than 20 in a minute.
    """

    text: str = field(metadata={"secret": True})
    area: str = IMAGING


@dataclass(frozen=True, slots=True)
class AnswerCard(Command):
    """-> AskedView: the text read again with what the card asks back settled: of the things that matched alike, ``choice`` is meant."""

    asked_id: str
    card: int
    choice: str


@dataclass(frozen=True, slots=True)
class ConfirmCard(Command):
    """-> AskedView. What the card proposes is done, as one's own click would do it: RecordChanges, RequestSolve or UndoAsked. ``said``
    replaces the card's change by one of the same intent (its fields as JSON, edited in place); None = as it was read."""

    asked_id: str
    card: int
    said: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class DismissCard(Command):
    """-> AskedView. The card proposes nothing any more."""

    asked_id: str
    card: int


@dataclass(frozen=True, slots=True)
class UndoAsked(Command):
    """-> int: changes taken back. Those of one card, of the person's own last confirmed card (``asked_id`` None), or with ``is_all`` of
    all of the person's confirmed cards. Raises WrongState where nothing is left."""

    asked_id: str | None = None
    card: int | None = None
    is_all: bool = False


@dataclass(frozen=True, slots=True)
class Asked(Query):
    """-> tuple[AskedView, ...]: what the person has asked, newest first; ``asked_id`` narrows to one."""

    asked_id: str | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class CardPreview(Query):
    """-> PreviewView of a change on a copy: whom it touches in the plan in force, and with ``seconds`` > 0 the plan solved around it, who
    moves and the price. Nothing is stored. ``said`` as in ConfirmCard."""

    asked_id: str
    card: int
    said: Mapping[str, Any] | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class CardAnswer(Query):
    """-> AnswerView of a question's card, in the language of the question."""

    asked_id: str
    card: int
