"""A reading as cards: what each thing said is, of which area, and whether a person may confirm it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from hospital.changes import Change, changes_from_json
from hospital.changes.fields import Intent
from hospital.errors import BadInput, UnknownId, WrongState
from llm_planner.context import Context
from llm_planner.intents import CHANGE_NAMES, Clarify, Confirm, OutOfScope, Undo, intent_to_json
from llm_planner.understand.reading import Item, Reading
from planning.areas import AREAS
from planning.asking.views import Card
from planning.rows import AskedText

_AREA_OF_INTENT = {
    "dialysis_pattern": "dialysis", "isolation_rule": "dialysis", "fraction_rule": "radiotherapy", "bed_change": "beds",
    "road_closure": "ambulance", "diversion": "ambulance", "reposition": "ambulance", "supply_delay": "pharmacy",
    "stock_update": "pharmacy", "order_policy": "pharmacy", "budget_cap": "pharmacy",
}  # fmt: skip
"""The area of an intent that only one area knows."""


def cards_of(reading: Reading, context: Context, loaded: frozenset[str], page_area: str) -> tuple[Card, ...]:
    """The cards in the order said; ``loaded`` are the areas with data, ``page_area`` where the text was typed."""
    return tuple(_card(number, item, context, loaded, page_area) for number, item in enumerate(reading.items, start=1))


def _card(number: int, item: Item, context: Context, loaded: frozenset[str], page_area: str) -> Card:
    said = intent_to_json(item.intent)
    area = area_of_said(said, context, page_area)
    kind = _kind(item.intent, said["intent"], area, loaded)
    choices = item.intent.candidates if isinstance(item.intent, Clarify) else ()
    return Card(
        number=number,
        kind=kind,
        intent=said["intent"],
        said=said,
        phrase=item.phrase,
        area=area,
        state="waiting" if kind in ("change", "undo", "ask") else "told",
        choices=choices,
    )


def _kind(intent: Intent, name: str, area: str, loaded: frozenset[str]) -> str:
    if isinstance(intent, OutOfScope):
        return "refused"
    if isinstance(intent, Clarify):
        return "ask"
    if isinstance(intent, Undo):
        return "undo"
    if isinstance(intent, Confirm):
        return "confirm"
    if not area:
        return "several"
    if area not in AREAS or area not in loaded:
        return "absent"
    return "change" if name in CHANGE_NAMES else "question"


def area_of_said(said: Mapping[str, Any], context: Context, page_area: str) -> str:
    """The area that the things of an intent belong to; "" where they belong to several."""
    if said["intent"] == "what_if":
        found = {area_of_said(change, context, page_area) for change in said["changes"]}
        return found.pop() if len(found) == 1 else ""
    named = [value for name, value in said.items() if name.endswith(("_ids", "_id"))]
    ids = [one for value in named for one in ([value] if isinstance(value, str) else value)]
    things = [context.by_id[one] for one in ids if one in context.by_id]
    areas = {thing.area for thing in things if thing.area is not None}
    if len(areas) > 1:
        return ""
    if areas:
        return str(areas.pop())
    return str(said.get("problem") or _AREA_OF_INTENT.get(said["intent"], page_area))


def to_rows(cards: tuple[Card, ...]) -> list[dict[str, Any]]:
    """Cards as JSON."""
    return [{field.name: _plain(getattr(card, field.name)) for field in fields(Card)} for card in cards]


def from_rows(rows: Any) -> tuple[Card, ...]:
    """Cards from JSON."""
    return tuple(Card(**{**row, "choices": tuple(row["choices"]), "changes": tuple(row["changes"])}) for row in rows)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def card_of(row: AskedText, number: int) -> Card:
    """The card of that number. Raises UnknownId."""
    found = next((card for card in from_rows(row.cards) if card.number == number), None)
    if found is None:
        raise UnknownId("unknown_card", id=number)
    return found


def with_card(row: AskedText, card: Card) -> AskedText:
    """The text with one card replaced."""
    cards = tuple(card if one.number == card.number else one for one in from_rows(row.cards))
    return replace(row, cards=to_rows(cards))


def changes_said(card: Card, said: Mapping[str, Any] | None, timezone: str) -> tuple[Change, ...]:
    """What a card proposes, as edited by the person. Raises WrongState for a card without a change, BadInput for another intent than
    the card's or a field that is wrong."""
    if card.intent == "what_if":
        return changes_from_json(list(card.said["changes"]), timezone=timezone)
    if card.intent not in CHANGE_NAMES:
        raise WrongState("card_without_change")
    meant = card.said if said is None else said
    if meant.get("intent") != card.intent:
        raise BadInput("card_other_intent", expected=card.intent, found=str(meant.get("intent"))[:60])
    return changes_from_json(dict(meant), timezone=timezone)
