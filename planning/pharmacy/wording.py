"""The proposal in sentences: why so much of an item, and what is out of the ordinary, each with its numbers."""

from __future__ import annotations

from datetime import date

from hospital.texts import say
from planning.pharmacy.exceptions import Alarm
from planning.pharmacy.views import LineView, PharmacyView

_SHARES = ("risk", "risk_after", "accepted")


def reason_text(line: LineView, language: str) -> str:
    """Why so many packs, in one sentence."""
    if line.is_set_by_hand:
        return say(
            "pharmacy.reason_fixed",
            language,
            packs=line.packs,
            advised=line.advised,
            risk_after=share_text(line.risk),
        )
    numbers = {name: _text(name, value) for name, value in line.numbers.items()}
    return say(f"pharmacy.{line.reason}", language, **numbers, unit=line.unit or say("pharmacy.unit", language))


def alarm_text(alarm: Alarm, language: str) -> str:
    """An exception in one sentence."""
    return say(f"pharmacy.alarm_{alarm.kind}", language, **alarm.values)


def headline(view: PharmacyView, language: str) -> str:
    """The page's first line: what to order, what runs out all the same, what will be thrown away."""
    if not view.num_items or not view.num_issues:
        return say("pharmacy.headline_no_data", language)
    if view.number is None:
        return say("pharmacy.headline_no_forecast", language, num=view.num_items)
    lines = view.lines
    short = sum(any(alarm.kind in ("out_now", "shortage") for alarm in line.alarms) for line in lines)
    lost = sum(any(alarm.kind.startswith("expiry") for alarm in line.alarms) for line in lines)
    number = len(view.ordered)
    first = "headline_accepted" if view.accepted else "headline_order" if number else "headline_nothing"
    sentences = [say(f"pharmacy.{first}", language, num=number, by=view.accepted.by if view.accepted else "")]
    sentences.append(say("pharmacy.headline_short" if short else "pharmacy.headline_none_short", language, num=short))
    if lost:
        sentences.append(say("pharmacy.headline_lost", language, num=lost))
    return ("" if language == "zh" else " ").join(sentences)


def share_text(share: float) -> str:
    """A share as a percentage; what is not quite none or all is never written as such."""
    percent = 100 * share
    if 0 < percent < 0.5:
        return "<1 %"
    if 99.5 <= percent < 100:
        return ">99 %"
    return f"{percent:.0f} %"


def day_text(day: date | None, language: str) -> str:
    """A day with its weekday; a dash for none."""
    if day is None:
        return "–"
    weekday = say(f"dashboard.weekday_{day.weekday()}", language)
    month = say(f"dashboard.month_{day.month}", language)
    return say("dashboard.day", language, weekday=weekday, day=day.day, month=month)


def _text(name: str, value: object) -> object:
    if name in _SHARES and isinstance(value, int | float):
        return share_text(value / 100)
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 10 else f"{value:.1f}".removesuffix(".0")
    return value
