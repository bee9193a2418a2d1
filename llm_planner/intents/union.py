"""The union of everything a text can turn into, and its JSON schema.

The schema writes unions as ``anyOf``: grammar engines of model servers refuse or ignore the other forms.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from hospital.changes import INTENTS, Change, change_to_json
from hospital.changes.fields import Intent
from llm_planner.intents.dialogue import Clarify, Confirm, OutOfScope, Undo
from llm_planner.intents.questions import ComparePlans, ForecastQuery, KpiQuery, ScheduleQuery, WhatIf, Why, WhyNot

Question = ScheduleQuery | KpiQuery | ForecastQuery | Why | WhyNot | WhatIf | ComparePlans
Dialogue = Undo | Confirm | Clarify | OutOfScope
AnyIntent = Annotated[Change | Question | Dialogue, Field(discriminator="intent")]
"""Any intent, told apart by its field ``intent``."""

_OTHERS: tuple[type[Intent], ...] = (
    ScheduleQuery, KpiQuery, ForecastQuery, Why, WhyNot, WhatIf, ComparePlans, Undo, Confirm, Clarify, OutOfScope
)  # fmt: skip
KINDS: Mapping[str, type[Intent]] = {**INTENTS, **{kind.model_fields["intent"].default: kind for kind in _OTHERS}}
"""The type of each intent by its name, changes first."""
NAMES = tuple(KINDS)
CHANGE_NAMES = frozenset(INTENTS)


class Reply(BaseModel):
    """What one text turned into: at least one intent, in the order said."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    intents: Annotated[tuple[AnyIntent, ...], Field(min_length=1)]


def intent_from_json(value: object) -> Intent | None:
    """The intent of a parsed JSON object, None where it is not a valid one."""
    try:
        found: Intent = _adapter().validate_python(value)
    except ValidationError:
        return None
    return found


def intent_to_json(intent: Intent) -> dict[str, Any]:
    """The intent as a JSON object with only what was said; `intent_from_json` reads it back to an equal value."""
    said = intent.model_dump(mode="json", exclude_defaults=True)
    if isinstance(intent, WhatIf):
        said["changes"] = [change_to_json(change) for change in intent.changes]
    return {"intent": type(intent).model_fields["intent"].default, **said}


def build(name: str, **fields: Any) -> Intent | None:
    """The intent of that name with what of ``fields`` was said (None and empty are not said); None where that is not a valid one."""
    return intent_from_json(
        {"intent": name, **{key: value for key, value in fields.items() if value not in (None, (), [])}}
    )


@cache
def reply_schema() -> Mapping[str, Any]:
    """JSON Schema of a `Reply`, its union as ``anyOf``."""
    schema: dict[str, Any] = _any_of(Reply.model_json_schema())
    return schema


def intent_schema(name: str) -> dict[str, Any]:
    """JSON Schema of one intent, for a server that fills it."""
    schema: dict[str, Any] = _any_of(KINDS[name].model_json_schema())
    return {**schema, "required": ["intent", *(key for key in schema.get("required", ()) if key != "intent")]}


@cache
def _adapter() -> TypeAdapter[Any]:
    return TypeAdapter(AnyIntent)


def _any_of(node: Any) -> Any:
    """The schema without ``oneOf``, discriminators, titles, defaults and null branches; an intent's own name is required."""
    if isinstance(node, list):
        return [_any_of(part) for part in node]
    if not isinstance(node, dict):
        return node
    out = {key: _any_of(value) for key, value in node.items() if key not in ("discriminator", "default", "oneOf")}
    if isinstance(out.get("title"), str):
        del out["title"]
    if "enum" in out:
        out.pop("type", None)
    if "oneOf" in node:
        out["anyOf"] = _any_of(node["oneOf"])
    branches = [part for part in out.get("anyOf", ()) if part != {"type": "null"}]
    if len(branches) == 1:
        out = {**{key: value for key, value in out.items() if key != "anyOf"}, **branches[0]}
    elif branches:
        out["anyOf"] = branches
    names = out.get("properties", {})
    if "intent" in names and "const" in names["intent"]:
        out["required"] = ["intent", *(key for key in out.get("required", ()) if key != "intent")]
    return out
