"""All time pieces of a text, by the table of patterns and the names of holidays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from llm_planner.understand.times.atoms import TABLE
from llm_planner.understand.times.days import Moment


@dataclass(frozen=True, slots=True)
class Atom:
    """One piece: its ``kind``, what it says, and where it stands in the text."""

    kind: str
    value: Any
    start: int
    end: int


_COMPILED = tuple((kind, re.compile(pattern), read) for kind, pattern, read in TABLE)


def atoms_in(text: str, now: Moment) -> list[Atom]:
    """All atoms of a text in order, none overlapping: what stands higher in the table wins."""
    found: list[Atom] = []
    taken = bytearray(len(text))
    for kind, pattern, read in _COMPILED:
        for match in pattern.finditer(text):
            first, last = match.span()
            if first == last or any(taken[first:last]):
                continue
            value = read(match, now)
            if value is None and kind == "day":
                continue
            taken[first:last] = b"\x01" * (last - first)
            found.append(Atom(kind, value, first, last))
    found += _holidays(text, taken, now)
    return sorted(found, key=lambda atom: atom.start)


def _holidays(text: str, taken: bytearray, now: Moment) -> Iterator[Atom]:
    for names, span in now.holidays:
        for name in names:
            for match in re.finditer(re.escape(name) + r"(?:节|假期|小长假|长假| holidays?| break)*", text):
                if not any(taken[match.start() : match.end()]):
                    taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
                    yield Atom("holiday", span, *match.span())
