"""`caretable bench mri`."""

from __future__ import annotations

from pathlib import Path

from benchmarks.report import Report


def run(data: Path | None, seconds: float, out: Path | None) -> Report:
    """Play the month."""
    return Report(bench="mri", rows=())
