"""All writings of every name in the loaded data, as one pattern each way of looking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from llm_planner.context import Context, Kind, Thing
from llm_planner.understand.rules.numerals import in_digits
from llm_planner.understand.rules.text import Text

COMMON = frozenset({"us", "here", "dr", "or", "a", "the", "hd", "we", "our", "unit", "contrast agent"})
"""Names that are everyday words too: never read as a name on their own."""
_CUT: Mapping[Kind, tuple[tuple[str, str], ...]] = {
    "ward": ((r"病房|病区", ""), (r"\s+(?:ward|unit)$", "")),
    "supplier": ((r"(?:医药|药业)(?:公司)?$", ""),),
    "road": ((r"\s+(?:road|street|avenue)$", ""),),
    "facility": ((r"\s*[(].*[)]$", ""), (r"\s+hospital$", "")),
    "resource": ((r"(?<!号机)\s*[(].*[)]$", ""),),
    "drug": (
        (r"\s*[\d.]+\s*(?:%|mg|g|ml|u|iu)?(?:\s*[\d.]+\s*(?:mg|g|ml|u|iu))?$", ""), (r"^human\s+", ""), (r"\s*[(].*[)]$", ""),
    ),
}  # fmt: skip
"""Tails that people leave out."""
_SWAP = (
    (r"\broad$", "rd"), (r"\bbase$", "station"), (r"\bbase$", "post"), (r"\bbase$", "standby"), (r"paedic\b", "pedic"),
    (r"paedic\b", "paedics"), (r"病房$", "病区"), (r"病房$", "科"), (r"^(east|west|north|south) base$", r"\1ern base"),
    (r"^the plan on screen$", "the current plan"), (r"^the plan on screen$", "current plan"), (r"^当前方案$", "现在的方案"),
    (r"^当前方案$", "现方案"), (r"^当前方案$", "目前的?方案"), (r"^the published plan$", "published plan"),
    (r"^已发布方案$", "发布的方案"), (r"^已发布方案$", "发布版"), (r"^the plan on screen$", "the one on screen"),
    (r"^the published plan$", "the published one"), (r"^已发布方案$", "已发布的方案"), (r"^当前方案$", "当前的方案"),
    (r"^the plan on screen$", "what is on screen"), (r"^当前方案$", "当前排程"), (r"^已发布方案$", "已发布的?(?:版本|那版|排程)"),
    (r"^当前方案$", "现在这版"), (r"^方案([a-z])$", r"\1方案"), (r"^the plan on screen$", "the current one"),
    (r"^方案([a-z])$", r"方案 \1"), (r"^plan ([a-z])$", r"option \1"), (r"^plan ([a-z])$", r"plan\1"),
    (r"^the published plan$", "the live plan"),
)  # fmt: skip
"""Other ways to say the same."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``pattern`` finds any name; ``ids`` says what a name (in `folded` form) stands for; ``long_names`` may hold a typing slip."""

    pattern: re.Pattern[str]
    ids: Mapping[str, tuple[str, ...]]
    long_names: Mapping[str, tuple[str, ...]]


def folded(name: str) -> str:
    """A name as it is compared: one width and case, digits, no gaps or hyphens."""
    return re.sub(r"[\s\-/()]+", "", in_digits(Text.of(name)).value)


@lru_cache(maxsize=8)
def _lexicon_of(things: tuple[Thing, ...]) -> Lexicon:
    ids: dict[str, tuple[str, ...]] = {}
    patterns: set[str] = set()
    for thing in things:
        for name in _written(thing):
            key = folded(name)
            if len(key) < 2 or key in COMMON:
                continue
            if thing.id not in ids.get(key, ()):
                ids[key] = (*ids.get(key, ()), thing.id)
            patterns.add(_as_pattern(name))
    ordered = sorted(patterns, key=len, reverse=True)
    long_names = {key: value for key, value in ids.items() if _may_slip(key)}
    return Lexicon(re.compile("|".join(ordered) or r"(?!)"), ids, long_names)


def lexicon(context: Context) -> Lexicon:
    """The names of everything in the context but patients; computed once for the same things."""
    return _lexicon_of(tuple(thing for thing in context.things if thing.kind != "patient"))


def _written(thing: Thing) -> Iterator[str]:
    for said in (thing.id, *thing.names):
        name = in_digits(Text.of(said)).value.strip()
        yield name
        for pattern, other in _CUT.get(thing.kind, ()):
            if (short := re.sub(pattern, other, name)) != name:
                yield short.strip()
        for pattern, other in _SWAP:
            if (same := re.sub(pattern, other, name)) != name:
                yield re.sub(r"的\?|\(\?:.*?\)", "", same)
        if thing.kind == "road" and (noun := re.search(r" (bridge|tunnel)$", name)):
            yield from (f"the {noun[1]}", noun[1])
        if thing.kind == "staff" and re.fullmatch(r"[a-z]+ [a-z]+", name) and not name.startswith("dr "):
            family, given = name.split()
            yield f"{given} {family}"
            if len(given) >= 4:
                yield given


def _as_pattern(name: str) -> str:
    parts = re.split(r"[\s\-/]+", name)
    body = r"[\s\-/]?".join(re.escape(part) for part in parts if part)
    body = re.sub(r"(?<=[a-z])(?=\d)", r"[\\s-]?", body)
    head = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", name) else ""
    tail = r"(?![a-z0-9])" if re.search(r"[a-z]$", name) else r"(?![0-9])" if name[-1].isdigit() else ""
    return f"{head}{body}{tail}"


def _may_slip(key: str) -> bool:
    return (re.fullmatch(r"[a-z]{6,}", key) is not None) or (re.fullmatch(r"[\u4e00-\u9fff]{3,}", key) is not None)


def one_slip(first: str, second: str) -> bool:
    """Whether two words differ by one letter typed wrong, too much, too little or swapped with its neighbour."""
    if first == second or abs(len(first) - len(second)) > 1:
        return first == second
    at = next(
        (place for place, (one, other) in enumerate(zip(first, second, strict=False)) if one != other),
        min(len(first), len(second)),
    )
    rest, other = first[at:], second[at:]
    return (
        rest[1:] == other[1:]
        or rest[1:] == other
        or rest == other[1:]
        or (rest[:2] == other[:2][::-1] and len(rest) > 1 and rest[2:] == other[2:])
    )
