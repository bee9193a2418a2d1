"""The bed page's first line, in words."""

from __future__ import annotations

from dashboard.i18n import Words, day_text
from planning.beds.views import BedsView, WardView

LIKELY, POSSIBLE = 0.5, 0.1
"""Risks from which a ward is called likely, and possibly, short of beds."""
MOST_NAMED = 3


def headline(view: BedsView, language: str) -> str:
    """Tonight first, then the worst of the days after."""
    words = Words("beds", language)
    if not view.num_wards:
        return words("headline_no_data")
    if view.number is None:
        return words("headline_no_forecast", num=view.num_wards)
    tonight = [ward for ward in view.wards if ward.risk[0] >= POSSIBLE]
    names = ", ".join(f"{ward.ward} ({percent(ward.risk[0])})" for ward in tonight[:MOST_NAMED])
    if language == "zh":
        names = names.replace(", ", "、")
    first = words("headline_tonight", num=len(tonight), names=names) if tonight else words("headline_holds")
    later = [ward for ward in view.wards if ward not in tonight and max(ward.risk) >= POSSIBLE]
    if not later:
        return first
    worst = max(later, key=lambda ward: max(ward.risk))
    day = day_text(view.days[worst_day(worst)], language)
    second = words("headline_later", num=len(later), ward=worst.ward, day=day, risk=percent(max(worst.risk)))
    return ("" if language == "zh" else " ").join([first, second])


def worst_day(ward: WardView) -> int:
    """Place of the day with the highest risk, the first of equals."""
    return max(range(len(ward.risk)), key=lambda at: (ward.risk[at], -at))


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return f"{100 * share:.0f} %"
