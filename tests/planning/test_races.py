"""Several people at one plan at the same moment: one wins, the others are told what he did."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import pairwise
from threading import Barrier

import pytest

from hospital.errors import CaretableError, Conflict, WrongState
from hospital.plans import PlanStatus
from planning.actors import Role
from planning.commands import ApproveDraft, RequestSolve, SubmitDraft
from planning.queries import AuditCheck, Versions
from tests.planning.world import World, at


@pytest.mark.parametrize(("num_editors", "num_rounds"), [(2, 6), (10, 2)])
def test_one_editor_wins_and_the_others_see_the_difference(both: World, num_editors: int, num_rounds: int) -> None:
    """Editors drag the same CT patient to different hours at once: each round one new version, the rest get the difference."""
    base = both.move(0, "R4", "CT1", at(3, 15))
    for _ in range(num_rounds):
        start = both.page(base).appointments[-1].start
        wins, refusals = _race(both, base, _other_hours(start, num_editors))
        assert len(wins) == 1
        assert all(isinstance(error, Conflict) for error in refusals)
        for error in refusals:
            (row,) = error.values["difference"]
            assert row["task"] == "R4"
        assert both.app.ask(both.scheduler, Versions())[0].number == base + 1
        base = wins[0]
    _no_double_booking(both, base)
    assert both.app.ask(both.approver, AuditCheck()).is_whole


def _other_hours(start: datetime, count: int) -> list[datetime]:
    first = at(3, 9)
    return [hour for i in range(count + 1) if (hour := first + timedelta(minutes=25 * i)) != start][:count]


def _race(world: World, base: int, hours: list[datetime]) -> tuple[list[int], list[CaretableError]]:
    barrier = Barrier(len(hours))

    def edit(number: int) -> int | CaretableError:
        barrier.wait()
        try:
            return world.move(base, "R4", "CT1", hours[number], by=world.person(Role.SCHEDULER, f"editor{number}"))
        except CaretableError as error:
            return error

    with ThreadPoolExecutor(len(hours)) as pool:
        results = list(pool.map(edit, range(len(hours))))
    return [row for row in results if isinstance(row, int)], [row for row in results if not isinstance(row, int)]


def _no_double_booking(world: World, version: int) -> None:
    rows = sorted(world.page(version).appointments, key=lambda row: (row.resource, row.start))
    for one, other in pairwise(rows):
        assert one.resource != other.resource or one.end <= other.start


def test_two_approvers_publish_once(both: World) -> None:
    """Two approvers click at the same moment: one publication, one call list, one refusal."""
    draft = both.move(0, "R3", "CT1", at(1, 9))
    both.app.execute(both.scheduler, SubmitDraft(draft))
    barrier = Barrier(2)

    def approve(name: str) -> str:
        barrier.wait()
        try:
            both.app.execute(both.person(Role.APPROVER, name), ApproveDraft(draft))
        except WrongState:
            return "refused"
        return "published"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(approve, ("Li", "Zhao"))) == ["published", "refused"]
    (version,) = both.app.ask(both.scheduler, Versions())
    assert version.status is PlanStatus.PUBLISHED


def test_two_people_ask_for_a_solve_and_one_job_is_made(both: World) -> None:
    """Two clicks on Solve make one job; the second is told that one is running."""
    barrier = Barrier(2)

    def solve(name: str) -> str:
        barrier.wait()
        try:
            both.app.execute(both.person(Role.SCHEDULER, name), RequestSolve())
        except Conflict as error:
            return error.text_id
        return "job"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(solve, ("Li", "Zhao"))) == ["job", "solve_running"]
