"""Why an appointment is where it is, in facts a person can check."""

from __future__ import annotations

from hospital.facts import Fact
from scheduler.explain import why
from scheduler.kernel.plan import Place
from tests.scheduler.imaging.tiny import case, clock, hour, plan, problem, room, standard, weights


def by_id(facts: tuple[Fact, ...]) -> dict[str, Fact]:
    """Facts by text id (the last of several)."""
    return {fact.text_id: fact for fact in facts}


def test_the_price_of_the_place_and_the_next_place_are_told() -> None:
    """An outpatient after another one pays for half an hour; the next free place costs half a point more."""
    asked = problem(case("R1"), case("R2"), weights=standard())
    facts = by_id(why(asked, plan((0, hour(8)), (0, hour(8.5))), "R2"))
    assert facts["stands"].values["start_at"] == clock().moment(hour(8.5))
    assert facts["pays"].values == {"rule": "waiting", "points": 0.5}
    assert "cheapest_free" in facts
    assert facts["dearer_place"].values["points"] == 0.5
    assert facts["dearer_place"].values["start_at"] == clock().moment(hour(9))


def test_who_has_the_earlier_time_is_named() -> None:
    """The patient would like eight o'clock; the fact says who is examined then."""
    asked = problem(case("R1"), case("R2"), weights=standard())
    facts = by_id(why(asked, plan((0, hour(8)), (0, hour(8.5))), "R2"))
    taken = facts["earliest_taken"].values
    assert (taken["request"], taken["rule"], taken["wish_at"]) == ("R1", "one_at_a_time", clock().moment(hour(8)))


def test_nothing_earlier_is_said_where_nothing_is() -> None:
    """Who stands at the first possible time is told that there is none before."""
    asked = problem(case("R1"), weights=standard())
    assert "is_earliest" in by_id(why(asked, plan((0, hour(8))), "R1"))


def test_a_cheaper_free_place_is_admitted() -> None:
    """A plan made by hand that wastes an hour is told so."""
    asked = problem(case("R1"), weights=standard())
    facts = by_id(why(asked, plan((0, hour(9))), "R1"))
    assert facts["cheaper_place"].values["points"] == 1.0
    assert "cheapest_free" not in facts


def test_a_locked_appointment_is_held_by_its_lock() -> None:
    """Who was locked by a person stays because of that, whatever else is free."""
    asked = problem(case("R1"), locked={0: Place(0, hour(9))}, weights=standard())
    facts = by_id(why(asked, plan((0, hour(9))), "R1"))
    assert facts["held_by"].values["rule"] == "locks"
    assert "is_earliest" not in facts  # eight o'clock is free and suits the patient: the lock alone is the reason


def test_history_needs_no_reason() -> None:
    """What has begun is history, and nothing more is said of it."""
    asked = problem(case("R1"), frozen={0: Place(0, hour(9))})
    assert [fact.text_id for fact in why(asked, plan((0, hour(9))), "R1")] == ["is_history"]


def test_the_rule_that_keeps_a_request_out_is_named() -> None:
    """A cardiac CT without a cardiac scanner is kept out by that rule, at the price of being left out."""
    asked = problem(
        case("R1", features=frozenset({"cardiac"})), rooms=[room()], weights=weights(unplanned_h=7, wait_outpatient=1)
    )
    facts = by_id(why(asked, plan(None), "R1"))
    assert facts["left_out"].values["points"] == 7.0
    assert facts["kept_out"].values["rule"] == "fits"
    assert "no_room" in facts
