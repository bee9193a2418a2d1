from __future__ import annotations

import re
from pathlib import Path

import pytest

import intake
from hospital.texts import LANGUAGES, catalogue

CODE = "\n".join(path.read_text(encoding="utf-8") for path in Path(intake.__file__).parent.glob("*.py"))
RAISED = (
    set(re.findall(r"Refused\(\s*\"(\w+)\"", CODE))
    | {"whole", "number"}
    | set(re.findall(r"return \"(\w+)\" if|else \"(csv_row)\"", CODE)[0:0])
)
WARNED = set(re.findall(r"text_id=\"(\w+)\"", CODE)) | {"no_scanner", "no_scanner_sedated"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_refused_or_warned_of_has_its_words(language: str) -> None:
    """No row is set aside for a reason that cannot be said."""
    texts = catalogue(language)
    assert [text_id for text_id in sorted(RAISED) if f"intake.expected.{text_id}" not in texts] == []
    assert [text_id for text_id in sorted(WARNED) if f"intake.warned.{text_id}" not in texts] == []
