"""Compile the engine's hot functions once, so that no user waits for it: ``python -m scheduler.kernel.warm`` after installing."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import numba

from hospital.clock import Clock
from hospital.requests import RequestClass
from hospital.resources import Modality
from scheduler.imaging.presets import preset
from scheduler.imaging.problem import Case, ImagingProblem, Room
from scheduler.kernel.solve import Settings, solve
from scheduler.radiotherapy.booking.warm import warm_booking
from scheduler.replan.recommend import slots


def warm() -> None:
    """Solve a department of two scanners and five patients, one too long for its day, and book two courses: every compiled function runs.

    Caches of older sources are dropped.
    """
    session = ((480, 600),)
    rooms = (
        Room(id="CT", modality=Modality.CT, sessions=session),
        Room(id="MR", modality=Modality.MR, sessions=session),
    )
    cases = tuple(
        Case(
            id=name,
            patient=name,
            examination="",
            modality=modality,
            rclass=RequestClass.OUTPATIENT,
            minutes=150 if name == "E" else 45,
            earliest=0,
        )
        for name, modality in (
            ("A", Modality.CT),
            ("B", Modality.CT),
            ("C", Modality.CT),
            ("D", Modality.MR),
            ("E", Modality.MR),
        )
    )
    clock = Clock("UTC", date(2026, 1, 5), 1, 15)
    problem = ImagingProblem(clock=clock, weights=preset("standard"), rooms=rooms, cases=cases)
    for threads in (1, 2):
        outcome = solve(problem, Settings(seconds=0.2, threads=threads, bound_share=0.5), 1)
    slots(problem, outcome.plan.plan, "A", max_moved=2)
    warm_booking()
    _drop_old_caches()


def _drop_old_caches() -> None:
    current = Path(numba.config.CACHE_DIR)  # type: ignore[attr-defined]
    for folder in current.parent.glob("compiled-*"):
        if folder != current:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    warm()
