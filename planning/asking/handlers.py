"""How a text is asked, and how its cards are confirmed, dismissed and taken back: always by a person, never by the text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from hospital.changes import Reoptimise, change_to_json
from hospital.errors import BadInput, Conflict, NotAllowed, UnknownId, WrongState
from llm_planner.context import Context
from llm_planner.intents import Undo, intent_from_json, intent_to_json
from llm_planner.understand import Reading, understand
from planning.asking import asked as a
from planning.asking.cards import card_of, cards_of, changes_said, from_rows, to_rows, with_card
from planning.asking.context import Ground, ground_of
from planning.asking.reads import asked_view, own_row
from planning.asking.views import AskedView, Card
from planning.commands import Command, RecordChanges, RequestSolve, UndoChange
from planning.desk import Desk, UseCase
from planning.permissions import may
from planning.rows import AskedText

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_MINUTE = timedelta(minutes=1)


def language_of(text: str) -> str:
    """The language a text is answered in."""
    return "zh" if _CHINESE.search(text) else "en"


def _check_ask(desk: Desk, command: a.AskPlanner) -> None:
    if not command.text.strip():
        raise BadInput("asked_nothing")
    if len(command.text) > a.MOST_CHARACTERS:
        raise BadInput("asked_too_long", found=len(command.text), expected=a.MOST_CHARACTERS)
    if desk.work.asked.num_since(desk.site_id, desk.actor.account_id, desk.now - _MINUTE) >= a.MOST_A_MINUTE:
        raise WrongState("asked_too_often", expected=a.MOST_A_MINUTE)


def _read(desk: Desk, command: a.AskPlanner) -> tuple[Ground, Reading]:
    _check_ask(desk, command)
    ground = ground_of(desk, command.area)
    return ground, understand(command.text, ground.context)


def _ask(desk: Desk, command: a.AskPlanner, ready: tuple[Ground, Reading]) -> AskedView:
    _check_ask(desk, command)
    ground, reading = ready
    cards = cards_of(reading, ground.context, frozenset(ground.situations), command.area)
    row = AskedText(
        id=uuid4().hex,
        site_id=desk.site_id,
        account_id=desk.actor.account_id,
        account=desk.actor.name,
        at=desk.now,
        area=command.area,
        text=command.text,
        language=language_of(command.text),
        reading=_as_json(reading),
        cards=to_rows(cards),
    )
    desk.work.asked.add(row)
    desk.trail.facts |= {"asked": row.id, "intents": [card.intent for card in cards]}
    return asked_view(desk, row, ground)


def _as_json(reading: Reading) -> dict[str, Any]:
    return {"reader": reading.reader, "intents": [intent_to_json(intent) for intent in reading.intents]}


def _waiting(desk: Desk, asked_id: str, number: int) -> tuple[AskedText, Card]:
    row = own_row(desk, asked_id)
    card = card_of(row, number)
    if card.state != "waiting":
        raise WrongState("card_not_waiting")
    return row, card


def _move_on(desk: Desk, row: AskedText, *cards: Card) -> AskedText:
    changed = row
    for card in cards:
        changed = with_card(changed, card)
    if not desk.work.asked.move_on(row, changed.cards):
        raise Conflict("changed_meanwhile")
    desk.trail.facts |= {"asked": row.id, "cards": [card.number for card in cards]}
    return replace(changed, revision=row.revision + 1)


# --- a card that asks back


def _read_again(desk: Desk, command: a.AnswerCard) -> tuple[Ground, Reading]:
    row, card = _waiting(desk, command.asked_id, command.card)
    if card.kind != "ask" or command.choice not in card.choices:
        raise UnknownId("unknown_choice", id=command.choice)
    ground = ground_of(desk, row.area)
    return ground, understand(row.text, _without(ground.context, card.choices, command.choice))


def _without(context: Context, choices: Sequence[str], kept: str) -> Context:
    others = frozenset(choices) - {kept}
    return replace(context, things=tuple(thing for thing in context.things if thing.id not in others))


def _answer(desk: Desk, command: a.AnswerCard, ready: tuple[Ground, Reading]) -> AskedView:
    row, card = _waiting(desk, command.asked_id, command.card)
    ground, reading = ready
    again = cards_of(reading, ground.context, frozenset(ground.situations), row.area)
    if len(again) != len(row.cards) or again[card.number - 1].kind == "ask":
        raise WrongState("card_still_unclear", id=command.choice)
    return asked_view(desk, _move_on(desk, row, again[card.number - 1]), ground)


# --- confirming


@dataclass(frozen=True)
class _Act:
    """What confirming a card does: another command, and what that command made ready."""

    command: Command
    ready: Any = None


def _prepare(desk: Desk, command: a.ConfirmCard) -> _Act:
    row, card = _waiting(desk, command.asked_id, command.card)
    if card.kind not in ("change", "undo"):
        raise WrongState("card_without_change")
    act = _act_of(desk, row, card, command.said)
    _check_right(desk, act)
    ready = None if isinstance(act, a.UndoAsked) else _use_case(act).ready
    return _Act(act, None if ready is None else ready(desk, act))


def _act_of(desk: Desk, row: AskedText, card: Card, said: Mapping[str, Any] | None) -> Command:
    """The command that any other face would hand in for this card."""
    if card.kind == "undo":
        intent = intent_from_json(dict(card.said))
        return a.UndoAsked(is_all=isinstance(intent, Undo) and intent.scope == "all")
    timezone = ground_of(desk, row.area).timezone
    (change,) = changes_said(card, said, timezone)
    if isinstance(change, Reoptimise):
        seconds = None if change.time_limit_s is None else float(change.time_limit_s)
        return RequestSolve(card.area, seconds, min_changes=bool(change.min_changes))
    return RecordChanges(card.area, (change,), card.phrase)


def _use_case(command: Command) -> UseCase:
    from planning.handlers import USE_CASES as ALL

    return ALL[type(command)]


def _check_right(desk: Desk, command: Command) -> None:
    if not may(desk.actor, type(command)):
        raise NotAllowed("role_may_not", role=f"role_{desk.actor.role.value}", action=type(command).__name__)


def _confirm(desk: Desk, command: a.ConfirmCard, ready: _Act) -> AskedView:
    row, card = _waiting(desk, command.asked_id, command.card)
    _check_right(desk, ready.command)
    done = _use_case(ready.command).act(desk, ready.command, ready.ready)
    made = tuple(done) if isinstance(ready.command, RecordChanges) else ()
    job = str(done) if isinstance(ready.command, RequestSolve) else ""
    said = card.said
    if isinstance(ready.command, RecordChanges):
        said = change_to_json(ready.command.changes[0])
    row = own_row(desk, row.id)
    confirmed = replace(card, state="confirmed", changes=made, job=job, said=said)
    return asked_view(desk, _move_on(desk, row, confirmed), ground_of(desk, row.area))


def _dismiss(desk: Desk, command: a.DismissCard, _: Any) -> AskedView:
    row, card = _waiting(desk, command.asked_id, command.card)
    row = _move_on(desk, row, replace(card, state="dismissed"))
    return asked_view(desk, row, ground_of(desk, row.area))


# --- taking back


def _undo(desk: Desk, command: a.UndoAsked, _: Any) -> int:
    _check_right(desk, UndoChange())
    num = 0
    for row, card in _confirmed(desk, command):
        num += sum(_undone(desk, card.area, change_id) for change_id in card.changes)
        _move_on(desk, row, replace(card, state="undone"))
    if num == 0:
        raise WrongState("nothing_to_undo")
    desk.trail.facts["undone"] = num
    return num


def _confirmed(desk: Desk, command: a.UndoAsked) -> list[tuple[AskedText, Card]]:
    """The cards to take back, newest first; a row is read again for each of its cards."""
    if command.asked_id is not None:
        row = own_row(desk, command.asked_id)
        found = [card for card in from_rows(row.cards) if command.card in (None, card.number)]
        rows = [(row, card) for card in reversed(found)]
    else:
        texts = desk.work.asked.list(desk.site_id, desk.actor.account_id, limit=1000)
        rows = [(row, card) for row in texts for card in reversed(from_rows(row.cards))]
    rows = [(row, card) for row, card in rows if card.state == "confirmed" and card.changes]
    chosen = rows if command.is_all or command.asked_id is not None else rows[:1]
    return _stepped(chosen)


def _stepped(rows: list[tuple[AskedText, Card]]) -> list[tuple[AskedText, Card]]:
    """The same, each row as the step before it will have left it."""
    done: list[tuple[AskedText, Card]] = []
    last: dict[str, AskedText] = {}
    for row, card in rows:
        now = last.get(row.id, row)
        done.append((now, card))
        undone = with_card(now, replace(card, state="undone"))
        last[row.id] = replace(undone, revision=now.revision + 1)
    return done


def _undone(desk: Desk, area: str, change_id: str) -> int:
    """1 where the change was still there to be taken back."""
    active = {row.id for row in desk.work.changes.all(desk.site_id, area) if row.is_active}
    if change_id not in active:
        return 0
    command = UndoChange(change_id, area=area)
    _use_case(command).act(desk, command, None)
    return 1


USE_CASES: dict[type[Command], UseCase] = {
    a.AskPlanner: UseCase(_ask, ready=_read),
    a.AnswerCard: UseCase(_answer, ready=_read_again),
    a.ConfirmCard: UseCase(_confirm, ready=_prepare),
    a.DismissCard: UseCase(_dismiss),
    a.UndoAsked: UseCase(_undo),
}
