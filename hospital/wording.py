"""What rules find, in words: minutes of a horizon become times of day, and the catalogues' sentences are filled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hospital.clock import Clock
from hospital.facts import Match
from hospital.texts import catalogue, say


def time_text(moment: datetime) -> str:
    """A local time as people at one site write it: 2026-06-01 08:05."""
    return moment.strftime("%Y-%m-%d %H:%M")


def written(values: Mapping[str, Any], clock: Clock, language: str) -> dict[str, str]:
    """Values as a sentence wants them: ``*_at`` minutes of the horizon as times, ``*_min`` with their unit, the rest as they are."""
    return {name: _written(name, value, clock, language) for name, value in values.items()}


def match_sentence(match: Match, clock: Clock, language: str) -> str:
    """One place where a rule is broken or felt, in a sentence."""
    texts = catalogue(language)
    text_id = f"rules.{match.rule}_match"
    if text_id not in texts:
        return texts[f"rules.{match.rule}"]
    return say(text_id, language, **written(match.values, clock, language))


def _written(name: str, value: Any, clock: Clock, language: str) -> str:
    if isinstance(value, datetime):
        return time_text(value)
    if name.endswith("_at") and isinstance(value, int):
        return time_text(clock.moment(value))
    if name.endswith("_min") and isinstance(value, int):
        return say("units.minutes", language, num=value)
    return str(value)
