"""Patients by id: with or without their prefix, spoken, in lists. A number that is no patient's stays a number unless it is called one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from llm_planner.context import Context
from llm_planner.understand.rules.text import Text

if TYPE_CHECKING:
    from llm_planner.understand.rules.link import Linked

_UNIT = (
    r"年|月|日|号(?!病人|患者)|点|分|台|盒|支|瓶|袋|箱|元|块|万|例|次|个|人|张|mg|ml|g\b|u\b|%|:|yuan|cny|rmb|units?|vials?|pens?|bottles?"
    r"|box(?:es)?|bags?|ampoules?|syringes?|patients?|cases|min|hours?|days?"
)
_NAMED = re.compile(r"(?:病人|患者|病号|patients?|pts?\.?)\s*(?:no\.?|number|#|号)?\s*$")


def patient_ids(linked: Linked, context: Context) -> None:
    """Mark patients' ids."""
    for prefix, widths in _shapes(context).items():
        _prefixed(linked, context, prefix, widths)
        _bare(linked, context, prefix, widths)


def _shapes(context: Context) -> dict[str, set[int]]:
    """The prefixes of the patients' ids and how many digits follow each."""
    shapes: dict[str, set[int]] = {}
    for thing in context.of_kind("patient"):
        if found := re.fullmatch(r"(.*?)(\d+)", thing.id):
            shapes.setdefault(found[1], set()).add(len(found[2]))
    return shapes


def _prefixed(linked: Linked, context: Context, prefix: str, widths: set[int]) -> None:
    letters = Text.of(prefix).value.rstrip("-_ #")
    if not letters:
        return
    digits = rf"\d{{{min(widths)},{max(widths)}}}"
    pattern = re.compile(
        rf"(?<![a-z0-9]){re.escape(letters)}[\s\-_#.]{{0,2}}({digits})(?![\d%])\s*(?:号?(?:病人|患者))?"
    )
    linked.text = linked.text.sub(pattern, lambda match: _marked(linked, context, match, prefix + match[1]))
    exact = re.compile("|".join(re.escape(Text.of(thing.id).value) for thing in context.of_kind("patient")) or "(?!)")
    known = {Text.of(thing.id).value: thing.id for thing in context.of_kind("patient")}
    linked.text = linked.text.sub(exact, lambda match: _marked(linked, context, match, known[match[0]]))


def _bare(linked: Linked, context: Context, prefix: str, widths: set[int]) -> None:
    width = max(widths)
    if width < 3:
        return
    pattern = re.compile(
        rf"(?<![\d.:/<a-z-])(\d{{{width}}})(?![\d.]\d|\d|-\d|/\d|\s*(?:{_UNIT}))(?:号(?:病人|患者)|(?:病人|患者))?"
    )

    def marked(match: re.Match[str]) -> str | None:
        is_called = match[0] != match[1] or _NAMED.search(linked.text.value[: match.start()])
        if prefix + match[1] in context.by_id or is_called:
            return _marked(linked, context, match, prefix + match[1])
        return None

    linked.text = linked.text.sub(pattern, marked)


def _marked(linked: Linked, context: Context, match: re.Match[str], name: str) -> str:
    known = name in context.by_id
    tail = " " if match[0].endswith(" ") else ""
    return linked.mark("patient", match, ids=(name,) if known else ()) + tail
