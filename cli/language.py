"""The language of the terminal: CARETABLE_LANGUAGE, else what the terminal itself speaks."""

from __future__ import annotations

import os

from cli.terminal import terminal_language
from hospital.texts import LANGUAGES


def language() -> str:
    """zh or en."""
    named = os.environ.get("CARETABLE_LANGUAGE", "")
    return named if named in LANGUAGES else terminal_language()
