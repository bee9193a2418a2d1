"""Facts of the engine as sentences in the person's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from dash import html

from dashboard.components.basics import Child
from dashboard.i18n import Words, short_time_text
from dashboard.pages.imaging.headline import rule_name
from hospital.texts import catalogue
from hospital.wording import match_sentence


def fact_sentences(facts: Iterable[Any], zone: str, language: str) -> list[Child]:
    """One line a fact."""
    return [html.P(text) for text in (fact_text(fact, zone, language) for fact in facts) if text]


def fact_text(fact: Any, zone: str, language: str) -> str:
    """The sentence of a fact; times are written in the site's zone, rules by their short name."""
    texts = catalogue(language)
    template = texts.get(f"facts.{fact.text_id}") or texts.get(fact.text_id, "")
    values = {key: _value(key, value, zone, language) for key, value in fact.values.items()}
    return template.format(**values)


def _value(key: str, value: object, zone: str, language: str) -> object:
    if isinstance(value, datetime):
        return short_time_text(value, zone, language)
    if key in ("rule", "rules") and isinstance(value, str):
        return rule_name(value, language)
    if isinstance(value, tuple | list):
        return ", ".join(str(_value(key, part, zone, language)) for part in value)
    if isinstance(value, float):
        return f"{value:,.1f}"
    return value


def why_not_answer(answer: Any, zone: str, language: str) -> list[Child]:
    """What forcing the alternative gave: possible at a price, or who and which rules stand in the way."""
    words = Words("imaging", language)
    if not answer.is_possible:
        head = html.P(words("why_not_impossible"), className="answer is-refused")
        return [head, *fact_sentences(answer.facts, zone, language)]
    more = (answer.cost_after or 0.0) - (answer.cost_before or 0.0)
    if abs(more) < 0.05:
        text = words("why_not_same")
    elif more < 0:
        text = words("why_not_cheaper", price=f"{-more:,.1f}")
    else:
        text = words("why_not_possible", price=f"{more:,.1f}")
    return [html.P(text, className="answer is-allowed"), *fact_sentences(answer.facts, zone, language)]


def preview_text(preview: Any, language: str) -> str:
    """What a drag shows before letting go: the broken rules, or the price and the rule that makes most of it."""
    words = Words("imaging", language)
    if not preview.is_allowed:
        return " ".join(match_sentence(match, language) for match in preview.violations[:2]) or words("frozen_refusal")
    if abs(preview.price) < 0.05:
        return words("preview_same")
    key = "preview_dearer" if preview.price > 0 else "preview_cheaper"
    text = words(key, price=f"{abs(preview.price):,.1f}")
    sign = 1 if preview.price > 0 else -1
    rule, part = max(preview.cost_by_rule.items(), key=lambda pair: sign * pair[1], default=("", 0.0))
    return f"{text} {words('preview_mostly', rule=rule_name(rule, language))}" if rule and part * sign > 0 else text
