"""What the treatment page says and draws of a plan: who is where, who waits, the course of one patient."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.pages.treatment.course import calendar, cells_of, course_section, state, summary
from dashboard.pages.treatment.figures import explained, tiles
from dashboard.pages.treatment.headline import headline
from hospital.plans import AppointmentStatus, PlanStatus
from hospital.texts import LANGUAGES
from planning.views import AppointmentView, PlaceView, PlanPage, UnplannedView, VersionRow
from planning.views.radiotherapy import CourseView

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 3, 7, tzinfo=ZONE)


def about(course: str = "C-7", session: int = 1, **facts: Any) -> CourseView:
    usual: dict[str, Any] = {
        "task": f"{course}/{session}",
        "request": course,
        "session": session,
        "num_sessions": 5,
        "patient": "P-7",
        "title_en": "BREAST",
        "title_zh": "乳腺",
        "rclass": "p2",
        "group": "A",
        "minutes": 15,
        "requested": None,
        "earliest": NOW,
        "target": None,
        "latest": None,
        "target_days": 7,
        "follows": "",
    }
    return CourseView(**(usual | facts))


def visit(session: int, day: int, *, linac: str = "LA1", course: str = "C-7", **facts: Any) -> AppointmentView:
    """A session at nine on that day of June."""
    start = datetime(2026, 6, day, 9, tzinfo=ZONE)
    usual: dict[str, Any] = {
        "about": about(course, session),
        "resource": linac,
        "start": start,
        "end": start + timedelta(minutes=15),
        "status": AppointmentStatus.PLANNED,
        "came_late_min": 0,
        "is_locked": False,
        "is_frozen": False,
        "is_moved": False,
        "is_new": False,
        "moved_from": None,
        "wait_h": 0.0,
        "late_min": 0,
    }
    return AppointmentView(**(usual | facts))


def left(day: int, linac: str = "LA1") -> PlaceView:
    start = datetime(2026, 6, day, 9, tzinfo=ZONE)
    return PlaceView(resource=linac, start=start, end=start + timedelta(minutes=15))


COURSE = (
    visit(1, 1, status=AppointmentStatus.DONE, is_frozen=True),
    visit(2, 2, status=AppointmentStatus.NO_SHOW, is_frozen=True),
    visit(3, 3, is_locked=True),
    visit(4, 9, is_moved=True, moved_from=left(4)),
    visit(5, 10, linac="LA2", is_new=True),
)
FIGURES = {
    "wait_days_by_priority": {
        1: {"num": 3, "mean": 0.667, "p90": 2, "longest": 2, "num_late": 0},
        2: {"num": 1, "mean": 9.0, "p90": 9, "longest": 9, "num_late": 1},
    },
    "stretch_days_mean": 0.214,
    "stretch_days_longest": 3,
    "used_by_linac": {"LA1": 0.812, "LA2": 0.5},
    "overtime_min_by_linac": {"LA1": 25, "LA2": 0},
    "num_moved": 1,
    "num_unplanned": 2,
}


def page(*rows: AppointmentView, unplanned: tuple[UnplannedView, ...] = (), **facts: Any) -> PlanPage:
    version = VersionRow(
        number=3, base=2, status=PlanStatus.DRAFT, origin="solve", author="Zhou", created=NOW, reason="", approver=None,
        published=None, is_same_day=False, is_reviewed=False, cost=1.0, num_planned=5, num_unplanned=0, num_moved=1,
    )  # fmt: skip
    usual: dict[str, Any] = {
        "site_id": "s", "area": "radiotherapy", "timezone": ZONE.key, "now": NOW, "first_day": MONDAY, "num_days": 28,
        "grid_min": 5, "version": version, "head": 3, "published": 2, "resources": (), "appointments": rows,
        "unplanned": unplanned, "figures": FIGURES, "cost": 1.0, "cost_by_rule": {}, "bound": None, "gap": None,
        "is_optimal": False, "violations": (), "changes": (), "pending": (), "job": None, "allowed": frozenset(),
    }  # fmt: skip
    return PlanPage(**(usual | facts))


def texts(part: Any) -> list[str]:
    """Every text in a part of a page, in order."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, Component):
        return texts(getattr(part, "children", None))
    return [text for child in part for text in texts(child)] if isinstance(part, list | tuple) else []


