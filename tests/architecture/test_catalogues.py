from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from hospital import errors
from hospital.texts import LANGUAGES, catalogue

ROOT = Path(__file__).parents[2]
CODE = [path for path in ROOT.glob("*/**/*.py") if path.parts[len(ROOT.parts)] not in (".venv", "tests", "build")]
ERRORS = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}


def placeholders(text: str) -> set[str]:
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def literal_calls() -> list[tuple[str, str, Path]]:
    """(called name, its first argument, where) of every call whose first argument is a plain text."""
    found = []
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if isinstance(node.args[0].value, str):
                    found.append((name, node.args[0].value, path))
    return found


def test_both_languages_have_the_same_texts() -> None:
    """Whoever switches to Chinese misses no sentence, and the other way round."""
    english, chinese = (set(catalogue(language)) for language in LANGUAGES)
    assert sorted(english ^ chinese) == []


def test_both_languages_fill_in_the_same_values() -> None:
    """A sentence names the same patient, time and number in both languages."""
    english, chinese = (catalogue(language) for language in LANGUAGES)
    differing = [key for key in english if placeholders(english[key]) != placeholders(chinese[key])]
    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    """No button and no message is blank."""
    assert [key for key, text in catalogue(language).items() if not text.strip()] == []


def test_chinese_texts_are_chinese() -> None:
    """A sentence in the Chinese catalogue is one, not a copy of the English."""
    english, chinese = (catalogue(language) for language in LANGUAGES)
    words = {key: re.sub(r"\{[^}]*\}", "", text).split() for key, text in english.items()}
    copies = [key for key in chinese if len(words[key]) > 2 and english[key] == chinese[key]]
    assert copies == []


def test_every_error_has_its_sentence() -> None:
    """Whatever goes wrong is said in words; no error is raised that nobody has worded."""
    missing = [
        f"{path.relative_to(ROOT)}: errors.{text_id}"
        for name, text_id, path in literal_calls()
        if name in ERRORS and f"errors.{text_id}" not in catalogue("en")
    ]
    assert missing == []


def test_every_text_asked_for_is_there() -> None:
    """No page asks the catalogue for a text that it does not have."""
    missing = [
        f"{path.relative_to(ROOT)}: {text_id}"
        for name, text_id, path in literal_calls()
        if name == "say" and "." in text_id and text_id not in catalogue("en")
    ]
    assert missing == []


def test_every_rule_speaks_both_languages() -> None:
    """Each rule has its statement, its short name and the sentence about where it is felt."""
    from scheduler.imaging.rules import RULES

    keys = [f"rules.{rule.id}{ending}" for rule in RULES for ending in ("", "_name", "_match")]
    for language in LANGUAGES:
        assert [key for key in keys if key not in catalogue(language)] == []
