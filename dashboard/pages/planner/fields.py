"""The fields of a change: shown in words, or edited in place and read back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, get_args, get_origin
from zoneinfo import ZoneInfo

import dash_mantine_components as dmc
from dash import html

from dashboard.components.basics import Child, definition_list
from dashboard.i18n import time_text
from hospital.changes import INTENTS
from hospital.texts import catalogue
from planning.asking.views import AskedView, Card

_RESOURCES = ("resource_ids", "to_resource_ids")
_ABOVE = {"zIndex": 500}
_WRITTEN = "%Y-%m-%d %H:%M"


def fields(view: AskedView, one: Card, language: str, here: Mapping[str, Any], *, is_open: bool) -> Child:
    """The card's fields, each beside its name; ``is_open`` = to be edited."""
    pairs: list[tuple[str, Child]] = []
    for name, value in _flat(one.said).items():
        label = _label(name, language)
        said = _in_words(name, value, view, language)
        if not is_open:
            pairs.append((label, said))
            continue
        control = _control(name, value, view, one, language, {"type": "planner-field", **here, "name": name})
        shown: list[Child] = [control]
        if _is_moment(name):
            shown.append(html.Span(said, className="quiet"))
        pairs.append((label, html.Div(shown, className="planner-field")))
    return definition_list(pairs)


def _flat(said: Mapping[str, Any]) -> dict[str, Any]:
    """Fields by name, those of a window as ``when.start``."""
    found: dict[str, Any] = {}
    for name, value in said.items():
        if isinstance(value, Mapping):
            found |= {f"{name}.{part}": inner for part, inner in value.items()}
        elif name != "intent":
            found[name] = value
    return found


def _label(name: str, language: str) -> str:
    texts, (first, _, part) = catalogue(language), name.partition(".")
    label = texts.get(f"planner.field.{first}", first)
    return f"{label} {texts[f'asking.part_{part}']}" if part else label


def _is_moment(name: str) -> bool:
    return name.endswith((".start", ".end"))


def _in_words(name: str, value: Any, view: AskedView, language: str) -> str:
    texts = catalogue(language)
    if _is_moment(name):
        return time_text(datetime.fromisoformat(value), view.timezone, language)
    if isinstance(value, list | tuple):
        return ", ".join(_in_words(name, part, view, language) for part in value)
    if isinstance(value, bool):
        return texts["planner.yes" if value else "planner.no"]
    if str(value) in view.names:
        return named(view, str(value))
    return texts.get(f"planner.value.{value}") or texts.get(f"planner.area.{value}") or str(value)


def named(view: AskedView, name: str) -> str:
    """An id with what the hospital calls it."""
    known = view.names.get(name, name)
    return name if known == name else f"{name} ({known})"


def _control(name: str, value: Any, view: AskedView, one: Card, language: str, id: dict[str, Any]) -> Child:
    if name in _RESOURCES:
        options = [{"value": key, "label": key} for key in view.options.get(one.area, ())]
        return dmc.MultiSelect(id=id, value=list(value), data=options, searchable=True, comboboxProps=_ABOVE)
    if isinstance(value, bool):
        return dmc.Checkbox(id=id, checked=value, disabled=True)
    if isinstance(value, int | float):
        return dmc.NumberInput(id=id, value=value)
    choices = _choices(one.intent, name)
    if choices and isinstance(value, str):
        options = [{"value": choice, "label": _in_words(name, choice, view, language)} for choice in choices]
        return dmc.Select(id=id, value=value, data=options, comboboxProps=_ABOVE)
    if _is_moment(name):
        value = datetime.fromisoformat(value).astimezone(ZoneInfo(view.timezone)).strftime(_WRITTEN)
    return dmc.TextInput(id=id, value=", ".join(value) if isinstance(value, list | tuple) else str(value))


def _choices(intent: str, name: str) -> tuple[str, ...]:
    """The values a field of that intent may have; none where any text may stand."""
    field = INTENTS[intent].model_fields.get(name)
    return () if field is None else _literals(field.annotation)


def _literals(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(str(value) for value in get_args(annotation))
    return tuple(one for part in get_args(annotation) if part is not type(None) for one in _literals(part))


def read_back(one: Card, values: Mapping[str, Any]) -> dict[str, Any]:
    """The card's change with what stands in its fields; an emptied field is not said. What a text means is judged when it is recorded."""
    said: dict[str, Any] = {"intent": one.intent}
    for name, former in _flat(one.said).items():
        value = _typed(name, former, values.get(name, former))
        if value in (None, "", []):
            continue
        first, _, part = name.partition(".")
        if part:
            said.setdefault(first, {})[part] = value
        else:
            said[first] = value
    return said


def _typed(name: str, former: Any, value: Any) -> Any:
    if isinstance(former, list | tuple) and isinstance(value, str):
        return [part.strip() for part in value.replace("，", ",").split(",") if part.strip()]
    if _is_moment(name) and isinstance(value, str) and value != former:
        return value.strip().replace(" ", "T", 1)
    return value
