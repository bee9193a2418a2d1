"""Where a model is served and how long it may take. Nothing is asked anywhere unless a server is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PREFIX = "PLANNER_"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """``base_url`` of an OpenAI-compatible server ("" = no model); limits in seconds; after ``max_failures`` in a row the server is left
    alone for ``rest_s``."""

    base_url: str = ""
    model: str = "planner"
    api_key: str = "none"
    reading_s: float = 3.0
    rewording_s: float = 5.0
    max_tokens: int = 600
    max_failures: int = 3
    rest_s: float = 60.0


def settings_of(environment: Mapping[str, str]) -> ModelSettings:
    """The settings of PLANNER_BASE_URL, PLANNER_MODEL and PLANNER_API_KEY."""
    named = {
        name: environment[PREFIX + name.upper()]
        for name in ("base_url", "model", "api_key")
        if environment.get(PREFIX + name.upper())
    }
    return ModelSettings(**named)  # type: ignore[arg-type]
