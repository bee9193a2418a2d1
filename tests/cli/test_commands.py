"""The commands at the terminal, on a hospital small enough to know by heart."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from intake.export import write_site
from tests.scheduler.imaging.small_site import at, booking, request, site_with

REQUESTS = [
    request("A"),
    request("B", "MR-KNEE", ward="W1"),
    request("C", "CT-PLAIN", windows=((at(3, 8), at(3, 16)),)),
    request("D", "CT-PLAIN", windows=((at(1, 8), at(1, 8, 10)),)),
    request("E", "CT-PLAIN", windows=((at(5, 8), at(5, 9)),)),
]


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARETABLE_LANGUAGE", "en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small hospital as a folder of CSV files; C is booked on Wednesday at nine."""
    write_site(tmp_path / "site", site_with(REQUESTS, [booking("C", "CT1", at(3, 9), 5)]))
    return tmp_path / "site"


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def solved(folder: Path) -> Path:
    """A plan of the folder, by the command."""
    plan = folder.parent / "plan.csv"
    answer = run("solve", "imaging", folder, "--seconds", "0.3", "--out", plan)
    assert answer.exit_code == 0, answer.output
    return plan


def rows_of(plan: Path) -> dict[str, dict[str, str]]:
    return {row["request"]: row for row in csv.DictReader(plan.read_text(encoding="utf-8").splitlines())}


def test_solve_answers_with_one_json_value_and_a_plan(folder: Path, tmp_path: Path) -> None:
    """Four of five are planned; the fifth can only come after the plan's last day, and the answer says by which rule."""
    plan = tmp_path / "out.csv"
    answer = run("solve", "imaging", folder, "--seconds", "0.3", "--seed", "4", "--out", plan, "--json")
    assert answer.exit_code == 0
    found: dict[str, Any] = json.loads(answer.stdout)
    assert list(found) == [
        "area", "cost", "cost_by_rule", "bound", "gap", "is_optimal", "first_plan_s", "total_s", "seed", "unplanned",
        "measures", "violations",
    ]  # fmt: skip
    assert (found["area"], found["seed"], found["violations"]) == ("imaging", 4, [])
    assert found["cost"] == pytest.approx(sum(found["cost_by_rule"].values()))
    assert [(row["request"], row["rules"]) for row in found["unplanned"]] == [("E", ["time_window"])]
    assert found["measures"]["num_planned"] == 4
    rows = rows_of(plan)
    assert set(rows) == {"A", "B", "C", "D"}
    assert list(rows["D"]) == ["request", "session", "resource", "start", "end"]
    assert (rows["D"]["session"], rows["D"]["resource"]) == ("1", "CT1")
    assert datetime.fromisoformat(rows["D"]["start"]).utcoffset() == timedelta(hours=8)


def test_solve_in_words(folder: Path) -> None:
    """Without --json the answer is for people."""
    answer = run("solve", "imaging", folder, "--seconds", "0.2")
    assert "4 of 5 requests planned" in answer.stdout
    assert "Not planned: E" in answer.stdout


def test_check_finds_nothing_in_a_solved_plan(folder: Path) -> None:
    """What the solve wrote, the check accepts."""
    plan = solved(folder)
    assert run("check", "imaging", folder, plan).exit_code == 0
    assert json.loads(run("check", "imaging", folder, plan, "--json").stdout) == {"violations": []}


def test_check_names_the_broken_rule(folder: Path) -> None:
    """D moved outside the ten minutes it can come: exit 1, the rule, the patient's request, and a sentence."""
    plan = solved(folder)
    text = plan.read_text(encoding="utf-8")
    moved = "2026-03-02T11:00:00+08:00,2026-03-02T11:05:00+08:00"
    plan.write_text(text.replace(_times_of(text, "D"), moved), encoding="utf-8")
    answer = run("check", "imaging", folder, plan, "--json")
    assert answer.exit_code == 1
    (broken,) = json.loads(answer.stdout)["violations"]
    assert list(broken) == ["rule", "requests", "resources", "start", "end", "message"]
    assert (broken["rule"], broken["requests"]) == ("time_window", ["D"])
    assert broken["message"].startswith("D cannot start at 2026-03-02 11:00")
    assert run("check", "imaging", folder, plan).exit_code == 1


def test_check_refuses_a_wrong_length(folder: Path) -> None:
    """A plan that gives A five minutes less than the examination takes is no plan."""
    plan = solved(folder)
    text = plan.read_text(encoding="utf-8")
    times = _times_of(text, "A")
    start = times.split(",")[0]
    shorter = (datetime.fromisoformat(start) + timedelta(minutes=15)).isoformat()
    plan.write_text(text.replace(times, f"{start},{shorter}"), encoding="utf-8")
    answer = run("check", "imaging", folder, plan, "--json")
    assert answer.exit_code == 1
    assert (
        json.loads(answer.stdout)["violations"][0]["message"]
        == "A lasts 15 min in the plan; its examination takes 20 min."
    )


