"""Findings in words."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hospital.facts import Match
from hospital.wording import match_sentence, with_times, written

MIDNIGHT = datetime(2026, 3, 2, tzinfo=timezone(timedelta(hours=8)))
MATCH = Match(
    rule="time_window", is_hard=True, values={"request": "R7", "start_at": 485, "first_at": 600, "last_at": 1985}
)


def local(minute: int) -> datetime:
    return MIDNIGHT + timedelta(minutes=minute)


def test_minutes_of_the_plan_become_times_of_day() -> None:
    """Nobody at a desk counts minutes from Monday midnight."""
    sentence = match_sentence(MATCH, "en", local)
    assert sentence.startswith("R7 cannot start at 2026-03-02 08:05")
    assert "2026-03-02 10:00" in sentence
    assert "2026-03-03 09:05" in sentence
    assert "R7" in match_sentence(MATCH, "zh", local)


def test_without_a_calendar_the_rule_itself_is_said() -> None:
    """Where a minute cannot be told as a time, no number is shown that would mislead."""
    sentence = match_sentence(MATCH, "en")
    assert "485" not in sentence
    assert sentence == match_sentence(Match(rule="time_window", is_hard=True, values={"start_at": 3}), "en")


def test_values_as_people_write_them() -> None:
    """Minutes with their unit, lists with commas, rules by their names, money with its comma."""
    values = with_times(
        {"gap_min": 35, "requests": ("A", "B"), "rules": ["staff"], "price": 4300.0, "at_at": 61}, local
    )
    assert written(values, "en") == {
        "gap_min": "35 min", "requests": "A, B", "rules": "Staff", "price": "4,300.0", "at_at": "2026-03-02 01:01",
    }  # fmt: skip
    assert written({"gap_min": 35}, "zh") == {"gap_min": "35 分钟"}
