"""The dialysis commands: solve, check, and plan again when a station fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from intake.export import write_site
from simulations.dialysis.unit import unit

RUN = CliRunner()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small unit's folder."""
    place = tmp_path / "unit"
    write_site(place, unit(3, num_stations=6, num_patients=20), "dialysis")
    return place


def test_a_solved_plan_is_sound_and_a_corrupted_one_is_not(folder: Path, tmp_path: Path) -> None:
    """The plan that solve writes passes check; with one session at half past, check ends with 1 and says why."""
    plan = tmp_path / "plan.csv"
    done = RUN.invoke(app, ["solve", "dialysis", str(folder), "--seconds", "0", "--out", str(plan), "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["area"] == "dialysis"
    assert found["violations"] == []
    assert found["measures"]["num_planned"] + len(found["unplanned"]) == found["measures"]["num_sessions"]
    assert RUN.invoke(app, ["check", "dialysis", str(folder), str(plan)]).exit_code == 0
    lines = plan.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    cells[3] = cells[3].replace(":00+", ":30+")
    lines[1] = ",".join(cells)
    plan.write_text("\n".join(lines) + "\n", encoding="utf-8")
    broken = RUN.invoke(app, ["check", "dialysis", str(folder), str(plan), "--json"])
    assert broken.exit_code == 1
    assert {row["rule"] for row in json.loads(broken.stdout)["violations"]} == {"shape", "shift_starts"}


def test_a_failed_station_is_planned_around(folder: Path, tmp_path: Path) -> None:
    """A station fails on the second Monday: everyone moved is told, and nobody is left on it."""
    plan, changes = tmp_path / "plan.csv", tmp_path / "changes.json"
    RUN.invoke(app, ["solve", "dialysis", str(folder), "--seconds", "0", "--out", str(plan)])
    downtime = {
        "intent": "resource_downtime",
        "resource_ids": ["S02"],
        "when": {"start": "2026-06-08T06:00:00+08:00", "end": "2026-06-09T00:00:00+08:00"},
    }
    changes.write_text(json.dumps([downtime]), encoding="utf-8")
    again = ["replan", "dialysis", str(folder), str(plan), "--changes", str(changes), "--seconds", "0.3", "--json"]
    done = RUN.invoke(app, [*again, "--now", "2026-06-08T06:00"])
    assert done.exit_code == 0, done.output
    moved = json.loads(done.stdout)["moved"]
    assert moved
    assert any(row["from"]["resource"] == "S02" for row in moved)
    assert all(
        row["to"] is None or row["to"]["resource"] != "S02" or row["to"]["start"] > "2026-06-09" for row in moved
    )


def test_the_best_places_of_a_session_are_told(folder: Path, tmp_path: Path) -> None:
    """For one session three places with their prices, the cheapest first."""
    plan = tmp_path / "plan.csv"
    RUN.invoke(app, ["solve", "dialysis", str(folder), "--seconds", "0", "--out", str(plan)])
    patient, number = plan.read_text(encoding="utf-8").splitlines()[3].split(",")[:2]
    done = RUN.invoke(app, ["slots", "dialysis", str(folder), str(plan), f"{patient}-{number}", "--json"])
    assert done.exit_code == 0, done.output
    prices = [slot["price"] for slot in json.loads(done.stdout)]
    assert len(prices) == 3
    assert prices == sorted(prices)


def test_a_session_s_place_is_explained(folder: Path, tmp_path: Path) -> None:
    """Why a session stands where it does, and what another shift would cost: facts, and two verified costs."""
    plan = tmp_path / "plan.csv"
    RUN.invoke(app, ["solve", "dialysis", str(folder), "--seconds", "0", "--out", str(plan)])
    rows = [line.split(",") for line in plan.read_text(encoding="utf-8").splitlines()[1:]]
    patient, number, resource, start, _ = next(row for row in rows if "07:00" in row[3])
    told = RUN.invoke(app, ["why", "dialysis", str(folder), str(plan), f"{patient}-{number}", "--json"])
    assert told.exit_code == 0, told.output
    facts = json.loads(told.stdout)["facts"]
    assert facts[0]["id"] == "stands"
    assert resource in facts[0]["sentence"]
    later = start.replace("07:00", "17:00")[:16]
    asked = ["why-not", "dialysis", str(folder), str(plan), f"{patient}-{number}", "--start", later, "--json"]
    found = RUN.invoke(app, [*asked, "--seconds", "2"])
    assert found.exit_code == 0, found.output
    answer = json.loads(found.stdout)
    assert answer["is_possible"] is False or answer["cost_after"] >= answer["cost_before"] - 1e-9
    assert RUN.invoke(app, ["why", "dialysis", str(folder), str(plan), patient]).exit_code == 0


def test_a_run_is_taken_again(folder: Path, tmp_path: Path) -> None:
    """The plan of a kept run comes out again, appointment for appointment; on other data it is told that it differs or does not fit."""
    log = tmp_path / "run.json"
    done = RUN.invoke(app, ["solve", "dialysis", str(folder), "--seconds", "3.5", "--log", str(log), "--json"])
    assert done.exit_code == 0, done.output
    again = RUN.invoke(app, ["replay", "dialysis", str(folder), str(log), "--json"])
    assert again.exit_code == 0, again.output
    found = json.loads(again.stdout)
    assert found["is_same"] is True
    assert found["cost"] == pytest.approx(json.loads(done.stdout)["cost"])


def test_a_new_patient_is_offered_patterns(folder: Path, tmp_path: Path) -> None:
    """A patient's id asks for weekly patterns: weekdays, shift, station and price, in both languages' words."""
    plan = tmp_path / "plan.csv"
    RUN.invoke(app, ["solve", "dialysis", str(folder), "--seconds", "0", "--out", str(plan)])
    done = RUN.invoke(app, ["slots", "dialysis", str(folder), str(plan), "P005", "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert len(found) == 3
    assert all(len(offer["weekdays"]) in (2, 3) and offer["starts"] for offer in found)
    words = RUN.invoke(app, ["slots", "dialysis", str(folder), str(plan), "P005"], env={"LANG": "zh_CN.UTF-8"})
    assert words.exit_code == 0, words.output
