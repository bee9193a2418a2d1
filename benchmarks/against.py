"""What got worse since the last good run, beyond what two runs of the same program differ by."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import Report, Row
from hospital.errors import BadInput
from hospital.texts import say

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worse:
    """A figure that got worse: what it was, what it is (None = not measured any more)."""

    name: str
    unit: str
    before: float
    now: float | None

    def sentence(self, language: str) -> str:
        """The figure in words."""
        name = say(f"bench.{self.name}", language)
        if self.now is None:
            return say("bench.gone", language, name=name, before=self.before, unit=self.unit)
        return say("bench.worse", language, name=name, before=self.before, now=self.now, unit=self.unit)


def earlier(place: Path, bench: str) -> dict[str, float]:
    """The figures of an earlier run by row name: a JSON file, or a folder that holds NAME.json; ``results`` is also our own folder.

    Raises BadInput where there is none that can be read.
    """
    places = [place, place / f"{bench}.json"]
    if place == Path("results"):
        places.append(RESULTS / f"{bench}.json")
    found = next((path for path in places if path.is_file()), None)
    if found is None:
        raise BadInput("no_such_place", where=str(place / f"{bench}.json"))
    try:
        rows = json.loads(found.read_text(encoding="utf-8"))["rows"]
        return {str(row["name"]): float(row["ours"]) for row in rows if row["ours"] is not None}
    except (ValueError, KeyError, TypeError):
        raise BadInput("bad_json", where=str(found), found="rows") from None


def worse(report: Report, before: dict[str, float]) -> Iterator[Worse]:
    """The figures of the report that are worse than before by more than their noise, or missing."""
    rows = {row.name: row for row in report.rows}
    for name, value in before.items():
        row = rows.get(name)
        if row is None or row.ours is None:
            if row is not None:
                yield Worse(name=name, unit=row.unit, before=value, now=None)
        elif _is_worse(row, value, row.ours):
            yield Worse(name=name, unit=row.unit, before=value, now=row.ours)


def _is_worse(row: Row, before: float, now: float) -> bool:
    step = now - before if row.better == "lower" else before - now
    return step > row.noise * abs(before) + row.slack
