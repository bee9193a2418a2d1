"""The requests without a place: why, at what price, ready to be dragged in. Drawn by assets/waiting.js: there may be thousands."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard.components.basics import Child, empty
from dashboard.i18n import Words, number_text
from dashboard.pages.plan.faces import face_here
from dashboard.pages.plan.here import PlanWords
from dashboard.pages.plan.rows import title_of
from hospital.wording import rule_name
from planning.views import PlanPage, UnplannedView


def waiting_list(page: PlanPage, language: str) -> list[Child]:
    """The place for the rows and the rows as values, dearest first."""
    words = PlanWords(language)
    if not page.unplanned:
        return [empty(words("waiting_none_title"), words("waiting_none_what"))]
    ordered = sorted(page.unplanned, key=lambda row: (-row.price, row.about.task))
    rows = [waiting_row(row, words) for row in ordered]
    more = words("cases_more", num="#")
    return [
        html.P(words("waiting_hint"), className="quiet"),
        html.Div(id="waiting-list"),
        dcc.Store(id="waiting-data", data={"rows": rows, "more": more}),
    ]


def waiting_row(row: UnplannedView, words: Words) -> dict[str, Any]:
    """One request as the script needs it."""
    about, common = row.about, Words("dashboard", words.language)
    name = title_of(about, words.language)
    rules = [rule_name(rule, words.language) for rule in row.rules if rule != "unplanned"]
    return {
        "id": about.task,
        "rclass": about.rclass,
        "letter": common(f"letter_{about.rclass}"),
        "className": common(f"class_{about.rclass}"),
        "name": name,
        "minutes": about.minutes,
        "length": common("minutes", num=about.minutes),
        "why": words("waiting_because", rules=", ".join(rules)) if rules else "",
        "price": words("waiting_price", price=number_text(row.price)),
        "find": face_here().find(about, words.language),
    }
