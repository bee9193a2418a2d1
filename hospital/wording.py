"""What rules find and explanations cite, in words: times of day, minutes with their unit, rules by name, in a catalogue's sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from hospital.texts import catalogue, say

Moment = Callable[[int], datetime]
"""Turns a minute of the horizon into the aware local time."""


_KIND_OF = {
    "ward": "ward",
    "role": "role",
    "site": "site",
    "lacks": "feature",
    "from_family": "family",
    "to_family": "family",
}
"""Values of facts and matches that are names of data, and what they name."""


class Found(Protocol):
    """A Match, or any view of one."""

    @property
    def rule(self) -> str:
        """Id of the rule."""

    @property
    def values(self) -> Mapping[str, Any]:
        """What fills the rule's sentence."""


def time_text(moment: datetime) -> str:
    """A local time as people at one site write it: 2026-06-01 08:05."""
    return moment.strftime("%Y-%m-%d %H:%M")


def rule_name(rule: str, language: str) -> str:
    """The short name of a rule; its id where there is none."""
    return catalogue(language).get(f"rules.{rule}_name", rule)


def word(kind: str, name: str, language: str) -> str:
    """A name that stands in data (``kind``: role, feature, ward, scanner, site, family) in the reader's language; a name of the
    hospital's own as it is."""
    return catalogue(language).get(f"words.{kind}.{name}", name)


def with_times(values: Mapping[str, Any], moment: Moment) -> dict[str, Any]:
    """The values with ``*_at`` minutes of the horizon as local times."""
    return {name: moment(value) if _is_minute(name, value) else value for name, value in values.items()}


def written(values: Mapping[str, Any], language: str) -> dict[str, str]:
    """Values as a sentence wants them: times as times, ``*_min`` with their unit, ``rule`` and ``rules`` by name, lists with commas."""
    return {name: _written(name, value, language) for name, value in values.items()}


def match_sentence(match: Found, language: str, moment: Moment | None = None) -> str:
    """One place where a rule is broken or felt, in a sentence; the rule's plain statement where its times cannot be told."""
    texts, text_id = catalogue(language), f"rules.{match.rule}_match"
    values = match.values if moment is None else with_times(match.values, moment)
    if text_id not in texts or any(_is_minute(name, value) for name, value in values.items()):
        return texts.get(f"rules.{match.rule}", match.rule)
    return say(text_id, language, **written(values, language))


def _is_minute(name: str, value: object) -> bool:
    return name.endswith("_at") and isinstance(value, int)


def _written(name: str, value: Any, language: str) -> str:
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, list | tuple):
        return ", ".join(_written(name, part, language) for part in value)
    if name.endswith("_min") and isinstance(value, int):
        return say("units.minutes", language, num=value)
    if name in _KIND_OF:
        return ", ".join(word(_KIND_OF[name], part, language) for part in str(value).split(", "))
    if name in ("rule", "rules"):
        return rule_name(str(value), language)
    return f"{value:,.1f}" if isinstance(value, float) else str(value)
