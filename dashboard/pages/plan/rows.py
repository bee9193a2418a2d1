"""A visit as one line of a list."""

from __future__ import annotations

from dash import html

from dashboard.components.basics import class_badge, data
from planning.views import RequestView


def title_of(about: RequestView, language: str) -> str:
    """What is done, in the person's language."""
    return (about.title_zh if language == "zh" else about.title_en) or about.title_en


def case_row(about: RequestView, note: str, language: str) -> html.Button:
    """A visit as one line that opens it."""
    line = [
        class_badge(about.rclass, language),
        html.Span(about.task, className="case-id"),
        html.Span(title_of(about, language), className="case-name"),
        html.Span(note, className="case-note"),
    ]
    return html.Button(line, className="case", **data(choose=about.task))
