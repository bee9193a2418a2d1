"""Numbers with their units: those a text states and those facts hold, on common scales."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

_TIME = {"s": 1 / 60, "sec": 1 / 60, "秒": 1 / 60, "min": 1, "分": 1, "h": 60, "hour": 60, "hr": 60, "小": 60, "钟": 60, "day": 1440, "天": 1440,
         "日": 1440, "week": 10080, "周": 10080, "星": 10080}  # fmt: skip
_DRUG_UNITS = {"box": "盒", "vial": "支", "pen": "支", "bottle": "瓶", "ampoule": "支", "syringe": "支", "bag": "袋"}
_UNIT = re.compile(
    r"\s*-?(?P<unit>%|percent|个百分点|percentage points?|(?P<money>元|块|yuan|cny|rmb)|(?P<time>seconds?|secs?|秒|minutes?|mins?|分钟?|hours?|hrs?|h(?![a-z])|小时|钟头|个小时|days?|天|weeks?|周|个?星期)"
    r"|(?P<drug>盒|支|瓶|袋|box(?:es)?|vials?|pens?|bottles?|ampoules?|syringes?|bags?)|(?P<distance>公里|千米|km|kilomet\w+)|(?P<thing>台|例|张|人|名|位|次|个|班|点|分次|cases?|beds?|patients?|stations?|sessions?|points?|fractions?|exams?|slots?)?)"
)
_NUMBER = re.compile(r"(?<![A-Za-z0-9<.\-])([-+]?\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number on the common scale of its ``kind`` (minutes, yuan, percent, a drug's unit, a count). ``step`` is the last digit's worth."""

    value: float
    kind: str
    step: float = 0.0
    key: str = ""
    place: int = 0


def stated(text: str) -> Iterator[Figure]:
    """The figures of a text whose numbers are digits already."""
    for match in _NUMBER.finditer(text):
        unit = _UNIT.match(text, match.end())
        digits = match[1].partition(".")[2]
        kind, factor = _kind(unit)
        money = re.search(r"(?:¥|￥|rmb|cny)\s*$", text[: match.start()])
        kind = "money" if money else kind
        yield Figure(value=float(match[1]) * factor, kind=kind, step=factor * 10 ** -len(digits), place=match.start())


def _kind(unit: re.Match[str] | None) -> tuple[str, float]:
    if unit is None or not unit["unit"]:
        return "bare", 1.0
    if unit["money"]:
        return "money", 1.0
    if unit["time"]:
        return "time", next(
            factor
            for name, factor in sorted(_TIME.items(), key=lambda one: -len(one[0]))
            if unit["time"].removeprefix("个").startswith(name)
        )
    if unit["drug"]:
        return "drug:" + _drug(unit["drug"]), 1.0
    if unit["distance"]:
        return "distance", 1.0
    return ("percent", 1.0) if not unit["thing"] else ("count", 1.0)


def _drug(unit: str) -> str:
    return _DRUG_UNITS.get(re.sub(r"(?<=x)es$|s$", "", unit), unit)


def held(facts: object, key: str = "", unit: str = "") -> Iterator[Figure]:
    """The figures that facts hold, with the names of their places."""
    if isinstance(facts, Mapping):
        own = str(facts.get("unit", "") or _unit_of(str(facts.get("constraint", ""))) or unit)
        for name, value in facts.items():
            for number in re.findall(r"(\d+)(?=min|h(?![a-z])|pct)", str(name)):
                yield Figure(value=float(number), kind="time", key=str(name))
            yield from held(value, f"{key}.{name}" if key else str(name), _unit_of(str(name)) or own)
    elif isinstance(facts, list | tuple):
        yield Figure(value=float(len(facts)), kind="count", key=key)
        for part in facts:
            yield from held(part, key, unit)
    elif isinstance(facts, int | float) and not isinstance(facts, bool):
        kind, factor = _fact_kind(unit)
        yield Figure(value=facts * factor, kind=kind, key=key)
        if factor != 1:
            yield Figure(value=float(facts), kind="native", key=key)


def _unit_of(name: str) -> str:
    found = re.search(r"_(min|h|s|days?|pct|cny|km)$", name)
    return found[1] if found else ""


def _fact_kind(unit: str) -> tuple[str, float]:
    if unit in ("%", "pct"):
        return "percent", 1.0
    if unit in ("cny", "yuan"):
        return "money", 1.0
    if unit in ("min", "h", "s", "day", "days", "hour", "week"):
        return "time", _TIME[unit.removesuffix("s") if unit != "s" else "s"]
    if unit in _DRUG_UNITS:
        return "drug:" + _DRUG_UNITS[unit], 1.0
    return ("distance", 1.0) if unit == "km" else ("count", 1.0)


def is_supported(figure: Figure, known: list[Figure], *, is_rough: bool) -> bool:
    """Whether a stated figure follows from held ones: itself rounded, a difference, a sum, a share, a change in percent."""
    return any(_is_near(figure, value, is_rough=is_rough) for value in _derived(figure, known))


def _derived(figure: Figure, known: list[Figure]) -> Iterator[float]:
    if figure.kind == "bare":
        for kind in sorted({one.kind for one in known}):
            yield from _derived(replace(figure, kind=kind), known)
        return
    same = [
        one.value
        for one in known
        if one.kind == figure.kind or (figure.kind == "count" and one.kind.startswith("drug:"))
    ]
    yield from same
    if figure.kind == "count" and figure.value == 1:
        yield 1.0
    pairs = [(one, other) for at, one in enumerate(same) for other in same[at + 1 :]]
    sums = [value for one, other in pairs for value in (one + other, abs(one - other))]
    yield from sums
    if figure.kind == "count":
        yield from (value for total in sums for one in same for value in (total + one, abs(total - one)))
    if figure.kind == "percent":
        for one in known:
            for other in known:
                if one is not other and one.kind == other.kind and other.value:
                    yield 100 * one.value / other.value
                    yield 100 * abs(one.value - other.value) / abs(other.value)
    if figure.kind == "money":
        counts = [one.value for one in known if one.kind == "count" or one.kind.startswith("drug:")]
        yield from (count * price for count in counts for price in same)


def _is_near(figure: Figure, value: float, *, is_rough: bool) -> bool:
    slack = max(figure.step / 2, 0.02 * abs(value) if is_rough else 0.0) + 1e-9
    return abs(abs(figure.value) - abs(value)) <= slack


def facts_of_pairs(facts: Any, key: str = "") -> Iterator[tuple[str, float, float]]:
    """Every figure with its baseline: name, value, baseline."""
    if isinstance(facts, Mapping):
        if isinstance(facts.get("value"), int | float) and isinstance(facts.get("baseline"), int | float):
            yield key, float(facts["value"]), float(facts["baseline"])
        for name, value in facts.items():
            yield from facts_of_pairs(value, str(name))
    elif isinstance(facts, list | tuple):
        for part in facts:
            yield from facts_of_pairs(part, key)
