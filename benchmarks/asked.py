"""Questions of a page, asked the way the dashboard asks them: account and right, database, situation, plan, engine."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.measuring import quantile
from benchmarks.report import Row
from planning.actors import SYSTEM, Actor, Role
from planning.app import Application
from planning.commands import LoadSample
from planning.jobs import Solved
from planning.queries import MovePreview, PlanView, Slots
from planning.settings import Settings
from planning.views import PlanPage
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.outcome import Outcome
from storage.bootstrap import open_application

NUM_ASKED = 200
LEASE_S = 600.0


def page_rows(problem: ImagingProblem, outcome: Outcome) -> Iterator[Row]:
    """The sample hospital in a database of its own with this plan of its week, open in one process that answers one question at a time."""
    with tempfile.TemporaryDirectory() as place:
        app = open_application(Settings(home=Path(place)))
        try:
            yield from _rows(app, _filled(app, problem, outcome))
        finally:
            app.close()


def _filled(app: Application, problem: ImagingProblem, outcome: Outcome) -> Actor:
    """Loads the sample and hands the plan in as the worker would; a scheduler of that hospital."""
    loaded = app.execute(SYSTEM, LoadSample(areas=("imaging",)))
    lease = app.jobs.claim(loaded.job_ids["imaging"], "bench", LEASE_S)
    assert lease is not None
    app.jobs.work(lease)
    app.jobs.complete(lease.job_id, lease.fence, Solved.from_outcome(problem, outcome))
    return Actor("bench", "bench", Role.SCHEDULER, loaded.site.id)


def _rows(app: Application, who: Actor) -> Iterator[Row]:
    dice = random.Random(7)
    page: PlanPage = app.ask(who, PlanView("imaging"))
    assert page.version is not None
    number = page.version.number
    free = [row for row in page.appointments if not row.is_frozen]
    asked = [row.about.request for row in dice.choices(free, k=NUM_ASKED)]
    drags = [
        MovePreview("imaging", number, row.about.request, other.resource, other.start)
        for row, other in zip(dice.choices(free, k=NUM_ASKED), dice.choices(free, k=NUM_ASKED), strict=True)
    ]
    questions: dict[str, list[Callable[[], object]]] = {
        "slots_page": [lambda name=name: app.ask(who, Slots("imaging", number, name)) for name in asked],  # type: ignore[misc]
        "drag_page": [lambda drag=drag: app.ask(who, drag) for drag in drags],  # type: ignore[misc]
        "plan_page": [lambda: app.ask(who, PlanView("imaging"))] * 20,
    }
    for name, row in questions.items():
        row[0]()
        taken = [1000 * _seconds(ask) for ask in row]
        yield Row(name=f"{name}_p50", unit="ms", ours=quantile(taken, 0.5), noise=0.3, slack=5)
        yield Row(
            name=f"{name}_p95", unit="ms", ours=quantile(taken, 0.95), target=TARGETS_MS[name], noise=0.3, slack=5
        )


TARGETS_MS = {"slots_page": 50.0, "drag_page": 100.0, "plan_page": 200.0}
"""Below these a person feels an answer as at once."""


def _seconds(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began
