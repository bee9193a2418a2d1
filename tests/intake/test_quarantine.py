from __future__ import annotations

import re
from pathlib import Path

import pytest

import intake
from hospital.texts import LANGUAGES, catalogue

CODE = "\n".join(path.read_text(encoding="utf-8") for path in Path(intake.__file__).parent.glob("*.py"))
REFUSED = {*re.findall(r"Refused\(\s*\"(\w+)\"", CODE), "whole", "number", "closing_quote", "short_cell", "csv_row"}
WARNED = {*re.findall(r"text_id=\"(\w+)\"", CODE), "no_scanner", "no_scanner_sedated"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_refused_or_warned_of_has_its_words(language: str) -> None:
    """No row is set aside for a reason that cannot be said."""
    texts = catalogue(language)
    assert len(REFUSED) > 20
    assert [text_id for text_id in sorted(REFUSED) if f"intake.expected.{text_id}" not in texts] == []
    assert [text_id for text_id in sorted(WARNED) if f"intake.warned.{text_id}" not in texts] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_there_in_vain(language: str) -> None:
    """Each reason in the catalogue can really occur."""
    reasons = {
        key.removeprefix("intake.expected.") for key in catalogue(language) if key.startswith("intake.expected.")
    }
    assert reasons - REFUSED == set()
