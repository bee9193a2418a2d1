"""What the timeline draws, as plain values: rows, bars, open hours, all in wall-clock milliseconds of the site."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.i18n import Words, short_time_text, wall
from dashboard.pages.plan.faces import face_here
from dashboard.pages.plan.here import PlanWords
from dashboard.pages.plan.rows import title_of
from hospital.wording import word
from planning.views import AppointmentView, PlanPage, ResourceView

_CLOSED_KINDS = ("maintenance", "downtime", "holiday")
_TEXTS = (
    "preview_checking",
    "preview_failed",
    "closed_maintenance",
    "closed_downtime",
    "closed_holiday",
    "dropped_back",
    "find_none",
)


def timeline_data(page: PlanPage, language: str) -> dict[str, Any]:
    """Everything assets/timeline.js needs to draw one version."""
    words, common = PlanWords(language), Words("dashboard", language)
    first, last = _hours(page)
    return {
        **shown_data(page),
        "isPublished": bool(page.version and page.version.number == page.published),
        "canMove": "MoveAppointment" in page.allowed,
        "grid": page.grid_min,
        "now": wall(page.now, page.timezone),
        "firstDay": wall(_midnight(page), page.timezone),
        "numDays": page.num_days,
        "hours": [first, last],
        "groups": _groups(page.resources, language),
        "items": [_item(row, page, words) for row in page.appointments],
        "spans": list(_spans(page)),
        "texts": {key: words(key) for key in _TEXTS}
        | {"find_hits": words("find_hits", num="#")}
        | {f"letter_{c}": common(f"letter_{c}") for c in face_here().classes},
        "weekdays": [common(f"weekday_{day}") for day in range(7)],
        "heading": heading(page, language),
        "key": " · ".join(f"{common(f'letter_{name}')} {common(f'class_{name}')}" for name in face_here().classes),
        "language": language,
    }


def shown_data(page: PlanPage) -> dict[str, Any]:
    """What the scripts must know of a page without a timeline."""
    return {"version": page.version.number if page.version else None, "area": page.area}


def heading(page: PlanPage, language: str) -> str:
    """What paper and pictures are headed with: plan, version and its state, so that no draft hangs on a wall unnoticed."""
    words = PlanWords(language)
    if page.version is None:
        return words("print_heading")
    status = Words("dashboard", language)(f"plan_{page.version.status.value}")
    return f"{words('print_heading')} · {words('version', number=page.version.number)} · {status}"


def scanner_name(scanner: ResourceView, language: str) -> str:
    """What people call the scanner, its id where it has no name."""
    return word("scanner", scanner.name, language) or scanner.id


def scanner_label(scanner: ResourceView, language: str) -> str:
    """The id, as the timeline and every sentence say it, and the name beside it."""
    name = scanner_name(scanner, language)
    return scanner.id if name == scanner.id else f"{scanner.id} · {name}"


def _midnight(page: PlanPage) -> datetime:
    return datetime.combine(page.first_day, datetime.min.time(), ZoneInfo(page.timezone))


def _groups(scanners: Iterable[ResourceView], language: str) -> list[dict[str, Any]]:
    order = {modality: place for place, modality in enumerate(dict.fromkeys(s.group for s in scanners))}
    rows = sorted(scanners, key=lambda s: order[s.group])
    groups: list[dict[str, Any]] = []
    for place, scanner in enumerate(rows):
        is_first = place == 0 or rows[place - 1].group != scanner.group
        groups.append(
            {
                "id": scanner.id,
                "order": place,
                "name": scanner.id,
                "title": scanner_name(scanner, language),
                "modality": scanner.group,
                "isFirst": is_first,
            }
        )
    return groups


def _item(row: AppointmentView, page: PlanPage, words: Words) -> dict[str, Any]:
    about, zone = row.about, page.timezone
    marks = [
        name
        for name, is_on in (
            ("locked", row.is_locked),
            ("frozen", row.is_frozen),
            ("moved", row.is_moved),
            ("new", row.is_new and page.published is not None),
            ("broken", bool(row.broken)),
            ("late", row.late_min > 0),
        )
        if is_on
    ]
    name = title_of(about, words.language)
    span = f"{short_time_text(row.start, zone, words.language)}-{row.end.astimezone(row.start.tzinfo):%H:%M}"
    return {
        "id": about.task,
        "group": row.resource,
        "start": wall(row.start, zone),
        "end": wall(row.end, zone),
        "rclass": about.rclass,
        "status": row.status.value,
        "marks": marks,
        "isPromised": not row.is_new,
        "name": name,
        "find": face_here().find(about, words.language),
        "title": f"{about.task} · {about.patient}\n{name}\n{span} · {row.resource}",
    }


def _spans(page: PlanPage) -> Iterable[dict[str, Any]]:
    for scanner in page.resources:
        for span in scanner.spans:
            kind = "closed" if span.kind in _CLOSED_KINDS else span.kind
            yield {
                "group": scanner.id,
                "start": wall(span.start, page.timezone),
                "end": wall(span.end, page.timezone),
                "kind": kind,
                "why": span.kind if kind == "closed" else "",
            }


def _hours(page: PlanPage) -> tuple[int, int]:
    """The hours of day in which anything is open or planned, whole hours, e.g. (7, 20); the rest of a day is folded away."""
    lows, highs = [8], [18]
    spans: list[Any] = [s for scanner in page.resources for s in scanner.spans if s.kind in ("open", "overtime")]
    for span in [*spans, *page.appointments]:
        start, end = wall(span.start, page.timezone), wall(span.end, page.timezone)
        lows.append(start // 3_600_000 % 24)
        last = -(-end // 3_600_000) % 24
        highs.append(24 if last == 0 or end // 86_400_000 > start // 86_400_000 else last)
    return max(0, min(lows)), min(24, max(highs))
