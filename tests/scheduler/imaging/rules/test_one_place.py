"""A patient is in one place at a time."""

from __future__ import annotations

from hospital.requests import Mobility
from hospital.resources import Modality
from scheduler.imaging.rules import one_place
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, problem, refused_for, room

WALK = {Mobility.WALKING: 15, Mobility.WHEELCHAIR: 20, Mobility.BED: 35}
NORTH, SOUTH = room("CT1", site="north"), room("CT2", site="south")


def test_a_patient_needs_time_to_walk_to_the_next_room() -> None:
    """Fifteen minutes lie between two examinations of a patient on foot; another patient needs none."""
    two = problem(case("A", patient="Li"), case("B", patient="Li"), rooms=(room("CT1"), room("CT2")), walk=WALK, grid=5)
    assert refused_for(two, plan((0, 480), (1, 480 + 30 + 15))) == set()
    assert refused_for(two, plan((0, 480), (1, 480 + 30 + 10))) == {"one_place"}
    others = problem(case("A"), case("B"), rooms=(room("CT1"), room("CT2")), walk=WALK, grid=5)
    assert refused_for(others, plan((0, 480), (1, 480))) == set()


def test_a_patient_in_bed_is_brought_more_slowly() -> None:
    """If either examination needs a porter with a bed, 35 minutes lie between them in either order."""
    two = problem(
        case("A", patient="Li", mobility=Mobility.BED),
        case("B", patient="Li"),
        rooms=(room("CT1"), room("CT2")),
        walk=WALK,
        grid=5,
    )
    assert refused_for(two, plan((0, 480), (1, 545))) == set()
    assert refused_for(two, plan((0, 480), (1, 540))) == {"one_place"}
    assert refused_for(two, plan((0, 540), (1, 480))) == {"one_place"}


def test_travel_between_sites_comes_on_top() -> None:
    """From the north building to the south one takes 50 minutes more than within one building."""
    two = problem(case("A", patient="Li"), case("B", patient="Li"), rooms=(NORTH, SOUTH), walk=WALK, travel=50, grid=5)
    assert refused_for(two, plan((0, 480), (1, 575))) == set()
    assert refused_for(two, plan((0, 480), (1, 570))) == {"one_place"}
    assert refused_for(two, plan((0, 480), (0, 525))) == set()


def test_preparation_counts_as_being_there() -> None:
    """A PET patient is in the department an hour before the scan, so an earlier CT ends before that hour."""
    pet = room("PETCT1", modality=Modality.PETCT)
    two = problem(
        case("ct", patient="Li"),
        case("pet", patient="Li", modality=Modality.PETCT, preparation=60),
        rooms=(room("CT1"), pet),
        walk=WALK,
        grid=5,
    )
    assert refused_for(two, plan((0, 480), (1, 480 + 30 + 75))) == set()
    assert refused_for(two, plan((0, 480), (1, 480 + 30 + 70))) == {"one_place"}
    assert refused_for(two, plan((0, 540 + 30 + 15), (1, 540))) == set()


def test_both_faces_agree() -> None:
    """Over all plans of three examinations of one patient at two sites, model and check admit the same."""
    three = problem(
        case("A", patient="Li"),
        case("B", patient="Li", preparation=30, minutes=60),
        case("C", patient="Li", mobility=Mobility.BED),
        rooms=(NORTH, SOUTH),
        walk=WALK,
        travel=50,
    )
    starts = [hour(8), hour(8.5), hour(9.5), hour(10), hour(10.5), hour(11), hour(12)]
    assert compare_by_enumeration(three, [one_place.RULE], starts=starts).is_telling
