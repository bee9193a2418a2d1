"""The first line of the Treatment page, in words: who is where today, who waits past the target, who has no place."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from dashboard.i18n import Words, number_text
from planning.views import PlanPage, UnplannedView


def headline(page: PlanPage, language: str) -> str:
    """Two to four sentences."""
    words = Words("treatment", language)
    courses, sessions = left_out(page)
    if not page.appointments and not page.unplanned:
        return words("headline_empty")
    if page.version is None and not page.appointments:
        return words("headline_none", num=number_text(len(courses)))
    sentences = [_today(page, words)]
    if courses:
        urgent = sum(row.about.rclass == "p1" for row in courses)
        key = "headline_waiting_urgent" if urgent else "headline_waiting"
        sentences.append(words(_of(key, len(courses)), num=number_text(len(courses)), urgent=number_text(urgent)))
    sentences.append(_late(page, words))
    if sessions:
        sentences.append(words(_of("headline_make_up", len(sessions)), num=number_text(len(sessions))))
    if page.violations:
        sentences.append(words(_of("headline_broken", len(page.violations)), num=number_text(len(page.violations))))
    return (" " if language == "en" else "").join(part for part in sentences if part)


def _of(key: str, num: int) -> str:
    """The text for one, or for several."""
    return f"{key}_one" if num == 1 else key


def left_out(page: PlanPage) -> tuple[list[UnplannedView], list[UnplannedView]]:
    """Courses without any place, and single sessions without one."""
    courses = [row for row in page.unplanned if row.about.task == row.about.request]
    return courses, [row for row in page.unplanned if row.about.task != row.about.request]


def _today(page: PlanPage, words: Words) -> str:
    zone = ZoneInfo(page.timezone)
    today = page.now.astimezone(zone).date()
    rows = [row for row in page.appointments if row.start.astimezone(zone).date() == today]
    if not rows:
        return words("headline_nobody_today")
    linacs = {row.resource for row in rows}
    return words(_of("headline_today", len(rows)), num=number_text(len(rows)), linacs=len(linacs), linac=min(linacs))


def _late(page: PlanPage, words: Words) -> str:
    late = [row for row in page.appointments if row.late_min > 0 and row.about.session == 1]
    if not late:
        begins = any(row.about.session == 1 for row in page.appointments)
        return words("headline_on_time") if begins else ""
    worst = max(late, key=lambda row: row.late_min)
    days = -(-worst.late_min // (24 * 60))
    return words(_of("headline_late", len(late)), num=number_text(len(late)), course=worst.about.request, days=days)
