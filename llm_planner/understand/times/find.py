"""Time expressions in a text: neighbouring atoms become one expression; what is left over is no time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from llm_planner.understand.times.days import Moment, Range
from llm_planner.understand.times.said import Said
from llm_planner.understand.times.scan import Atom, atoms_in

_GLUE = re.compile(
    r"[\s的]*(?:on|at|in|the|of|on the|in the|around|about|sometime|some time|any time|anytime|at around|every|and|的时候|那天|这天|期间|这段|时段|,\s*on|,\s*at|on each)?[\s的]*[()]?[\s]*|\s*[-,]\s*|\s*,?\s*\("
)
_RELATIONS = {
    "until": "until", "by": "by", "before": "before", "from": "from", "after": "after", "within": "within", "next": "next", "past": "past",
    "within_end": "within", "until_end": "until", "before_end": "before", "from_end": "from", "after_end": "after",
}  # fmt: skip
_DAYS = (
    "day",
    "weekday",
    "weekend",
    "week",
    "weekend_of",
    "month",
    "monthend",
    "quarter",
    "year",
    "months",
    "this_part",
    "holiday",
)
_MOVES = re.compile(
    r"(?:挪|改|调|移|推迟|延|换|放|排|转|提前|顺延|推|搬|安排|收|住)(?:<[A-Z]\d+>)?(?:个|一下|去|回|期|约)?$|(?:move|shift|postpone|push|put|bring|change|moved|reschedule|delay)\w*[^,.;]{0,24}$"
)


def find(text: str, now: Moment) -> list[Said]:
    """The time expressions of a masked text, in order."""
    groups: list[list[Atom]] = []
    for atom in atoms_in(text, now):
        if groups and _is_near(text, groups[-1][-1], atom):
            groups[-1].append(atom)
        else:
            groups.append([atom])
    found = [said for group in groups for said in _expressions(text, group)]
    return [said for said in found if not said.is_empty]


def _is_near(text: str, before: Atom, atom: Atom) -> bool:
    gap = text[before.end : atom.start]
    if "," in gap and not (before.kind in _DAYS and atom.kind in ("clock", "hours", "part")):
        return False
    if re.search(r"\band\b|每", gap) and not (before.kind in ("clock", "part") and atom.kind == "clock"):
        return False
    return _GLUE.fullmatch(gap) is not None


def _expressions(text: str, group: list[Atom]) -> list[Said]:
    """One group is one expression; where it says two (two days, two hours with nothing between) it is cut before the second."""
    group = _trimmed(group)
    if not group:
        return []
    whole = _read(text, group)
    if whole is not None:
        return [whole]
    for cut in range(len(group) - 1, 0, -1):
        head = _read(text, _trimmed(group[:cut]))
        if head is not None:
            return [head, *_expressions(text, group[cut:])]
    return _expressions(text, group[1:])


def _trimmed(group: list[Atom]) -> list[Atom]:
    """Without relations that bind nothing: a ``from`` at the end, a ``to`` or a closing word at the start."""
    while group and group[-1].kind in (
        "from",
        "until",
        "by",
        "before",
        "after",
        "within",
        "for",
        "between",
        "next",
        "past",
        "to",
    ):
        group = group[:-1]
    while group and group[0].kind in ("until_end", "before_end", "from_end", "after_end", "within_end"):
        group = group[1:]
    return group


def _read(text: str, group: list[Atom]) -> Said | None:
    if not group:
        return None
    relations = [atom.kind for atom in group if atom.kind in _RELATIONS]
    splits = [
        place
        for place, atom in enumerate(group)
        if atom.kind in ("to", "until") and place > 0 and _has_time(group[:place])
    ]
    if len(splits) > 1:
        return None
    left, right = (group[: splits[0]], group[splits[0] + 1 :]) if splits else (group, [])
    if splits and not _has_time(right):
        left, right = group, []
    first = _side(left)
    second = _side(right) if right else Said()
    if second is not None and second.clock and any(atom.kind == "nextday" for atom in right):
        second = replace(second, clock=(second.clock[0], False))
    if first is None or second is None:
        return None
    if right and first.minutes and first.days is None and first.clock is None:
        return None
    said = replace(
        first, days_to=second.days, clock_to=first.clock_to or second.clock, part_to=second.part,
        is_all_day=first.is_all_day or second.is_all_day, start=group[0].start, end=group[-1].end,
    )  # fmt: skip
    if second.clock_to is not None:
        return None
    if right:
        relations = [kind for kind in relations if kind not in ("from", "from_end", "until", "until_end", "within_end")]
    relation = _RELATIONS[relations[0]] if relations else None
    if relation is None and not right and group[0].kind == "to":
        relation = _bare_to(text, group[0])
    said = replace(said, relation=relation)
    return _with_from_and_until(said, [_RELATIONS[kind] for kind in relations])


def _with_from_and_until(said: Said, relations: Sequence[str]) -> Said | None:
    kinds = set(relations)
    if kinds <= {said.relation} or said.relation is None:
        return said
    if kinds == {"from", "next"} or kinds == {"within", "next"}:
        return replace(said, relation="within" if "within" in kinds else "next")
    if kinds == {"until", "before"} or kinds == {"by", "before"}:
        return replace(said, relation="before")
    if kinds == {"from", "after"}:
        return replace(said, relation="from")
    return None


def _bare_to(text: str, atom: Atom) -> str | None:
    """``停到周五`` bounds, ``挪到周五`` aims."""
    if text[atom.start : atom.end].strip() not in ("到", "至") or _MOVES.search(text[: atom.start]):
        return None
    return "until"


def _has_time(atoms: Sequence[Atom]) -> bool:
    return any(
        atom.kind
        in (
            *_DAYS,
            "part",
            "clock",
            "hours",
            "days",
            "span_days",
            "letters",
            "everyday",
            "everynight",
            "tonight",
            "now",
        )
        for atom in atoms
    )


def _side(atoms: Sequence[Atom]) -> Said | None:
    """One side of an expression; None where two of its atoms say different things of one kind."""
    said = Said()
    has_bounds = any(atom.kind in ("between", "from") for atom in atoms)
    for atom in sorted(atoms, key=lambda atom: atom.kind == "hours"):
        if atom.kind == "hours" and has_bounds and not said.clock:
            said = replace(said, clock=atom.value[0], clock_to=atom.value[1])
            continue
        added = _with(said, atom)
        if added is None:
            return None
        said = added
    return said


def _with(said: Said, atom: Atom) -> Said | None:
    kind, value = atom.kind, atom.value
    if kind in _DAYS:
        return _with_days(said, kind, value)
    if kind in ("days", "span_days", "letters", "everyday"):
        if said.recurring is not None and said.recurring != () and value != ():
            return None
        is_listed = kind in ("days", "span_days", "letters")
        return replace(said, recurring=value or said.recurring or (), is_listed=is_listed)
    if kind == "everynight":
        return replace(said, recurring=said.recurring or (), part=value)
    if kind == "tonight":
        return None if said.part else replace(said, part=value, days=said.days, has_now=False, grain="tonight")
    if kind == "part":
        return None if said.part and said.part != value else replace(said, part=value)
    if kind == "clock":
        return None if said.clock else replace(said, clock=value)
    if kind == "hours":
        if said.clock or not (value[2] or said.days or said.part or said.recurring is not None):
            return None
        return replace(said, clock=value[0], clock_to=value[1])
    if kind in ("dur", "halfday"):
        return None if said.minutes else replace(said, minutes=value)
    if kind == "now":
        return replace(said, has_now=True)
    if kind == "forever":
        return replace(said, has_forever=True)
    if kind == "allday":
        return replace(said, is_all_day=True)
    return said


def _with_days(said: Said, kind: str, value: Range | None) -> Said | None:
    if value is None:
        return None
    if said.days is None:
        return replace(said, days=value, grain=kind)
    if value == said.days:
        return said
    if kind == "weekday" and said.grain in ("week", "day") and _is_inside(value, said.days, said.grain):
        return said if said.grain == "day" else replace(said, days=_in_week(said.days, value), grain="day")
    if said.grain == "weekday" and kind == "week":
        return replace(said, days=_in_week(value, said.days), grain="day")
    if said.grain == "weekday" and kind == "day" and said.days[0].weekday() == value[0].weekday():
        return replace(said, days=value, grain="day")
    if (
        said.grain == "month"
        and kind == "day"
        and said.days[0] <= value[0].replace(month=said.days[0].month, year=said.days[0].year)
    ):
        return replace(said, days=value, grain="day")
    return None


def _is_inside(value: Range, days: Range, grain: str) -> bool:
    return grain == "week" or value[0].weekday() == days[0].weekday()


def _in_week(week: Range, day: Range) -> Range:
    from datetime import timedelta

    from llm_planner.understand.times.days import one

    return one(week[0] + timedelta(days=day[0].weekday()))
