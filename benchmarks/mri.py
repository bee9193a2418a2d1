"""`caretable bench mri`: a month of calls played one by one, our answers beside the fixed slots of the published table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.mri_month import TYPES, Booked, Call, figures, fixed_slots, play, read_calls
from benchmarks.mri_ours import answers
from benchmarks.report import Report, Row
from hospital.errors import BadInput

OWN = (35, 60)
POOLED = ((35, 60), (32, 50), (30, 48), (30, 45), (28, 44), (26, 40))
TARGETS = {"wait": 1.05, "past": 1.1, "over": 0.5}
UNITS = {"wait": "d", "wait_p95": "d", "past": "min", "past_p95": "min", "idle": "min", "over": "min"}
SLACK = {"wait": 0.01, "past": 0.1, "over": 0.2}


def run(data: Path | None, seconds: float, out: Path | None) -> Report:  # noqa: ARG001 - a call is answered at once
    """Play the month. Raises BadInput without its data."""
    if data is None:
        raise BadInput("bench_needs_data", id="mri")
    calls = read_calls(data)
    ours = answers(calls)
    booked: Mapping[str, tuple[Booked, ...]] = {
        "own 35/60": fixed_slots(calls, dict(zip(TYPES, OWN, strict=True)), is_pooled=False),
        **{
            f"pooled {one}/{two}": fixed_slots(calls, {TYPES[0]: one, TYPES[1]: two}, is_pooled=True)
            for one, two in POOLED
        },
    }
    rows = [*_rows("mri", ours, booked, is_free=False), *_rows("mri_free", ours, booked, is_free=True)]
    return Report(bench="mri", rows=tuple(rows), faults=tuple(broken(calls, ours)))


def _rows(
    name: str, ours: tuple[Booked, ...], others: Mapping[str, tuple[Booked, ...]], *, is_free: bool
) -> Iterator[Row]:
    """A row a measure. ``is_free``: whichever scanner is done first takes the next patient; that is no rule where each has its type."""
    mine = figures(play(ours, is_free=is_free))
    theirs = {
        peer: figures(play(booked, is_free=is_free))
        for peer, booked in others.items()
        if not (is_free and peer.startswith("own"))
    }
    for measure, unit in UNITS.items():
        yield Row(
            name=f"{name}_{measure}",
            unit=unit,
            ours=getattr(mine, measure),
            target=TARGETS.get(measure),
            peers={peer: getattr(found, measure) for peer, found in theirs.items()},
            slack=SLACK.get(measure, 0.0),
        )


def broken(calls: tuple[Call, ...], booked: tuple[Booked, ...]) -> Iterator[str]:
    """Calls without their answer, on the same day, at a weekend, before opening."""
    if [entry.call for entry in booked] != list(calls):
        yield "calls"
    for entry in booked:
        if entry.day <= entry.call.at.date() or entry.day.weekday() >= 5 or entry.start_min < 8 * 60:
            yield f"{entry.call.at.isoformat()}: {entry.day} {entry.start_min:.0f}"
