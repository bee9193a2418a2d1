"""The last check before a text is shown: only what the facts support gets through."""

from __future__ import annotations

from llm_planner.guard.check import Finding, findings

__all__ = ["Finding", "findings"]
