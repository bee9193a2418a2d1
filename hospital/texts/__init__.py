"""The catalogues: every text a person reads, once in English and once in Chinese.

One folder a language, one TOML file a namespace: the entry ``late`` of ``rules.toml`` is ``rules.late``. Tables nest:
``[appointment] moved = "..."`` of ``facts.toml`` is ``facts.appointment.moved``. Placeholders are those of str.format.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "zh")
_FOLDER = Path(__file__).parent


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of one language by their full id."""
    texts: dict[str, str] = {}
    for path in sorted((_FOLDER / language).glob("*.toml")):
        _flatten(path.stem, tomllib.loads(path.read_text(encoding="utf-8")), texts)
    return texts


def _flatten(prefix: str, table: Mapping[str, Any], texts: dict[str, str]) -> None:
    for key, value in table.items():
        if isinstance(value, dict):
            _flatten(f"{prefix}.{key}", value, texts)
        else:
            texts[f"{prefix}.{key}"] = str(value)


def say(text_id: str, language: str = "en", **values: Any) -> str:
    """The text of that id in that language, its placeholders filled.

    Raises KeyError for an unknown id: a missing text is a fault of ours that tests find, never an empty label.
    """
    return catalogue(language)[text_id].format(**values)
