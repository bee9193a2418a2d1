"""What schedulers, dispatchers and buyers type is read as they mean it, in both languages, or asked about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from llm_planner.intents import Reply, intent_to_json
from llm_planner.understand import read
from tests.llm_planner.a_hospital import hospital

CONTEXT = hospital()
SAID: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "requests.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("row", SAID, ids=lambda row: str(row["text"]))
def test_a_request_is_read_as_it_is_meant(row: dict[str, Any]) -> None:
    """Machine, patient, window and amount on the card are those the person typed."""
    found = [intent_to_json(intent) for intent in read(row["text"], CONTEXT).intents]
    assert found == [intent_to_json(intent) for intent in Reply.model_validate({"intents": row["intents"]}).intents]


def test_there_are_two_hundred_of_them_in_both_languages() -> None:
    """The set is large enough to notice when a wording is lost."""
    chinese = sum(any("\u4e00" <= mark <= "\u9fff" for mark in row["text"]) for row in SAID)
    assert min(chinese, len(SAID) - chinese) >= 90


@pytest.mark.parametrize("text", ["", "   ", "？？？", "asdf qwer", "🙂", "a" * 5000, "，" * 300, "P-", "<R0>", "{}"])
def test_what_means_nothing_is_asked_about_and_changes_nothing(text: str) -> None:
    """Nonsense gets a question or a refusal, never a change and never an error."""
    names = {intent_to_json(intent)["intent"] for intent in read(text, CONTEXT).intents}
    assert names <= {"clarify", "out_of_scope"}


def test_the_phrase_shown_is_what_was_typed() -> None:
    """Beside each card stands the part of the text it came from, as it was typed."""
    text = "ＣＴ２周四下午停机，P-2002挪到周五上午"
    first, second = read(text, CONTEXT).items
    assert first.phrase == "ＣＴ２周四下午停机"
    assert second.phrase == "P-2002挪到周五上午"
