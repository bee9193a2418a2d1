"""The three notes of a first visit, chosen by what the person may do. assets/tour.js shows them once in a browser."""

from __future__ import annotations

from dash import html

from dashboard.components.basics import data
from dashboard.i18n import Words
from dashboard.pages.plan.here import area_here

_TARGETS = {
    "look": "#plan-headline",
    "timeline": "#plan-timeline",
    "ask": "#plan-side-tabs",
    "solve": "#solve",
    "approve": "#plan-version-bar",
}


def steps_for(allowed: frozenset[str]) -> tuple[str, ...]:
    """Which notes: the first line for everybody, then what the role does most."""
    if "ApproveDraft" in allowed:
        return "look", "timeline", "approve"
    if "RequestSolve" in allowed:
        return "look", "timeline", "solve"
    return "look", "timeline", "ask"


def tour(words: Words, allowed: frozenset[str]) -> html.Div:
    """The notes as hidden text: title, sentence, and what each stands beside."""
    names = steps_for(allowed)
    can_move = "MoveAppointment" in allowed
    steps = [
        html.P(
            words("tour_timeline_look" if name == "timeline" and not can_move else f"tour_{name}"),
            **data(target=_TARGETS[name], title=words(f"tour_{name}_title")),
        )
        for name in names
    ]
    said = data(
        tour_steps="yes",
        tour_name=f"{area_here()}.{names[-1]}",
        next=words("tour_next"),
        skip=words("tour_skip"),
        end=words("tour_end"),
    )
    return html.Div(steps, hidden=True, **said)
