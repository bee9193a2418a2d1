"""Facts of the engine as sentences in the person's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from dashboard.components.basics import Child
from dashboard.i18n import clock_text, short_time_text
from dashboard.pages.plan.here import PlanWords
from hospital.clock import Clock
from hospital.texts import say
from hospital.wording import match_sentence, rule_name, with_times, written
from planning.views import MatchView, MovePreviewView, PlanPage

_STRETCHES = (("start_at", "end_at"), ("from_at", "to_at"), ("first_at", "last_at"))


def clock_of(page: PlanPage) -> Clock:
    """The clock in whose minutes the engine's facts speak."""
    return Clock(page.timezone, page.first_day, page.num_days, page.grid_min)


def fact_sentences(facts: Iterable[Any], page: PlanPage, language: str) -> list[Child]:
    """One line a fact."""
    return [html.P(fact_text(fact, page, language)) for fact in facts]


def fact_text(fact: Any, page: PlanPage, language: str) -> str:
    """The sentence of a fact, its times with their weekday in the site's zone."""
    values = with_times(fact.values, clock_of(page).moment)
    return say(f"facts.{fact.text_id}", language, **written(_said(values, page.timezone, language), language))


def _said(values: Mapping[str, Any], zone: str, language: str) -> dict[str, object]:
    """Times with their weekday; the end of a stretch without it where it is the day of its start."""
    said = {name: _shown(value, zone, language) for name, value in values.items()}
    for first, last in _STRETCHES:
        start, end = values.get(first), values.get(last)
        if isinstance(start, datetime) and isinstance(end, datetime) and _day(start, zone) == _day(end, zone):
            said[last] = clock_text(end, zone)
    return said


def _day(when: datetime, zone: str) -> date:
    return when.astimezone(ZoneInfo(zone)).date()


def _shown(value: object, zone: str, language: str) -> object:
    return short_time_text(value, zone, language) if isinstance(value, datetime) else value


def why_not_answer(answer: Any, page: PlanPage, language: str) -> list[Child]:
    """What forcing the alternative gave: possible at a price, or who and which rules stand in the way."""
    words = PlanWords(language)
    if not answer.is_possible:
        head = html.P(words("why_not_impossible"), className="answer is-refused")
        return [head, *fact_sentences(answer.facts, page, language)]
    more = (answer.cost_after or 0.0) - (answer.cost_before or 0.0)
    if abs(more) < 0.05:
        text = words("why_not_same")
    elif more < 0:
        text = words("why_not_cheaper", price=f"{-more:,.1f}")
    else:
        text = words("why_not_possible", price=f"{more:,.1f}")
    return [html.P(text, className="answer is-allowed"), *fact_sentences(answer.facts, page, language)]


def match_text(match: MatchView, zone: str, language: str) -> str:
    """What a rule says about one place of the plan, its times with their weekday in the site's zone."""
    return match_sentence(replace(match, values=_said(match.values, zone, language)), language)


def preview_text(preview: MovePreviewView, zone: str, language: str) -> str:
    """What a drag shows before letting go: the broken rules, or the price and the rule that makes most of it."""
    words = PlanWords(language)
    if not preview.is_allowed:
        return " ".join(match_text(match, zone, language) for match in preview.violations[:2]) or words(
            "frozen_refusal"
        )
    if abs(preview.price) < 0.05:
        return words("preview_same")
    key = "preview_dearer" if preview.price > 0 else "preview_cheaper"
    text = words(key, price=f"{abs(preview.price):,.1f}")
    sign = 1 if preview.price > 0 else -1
    rule, part = max(preview.cost_by_rule.items(), key=lambda pair: sign * pair[1], default=("", 0.0))
    return f"{text} {words('preview_mostly', rule=rule_name(rule, language))}" if rule and part * sign > 0 else text