def test_replan_moves_only_whom_it_must(folder: Path, tmp_path: Path) -> None:
    """CT1 is down on Wednesday until noon: C moves, the rest stay, and the answer says from where to where."""
    plan = solved(folder)
    stays = rows_of(plan)
    changes = tmp_path / "changes.json"
    down = {"start": "2026-03-04T00:00:00", "end": "2026-03-04T12:00:00"}
    changes.write_text(
        json.dumps([{"intent": "resource_downtime", "resource_ids": ["CT1"], "when": down}]), encoding="utf-8"
    )
    after = tmp_path / "after.csv"
    answer = run("replan", "imaging", folder, plan, "--changes", changes, "--seconds", "0.3", "--out", after, "--json")
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    (moved,) = found["moved"]
    assert moved["request"] == "C"
    assert datetime.fromisoformat(moved["from"]["start"]) == datetime.fromisoformat(stays["C"]["start"])
    assert moved["to"]["start"].startswith("2026-03-04T12:00")
    assert found["cost_by_rule"]["moved"] > 0
    assert {name: row for name, row in rows_of(after).items() if name != "C"} == {
        name: row for name, row in stays.items() if name != "C"
    }
    assert run("check", "imaging", folder, after, "--changes", changes, "--reference", plan).exit_code == 0


def test_slots_in_json_and_in_words(folder: Path) -> None:
    """D can be at 08:00 and at 08:05 and nowhere else, and the command says that there are only two."""
    plan = solved(folder)
    found = json.loads(run("slots", "imaging", folder, plan, "D", "--json").stdout)
    assert [list(slot) for slot in found] == [["resource", "start", "end", "price", "cost_by_rule"]] * 2
    assert {slot["start"] for slot in found} == {"2026-03-02T08:00:00+08:00", "2026-03-02T08:05:00+08:00"}
    words = run("slots", "imaging", folder, plan, "D")
    assert "CT1  2026-03-02 08:00" in words.stdout
    assert "No more than 2 can be had for D." in words.stderr
    assert json.loads(run("slots", "imaging", folder, plan, "E", "--json").stdout) == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("solve", "imaging", "nowhere"), "There is no file or folder nowhere."),
        (("solve", "laundry", "{folder}"), "There is no area laundry. Known areas: imaging."),
        (("slots", "imaging", "{folder}", "{plan}", "Z"), "There is no request Z in this plan's data."),
        (("check", "imaging", "{folder}", "no.csv"), "There is no file or folder no.csv."),
        (("solve", "imaging", "{folder}", "--now", "soon"), "soon is not a time."),
    ],
)
def test_errors_are_one_sentence_on_stderr(folder: Path, words: tuple[str, ...], sentence: str) -> None:
    """Whatever is wrong: exit 2, nothing on stdout, one sentence that says what, in the terminal's language."""
    plan = solved(folder)
    asked = [word.format(folder=folder, plan=plan) for word in words]
    answer = run(*asked)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr.strip().startswith(sentence)
    chinese = CliRunner().invoke(app, asked, env={"CARETABLE_LANGUAGE": "zh"})
    assert chinese.stderr != answer.stderr


def test_changes_that_mean_nothing_are_refused(folder: Path, tmp_path: Path) -> None:
    """A changes file with a mistake names the place of the mistake."""
    plan, changes = solved(folder), tmp_path / "changes.json"
    changes.write_text('[{"intent": "lock", "colour": "red"}]', encoding="utf-8")
    answer = run("replan", "imaging", folder, plan, "--changes", changes)
    assert answer.exit_code == 2
    assert "changes[0].colour" in answer.stderr
    changes.write_text("[", encoding="utf-8")
    assert "changes.json is not sound JSON" in run("replan", "imaging", folder, plan, "--changes", changes).stderr


def test_help_is_quick_and_speaks_the_terminals_language() -> None:
    """Asking for help loads neither solver nor server."""
    script = "import sys, cli.main; print([m for m in ('numba','ortools','dash','celery','sqlalchemy','polars') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def _times_of(text: str, request_id: str) -> str:
    """Start and end of a request as they stand in the plan file."""
    line = next(line for line in text.splitlines() if line.startswith(f"{request_id},"))
    return ",".join(line.split(",")[3:])


def test_a_run_is_taken_again_from_its_file(folder: Path, tmp_path: Path) -> None:
    """Solve and replan keep their runs; each replay gives the very plan, and on other data says that it does not."""
    plan, log, again = tmp_path / "plan.csv", tmp_path / "run.json", tmp_path / "again.csv"
    answer = run(
        "solve", "imaging", folder, "--seconds", "0.3", "--now", "2026-03-02T07:00", "--out", plan, "--log", log
    )
    assert answer.exit_code == 0, answer.output
    answer = run("replay", "imaging", folder, log, "--out", again, "--json")
    assert (answer.exit_code, json.loads(answer.stdout)["is_same"]) == (0, True)
    assert again.read_text(encoding="utf-8") == plan.read_text(encoding="utf-8")
    changes, new = tmp_path / "changes.json", tmp_path / "new.csv"
    changes.write_text(json.dumps([{"intent": "cancel_request", "patient_ids": ["A"]}]), encoding="utf-8")
    given = ("--changes", changes, "--seconds", "0.3", "--min-changes")
    answer = run("replan", "imaging", folder, plan, *given, "--out", new, "--log", log)
    assert answer.exit_code == 0, answer.output
    assert "0 appointments moved, 0 without a place now; displaced inside the notice period: 0" in answer.stdout
    answer = run("replay", "imaging", folder, log, "--changes", changes, "--reference", plan, "--out", again)
    assert (answer.exit_code, again.read_text(encoding="utf-8")) == (0, new.read_text(encoding="utf-8"))
    assert "The plan is the same." in answer.stdout
    assert run("replay", "imaging", folder, log, "--reference", plan).exit_code in (1, 2)
