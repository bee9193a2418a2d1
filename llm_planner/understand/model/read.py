"""The model's reading of a text: intents first, each filled after, every answer checked again; None where it has none in time."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from typing import Any

from hospital.changes.fields import Intent
from llm_planner.context import Context
from llm_planner.intents import KINDS, NAMES, build
from llm_planner.understand.model.prompt import choose, fill
from llm_planner.understand.model.server import Server
from llm_planner.understand.reading import Item, Reading
from llm_planner.understand.rules.finish import KIND_OF_FIELD
from llm_planner.understand.rules.link import Linked, link
from llm_planner.understand.rules.mention import LETTER, MARK
from llm_planner.understand.rules.numerals import in_digits
from llm_planner.understand.rules.text import Text
from llm_planner.understand.times import Moment, find, moment_of, resolve

_NEVER_FILLED = frozenset({"what_if", "clarify", "out_of_scope"})
"""Not taken from a model: a supposition holds whole changes, a refusal and a question back are the rules' to make."""


def read_by_model(text: str, context: Context, server: Server) -> Reading | None:
    """What the model says the text means; None where the server is closed, late, or answers nothing that can be used."""
    until = monotonic() + server.settings.reading_s
    linked = link(in_digits(Text.of(text)), context)
    masked = MARK.sub(lambda match: f"[{match[1]}{match[2]}]", linked.text.value)
    chosen = server.answer(*choose(masked), seconds=until - monotonic())
    names = _names(chosen)
    if not names or set(names) & _NEVER_FILLED:
        return None
    moment = moment_of(context)
    found = []
    for name in names:
        filled = server.answer(*fill(name, masked, _marks(name, linked)), seconds=until - monotonic())
        intent = _intent(name, filled, linked, moment) if isinstance(filled, Mapping) else None
        if intent is None:
            return None
        found.append(Item(intent=intent, phrase=text))
    return Reading(items=tuple(found), reader="model")


def _names(chosen: Any) -> list[str]:
    listed = chosen.get("intents") if isinstance(chosen, Mapping) else None
    return [name for name in listed if name in NAMES][:6] if isinstance(listed, list) else []


def _marks(name: str, linked: Linked) -> dict[str, list[str]]:
    """The marks each of the intent's name fields may hold."""
    return {
        field: [
            f"[{LETTER[kind]}{at}]"
            for at, mention in enumerate(linked.mentions)
            if mention.kind == kind and mention.is_known
        ]
        for field, kind in KIND_OF_FIELD.items()
        if field in KINDS[name].model_fields
    }


def _intent(name: str, filled: Mapping[str, Any], linked: Linked, moment: Moment) -> Intent | None:
    """The answer as an intent: marks back to ids, time phrases to windows; None where anything in it is not valid."""
    fields: dict[str, Any] = {}
    for field, value in filled.items():
        if field == "intent":
            continue
        if field.endswith("when"):
            times = find(in_digits(Text.of(str(value))).value, moment)
            window = resolve(times[0], moment, recurs=name == "set_preference") if times else None
            if window is None:
                return None
            fields[field] = window.model_dump(exclude_defaults=True)
        elif field in KIND_OF_FIELD:
            ids = _ids(value, linked)
            fields[field] = (ids or None) if field.endswith("_ids") else next(iter(ids), None)
        else:
            fields[field] = value
    return build(name, **fields)


def _ids(value: Any, linked: Linked) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    found: list[str] = []
    for mark in listed:
        number = str(mark).strip("[]")[1:]
        if number.isdigit() and int(number) < len(linked.mentions):
            found += linked.mentions[int(number)].ids
    return list(dict.fromkeys(found))
