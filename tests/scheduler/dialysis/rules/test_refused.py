"""A corrupted plan for each hard rule, refused by that rule; a sound one beside it, accepted."""

from __future__ import annotations

from dataclasses import replace

from scheduler.dialysis.problem import Nurses, Release
from scheduler.kernel.plan import Place
from tests.scheduler.dialysis.tiny import hour, patient, plan, price, problem, refused_for, session, station, weights

EARLY, LATE = hour(8), hour(13)


def test_a_hepatitis_b_patient_keeps_to_the_zone() -> None:
    """A patient with hepatitis B is refused on a clean chair, and accepted on it on the Tuesday it is released by name."""
    release = Release("HBV", hour(0, day=1), hour(24, day=1), "Zhou")
    one = problem(session("Li", 1, 0), patients=(patient("Li", zone="HBV"),), stations=(station(releases=(release,)),))
    assert refused_for(one, plan((0, EARLY))) == {"zone"}
    assert refused_for(one, plan((0, EARLY + 1440))) == set()


def test_who_must_lie_gets_a_bed_and_haemodiafiltration_its_machine() -> None:
    """A lying patient on HDF is refused on a chair and on a plain machine."""
    stations = (station("S1", has_bed=True), station("S2", is_hdf=True), station("S3", has_bed=True, is_hdf=True))
    one = problem(session("Li", 1, 0), patients=(patient("Li", needs_bed=True, is_hdf=True),), stations=stations)
    assert [refused_for(one, plan((resource, EARLY))) for resource in range(3)] == [
        {"station_fits"},
        {"station_fits"},
        set(),
    ]


def test_sessions_start_with_the_shift() -> None:
    """Half past eight is no start, and five hours do not end within the shift."""
    assert refused_for(problem(session("Li", 1, 0)), plan((0, hour(8.5)))) == {"shift_starts"}
    assert refused_for(problem(session("Li", 1, 0, minutes=300)), plan((0, EARLY))) == {"shift_starts"}


def test_a_session_is_near_its_day() -> None:
    """A session due on Tuesday may be on Wednesday, not on Thursday."""
    one = problem(session("Li", 1, 1))
    assert refused_for(one, plan((0, EARLY + 2 * 1440))) == set()
    assert refused_for(one, plan((0, EARLY + 3 * 1440))) == {"due_day"}


def test_a_patient_comes_only_when_free_and_after_now() -> None:
    """Free in the afternoon only, and nothing begins in the past."""
    one = problem(session("Li", 1, 0), patients=(patient("Li", windows=((hour(12), hour(18)),)),))
    assert refused_for(one, plan((0, EARLY))) == {"patient_times"}
    assert refused_for(one, plan((0, LATE))) == set()
    assert refused_for(replace(problem(session("Li", 1, 0)), now=hour(9)), plan((0, EARLY))) == {"patient_times"}


def test_the_station_is_turned_over() -> None:
    """Half an hour lies between two shifts: enough to turn over, not for an hour of disinfection after hepatitis C."""
    two = problem(session("Li", 1, 0), session("Wu", 1, 0))
    assert refused_for(two, plan((0, EARLY), (0, EARLY))) == {"station_turnover"}
    assert refused_for(two, plan((0, EARLY), (0, LATE))) == set()
    assert refused_for(replace(two, disinfection={"clean": 60}), plan((0, EARLY), (0, LATE))) == {"station_turnover"}


def test_nobody_is_on_a_closed_station() -> None:
    """The water loop is flushed until ten: the early shift is refused."""
    one = problem(session("Li", 1, 0), stations=(station(closed=((hour(6), hour(10)),)),))
    assert refused_for(one, plan((0, EARLY))) == {"station_closed"}
    assert refused_for(one, plan((0, LATE))) == set()


def test_one_session_a_day_in_order() -> None:
    """Two sessions on one Tuesday are refused, and so is the second before the first."""
    two = problem(session("Li", 1, 0), session("Li", 2, 1))
    assert refused_for(two, plan((0, EARLY + 1440), (0, LATE + 1440))) == {"one_a_day"}
    assert refused_for(two, plan((0, EARLY + 1440), (0, EARLY))) == {"series_order"}


def test_at_most_two_days_without_treatment() -> None:
    """Monday to Friday is refused for a patient of three sessions a week, also when the Wednesday is left out."""
    three = problem(session("Li", 1, 0), session("Li", 2, 2), session("Li", 3, 4))
    assert refused_for(three, plan((0, EARLY), None, (0, EARLY + 4 * 1440))) == {"free_days"}
    assert refused_for(three, plan((0, EARLY), None, (0, EARLY + 3 * 1440))) == set()


def test_one_nurse_has_four_patients_or_two_who_are_new() -> None:
    """One nurse in the early shift: two stable patients are well looked after, with a new one beside two it is too much."""
    nurse = (Nurses(skill="", start=EARLY, end=hour(12.5), on_duty=1),)
    sessions = tuple(session(name, 1, 0) for name in ("Li", "Wu", "He"))
    stations = tuple(station(f"S{number}") for number in range(3))
    stable = problem(*sessions, stations=stations, nurses=nurse)
    placed = plan((0, EARLY), (1, EARLY), (2, EARLY))
    care = problem(
        *sessions,
        stations=stations,
        nurses=nurse,
        patients=tuple(patient(name, needs_care=True) for name in ("Li", "Wu")),
    )
    assert refused_for(stable, placed) == set()
    assert refused_for(care, placed) == {"nurse_ratio"}


def test_a_locked_session_stays() -> None:
    """Locked for the early shift, refused in the late one."""
    one = replace(problem(session("Li", 1, 0)), locked={0: Place(0, EARLY)})
    assert refused_for(one, plan((0, LATE))) == {"dialysis_locks"}


def test_prices_are_what_they_say() -> None:
    """On another day, in another shift, on another station, three hours instead of four: 7 + 5 + 3 + 100 points."""
    stations = (station("S1"), station("S2"))
    one = problem(
        session("Li", 1, 1, station="S1", shift="early", minutes=180),
        stations=stations,
        weights=weights(pattern=7, shift=5, station=3, unmet_h=100),
    )
    assert price(one, plan((0, EARLY + 1440))) == 100 * 6000
    assert price(one, plan((1, LATE))) == 115 * 6000
    assert price(one, plan(None)) == 400 * 6000
