"""Short messages in the corner: what was done, or why not and what to do."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from dash import set_props

from dashboard.auth import current_actor
from hospital.errors import CaretableError, PlanRefused
from hospital.facts import Match
from hospital.texts import say
from hospital.wording import match_sentence, rule_name

LOG = logging.getLogger(__name__)
CONTAINER = "notices"
_MOST_MATCHES = 3


def show(message: str, *, title: str = "", is_bad: bool = False) -> None:
    """Put a message on the screen; a bad one stays until it is closed."""
    notice: dict[str, Any] = {"action": "show", "message": message, "title": title or None, "withBorder": True}
    notice |= {"color": "red" if is_bad else "care", "autoClose": False if is_bad else 4500, "id": secrets.token_hex(4)}
    set_props(CONTAINER, {"sendNotifications": [notice]})


def sentence_of(error: CaretableError, language: str) -> str:
    """The error in words; where a plan was refused, with the rules' names, and whom each broken place concerns."""
    if not isinstance(error, PlanRefused):
        return error.sentence(language)
    names = ", ".join(rule_name(rule, language) for rule in str(error.values.get("rules", "")).split(", "))
    parts = [say(f"errors.{error.text_id}", language, **{**error.values, "rules": names})]
    return " ".join([*parts, *(_concerning(match, language) for match in error.matches[:_MOST_MATCHES])])


def _concerning(match: Match, language: str) -> str:
    text, told = match_sentence(match, language), ", ".join(match.requests[:_MOST_MATCHES])
    return text if not told or match.requests[0] in text else f"{told}: {text}"


def on_error(error: Exception) -> None:
    """What every callback does with an error: words for the person, the trace for the log alone."""
    language = current_actor().language
    if isinstance(error, CaretableError):
        show(sentence_of(error, language), title=say("dashboard.not_done", language), is_bad=True)
        return
    code = secrets.token_hex(3)
    LOG.error("unexpected error %s", code, exc_info=error)
    show(say("dashboard.error_unexpected", language, code=code), title=say("dashboard.not_done", language), is_bad=True)
