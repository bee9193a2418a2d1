"""A card for each intent: what it is, the phrase it came from, every field in words, what is asked or refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from hospital.changes.fields import Intent
from hospital.texts import catalogue, say
from hospital.when import When
from hospital.wording import time_text
from llm_planner.context import Context
from llm_planner.intents import CHANGE_NAMES, Clarify, OutOfScope, WhatIf, intent_to_json
from llm_planner.understand.reading import Item, Reading

Kind = Literal["change", "question", "dialogue", "ask", "refusal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """``fields`` are labels and texts; ``says`` is a whole sentence (what is asked, why it is refused, that an area is not loaded);
    ``choices`` are ids to choose from. A card of a change applies nothing: a person confirms it."""

    kind: Kind
    title: str
    phrase: str
    fields: tuple[tuple[str, str], ...] = ()
    says: str = ""
    choices: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The card as JSON has it."""
        return {
            "kind": self.kind,
            "title": self.title,
            "phrase": self.phrase,
            "fields": dict(self.fields),
            "says": self.says,
            "choices": list(self.choices),
        }


def cards(reading: Reading, context: Context, language: str) -> list[Card]:
    """One card an item, in the order said; where a model read it differently, a card that asks which is meant."""
    shown = [_card(item, context, language) for item in reading.items]
    if not reading.alternative:
        return shown
    others = [_card(item, context, language) for item in reading.alternative]
    told = "; ".join(
        f"{card.title} ({', '.join(f'{label}: {value}' for label, value in card.fields)})" for card in others
    )
    return [replace(card, says=f"{card.says} {_say('model_differs', language, other=told)}".strip()) for card in shown]


def name_of(intent: Intent) -> str:
    """The intent's name."""
    return str(type(intent).model_fields["intent"].default)


def _card(item: Item, context: Context, language: str) -> Card:
    intent = item.intent
    if isinstance(intent, OutOfScope):
        title, says = _say("title_refused", language), _say(f"refused.{intent.category}", language)
        return Card(kind="refusal", title=title, phrase=item.phrase, says=says)
    if isinstance(intent, Clarify):
        return _asking(intent, item.phrase, language)
    name = name_of(intent)
    kind: Kind = "change" if name in CHANGE_NAMES else "dialogue" if name in ("undo", "confirm") else "question"
    return Card(
        kind=kind,
        title=_say(f"intent.{name}", language),
        phrase=item.phrase,
        fields=tuple(_fields(intent, language)),
        says=_not_loaded(intent, context, language) or (_say("unconfirmed", language) if kind == "change" else ""),
    )


def _asking(intent: Clarify, phrase: str, language: str) -> Card:
    title = _say(f"intent.{intent.about}", language)
    if intent.candidates:
        says = _say("ask_which", language, names=", ".join(intent.candidates))
    elif intent.unknown:
        says = _say("ask_unknown", language, names=", ".join(intent.unknown))
    elif intent.missing:
        labels = ", ".join(_label(name, language) for name in intent.missing)
        says = _say("ask_missing", language, names=labels)
    else:
        says = _say("ask_again", language)
    return Card(kind="ask", title=title, phrase=phrase, says=says, choices=intent.candidates)


def _not_loaded(intent: Intent, context: Context, language: str) -> str:
    """That the area a change is about is not loaded; empty where it is."""
    area = getattr(intent, "problem", None)
    if area is None or not context.areas or area in context.areas:
        return ""
    return _say("not_loaded", language, area=_say(f"area.{area}", language))


def _fields(intent: Intent, language: str) -> list[tuple[str, str]]:
    if isinstance(intent, WhatIf):
        inner = [
            (_say(f"intent.{name_of(change)}", language), "; ".join(f"{a}: {b}" for a, b in _fields(change, language)))
            for change in intent.changes
        ]
        return [*inner, *((_label("kpis", language), _value(intent.kpis, language)) for _ in intent.kpis[:1])]
    said = intent_to_json(intent)
    return [
        (_label(name, language), _value(getattr(intent, name), language))
        for name in type(intent).model_fields
        if name in said and name != "intent"
    ]


def _label(name: str, language: str) -> str:
    return catalogue(language).get(f"planner.field.{name}", name)


def _value(value: object, language: str) -> str:
    if isinstance(value, When):
        return window_text(value, language)
    if isinstance(value, tuple | list):
        return ", ".join(_value(part, language) for part in value)
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, bool):
        return _say("yes" if value else "no", language)
    return catalogue(language).get(f"planner.value.{value}", str(value))


def window_text(when: When, language: str) -> str:
    """A window with absolute times, in words."""
    values = {"start": when.start and time_text(when.start), "end": when.end and time_text(when.end)}
    parts: list[str] = []
    if when.start and when.end:
        parts.append(_say("window", language, **values))
    elif when.start or when.end:
        parts.append(_say("window_from" if when.start else "window_until", language, **values))
    if when.days:
        parts.append(_say("every", language, days=_value(when.days, language)))
    if when.from_time or when.to_time:
        parts.append(f"{when.from_time or ''}-{when.to_time or ''}")
    if when.from_date:
        parts.append(_say("window_from", language, start=when.from_date))
    if when.until_date:
        parts.append(_say("window_until", language, end=when.until_date))
    return " ".join(parts)


def _say(text_id: str, language: str, **values: Any) -> str:
    return say(f"planner.{text_id}", language, **values)
