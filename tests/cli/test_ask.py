"""A sentence on the terminal becomes cards; nothing is changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from hospital.changes import changes_from_json

DAY = Path(__file__).parents[2] / "data_samples" / "imaging" / "day"


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLANNER_BASE_URL", raising=False)


def test_a_sentence_gives_cards_and_changes_that_replan_takes() -> None:
    """Downtime and move, each with its phrase; the changes can be handed to replan as they stand."""
    ran = CliRunner().invoke(app, ["ask", "CT2今天下午停机维护，R-0001挪到10点", "--problem", str(DAY), "--json"])
    found = json.loads(ran.stdout)
    assert [card["intent"]["intent"] for card in found["cards"]] == ["resource_downtime", "move_request"]
    assert found["cards"][0]["phrase"] == "CT2今天下午停机维护"
    assert [change.intent for change in changes_from_json(found["changes"])] == ["resource_downtime", "move_request"]
    assert found["reader"] == "rules"


def test_what_is_not_known_is_asked() -> None:
    """A scanner there is not gives a question with its name, and no change."""
    ran = CliRunner().invoke(app, ["ask", "CT9 is down tomorrow", "--problem", str(DAY), "--json"])
    found = json.loads(ran.stdout)
    assert found["changes"] == []
    assert found["cards"][0]["kind"] == "ask"
    assert "ct9" in found["cards"][0]["says"].lower()


def test_a_clinical_question_is_refused_with_whom_to_ask() -> None:
    """A dose is not the planner's business; the card says whom to ask."""
    ran = CliRunner().invoke(app, ["ask", "P-0001的造影剂剂量应该给多少", "--problem", str(DAY), "--json"])
    (card,) = json.loads(ran.stdout)["cards"]
    assert card["kind"] == "refusal"
    assert "physician" in card["says"] or "主管医生" in card["says"]


def test_a_folder_of_no_area_is_said(tmp_path: Path) -> None:
    """A folder with no data ends with a sentence and exit 2."""
    assert CliRunner().invoke(app, ["ask", "hello", "--problem", str(tmp_path)]).exit_code == 2
