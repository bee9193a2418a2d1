from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.quarantine import Refused
from intake.times import clock_time, iso, read_day, read_moment, read_time, read_window
from tests.intake.sites import BERLIN, MOMENT, ZONE, at


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02T08:05:00+08:00",
        "2026-03-02T08:05+0800",
        "2026-03-02T00:05Z",
        "2026-03-02 00:05:00.000Z",
        "2026-03-02 08:05",
        "2026-03-02 08:05:00",
        "2026/3/2 8:05",
        "2026/03/02 08:05:00",
        "2026.3.2 8:05",
        "2026年3月2日 8:05",
        "2026年3月2日8时5分",
        "2026年3月2日 8点05分",
        "2026年3月2日（周一）08：05",
        "２０２６/３/２　８：０５",
        "2026年3月2日 上午8:05",
        "2026-3-2 8:05 AM",
        "202603020805",
        "20260302 08:05",
        "20260302080500",
    ],
)
def test_one_moment_in_every_usual_form(text: str) -> None:
    """Whichever system wrote it, five past eight on 2 March is that moment."""
    assert read_moment(text, ZONE) == at(2, 8, 5)


def test_afternoons_and_midnights() -> None:
    """下午3点半 is 15:30; 24:00 is the next day's midnight; 12:10 am is after midnight."""
    assert read_moment("2026年3月2日 下午3点半", ZONE) == at(2, 15, 30)
    assert read_moment("2026-03-02 24:00", ZONE) == at(3, 0)
    assert read_moment("2026-03-02 12:10 am", ZONE) == at(2, 0, 10)
    assert read_moment("2026-03-02 12:10 pm", ZONE) == at(2, 12, 10)


def test_a_date_alone_is_its_midnight_or_its_end() -> None:
    """Earliest 2 March means from 00:00; latest 2 March means the whole day long."""
    assert read_moment("2026/3/2", ZONE) == at(2, 0)
    assert read_moment("2026/3/2", ZONE, is_end=True) == at(3, 0)
    assert read_moment(date(2026, 3, 2), ZONE, is_end=True) == at(3, 0)
    assert read_moment(datetime(2026, 3, 2, 8, 5), ZONE) == at(2, 8, 5)  # noqa: DTZ001  # as Excel gives it


@pytest.mark.parametrize(
    "text",
    [
        "3/2/2026 8:00",
        "26-3-2 8:00",
        "2026-13-02 08:00",
        "2026-02-30 08:00",
        "2026-03-02 25:00",
        "2026-03-02 08:61",
        "2026-03-02 8",
        "2026-03-02T",
        "2026-W10-1T08:00",
        "tomorrow",
        "46083.5",
        "2026-03-02 14:00 pm",
        "2026-03-02+08:00",
        "1826-03-02 08:00",
        "9999-12-31 23:59",
        "0001-01-01 00:00+14:00",
        "2026-03-02 08:00+99:99",
    ],
)
def test_what_is_unclear_or_impossible_is_refused(text: str) -> None:
    """3/2/2026 could be March or February: nobody guesses."""
    with pytest.raises(Refused):
        read_moment(text, ZONE)


def test_numbers_are_no_dates() -> None:
    """A bare Excel serial number could be anything."""
    with pytest.raises(Refused):
        read_moment(46083.5, ZONE)


def test_the_hour_that_a_clock_change_skips_is_refused() -> None:
    """In Berlin there was no 02:30 on 29 March 2026; written with its offset it is another time."""
    with pytest.raises(Refused) as refusal:
        read_moment("2026-03-29 02:30", BERLIN)
    assert refusal.value.text_id == "skipped_time"
    assert read_moment("2026-03-29T02:30+01:00", BERLIN).hour == 3


@given(when=MOMENT)
def test_written_moments_are_read_back(when: datetime) -> None:
    """A time written by us is the same time when it is read, also in the hour that comes twice."""
    for zone in (ZONE, BERLIN):
        aware = when.replace(tzinfo=zone)
        assert read_moment(iso(aware), zone).timestamp() == aware.timestamp()


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("8:30", 510),
        ("08：30", 510),
        ("8点半", 510),
        ("8时", 480),
        ("24:00", 1440),
        ("下午1:05", 785),
        ("1:05 pm", 785),
        (time(8, 30), 510),
        (timedelta(hours=24), 1440),
    ],
)
def test_times_of_day(cell: object, minutes: int) -> None:
    """Half past eight in its usual forms."""
    assert read_time(cell) == minutes  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["8", "24:01", "8:75", "", "noon", 0.5, timedelta(hours=25), timedelta(seconds=90)])
def test_times_of_day_that_are_none(cell: object) -> None:
    """A bare number or a 25th hour is refused."""
    with pytest.raises(Refused):
        read_time(cell)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["2026-03-05", "2026/3/5", "2026年3月5日", "20260305", "2026年3月5日 周四"])
def test_days(text: str) -> None:
    """One date in its usual forms."""
    assert read_day(text) == date(2026, 3, 5)


def test_days_that_are_none() -> None:
    """A date with a time of day, an ambiguous or impossible date is refused."""
    for cell in ("2026-03-05 08:00", "5.3.2026", "2026-02-29", 46000, datetime(2026, 3, 5, 8)):  # noqa: DTZ001
        with pytest.raises(Refused):
            read_day(cell)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02 08:00/2026-03-02 12:00",
        "2026-03-02T08:00+08:00/2026-03-02T12:00+08:00",
        "2026/3/2 8:00/2026/3/2 12:00",
        "2026/3/2 8:00~12:00",
        "2026年3月2日8:00至12:00",
        "2026-03-02 08:00 - 12:00",
        "2026-03-02 08:00～2026-03-02 12:00",
    ],
)
def test_windows(text: str) -> None:
    """A patient who can come on Monday morning, however that is written."""
    assert read_window(text, ZONE) == (at(2, 8), at(2, 12))


@pytest.mark.parametrize(
    "text", ["2026-03-02 12:00/2026-03-02 08:00", "2026-03-02 08:00", "morning", "a/b", "/", "//~"]
)
def test_windows_that_are_none(text: str) -> None:
    """A span that ends before it begins is refused."""
    with pytest.raises(Refused):
        read_window(text, ZONE)


@given(minute=st.integers(0, 1440))
def test_times_of_day_are_read_back(minute: int) -> None:
    """Each minute of the day survives writing and reading."""
    assert read_time(clock_time(minute)) == minute
