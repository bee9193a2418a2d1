"""JSON to changes and back; a refusal names the place, what was expected and what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from hospital.changes.union import INTENTS, Change
from hospital.errors import BadInput

_LIST_KEYS = ("intents", "changes")


def changes_from_json(value: object, *, timezone: str | None = None) -> tuple[Change, ...]:
    """The changes of a parsed JSON value: one change, a list of them, or an object with such a list under
    ``intents`` or ``changes``.

    With a ``timezone``, times without an offset are read as that zone's wall clock; without one they are refused.
    Raises BadInput at the first thing wrong.
    """
    items, place = _listed(value)
    return tuple(_change(item, f"{place}[{index}]", timezone) for index, item in enumerate(items))


def change_to_json(change: Change) -> dict[str, Any]:
    """The change as a JSON object with only what was said; `changes_from_json` reads it back to an equal value."""
    said = change.model_dump(mode="json", exclude_defaults=True)
    return {"intent": change.intent, **said}


def _listed(value: object) -> tuple[Sequence[object], str]:
    if isinstance(value, Mapping):
        for key in _LIST_KEYS:
            if key in value and len(value) == 1:
                return _listed(value[key])[0] if isinstance(value[key], list) else _refuse_list(value[key], key), key
        return [value], "changes"
    if isinstance(value, list):
        return value, "changes"
    return _refuse_list(value, "changes"), "changes"


def _refuse_list(value: object, where: str) -> Sequence[object]:
    raise BadInput("change_not_a_list", where=where, found=_short(value))


def _change(item: object, where: str, timezone: str | None) -> Change:
    if not isinstance(item, Mapping):
        raise BadInput("change_not_an_object", where=where, found=_short(item))
    if not isinstance(item.get("intent"), str) or item["intent"] not in INTENTS:
        raise BadInput(
            "change_unknown_intent", where=f"{where}.intent", found=_short(item.get("intent")), expected=_names(INTENTS)
        )
    try:
        return _adapter().validate_python(dict(item), context={"timezone": timezone})
    except ValidationError as refused:
        raise _refusal(refused.errors(include_url=False)[0], where, INTENTS[str(item["intent"])]) from None


@cache
def _adapter() -> TypeAdapter[Change]:
    return TypeAdapter(Change)


def _refusal(error: ErrorDetails, where: str, kind: type[Any]) -> BadInput:
    """Our error for pydantic's: its location without the union's tag, its limits as symbols, never its English."""
    place = where + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"][1:])
    found, limits = _short(error["input"]), error.get("ctx", {})
    match error["type"]:
        case "missing":
            return BadInput("change_missing_field", where=place)
        case "extra_forbidden":
            return BadInput("change_unknown_field", where=place, expected=_fields_at(kind, error["loc"]))
        case "naive_time":
            return BadInput("change_naive_time", where=place, found=found)
        case "end_before_start":
            return BadInput("change_backwards", where=place)
        case "one_of":
            return BadInput("change_one_of", where=place, expected=limits["expected"])
    return BadInput("change_bad_value", where=place, expected=_expected(error["type"], limits), found=found)


def _expected(kind: str, limits: Mapping[str, Any]) -> str:
    signs = {"ge": "≥", "le": "≤", "gt": ">", "lt": "<"}
    bounds = [f"{sign} {limits[name]:g}" for name, sign in signs.items() if name in limits]
    lengths = [
        f"{sign} {limits[name]} [...]" for name, sign in (("min_length", "≥"), ("max_length", "≤")) if name in limits
    ]
    if bounds or lengths:
        return ", ".join(bounds + lengths)
    if "expected" in limits:
        return str(limits["expected"])
    samples = {
        "datetime": "2026-03-05T14:00:00+08:00", "date": "2026-03-05", "int": "30", "float": "2.5", "string": '"CT1"',
        "bool": "true", "tuple": '["CT1"]', "model": '{"start": "2026-03-05T14:00:00+08:00"}',
    }  # fmt: skip
    if kind == "string_pattern_mismatch":
        return "HH:MM"
    return samples.get(kind.split("_")[0], "?")


def _fields_at(kind: type[Any], location: tuple[int | str, ...]) -> str:
    from hospital.when import When

    inner = {"when", "from_when", "to_when"} & set(map(str, location[:-1]))
    return _names((When if inner else kind).model_fields)


def _names(names: Mapping[str, Any]) -> str:
    return ", ".join(names)


def _short(value: object) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."
