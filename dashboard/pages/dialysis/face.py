"""Dialysis' own parts of the plan page."""

from __future__ import annotations

from dash import html

from dashboard.components.basics import Child, button
from dashboard.i18n import Words, clock_text, day_text
from dashboard.pages.dialysis.board import weekday_letter
from dashboard.pages.dialysis.figures import compared, explained, tiles
from dashboard.pages.dialysis.frame import buttons, dialogs, picture
from dashboard.pages.dialysis.headline import headline
from dashboard.pages.dialysis.patient import weeks
from dashboard.pages.plan.faces import Face
from dashboard.pages.plan.here import PlanWords
from dashboard.pages.plan.rows import title_of
from planning.areas.dialysis_views import shift_name, zone_name
from planning.views import AppointmentView, PlanPage, RequestView
from planning.views.dialysis import DialysisRequestView


def facts(about: RequestView, words: Words) -> list[tuple[str, Child]]:
    """Zone, weekdays, own shift and station, due day, bed, transport."""
    if not isinstance(about, DialysisRequestView):
        return []
    language = words.language
    days = " ".join(weekday_letter(day, language) for day in about.weekdays)
    pairs: list[tuple[str, Child]] = [
        (words("about_zone"), zone_name(about.group, language)),
        (words("about_pattern"), f"{days} {shift_name(about.shift, language)}".strip() or "–"),
        (words("about_station"), about.station or "–"),
    ]
    if about.due is not None:
        pairs.append((words("about_due"), day_text(about.due, language)))
    if about.needs_bed:
        pairs.append((words("about_bed"), words("yes")))
    if about.transport:
        pairs.append((words("about_transport"), about.transport))
    return pairs


def sections(page: PlanPage, request: str, language: str) -> list[Child]:
    """The patient's weeks, and the best patterns on demand."""
    words = PlanWords(language)
    ask = button(words("patterns_ask"), id="patterns-ask", icon_name="slots")
    offers = html.Section(
        [html.H3(words("patterns")), html.P(words("patterns_what"), className="quiet"), ask, html.Div(id="patterns")],
        className="panel-section section-patterns",
    )
    return [*weeks(page, request, language), *([offers] if "PlaceInSlot" in page.allowed else [])]


def paper_cells(row: AppointmentView, page: PlanPage, words: Words) -> list[str]:
    """One session on paper."""
    about, language = row.about, words.language
    return [
        f"{clock_text(row.start, page.timezone)}–{clock_text(row.end, page.timezone)}",
        about.patient,
        title_of(about, language),
        Words("dashboard", language)(f"class_{about.rclass}"),
        zone_name(about.group, language),
    ]


FACE = Face(
    classes=("unstable", "new", "stable"),
    headline=headline,
    tiles=tiles,
    explained=explained,
    line=lambda about, language: f"{title_of(about, language)} · {zone_name(about.group, language)}",
    facts=facts,
    find=lambda about, language: f"{about.task} {title_of(about, language)} {zone_name(about.group, language)}".lower(),
    paper=("time", "patient", "what", "care", "zone"),
    paper_cells=paper_cells,
    picture=picture,
    buttons=buttons,
    dialogs=dialogs,
    sections=sections,
    compared=compared,
)
