"""Words to the person at the terminal."""

from __future__ import annotations

import os
import sys

from hospital.texts import LANGUAGES


def terminal_language() -> str:
    """What CARETABLE_LANGUAGE says, else zh where the terminal is Chinese and en where it is not."""
    chosen = os.environ.get("CARETABLE_LANGUAGE", "")
    if chosen in LANGUAGES:
        return chosen
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if named.startswith("zh") else "en"


def tell(text: str) -> None:
    """Print a line at once; a terminal that cannot show a character shows a question mark, never an error."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), flush=True)
