"""why and why-not at the terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from intake.export import write_site
from intake.plans import write_plan_csv
from tests.scheduler.imaging.small_site import appointment, at, request, site_with


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A and B on MR1 on Monday morning; C can only come from eight to ten past, where D is."""
    early = ((at(1, 8), at(1, 8, 10)),)
    requests = [
        request("A"),
        request("B", "MR-KNEE"),
        request("C", "CT-PLAIN", windows=early, minutes=10),
        request("D", "CT-PLAIN"),
    ]
    write_site(tmp_path / "site", site_with(requests))
    rows = [
        appointment("A", "MR1", at(1, 8)),
        appointment("B", "MR1", at(1, 8, 35), 25),
        appointment("D", "CT1", at(1, 8), 5),
    ]
    write_plan_csv(tmp_path / "plan.csv", rows)
    return tmp_path


def run(place: Path, command: str, *words: str, language: str = "en") -> Result:
    asked = [command, "imaging", str(place / "site"), str(place / "plan.csv"), *words]
    return CliRunner().invoke(app, asked, env={"CARETABLE_LANGUAGE": language})


def test_why_in_words_and_in_json(place: Path) -> None:
    """Why A is at eight on MR1: sentences for people, the same facts for programs, and Chinese where the terminal is."""
    told = run(place, "why", "A")
    assert told.exit_code == 0, told.output
    assert "A is on MR1 from 2026-03-02 08:00" in told.stdout
    found: dict[str, Any] = json.loads(run(place, "why", "A", "--json").stdout)
    assert list(found) == ["request", "facts"]
    assert [fact["sentence"] for fact in found["facts"]] == told.stdout.splitlines()
    assert run(place, "why", "A", language="zh").stdout != told.stdout


def test_why_not_shows_both_verified_costs(place: Path) -> None:
    """Why A is not on MR2 on Wednesday at nine: it could be, and both plans have their cost."""
    answer = run(place, "why-not", "A", "--scanner", "MR2", "--start", "2026-03-04T09:00", "--seconds", "1", "--json")
    assert answer.exit_code == 0, answer.output
    found: dict[str, Any] = json.loads(answer.stdout)
    assert list(found) == ["request", "is_possible", "cost_before", "cost_after", "facts"]
    assert found["is_possible"] is True
    assert found["cost_after"] > found["cost_before"] > 0


def test_why_not_impossible_says_why(place: Path) -> None:
    """Why A is not on the CT: no plan at all could have it there."""
    answer = run(place, "why-not", "A", "--scanner", "CT1", "--start", "2026-03-02T09:00", "--seconds", "1", "--json")
    found: dict[str, Any] = json.loads(answer.stdout)
    assert (found["is_possible"], found["cost_after"]) == (False, None)
    assert any("Fitting scanner" in fact["sentence"] for fact in found["facts"])


def test_a_broken_plan_is_not_explained(place: Path) -> None:
    """A plan that breaks a rule ends with exit 1 and the rule, before anything is explained."""
    write_plan_csv(place / "plan.csv", [appointment("A", "MR1", at(1, 6))])
    answer = run(place, "why", "A")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert "opening: A on MR1 from 2026-03-02 06:00" in answer.stderr
