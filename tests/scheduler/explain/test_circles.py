"""Whom a wish may move: first those nearest to it, then more while the time lasts."""

from __future__ import annotations

from scheduler.explain import why_not
from scheduler.explain.circles import CIRCLES, circle
from scheduler.explain.why_not import statements_of
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.plan import Plan
from tests.scheduler.imaging.tiny import case, clock, hour, plan, problem, room, standard


def row_of_twelve() -> tuple[ImagingProblem, Plan]:
    """Twelve patients one after the other from 8:30 on, each of whom could also come half an hour later, and W after them."""
    twelve = [
        case(f"A{at}", windows=((hour(8.5 + at / 2), hour(9.5 + at / 2)),), earliest=hour(8.5 + at / 2))
        for at in range(12)
    ]
    asked = problem(*twelve, case("W"), rooms=[room(sessions=((hour(8.5), hour(15)),))], weights=standard())
    return asked, plan(*((0, hour(8.5 + at / 2)) for at in range(13)))


def test_a_whole_row_moves_up_where_ten_would_not_be_enough() -> None:
    """W wants the first place: all twelve come half an hour later, nobody loses a place, and the answer says how many were free to move."""
    asked, stands = row_of_twelve()
    answer = why_not(asked, stands, "W", scanner="CT1", start=clock().moment(hour(8.5)), seconds=8.0)
    assert answer.after is not None
    assert answer.after.plan == plan(*((0, hour(9 + at / 2)) for at in range(12)), (0, hour(8.5)))
    facts = {fact.text_id: fact.values for fact in answer.facts}
    assert "would_drop" not in facts
    assert facts["tried"]["num_free"] == 12


def test_each_circle_holds_the_one_before_and_the_patients_own() -> None:
    """A wider circle never gives up whom a narrower one let move; W's other examination, the last of the row, is in every one."""
    asked, stands = row_of_twelve()
    cases = (*asked.cases[:11], case("A11", patient="patient of W", earliest=hour(14)), asked.cases[12])
    asked = problem(*cases, rooms=asked.rooms, weights=standard())
    parts = [
        circle(statements_of(asked), stands, 12, resource=0, centre=hour(8.5), most=most, reach=reach)
        for most, reach in CIRCLES
    ]
    assert [len(part.free) for part in parts] == [10, 12, 12]
    assert all(11 in part.free for part in parts)
    assert set(parts[0].free) <= set(parts[1].free)
