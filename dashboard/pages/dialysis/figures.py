"""The row of figures people know a unit by: hours given, days, shifts and stations kept, nurses, moved, without a place."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components.basics import Child, data
from dashboard.i18n import Words, number_text, short_time_text
from dashboard.pages.dialysis.shifts import all_shifts
from dashboard.pages.plan.here import PlanWords
from dashboard.pages.plan.rows import case_row
from planning.views import PlanPage

FIGURES = ("met", "kept", "nurses", "moved", "unplanned")
_SHOWN = 40


def tiles(page: PlanPage, language: str) -> list[Child]:
    """One tile a figure."""
    words, figures = PlanWords(language), page.figures
    short = sum(shift.is_short for shift in all_shifts(page))
    prescribed = number_text(round(figures.get("hours_prescribed", 0)))
    kept = " · ".join(_percent(figures.get(f"{name}_kept")) for name in ("day", "shift", "station"))
    bodies = {
        "met": (_percent(figures.get("met_share")), words("fig_met_note", num=prescribed)),
        "kept": (kept, words("fig_kept_note")),
        "nurses": (number_text(short), words("fig_nurses_note")),
        "moved": (
            number_text(figures.get("num_moved", 0)),
            words("fig_moved_note", num=number_text(figures.get("num_dropped", 0))),
        ),
        "unplanned": (number_text(len(page.unplanned)), words("fig_unplanned_note")),
    }
    return [_tile(key, words, *bodies[key]) for key in FIGURES]


def _percent(share: Any) -> str:
    return "–" if share is None else f"{share * 100:.1f} %"


def _tile(key: str, words: Words, number: str, note: str) -> html.Div:
    name = words(f"fig_{key}")
    what = words("what_is", name=name)
    help_button = html.Button(
        "?",
        id={"type": "figure", "name": key},
        n_clicks=0,
        className="tile-help",
        title=what,
        **data(aria_label=what),
    )
    size = "tile-number is-long" if len(number) > 9 else "tile-number"
    body = html.Div([html.Span(number, className=size), html.Span(note, className="tile-note")], className="tile-stack")
    return html.Div(
        [
            html.Div([html.Span(name), help_button], className="tile-head"),
            html.Div(body, className="tile-line"),
        ],
        className=f"tile tile-{key}",
    )


def explained(key: str, page: PlanPage, language: str) -> list[Child]:
    """What a figure means, and the cases it counts."""
    words = PlanWords(language)
    parts: list[Child] = [html.H2(words(f"fig_{key}")), html.P(words(f"def_{key}"), className="definition")]
    if key == "nurses":
        return [*parts, _nurse_table(page, words)]
    found = _cases(key, page, words)
    if found is None:
        return parts
    parts.append(html.H3(words("cases", num=number_text(len(found)))))
    parts += found[:_SHOWN] or [html.P(words("cases_none"), className="quiet")]
    if len(found) > _SHOWN:
        parts.append(html.P(words("cases_more", num=number_text(len(found) - _SHOWN)), className="quiet"))
    return parts


def _cases(key: str, page: PlanPage, words: Words) -> list[Child] | None:
    language, zone = words.language, page.timezone
    if key == "unplanned":
        rows = sorted(page.unplanned, key=lambda row: -row.price)
        return [case_row(row.about, words("points", num=number_text(row.price)), language) for row in rows]
    if key == "moved":
        return [
            case_row(row.about, f"{row.resource} {short_time_text(row.start, zone, language)}", language)
            for row in page.appointments
            if row.is_moved
        ]
    if key == "kept":
        return [
            case_row(row.about, f"{station} → {row.resource}", language)
            for row in page.appointments
            if (station := getattr(row.about, "station", "")) and station != row.resource
        ]
    return None


def _nurse_table(page: PlanPage, words: Words) -> html.Table:
    """The shifts that lack nurses, from now on."""
    heads = [html.Th(words(name)) for name in ("nurses_shift", "nurses_needed", "nurses_there")]
    rows = [
        html.Tr(
            [
                html.Td(f"{short_time_text(shift.start, page.timezone, words.language)} {shift.title(words.language)}"),
                html.Td(str(shift.nurses[0])),
                html.Td(str(shift.nurses[1])),
            ]
        )
        for shift in all_shifts(page)
        if shift.is_short and shift.end > page.now
    ]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="plain-table")


def compared(figures: Any) -> dict[str, float]:
    """The figures two versions are compared by."""
    missing = figures.get("num_sessions", 0) - figures.get("num_planned", 0)
    return {"fig_unplanned": missing, "fig_moved": figures.get("num_moved", 0)}
