"""The pages' texts in both languages."""

from __future__ import annotations

import re
import string
from pathlib import Path

from hospital.texts import catalogue
from planning.areas import AREAS

ROOT = Path(__file__).parents[2]
NAMESPACES = ("dashboard", "imaging", "operations", "data", "admin")


def _own(language: str) -> dict[str, str]:
    return {key: text for key, text in catalogue(language).items() if key.split(".")[0] in NAMESPACES}


def _holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_stands_in_both_languages() -> None:
    """Nobody meets an untranslated button."""
    assert set(_own("en")) == set(_own("zh"))


def test_both_languages_cite_the_same_values() -> None:
    """A number said in English is said in Chinese too."""
    differing = [key for key, text in _own("en").items() if _holes(text) != _holes(_own("zh")[key])]
    assert differing == []


def test_chinese_has_no_stray_english_words() -> None:
    """A nurse who reads only Chinese meets no English word but names of keys, files and products."""
    allowed = {"Z", "L", "M", "English", "Caretable"}
    stray = {}
    for key, text in _own("zh").items():
        words = set(re.findall(r"[A-Za-z]+", re.sub(r"\{[^}]*\}", "", text))) - allowed
        if words:
            stray[key] = words
    assert stray == {}


def test_every_text_is_used() -> None:
    """No text is left over from a button that is gone."""
    sources = [
        p.read_text(encoding="utf-8") for p in (ROOT / "dashboard").rglob("*") if p.suffix in (".py", ".js", ".html")
    ]
    code = "\n".join(sources)
    made = set(re.findall(r"f\"(?:\w+\.)?([a-z_]+_)\{", code)) | set(
        re.findall(r"['\"](?:\w+\.)?([a-z_]+_)['\"] \+", code)
    )
    unused = []
    for key in _own("en"):
        name = re.sub(rf"^({'|'.join(AREAS)})_", "", key.split(".", 1)[1])
        is_said = re.search(rf"[\"'.]{re.escape(name)}[\"']", code) is not None
        is_made = any(name.startswith(prefix) for prefix in made)
        if not (is_said or is_made):
            unused.append(key)
    assert unused == []
