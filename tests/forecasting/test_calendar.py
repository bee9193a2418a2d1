"""Holidays that move, make-up working days and a hospital's own closures."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from forecasting.calendar import calendar_of
from forecasting.calendar_effects import day_effects, working_day_effect
from forecasting.frequency import Frequency
from hospital.errors import BadInput


def test_a_make_up_sunday_is_worked_and_a_festival_weekday_is_not() -> None:
    """Sunday 4 February 2024 was worked for Spring Festival, Monday 12 February was not."""
    calendar = calendar_of("CN")
    assert calendar.is_working(date(2024, 2, 4))
    assert not calendar.is_working(date(2024, 2, 12))
    assert calendar.holiday(date(2024, 2, 12)) == calendar.holiday(date(2023, 1, 24)) == "Spring Festival"
    assert calendar.num_working(date(2024, 2, 1), Frequency.MONTH) == 18


def test_a_year_the_state_has_not_published_falls_back_to_the_rules() -> None:
    """For 2027 there are no make-up days yet, but Spring Festival is known, under the same name."""
    calendar = calendar_of("CN")
    assert calendar.holiday(date(2027, 2, 8)) == "Spring Festival"
    assert not calendar.is_working(date(2027, 2, 8))
    assert calendar.is_working(date(2027, 3, 10))


def test_own_closures_count_as_holidays() -> None:
    """A pharmacy that shuts for stock-taking on a Wednesday does not work that day."""
    closed = date(2025, 6, 18)
    calendar = calendar_of("GB-ENG", closures=[closed])
    assert calendar.holiday(closed) == "closure"
    assert not calendar.is_working(closed)
    assert calendar.is_working(closed + timedelta(days=1))
    assert calendar.holiday(date(2025, 4, 18)) == "Good Friday"


def test_an_unknown_country_is_refused() -> None:
    """A country code that does not exist is named in the refusal."""
    with pytest.raises(BadInput) as refused:
        calendar_of("XX")
    assert refused.value.values["found"] == "XX"


def test_months_with_more_working_days_sell_more() -> None:
    """Where demand follows working days one to one, the effect learnt does as well, from many noisy products together."""
    dates = [Frequency.MONTH.following(date(2018, 1, 1), step) for step in range(84)]
    calendar, dice = calendar_of(), np.random.default_rng(8)
    days = np.array([calendar.num_working(day, Frequency.MONTH) for day in dates])
    values = 5 + np.log(days)[:72] + 0.05 * dice.standard_normal((60, 72))
    effect = working_day_effect(values, dates, Frequency.MONTH, calendar, 12)
    slope = np.polyfit(np.log(days), effect, 1)[0]
    assert 0.85 < slope < 1.15


def test_christmas_is_learnt_from_all_series_and_carried_to_the_next() -> None:
    """Ten wards that emptied at two Christmases are expected to empty at the third, and not in March."""
    dates = Frequency.DAY.between(date(2021, 6, 1), date(2023, 12, 31))
    num, calendar, dice = 910, calendar_of("GB-ENG"), np.random.default_rng(6)
    values = 4 + 0.05 * dice.standard_normal((10, num))
    for at, day in enumerate(dates[:num]):
        if day.month == 12 and 23 <= day.day <= 28:
            values[:, at] -= 0.5
    effect = day_effects(values, np.ones(values.shape, dtype=bool), dates, calendar, season=7, reach=4)
    place = {day: at for at, day in enumerate(dates)}
    assert effect[:, place[date(2023, 12, 25)]].max() < -0.3
    assert abs(effect[:, place[date(2023, 3, 8)]].mean()) < 0.1
