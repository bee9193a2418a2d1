"""People of a role are never needed at once above their number."""

from __future__ import annotations

from scheduler.imaging.problem import Staff
from scheduler.imaging.rules import staff
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, problem, refused_for, room

THREE_ROOMS = (room("CT1"), room("CT2"), room("CT3"))
NURSES = Staff(role="nurse", site="main", spans=((hour(8), hour(9), 2), (hour(9), hour(10), 1)))


def contrast(name: str, **facts: object) -> object:
    """An examination that needs a contrast nurse."""
    return case(name, **({"staff": ("nurse",)} | facts))


def test_two_nurses_serve_two_scanners_not_three() -> None:
    """From eight to nine there are two nurses: two contrast patients at once are fine, three are not."""
    three = problem(contrast("A"), contrast("B"), contrast("C"), rooms=THREE_ROOMS, staff=(NURSES,))
    assert refused_for(three, plan((0, hour(8)), (1, hour(8)), (2, hour(8.5)))) == set()
    assert refused_for(three, plan((0, hour(8)), (1, hour(8)), (2, hour(8)))) == {"staff"}


def test_an_examination_does_not_outlast_the_shift() -> None:
    """After ten nobody is there, and a role that nobody was listed for is never there."""
    one = problem(contrast("A"), staff=(NURSES,))
    assert refused_for(one, plan((0, hour(9.5)))) == set()
    assert refused_for(one, plan((0, hour(10)))) == {"staff"}
    assert refused_for(problem(case("A", staff=("anaesthetist",))), plan((0, hour(9)))) == {"staff"}


def test_nurses_of_another_site_do_not_help() -> None:
    """The north building's only nurse is busy; the two of the south building stay there."""
    rooms = (room("CT1", site="north"), room("CT2", site="north"), room("CT3", site="south"))
    nurses = (
        Staff(role="nurse", site="north", spans=((0, 1440, 1),)),
        Staff(role="nurse", site="south", spans=((0, 1440, 2),)),
    )
    three = problem(
        contrast("A", site="north"), contrast("B", site="north"), contrast("C", site="south"), rooms=rooms, staff=nurses
    )
    assert refused_for(three, plan((0, hour(9)), (1, hour(9.5)), (2, hour(9)))) == set()
    assert refused_for(three, plan((0, hour(9)), (1, hour(9)), (2, hour(9)))) == {"staff"}


def test_the_match_names_the_worst_moment_and_everybody_in_it() -> None:
    """Between 8:00 and 9:00 three of two nurses are needed, by the three patients named."""
    three = problem(
        contrast("A", minutes=60), contrast("B"), contrast("C", minutes=45), rooms=THREE_ROOMS, staff=(NURSES,)
    )
    (match,) = staff.check(three, plan((0, hour(8)), (1, hour(8)), (2, hour(8))))
    assert (match.start, match.end, match.values["needed"], match.values["available"]) == (hour(8), hour(8.5), 3, 2)
    assert match.requests == ("A", "B", "C")


def test_the_worst_moment_is_the_one_with_most_people_missing() -> None:
    """Three are needed all along; after nine, when one nurse is left, two are missing."""
    three = problem(*(contrast(name, minutes=90) for name in "ABC"), rooms=THREE_ROOMS, staff=(NURSES,))
    (match,) = staff.check(three, plan((0, hour(8)), (1, hour(8)), (2, hour(8))))
    assert (match.start, match.end, match.amount) == (hour(8), hour(9.5), 2)
    assert (match.values["needed"], match.values["available"]) == (3, 1)


def test_both_faces_agree() -> None:
    """Over all plans of three patients who need one or two roles, model and check admit the same."""
    doctors = Staff(role="anaesthetist", site="main", spans=((hour(8.5), hour(11), 1),))
    more = Staff(role="nurse", site="main", spans=((hour(9.5), hour(10.5), 1),))
    three = problem(
        contrast("A", minutes=60),
        contrast("B", staff=("nurse", "anaesthetist")),
        case("C", staff=("anaesthetist",)),
        staff=(NURSES, doctors, more),
    )
    assert compare_by_enumeration(three, [staff.RULE]).is_telling
