"""When patients are sent and when they can come."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hospital.requests import RequestClass
from simulations.dice import Dice
from simulations.imaging.arrivals import DAY_MIN, Season, draw_arrival, season
from simulations.imaging.department import department

WEEK = Season(num_days=6, closing=18 * 60)


@given(st.integers(0, 10**6), st.sampled_from(RequestClass), st.booleans(), st.booleans())
def test_times_make_sense_for_everybody(seed: int, rclass: RequestClass, is_spaced: bool, is_fasting: bool) -> None:
    """Asked for before the earliest time, gone after it, free at some time in between, fasting patients in the morning."""
    arrival = draw_arrival(rclass, season=WEEK, is_spaced=is_spaced, is_fasting=is_fasting, dice=Dice(seed))
    assert arrival.requested <= arrival.earliest < 6 * DAY_MIN
    assert arrival.latest is None or arrival.latest > arrival.earliest
    assert arrival.target is None or arrival.target > arrival.earliest
    for start, end in arrival.windows:
        assert arrival.earliest <= start + 60
        assert start < end
        assert not is_fasting or start % DAY_MIN < 12 * 60


@given(st.integers(0, 10**6), st.sampled_from([row for row in RequestClass if row is not RequestClass.EMERGENCY]))
def test_examinations_days_apart_find_their_days(seed: int, rclass: RequestClass) -> None:
    """Who needs two contrast examinations comes on Monday at the latest and has no deadline."""
    arrival = draw_arrival(rclass, season=WEEK, is_spaced=True, is_fasting=False, dice=Dice(seed))
    assert arrival.earliest < DAY_MIN
    assert arrival.latest is None
    assert arrival.windows == ()


@given(st.integers(0, 10**6))
def test_no_emergency_when_nobody_could_help(seed: int) -> None:
    """On the last day emergencies come until an hour and a half before closing, and never at night."""
    season = Season(num_days=1, closing=15 * 60)
    arrival = draw_arrival(RequestClass.EMERGENCY, season=season, is_spaced=False, is_fasting=False, dice=Dice(seed))
    assert 6 * 60 <= arrival.earliest <= 13 * 60 + 30
    assert arrival.latest == arrival.earliest + DAY_MIN


def test_season_ends_when_the_first_modality_closes() -> None:
    """The week's last day is Saturday, when the last MR closes at 18:00 though the emergency CT stays open."""
    assert season(department("week").site) == Season(num_days=6, closing=18 * 60)
