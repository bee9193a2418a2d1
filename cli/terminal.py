"""Words to the person at the terminal."""

from __future__ import annotations

import os
import sys


def terminal_language() -> str:
    """zh where the terminal is Chinese, else en."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if named.startswith("zh") else "en"


def tell(text: str) -> None:
    """Print a line at once; a terminal that cannot show a character shows a question mark, never an error."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), flush=True)
