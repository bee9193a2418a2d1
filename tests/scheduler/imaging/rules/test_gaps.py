"""Between two examinations of a patient lies the gap their tags ask for."""

from __future__ import annotations

from scheduler.imaging.problem import GapRule
from scheduler.imaging.rules import gaps
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, problem, refused_for, room

DAYS = room(sessions=tuple((hour(8, day=day), hour(10, day=day)) for day in range(3)))
CONTRAST = GapRule(first="contrast", then="contrast", minutes=48 * 60)
BARIUM = GapRule(first="barium", then="*", minutes=24 * 60)


def test_two_contrast_examinations_lie_two_days_apart() -> None:
    """A patient who had contrast medium on Monday at 8:00 to 8:30 gets the next on Wednesday at 8:30, not at 8:00."""
    tagged = {"patient": "Li", "tags": frozenset({"contrast"})}
    two = problem(case("A", **tagged), case("B", **tagged), rooms=(DAYS,), days=3, gaps=(CONTRAST,))
    assert refused_for(two, plan((0, hour(8)), (0, hour(8.5, day=2)))) == set()
    assert refused_for(two, plan((0, hour(8)), (0, hour(8, day=2)))) == {"gaps"}


def test_other_patients_and_other_kinds_are_free() -> None:
    """A plain examination of the same patient, or contrast of another, needs no gap."""
    tags = frozenset({"contrast"})
    plain = problem(case("A", patient="Li", tags=tags), case("B", patient="Li"), gaps=(CONTRAST,))
    other = problem(case("A", tags=tags), case("B", tags=tags), gaps=(CONTRAST,))
    assert refused_for(plain, plan((0, hour(8)), (0, hour(8.5)))) == set()
    assert refused_for(other, plan((0, hour(8)), (0, hour(8.5)))) == set()


def test_barium_comes_last() -> None:
    """After barium any examination waits a day; before it none does."""
    two = problem(
        case("swallow", patient="Li", tags=frozenset({"barium"})),
        case("ct", patient="Li"),
        rooms=(DAYS,),
        days=3,
        gaps=(BARIUM,),
    )
    assert refused_for(two, plan((0, hour(9)), (0, hour(8)))) == set()
    assert refused_for(two, plan((0, hour(8)), (0, hour(9)))) == {"gaps"}
    assert refused_for(two, plan((0, hour(8)), (0, hour(8.5, day=1)))) == set()


def test_both_faces_agree() -> None:
    """Over all plans of three days with contrast and barium, model and check admit the same."""
    three = problem(
        case("A", patient="Li", tags=frozenset({"contrast"})),
        case("B", patient="Li", tags=frozenset({"contrast", "barium"})),
        case("C", patient="Li", minutes=60),
        rooms=(DAYS,),
        days=3,
        gaps=(CONTRAST, BARIUM),
    )
    starts = [hour(time, day=day) for day in range(3) for time in (8, 8.5, 9)]
    assert compare_by_enumeration(three, [gaps.RULE], starts=starts).is_telling
