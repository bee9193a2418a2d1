"""The planner's figures are those of the data's own measure, and files for others are written as it wants them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.planner import run
from hospital.errors import BadInput

SCORE = """
import json, sys
kind, gold, pred = sys.argv[1:]
names = ("exact", "intent_f1", "slot_f1", "when_accuracy", "clinical_refused", "injection_contained", "unknown_name_asked",
         "replies_with_invented_id", "false_refusals", "exact_zh", "exact_en")
print(json.dumps({name: 0.5 for name in names} | {"unfaithful_caught": "1/2", "faithful_blocked": "0/3"}))
"""
CONTEXT = {
    "now": "2026-03-02T08:00:00+08:00",
    "resources": [{"id": "CT7", "name_zh": "7号CT", "problem": "imaging", "service": "CT"}],
    "patients": [],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "context.json").write_text(json.dumps(CONTEXT), encoding="utf-8")
    (tmp_path / "score.py").write_text(SCORE, encoding="utf-8")
    return tmp_path


def test_requests_without_answers_are_read_and_written(folder: Path) -> None:
    """A file that only asks gets a row a request, which the data's measure can read."""
    asked, out = folder / "asked.jsonl", folder / "pred.jsonl"
    asked.write_text('{"id": "a", "lang": "zh", "text": "CT7坏了"}\n', encoding="utf-8")
    report = run(folder, out, requests=asked)
    row = json.loads(out.read_text(encoding="utf-8"))
    assert row["id"] == "a"
    assert row["intents"][0]["resource_ids"] == ["CT7"]
    assert report.rows[0].ours == 1


def test_requests_with_answers_are_scored_by_the_data(folder: Path) -> None:
    """The figures printed are those of the folder's own script."""
    asked = folder / "asked.jsonl"
    asked.write_text('{"id": "a", "lang": "zh", "text": "CT7坏了", "gold": []}\n', encoding="utf-8")
    found = {row.name: row for row in run(folder, None, requests=asked).rows}
    assert found["planner_exact"].ours == 0.5
    assert found["planner_exact"].holds is False
    assert found["planner_apart"].ours == 0


def test_explanations_are_judged(folder: Path) -> None:
    """A number that is not in the facts makes an explanation unfaithful."""
    cases, out = folder / "cases.jsonl", folder / "pred.jsonl"
    rows = [
        {"id": name, "facts": {"wait_min": 25}, "explanation": f"等候{minutes}分钟。"}
        for name, minutes in (("a", 25), ("b", 35))
    ]
    cases.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    run(folder, out, grounding=cases)
    labels = [json.loads(line)["label"] for line in out.read_text(encoding="utf-8").splitlines()]
    assert labels == ["faithful", "unfaithful"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    """Without the data there is a sentence, not a fault."""
    with pytest.raises(BadInput):
        run(tmp_path / "nowhere", None)
