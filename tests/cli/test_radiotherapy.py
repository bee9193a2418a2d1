"""The radiotherapy commands on the shipped sample."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.main import app

SAMPLE = Path(__file__).parents[2] / "data_samples" / "radiotherapy"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARETABLE_LANGUAGE", "en")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The solved sample."""
    file = tmp_path_factory.mktemp("radiotherapy") / "plan.csv"
    assert run("solve", "radiotherapy", SAMPLE, "--out", file).exit_code == 0
    return file


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def value_of(answer: Result) -> Any:
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def test_solve_plans_every_course_and_says_what_it_costs() -> None:
    """The nine requests of the day are answered; cost, bound and figures stand in one JSON value."""
    found = value_of(run("solve", "radiotherapy", SAMPLE, "--json"))
    assert (found["area"], found["unplanned"], found["violations"]) == ("radiotherapy", [], [])
    assert 0 <= found["bound"] <= found["cost"]
    assert abs(sum(found["cost_by_rule"].values()) - found["cost"]) < 1e-6
    assert found["measures"]["num_unplanned"] == 0


def test_a_sound_plan_is_sound_and_a_spoilt_one_is_not(plan: Path, tmp_path: Path) -> None:
    """One session moved to a Sunday: the check names the rules and ends with 1."""
    assert run("check", "radiotherapy", SAMPLE, plan).exit_code == 0
    rows = list(csv.DictReader(plan.read_text(encoding="utf-8").splitlines()))
    spoilt = next(row for row in rows if row["request"] == "C-0498" and row["session"] == "3")
    for column in ("start", "end"):
        spoilt[column] = f"2026-06-28{spoilt[column][10:]}"
    bad = tmp_path / "bad.csv"
    with bad.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(rows)
    answer = run("check", "radiotherapy", SAMPLE, bad, "--json")
    assert answer.exit_code == 1
    assert "linac_opening" in {row["rule"] for row in json.loads(answer.stdout)["violations"]}


def test_three_starts_are_offered_cheapest_first(plan: Path) -> None:
    """A planner sees three days, each with its price by rule and all days of the course."""
    found = value_of(run("slots", "radiotherapy", SAMPLE, plan, "C-0498", "--json"))
    prices = [slot["price"] for slot in found]
    assert len(found) == 3
    assert prices == sorted(prices)
    assert all(abs(sum(slot["cost_by_rule"].values()) - slot["price"]) < 1e-3 for slot in found)
    assert all(len(slot["days"]) == 25 and slot["days"][0] == slot["start"][:10] for slot in found)


def test_a_broken_linac_and_a_holiday_are_planned_around(plan: Path, tmp_path: Path) -> None:
    """Nobody is left out, the new plan keeps every rule, and nothing lies on the holiday or on the broken linac."""
    new, changes = tmp_path / "new.csv", SAMPLE / "changes.json"
    found = value_of(run("replan", "radiotherapy", SAMPLE, plan, "--changes", changes, "--out", new, "--json"))
    assert found["unplanned"] == []
    assert found["measures"]["num_unplanned"] == 0
    assert 0 < len(found["moved"]) < 150
    assert run("check", "radiotherapy", SAMPLE, new, "--changes", changes).exit_code == 0
    for row in csv.DictReader(new.read_text(encoding="utf-8").splitlines()):
        assert row["start"][:10] != "2026-06-18"
        assert (row["resource"], row["start"][:10]) != ("LA2", "2026-06-03")


def test_a_course_that_waits_says_why(plan: Path) -> None:
    """The answer names the promise, the wait, what it pays, and what each earlier day would have cost."""
    found = value_of(run("why", "radiotherapy", SAMPLE, plan, "C-0498", "--json"))
    kinds = [fact["id"] for fact in found["facts"]]
    assert kinds[:2] == ["course_promised", "course_earliest"]
    assert {"course_felt", "course_earlier"} <= set(kinds)
    earliest = found["facts"][1]["values"]
    assert sum(kind in ("course_earlier", "course_no_room") for kind in kinds) <= earliest["days"]
    told = run("why", "radiotherapy", SAMPLE, plan, "C-0498")
    assert told.exit_code == 0
    assert "C-0498" in told.stdout


def test_another_place_of_a_course_is_priced(plan: Path) -> None:
    """Why a course does not begin elsewhere: possible or not, with the verified cost of the plan as it is."""
    answer = run("why-not", "radiotherapy", SAMPLE, plan, "C-0498", "--seconds", "1", "--json")
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    assert found["facts"]
    assert found["cost_before"] >= 0


def test_a_run_is_taken_again(tmp_path: Path) -> None:
    """The plan of a kept run comes out again; a moment that cannot be read is named."""
    log = tmp_path / "run.json"
    assert run("solve", "radiotherapy", SAMPLE, "--log", log, "--json").exit_code == 0
    again = run("replay", "radiotherapy", SAMPLE, log, "--json")
    assert again.exit_code == 0, again.output
    assert json.loads(again.stdout)["is_same"] is True
    assert run("solve", "radiotherapy", SAMPLE, "--now", "tomorrow").exit_code == 2


def test_an_unknown_course_is_said_in_words(plan: Path) -> None:
    """A slip in a course's number ends with its sentence."""
    answer = run("slots", "radiotherapy", SAMPLE, plan, "C-9999")
    assert answer.exit_code == 2
    assert "C-9999" in answer.output
