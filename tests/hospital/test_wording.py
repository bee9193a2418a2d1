"""Findings in words."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from hospital.facts import Match
from hospital.texts import LANGUAGES, catalogue
from hospital.wording import match_sentence, with_times, word, written

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


SAMPLES = Path(__file__).parents[2] / "data_samples" / "imaging"
NAMED = (("requests", "ward", "ward"), ("staff", "role", "role"), ("scanners", "name", "scanner"), ("scanners", "features", "feature"),
         ("examinations", "family", "family"), ("examinations", "staff", "role"), ("scanners", "site", "site"))  # fmt: skip


@pytest.mark.parametrize(("table", "column", "kind"), NAMED)
def test_every_name_of_the_samples_has_a_word(table: str, column: str, kind: str) -> None:
    """Nobody reads a raw id or a foreign name of ward, scanner, role or feature, in either language."""
    for path in SAMPLES.glob(f"*/{table}.csv"):
        with path.open(encoding="utf-8-sig") as file:
            cells = {row[column] for row in csv.DictReader(file)}
        names = {name for cell in cells for name in ([cell] if kind in ("ward", "scanner") else cell.split())} - {""}
        for language in LANGUAGES:
            assert names
            assert {name for name in names if f"words.{kind}.{name}" not in catalogue(language)} == set()


def test_names_of_data_are_said_as_words() -> None:
    """A rule speaks of the contrast nurse and of general surgery, and of a hospital's own ward as the hospital does."""
    match = Match(rule="fairness", is_hard=False, values={
        "ward": "普外科", "num_requests": 4, "wait_min": 95, "limit_min": 60})  # fmt: skip
    assert "General surgery" in match_sentence(match, "en")
    assert written({"lacks": "sedation, 3 T", "role": "contrast_nurse"}, "zh") == {
        "lacks": "镇静, 3 T",
        "role": "增强护士",
    }
    assert word("ward", "Ward 7", "en") == "Ward 7"
