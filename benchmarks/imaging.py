"""`caretable bench imaging`: the fixed week where its data are given, our samples, and a peer on small instances."""

from __future__ import annotations

from pathlib import Path

from benchmarks.duel import duel_rows
from benchmarks.report import Report, Row
from benchmarks.samples import sample_rows
from benchmarks.week_rows import run_week


def run(data: Path | None, seconds: float, out: Path | None) -> Report:
    """All rows; without ``data`` the week is left out. Raises BadInput where the week cannot be read."""
    rows: list[Row] = []
    faults: tuple[str, ...] = ()
    if data is not None:
        week = run_week(data, seconds, out)
        rows, faults = list(week.rows), week.faults
    rows += sample_rows(seconds)
    duel, duel_faults = duel_rows(seconds)
    return Report(bench="imaging", rows=(*rows, *duel), faults=(*faults, *duel_faults))
