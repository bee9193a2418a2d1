"""Imaging's own parts of the plan page: classes of patients, wards, needs, emergencies."""

from __future__ import annotations

from dashboard.components.basics import Child, button
from dashboard.i18n import Words, clock_text
from dashboard.pages.imaging.figures import CLASSES, compared, explained, tiles
from dashboard.pages.imaging.headline import headline
from dashboard.pages.imaging.urgent import urgent_dialog
from dashboard.pages.plan.faces import Face
from dashboard.pages.plan.rows import title_of
from hospital.wording import word
from planning.views import AppointmentView, ImagingRequestView, PlanPage, RequestView


def ward_of(about: RequestView, language: str) -> str:
    """The ward that asked."""
    return word("ward", about.ward, language) if isinstance(about, ImagingRequestView) else ""


def needs_of(about: RequestView, words: Words) -> list[str]:
    """What the patient needs at the examination."""
    if not isinstance(about, ImagingRequestView):
        return []
    wanted = (("isolation", about.is_isolated), ("sedation", about.is_sedated), ("fasting", about.is_fasting))
    return [words(f"need_{key}") for key, is_on in wanted if is_on]


def mobility_of(about: RequestView, language: str) -> str:
    """How the patient comes."""
    return Words("dashboard", language)(f"mobility_{about.mobility}") if isinstance(about, ImagingRequestView) else ""


def facts(about: RequestView, words: Words) -> list[tuple[str, Child]]:
    """Mobility and needs."""
    pairs: list[tuple[str, Child]] = [(words("about_mobility"), mobility_of(about, words.language))]
    needs = needs_of(about, words)
    return [*pairs, (words("about_needs"), ", ".join(needs))] if needs else pairs


def find(about: RequestView, language: str) -> str:
    """Request, patient, examination, ward."""
    ward = about.ward if isinstance(about, ImagingRequestView) else ""
    return f"{about.request} {about.patient} {title_of(about, language)} {ward} {ward_of(about, language)}".lower()


def paper_cells(row: AppointmentView, page: PlanPage, words: Words) -> list[str]:
    """One appointment on paper."""
    about, language = row.about, words.language
    return [
        f"{clock_text(row.start, page.timezone)}–{clock_text(row.end, page.timezone)}",
        Words("dashboard", language)(f"letter_{about.rclass}"),
        about.patient,
        title_of(about, language),
        ward_of(about, language),
        mobility_of(about, language),
        ", ".join(needs_of(about, words)),
    ]


FACE = Face(
    classes=CLASSES,
    headline=headline,
    tiles=tiles,
    explained=explained,
    line=lambda about, language: ward_of(about, language) or "–",
    facts=facts,
    find=find,
    paper=("time", "class", "patient", "what", "ward", "mobility", "needs"),
    paper_cells=paper_cells,
    buttons=lambda words: [button(words("emergency"), id="urgent-open", icon_name="siren")],
    dialogs=lambda words, page: [urgent_dialog(words, page)],
    compared=compared,
)
