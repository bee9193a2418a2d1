"""What a person asked, what a card would do, and the answers to questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hospital.errors import BadInput, UnknownId
from planning.asking import asked as a
from planning.asking.answers import answer
from planning.asking.cards import card_of, changes_said, from_rows
from planning.asking.context import Ground, ground_of
from planning.asking.preview import on_newest, preview_of
from planning.asking.views import AnswerView, AskedView, PreviewView
from planning.commands import RecordChanges
from planning.desk import Desk
from planning.permissions import may
from planning.queries import Query
from planning.rows import AskedText

_MOST_ROWS = 200


def asked_view(desk: Desk, row: AskedText, ground: Ground) -> AskedView:
    """A kept text as pages show it."""
    cards = from_rows(row.cards)
    known = ground.context.by_id
    ids = {one for card in cards for one in (*_ids(card.said), *card.choices)}
    return AskedView(
        id=row.id,
        at=row.at,
        area=row.area,
        text=row.text,
        language=row.language,
        timezone=ground.timezone,
        reader=str(row.reading.get("reader", "")),
        cards=cards,
        names={one: known[one].names[0] for one in ids if one in known and known[one].names},
        options={name: tuple(there.problem.resource_ids) for name, there in ground.situations.items()},
        is_allowed=may(desk.actor, RecordChanges),
    )


def _ids(said: Any) -> list[str]:
    if isinstance(said, str):
        return [said]
    if isinstance(said, list | tuple):
        return [one for part in said for one in _ids(part)]
    if isinstance(said, dict):
        return [one for name, part in said.items() if name != "intent" for one in _ids(part)]
    return []


def _asked(desk: Desk, query: a.Asked) -> tuple[AskedView, ...]:
    if not 1 <= query.limit <= _MOST_ROWS:
        raise BadInput("bad_limit", found=query.limit, expected=f"1-{_MOST_ROWS}")
    if query.asked_id is not None:
        rows: tuple[AskedText, ...] = (own_row(desk, query.asked_id),)
    else:
        rows = desk.work.asked.list(desk.site_id, desk.actor.account_id, limit=query.limit)
    return tuple(asked_view(desk, row, ground_of(desk, row.area)) for row in rows)


def own_row(desk: Desk, asked_id: str) -> AskedText:
    """A text of one's own. Raises UnknownId, also for another person's."""
    row = desk.work.asked.get(desk.site_id, asked_id)
    if row is None or row.account_id != desk.actor.account_id:
        raise UnknownId("unknown_asked", id=asked_id)
    return row


def _preview(desk: Desk, query: a.CardPreview) -> PreviewView:
    row = own_row(desk, query.asked_id)
    card = card_of(row, query.card)
    changes = changes_said(card, query.said, ground_of(desk, row.area).timezone)
    return preview_of(on_newest(desk, card.area), changes, seconds=query.seconds)


def _answer(desk: Desk, query: a.CardAnswer) -> AnswerView:
    row = own_row(desk, query.asked_id)
    return answer(desk, card_of(row, query.card), row.language)


READS: dict[type[Query], Callable[[Desk, Any], Any]] = {
    a.Asked: _asked,
    a.CardPreview: _preview,
    a.CardAnswer: _answer,
}
