"""A stretch of time as people say it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from pydantic import ValidationError

from hospital.clock import Clock
from hospital.when import When

CHINA = timezone(timedelta(hours=8))
WEEK = Clock(timezone="Asia/Shanghai", first_day=date(2026, 3, 2), num_days=7)  # a Monday
DAY = 1440


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 1 + day, hour, minute, tzinfo=CHINA)


def test_one_off_window() -> None:
    """Tuesday 14:00 to 16:30 is those hours of Tuesday and nothing else."""
    assert When(start=at(2, 14), end=at(2, 16, 30)).spans(WEEK) == ((DAY + 840, DAY + 990),)


def test_open_sides() -> None:
    """Out until further notice reaches to the end of the week; a deadline begins with the week."""
    assert When(start=at(7, 9)).spans(WEEK) == ((6 * DAY + 540, 7 * DAY),)
    assert When(end=at(1, 9)).spans(WEEK) == ((0, 540),)


def test_recurring_days_and_dates() -> None:
    """Mondays and Thursdays from 08:00 to 09:30 until Wednesday is Monday alone."""
    when = When(days=("MO", "TH"), from_time="08:00", to_time="09:30", until_date=date(2026, 3, 4))
    assert when.spans(WEEK) == ((480, 570),)


def test_night_reaches_into_the_next_day() -> None:
    """22:00 to 06:00 every day covers the first morning too, because last Sunday's night ends there."""
    spans = When(from_time="22:00", to_time="06:00", until_date=date(2026, 3, 2)).spans(WEEK)
    assert spans == ((0, 360), (1320, DAY + 360))


def test_one_off_and_recurring_hold_together() -> None:
    """Every day 12:00 to 13:00, but only until Tuesday 12:20."""
    assert When(end=at(2, 12, 20), from_time="12:00", to_time="13:00").spans(WEEK) == (
        (720, 780),
        (DAY + 720, DAY + 740),
    )


@pytest.mark.parametrize("start", [at(3, 9), at(3, 10)])
def test_backwards_is_refused(start: datetime) -> None:
    """Nothing can be from ten to nine."""
    with pytest.raises(ValidationError):
        When(start=start, end=at(3, 9))


def test_time_without_offset_is_refused() -> None:
    """A time without a zone could be any hour, so it is not guessed."""
    with pytest.raises(ValidationError):
        When(start=datetime(2026, 3, 2, 9))  # noqa: DTZ001


def test_instant() -> None:
    """Ten o'clock alone is an instant; ten to eleven is not."""
    assert When(start=at(1, 10)).is_instant
    assert not When(start=at(1, 10), end=at(1, 11)).is_instant
    assert not When(start=at(1, 10), days=("MO",)).is_instant
