"""Preparation lies between the earliest time, the opening and the start."""

from __future__ import annotations

from hospital.resources import Modality
from scheduler.imaging.rules import preparation
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, problem, refused_for, room

PET = room("PETCT1", modality=Modality.PETCT, sessions=((hour(8), hour(10)), (hour(10.5), hour(13))))


def pet(name: str, **facts: object) -> object:
    """A PET with an hour and a half of preparation."""
    return case(name, **({"modality": Modality.PETCT, "preparation": 90, "earliest": 0} | facts))


def test_the_first_pet_of_the_day_waits_for_its_uptake() -> None:
    """The department opens at eight, so a PET with 90 minutes of preparation starts at 9:30 at the soonest."""
    one = problem(pet("A"), rooms=(PET,))
    assert refused_for(one, plan((0, hour(9.5)))) == set()
    assert refused_for(one, plan((0, hour(9)))) == {"preparation"}


def test_preparation_begins_after_the_earliest_time_and_after_now() -> None:
    """A patient who can come at ten, or is called at ten, is on the scanner at 11:30 at the soonest."""
    for facts, rest in (({"earliest": hour(10)}, {}), ({}, {"now": hour(10)})):
        one = problem(pet("A", **facts), rooms=(PET,), **rest)
        assert refused_for(one, plan((0, hour(11.5)))) == set()
        assert refused_for(one, plan((0, hour(11)))) == {"preparation"}


def test_uptake_goes_on_during_the_break() -> None:
    """After the lunch break the scanner takes a patient at once whose uptake ran through the break."""
    assert refused_for(problem(pet("A"), rooms=(PET,)), plan((0, hour(10.5)))) == set()


def test_both_faces_agree() -> None:
    """Over all plans of two different preparations and a plain patient, model and check admit the same."""
    three = problem(pet("A"), pet("B", preparation=45, earliest=hour(9)), pet("C", preparation=0), rooms=(PET,))
    assert compare_by_enumeration(three, [preparation.RULE]).is_telling


def test_both_faces_agree_on_a_scanner_open_all_night() -> None:
    """A scanner that runs through midnight does not open again at midnight."""
    night = room("PETCT1", modality=Modality.PETCT, sessions=((hour(22), hour(26)), (hour(32), hour(36))))
    one = problem(pet("A", preparation=60), rooms=(night,), days=2)
    found = compare_by_enumeration(one, [preparation.RULE])
    assert found.is_telling
    starts = {place.start for plan in found.allowed if (place := plan.places[0])}
    assert hour(24) in starts
    assert hour(22.5) not in starts
