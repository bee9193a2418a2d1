"""Radiotherapy's own parts of the plan page: priorities, the course of one patient over weeks, new courses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.components.basics import Child, button
from dashboard.i18n import Words, clock_text
from dashboard.pages.plan.faces import Face
from dashboard.pages.plan.rows import title_of
from dashboard.pages.treatment.course import course_section
from dashboard.pages.treatment.figures import CLASSES, explained, tiles
from dashboard.pages.treatment.headline import headline
from dashboard.pages.treatment.new_course import course_dialog
from planning.views import AppointmentView, PlanPage, RequestView
from planning.views.radiotherapy import CourseView


def line(about: RequestView, language: str) -> str:
    """Which of how many sessions."""
    return Words("treatment", language)("session_of", session=about.session, num=about.num_sessions)


def facts(about: RequestView, words: Words) -> list[tuple[str, Child]]:
    """The course's length and target, and the one it follows."""
    if not isinstance(about, CourseView):
        return []
    pairs: list[tuple[str, Child]] = [
        (words("about_sessions"), str(about.num_sessions)),
        (words("about_target_days"), Words("dashboard", words.language)("days", num=about.target_days)),
    ]
    return [*pairs, (words("about_follows"), about.follows)] if about.follows else pairs


def find(about: RequestView, language: str) -> str:
    """Course, patient, protocol."""
    return f"{about.task} {about.patient} {title_of(about, language)}".lower()


def paper_cells(row: AppointmentView, page: PlanPage, words: Words) -> list[str]:
    """One session on paper."""
    about, language = row.about, words.language
    return [
        f"{clock_text(row.start, page.timezone)}–{clock_text(row.end, page.timezone)}",
        Words("dashboard", language)(f"letter_{about.rclass}"),
        about.patient,
        about.request,
        title_of(about, language),
        f"{about.session}/{about.num_sessions}",
    ]


def sections(page: PlanPage, request: str, language: str) -> list[Child]:
    """The calendar of the course."""
    calendar = course_section(page, request, language)
    return [] if calendar is None else [calendar]


def compared(figures: Mapping[str, Any]) -> dict[str, float]:
    """Late starts, moved sessions, courses without a place, mean stretch."""
    waits: Mapping[Any, Mapping[str, Any]] = figures.get("wait_days_by_priority", {})
    return {
        "fig_late": sum(row["num_late"] for row in waits.values()),
        "fig_moved": figures.get("num_moved", 0),
        "fig_unplanned": figures.get("num_unplanned", 0),
        "fig_stretch": figures.get("stretch_days_mean", 0.0),
    }


FACE = Face(
    classes=CLASSES,
    headline=headline,
    tiles=tiles,
    explained=explained,
    line=line,
    facts=facts,
    find=find,
    paper=("time", "class", "patient", "course", "what", "session"),
    paper_cells=paper_cells,
    buttons=lambda words: [button(words("new_course"), id="course-open", icon_name="siren")],
    dialogs=lambda words, page: [course_dialog(words, page)],
    sections=sections,
    compared=compared,
)