def test_a_session_is_given_missed_moved_new_or_promised() -> None:
    """What became of it on the day comes before what the plan does with it."""
    assert [state(row) for row in COURSE] == ["given", "missed", "promised", "moved", "new"]


def test_the_calendar_has_a_row_a_week_and_says_linac_and_hour_of_every_session() -> None:
    """Two weeks of five days; the fourth of June, given up, is crossed out; today is marked."""
    table = calendar(page(*COURSE), COURSE, Words("treatment", "en"))
    rows = table.children[1].children
    assert [len(row.children) for row in rows] == [6, 6]
    said = " ".join(texts(table))
    assert "LA2 09:00" in said
    assert "given up" in said
    today = [cell.className for row in rows for cell in row.children[1:] if "is-today" in (cell.className or "")]
    assert today == ["has-visit is-today"]


def test_a_weekend_stands_in_the_calendar_only_where_somebody_is_treated_on_it() -> None:
    """A Saturday session brings Saturday and Sunday into sight."""
    saturday = (*COURSE, visit(6, 6))
    table = calendar(page(*saturday), saturday, Words("treatment", "en"))
    assert len(table.children[0].children.children) == 8
    assert date(2026, 6, 6) in cells_of(page(), saturday)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_course_is_told_in_one_sentence_and_only_its_own_visits(language: str) -> None:
    """One given, one missed, of five, on two linacs; a course without visits has no calendar."""
    other = visit(1, 5, course="C-8")
    section = course_section(page(*COURSE, other), "C-7", language)
    said = " ".join(texts(section))
    assert "C-8" not in said
    assert "LA1, LA2" in summary(page(), COURSE, Words("treatment", language))
    assert course_section(page(), "C-7", language) is None


def test_a_session_of_last_week_counts_as_given_though_it_is_not_on_the_page() -> None:
    """Sessions three to five are in sight: the two before them have been given."""
    assert summary(page(), COURSE[2:], Words("treatment", "en")).startswith("2 of 5 sessions given")


def test_the_first_line_says_who_is_where_and_who_waits_past_the_target() -> None:
    """One session today, one urgent course without a place, one course two days late, one missed session to make up."""
    waiting = UnplannedView(about=about("C-9", task="C-9", rclass="p1"), price=10.0, rules=())
    missing = UnplannedView(about=about("C-7", 6), price=2.0, rules=())
    late = replace(visit(1, 12, course="C-5"), late_min=24 * 60 + 30)
    found = headline(page(*COURSE, late, unplanned=(waiting, missing)), "en")
    assert found == (
        "Today one session, on LA1. One course has no place yet, and it is urgent. "
        "C-5 begins past its target, by 2 days. One missed session is to be made up."
    )
    assert headline(page(visit(2, 5)), "en") == "Nobody is treated today."
    assert headline(page(version=None), "en") == "There is nothing to plan yet: no courses have been read."
    assert headline(page(unplanned=(waiting,), version=None), "en").startswith("There is no treatment plan yet")


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_name_waits_lateness_use_and_stretch(language: str) -> None:
    """Nine days for priority two, one of them late; four fifths of LA1; each figure opens with what it means."""
    shown = page(*COURSE)
    said = " ".join(texts(tiles(shown, language)))
    assert "9.0" in said
    assert "66 %" in said
    for key in ("wait", "late", "use", "stretch", "moved", "unplanned"):
        assert texts(explained(key, shown, language))
    assert "C-7/4" in " ".join(texts(explained("moved", shown, language)))
