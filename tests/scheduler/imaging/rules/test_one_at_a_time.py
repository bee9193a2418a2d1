"""One patient on a scanner at a time, with turnover and changeover."""

from __future__ import annotations

from hospital.facts import Match
from scheduler.imaging.rules import one_at_a_time
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, problem, refused_for, room

CHANGE = {("head", "knee"): 20, ("knee", "head"): 35}
TURNED = room(turnover=10)


def test_two_patients_are_never_on_the_scanner_together() -> None:
    """Two patients at nine on one scanner are refused; on two scanners they are not."""
    two = problem(case("A"), case("B"), rooms=(room("CT1"), room("CT2")))
    assert refused_for(two, plan((0, hour(9)), (0, hour(9)))) == {"one_at_a_time"}
    assert refused_for(two, plan((0, hour(9)), (1, hour(9)))) == set()


def test_turnover_and_changeover_lie_between_and_depend_on_the_order() -> None:
    """From head to knee coil takes 10 + 20 minutes, back from knee to head 10 + 35."""
    two = problem(case("A", family="head"), case("B", family="knee"), rooms=(TURNED,), changeovers=CHANGE, grid=5)
    assert refused_for(two, plan((0, 480), (0, 480 + 30 + 30))) == set()
    assert refused_for(two, plan((0, 480), (0, 480 + 30 + 25))) == {"one_at_a_time"}
    assert refused_for(two, plan((0, 480 + 30 + 45), (0, 480))) == set()
    assert refused_for(two, plan((0, 480 + 30 + 40), (0, 480))) == {"one_at_a_time"}


def test_only_neighbours_change_over() -> None:
    """A short examination between two others separates them: only the next patient counts."""
    three = problem(
        case("A", family="head", minutes=5),
        case("B", minutes=5),
        case("C", family="knee", minutes=5),
        changeovers=CHANGE,
        grid=5,
    )
    assert refused_for(three, plan((0, 480), (0, 485), (0, 490))) == set()
    assert refused_for(three, plan((0, 480), None, (0, 490))) == {"one_at_a_time"}


def test_the_next_morning_needs_no_changeover() -> None:
    """The first patient of a day may have any coil, however late the last one of the evening was."""
    night = room(sessions=((0, 2880),), turnover=10)
    two = problem(case("A", family="head"), case("B", family="knee"), rooms=(night,), changeovers=CHANGE, days=2)
    assert refused_for(two, plan((0, hour(23.5)), (0, hour(0, day=1)))) == set()
    assert refused_for(two, plan((0, hour(23)), (0, hour(23.5)))) == {"one_at_a_time"}


def test_a_long_examination_hides_behind_no_short_one() -> None:
    """A patient who is still on the scanner counts, also when a shorter one wrongly began in between."""
    three = problem(case("long", minutes=120), case("short"), case("late"))
    pairs = {match.requests for match in _check(three, plan((0, hour(8)), (0, hour(8.5)), (0, hour(9.5))))}
    assert pairs == {("long", "short"), ("long", "late")}


def test_the_match_says_when_the_one_before_ends_and_how_much_is_missing() -> None:
    """Ten minutes of turnover after 8:30 are needed, the next patient comes at 8:35: five minutes are missing."""
    two = problem(case("A"), case("B"), rooms=(TURNED,), grid=5)
    (match,) = _check(two, plan((0, 480), (0, 515)))
    assert (match.values["end_at"], match.values["start_at"], match.values["needed_min"]) == (510, 515, 10)
    assert (match.amount, match.requests) == (5, ("A", "B"))


def _check(problem: object, plan: object) -> list[Match]:
    return list(one_at_a_time.RULE.check(problem, plan))  # type: ignore[arg-type]


def test_both_faces_agree() -> None:
    """Over all plans of three patients with two coils on a scanner with turnover, model and check admit the same."""
    three = problem(
        case("A", family="head"),
        case("B", family="knee"),
        case("C", family="head", minutes=15),
        rooms=(room(turnover=5, sessions=((480, 600),)),),
        changeovers=CHANGE,
        grid=15,
    )
    found = compare_by_enumeration(three, [one_at_a_time.RULE])
    assert found.is_telling


def test_both_faces_agree_over_midnight() -> None:
    """Over all plans around midnight, an examination running into the next day keeps its scanner."""
    night = room(sessions=((0, 2880),), turnover=15)
    three = problem(case("A", minutes=60), case("B"), case("C"), rooms=(night,), days=2)
    starts = [hour(22.5), hour(23), hour(23.5), hour(24), hour(24.5)]
    assert compare_by_enumeration(three, [one_at_a_time.RULE], starts=starts).is_telling
