"""Every fact has its sentence in both languages, citing the same values."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

from hospital.texts import catalogue

_FOLDER = Path(__file__).parents[3] / "scheduler" / "explain"


def cited(language: str) -> dict[str, set[str]]:
    """The values each sentence cites, by fact."""
    texts = {key[6:]: text for key, text in catalogue(language).items() if key.startswith("facts.")}
    return {key: {name for _, name, _, _ in Formatter().parse(text) if name} for key, text in texts.items()}


def test_both_languages_tell_the_same() -> None:
    """A fact told in English and Chinese names the same requests, scanners, times and points."""
    assert cited("en") == cited("zh")


def test_every_fact_that_is_told_has_a_sentence_and_none_is_idle() -> None:
    """No explanation falls silent for want of a sentence, and no sentence waits for a fact that is never told."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in _FOLDER.glob("*.py"))
    told = {word for word in re.findall(r'"([a-z_]+)"', source) if word in cited("en")}
    named = set(re.findall(r'(?:text_id=|place_fact\()"([a-z_]+)"', source))
    assert named <= cited("en").keys()
    assert told == cited("en").keys()
