"""The first line, in words: who is where, who has no place, why."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from statistics import median

from dashboard.i18n import Words, clock_text, number_text
from dashboard.pages.plan.here import PlanWords
from hospital.wording import rule_name
from planning.views import PlanPage, ResourceView

_FREE = timedelta(minutes=20)
"""A modality is full while none of its scanners has room for its usual examination; this long where none is planned."""


def headline(page: PlanPage, language: str) -> str:
    """One to three sentences."""
    words = PlanWords(language)
    planned, missing = len(page.appointments), len(page.unplanned)
    if planned + missing == 0:
        return words("headline_empty")
    if page.version is None:
        return words("headline_none", num=number_text(missing))
    sentences = [_placed(page, words, planned, missing)]
    if page.violations:
        num = len(page.violations)
        sentences.append(words("headline_broken_one" if num == 1 else "headline_broken", num=number_text(num)))
    late = sum(1 for row in page.appointments if row.late_min > 0)
    if late:
        sentences.append(words("headline_late", num=number_text(late)))
    full = full_until(page)
    if full:
        modality, until = max(full.items(), key=lambda pair: pair[1])
        sentences.append(words("headline_full", modality=modality, time=clock_text(until, page.timezone)))
    return (" " if language == "en" else "").join(sentences)


def _placed(page: PlanPage, words: Words, planned: int, missing: int) -> str:
    total = number_text(planned + missing)
    if not missing:
        return words("headline_all", planned=number_text(planned))
    rules = Counter(rule for row in page.unplanned for rule in row.rules if rule != "unplanned")
    if rules:
        name = rule_name(rules.most_common(1)[0][0], words.language)
        return words("headline_why", num=number_text(missing), total=total, rule=name)
    return words("headline_some", planned=number_text(planned), total=total, num=number_text(missing))


def full_until(page: PlanPage) -> dict[str, datetime]:
    """Modalities in which nothing is free for an hour or more from now, and until when today."""
    free: dict[str, datetime | None] = {}
    usual = _usual_lengths(page)
    for scanner in page.resources:
        first = _first_free(page, scanner, usual.get(scanner.group, _FREE))
        known = free.get(scanner.group)
        if scanner.group not in free or (first is not None and (known is None or first < known)):
            free[scanner.group] = first
    soon = page.now + timedelta(hours=1)
    return {modality: first for modality, first in free.items() if first is not None and first > soon}


def _usual_lengths(page: PlanPage) -> dict[str, timedelta]:
    lengths: dict[str, list[int]] = {}
    for row in page.appointments:
        lengths.setdefault(row.about.group, []).append(row.about.minutes)
    return {modality: timedelta(minutes=median(minutes)) for modality, minutes in lengths.items()}


def _first_free(page: PlanPage, scanner: ResourceView, needed: timedelta) -> datetime | None:
    """Start of the scanner's first free stretch today; the end of its day where there is none; None where it is shut."""
    today = page.now.astimezone(scanner.spans[0].start.tzinfo).date() if scanner.spans else None
    windows = [s for s in scanner.spans if s.kind == "open" and s.start.date() == today and s.end > page.now]
    taken = [(s.start, s.end) for s in scanner.spans if s.kind not in ("open", "overtime")]
    taken += [(row.start, row.end) for row in page.appointments if row.resource == scanner.id and row.end > page.now]
    for window in windows:
        begin = max(window.start, page.now)
        for start, end in sorted(taken):
            if end <= begin or start >= window.end:
                continue
            if start - begin >= needed:
                return begin
            begin = max(begin, end)
        if window.end - begin >= needed:
            return begin
    return windows[-1].end if windows else None
