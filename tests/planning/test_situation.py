"""An area as it stands now: built once, anew only when something changed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import planning.situation
from planning.commands import ApplyUpload, RecordChanges, StageUpload, UndoChange
from planning.queries import CallList
from planning.situation import Situation
from tests.planning.test_uploads import csv_of, steward
from tests.planning.world import HOSPITAL, World, at, downtime, opened


def situation(world: World) -> Situation:
    app: Any = world.app
    with app._store.reading() as work:
        found: Situation = app._situations.of(work, world.site_id, "imaging", world.clock())
    return found


@pytest.fixture
def live(tmp_path: Path) -> Iterator[World]:
    """A hospital that lives in the present: no fixed now, no fixed first day."""
    settings = replace(HOSPITAL.settings, now=None, first_day="")
    with opened(tmp_path, f"sqlite:///{tmp_path / 'live.sqlite'}", replace(HOSPITAL, settings=settings)) as found:
        yield found


def test_nothing_is_built_twice(world: World) -> None:
    """Two questions about the same state get the very same problem; a recorded change gives a new one, undoing it another."""
    first = situation(world)
    assert situation(world) is first
    world.app.execute(world.scheduler, RecordChanges("imaging", (downtime("CT1", at(2, 9)),)))
    second = situation(world)
    assert second.problem != first.problem
    world.app.execute(world.scheduler, UndoChange())
    third = situation(world)
    assert third is not first
    assert third.problem == first.problem


def test_many_at_once_wait_for_one_builder(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight pages open at the same moment: the problem is built once for all of them."""
    built = []
    real = planning.situation.build_problem

    def counting(*given: Any, **named: Any) -> Any:
        built.append(1)
        return real(*given, **named)

    monkeypatch.setattr(planning.situation, "build_problem", counting)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: situation(world), range(8)))
    assert len(built) == 1
    assert len({id(row) for row in found}) == 1


def test_a_living_hospital_plans_from_today_and_keeps_the_weeks_history(live: World) -> None:
    """Wednesday 10:03: the horizon began on Monday, reaches three days from today, and Monday's appointment is history."""
    live.clock.now = datetime(2026, 3, 4, 2, 3, 40, tzinfo=UTC)
    page = live.page()
    assert page.now == at(3, 10)
    assert (page.first_day.isoformat(), page.num_days) == ("2026-03-02", 5)
    assert {row.about.request: row.is_frozen for row in page.appointments} == {"R1": True, "R2": False}


def test_time_passes_in_steps_of_the_grid(live: World) -> None:
    """Within five minutes the same problem serves; then the next one."""
    live.clock.now = datetime(2026, 3, 2, 1, 0, 10, tzinfo=UTC)
    first = situation(live)
    live.clock.forward(minutes=4)
    assert situation(live) is first
    live.clock.forward(minutes=1)
    assert situation(live).now == at(1, 9, 5)


def test_last_weeks_appointments_stay_in_the_next_weeks_plan(live: World) -> None:
    """On the Monday after, the plan in force still holds last week's appointments: nobody is called to hear they are off."""
    live.clock.now = datetime(2026, 3, 1, 23, 0, tzinfo=UTC)
    number = live.published_plan()
    live.clock.now = datetime(2026, 3, 9, 0, 0, tzinfo=UTC)
    late = replace(HOSPITAL.requests[2], id="R5", earliest=at(8, 8), requested=at(7, 9))
    upload = live.app.execute(
        steward(live), StageUpload("requests", "r.csv", csv_of("requests", (*HOSPITAL.requests, late)))
    )
    live.app.execute(steward(live), ApplyUpload(upload.id))
    second = live.move(number, "R5", "CT1", at(8, 9))
    live.publish(second)
    assert {row.about.request for row in live.page(second).appointments} == {"R1", "R2", "R3", "R4", "R5"}
    assert [row.request for row in live.app.ask(live.scheduler, CallList(second))] == ["R5"]
