"""The row of figures: each with its definition and its cases one click away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html

from dashboard.components.basics import Child, class_badge, data
from dashboard.i18n import Words, hours_text, number_text, short_time_text
from dashboard.pages.plan.here import PlanWords
from dashboard.pages.plan.rows import case_row
from dashboard.pages.plan.timeline import scanner_label
from planning.views import AppointmentView, PlanPage

CLASSES = ("emergency", "inpatient", "outpatient", "check_up")
FIGURES = ("wait", "late", "use", "changeovers", "moved", "unplanned")
_SHOWN_CASES = 40


def tiles(page: PlanPage, language: str) -> list[Child]:
    """One tile a figure."""
    words = PlanWords(language)
    bodies = {
        "wait": _wait(page.figures, language),
        "late": _by_class(page.figures.get("late_by_class", {}), language),
        "use": _use(page, words),
        "changeovers": _number(page.figures.get("num_changeovers", 0)),
        "moved": _moved(page.figures, words),
        "unplanned": _by_class(page.figures.get("num_unplanned_by_class", {}), language, total=len(page.unplanned)),
    }
    return [_tile(key, words, bodies[key]) for key in FIGURES]


def _tile(key: str, words: Words, body: list[Child]) -> html.Div:
    name = words(f"fig_{key}")
    help_button = html.Button(
        "?",
        id={"type": "figure", "name": key},
        n_clicks=0,
        className="tile-help",
        title=words("what_is", name=name),
        **data(aria_label=words("what_is", name=name)),
    )
    return html.Div(
        [html.Div([html.Span(name), help_button], className="tile-head"), *body], className=f"tile tile-{key}"
    )


def _wait(figures: Mapping[str, Any], language: str) -> list[Child]:
    waits: Mapping[str, Mapping[str, float]] = figures.get("wait_h_by_class", {})
    cells: list[Child] = []
    for name in CLASSES:
        wait = waits.get(name)
        mean = hours_text(wait["mean"], language) if wait and wait.get("num") else "–"
        cells.append(
            html.Span([class_badge(name, language), html.Span(mean, className="tile-value")], className="tile-pair")
        )
    return [html.Div(cells, className="tile-pairs")]


def _by_class(counts: Mapping[str, Any], language: str, *, total: int | None = None) -> list[Child]:
    numbers = {name: count(counts.get(name, 0)) for name in CLASSES}
    pairs = [
        html.Span(
            [class_badge(name, language), html.Span(number_text(number), className="tile-value")],
            className="tile-pair" if number else "tile-pair is-zero",
        )
        for name, number in numbers.items()
    ]
    whole = sum(numbers.values()) if total is None else total
    return [
        html.Div(
            [
                html.Span(number_text(whole), className="tile-number" if whole < 1000 else "tile-number is-long"),
                html.Div(pairs, className="tile-small-pairs"),
            ],
            className="tile-line",
        )
    ]


def count(value: Any) -> int:
    """A number given plain or inside a row."""
    return int(value.get("num", 0)) if isinstance(value, Mapping) else int(value)


def _number(value: float) -> list[Child]:
    return [html.Div(html.Span(number_text(value), className="tile-number"), className="tile-line")]


def _moved(figures: Mapping[str, Any], words: Words) -> list[Child]:
    displaced = int(figures.get("num_displaced", 0))
    note = html.Span(words("fig_displaced", num=displaced), className="tile-note is-warn" if displaced else "tile-note")
    number = html.Span(number_text(figures.get("num_moved", 0)), className="tile-number")
    return [html.Div([html.Div([number, note], className="tile-stack")], className="tile-line")]


def _use(page: PlanPage, words: Words) -> list[Child]:
    use: Mapping[str, float] = page.figures.get("utilisation_by_scanner", {})
    overtime: Mapping[str, float] = page.figures.get("overtime_min_by_scanner", {})
    bars = [
        _use_bar(scanner_label(scanner, words.language), use.get(scanner.id, 0.0), overtime.get(scanner.id, 0.0))
        for scanner in page.resources
    ]
    mean = sum(use.values()) / len(use) if use else 0.0
    note = html.Span(words("fig_overtime", num=number_text(sum(overtime.values()))), className="tile-note")
    return [
        html.Div(
            [
                html.Div([html.Span(f"{mean * 100:.0f} %", className="tile-number"), note], className="tile-stack"),
                html.Div(bars, className="use-bars"),
            ],
            className="tile-line",
        )
    ]


def _use_bar(name: str, share: float, overtime_min: float) -> html.Span:
    fill = html.Span(className="use-fill", style={"height": f"{min(100.0, share * 100):.0f}%"})
    extra = [html.Span(className="use-overtime")] if overtime_min else []
    return html.Span([*extra, fill], className="use-bar", title=f"{name}: {share * 100:.0f} %, +{overtime_min:.0f} min")


def explained(key: str, page: PlanPage, language: str) -> list[Child]:
    """What a figure means, its parts, and the cases it counts."""
    words = PlanWords(language)
    parts: list[Child] = [html.H2(words(f"fig_{key}")), html.P(words(f"def_{key}"), className="definition")]
    if key == "wait":
        parts.append(_wait_table(page.figures.get("wait_h_by_class", {}), words))
    elif key == "use":
        parts.append(_use_table(page, words))
    found = cases(key, page, language)
    if found is None:
        return parts
    parts.append(html.H3(words("cases", num=number_text(len(found)))))
    if not found:
        parts.append(html.P(words("cases_none"), className="quiet"))
    parts += found[:_SHOWN_CASES]
    if len(found) > _SHOWN_CASES:
        parts.append(html.P(words("cases_more", num=number_text(len(found) - _SHOWN_CASES)), className="quiet"))
    return parts


def _wait_table(waits: Mapping[str, Mapping[str, float]], words: Words) -> html.Table:
    head = html.Tr(
        [
            html.Th(words("class")),
            html.Th(words("fig_mean")),
            html.Th(words("fig_p90")),
            html.Th(words("about_patient")),
        ]
    )
    rows = [
        html.Tr(
            [
                html.Td(class_badge(name, words.language, is_long=True)),
                html.Td(hours_text(wait["mean"], words.language)),
                html.Td(hours_text(wait["p90"], words.language)),
                html.Td(number_text(wait["num"])),
            ]
        )
        for name, wait in ((name, waits.get(name)) for name in CLASSES)
        if wait and wait.get("num")
    ]
    return html.Table([html.Thead(head), html.Tbody(rows)], className="plain-table")


def _use_table(page: PlanPage, words: Words) -> html.Table:
    use: Mapping[str, float] = page.figures.get("utilisation_by_scanner", {})
    overtime: Mapping[str, float] = page.figures.get("overtime_min_by_scanner", {})
    head = html.Tr([html.Th(words("scanner")), html.Th(words("use")), html.Th(words("overtime"))])
    rows = [
        html.Tr(
            [
                html.Td(scanner_label(s, words.language)),
                html.Td(f"{use.get(s.id, 0.0) * 100:.0f} %"),
                html.Td(Words("dashboard", words.language)("minutes", num=f"{overtime.get(s.id, 0):.0f}")),
            ]
        )
        for s in page.resources
    ]
    return html.Table([html.Thead(head), html.Tbody(rows)], className="plain-table")


def compared(figures: Mapping[str, Any]) -> dict[str, float]:
    """The figures two versions are compared by."""
    return {
        "fig_unplanned": sum(map(count, figures.get("num_unplanned_by_class", {}).values())),
        "fig_late": sum(map(count, figures.get("late_by_class", {}).values())),
        "compare_overtime": sum(figures.get("overtime_min_by_scanner", {}).values()),
        "fig_changeovers": figures.get("num_changeovers", 0),
    }


def cases(key: str, page: PlanPage, language: str) -> list[Child] | None:
    """Rows for the requests a figure counts, worst first; None for a figure that counts no single requests."""
    words = PlanWords(language)
    if key == "unplanned":
        return [
            case_row(row.about, words("points", num=number_text(row.price)), language)
            for row in sorted(page.unplanned, key=lambda row: -row.price)
        ]
    chosen: list[tuple[AppointmentView, str]] = []
    if key == "late":
        late = sorted((row for row in page.appointments if row.late_min > 0), key=lambda row: -row.late_min)
        chosen = [(row, words("is_late", time=hours_text(row.late_min / 60, language))) for row in late]
    elif key == "wait":
        chosen = [
            (row, hours_text(row.wait_h, language)) for row in sorted(page.appointments, key=lambda row: -row.wait_h)
        ]
    elif key == "moved":
        moved = [row for row in page.appointments if row.moved_from]
        chosen = [(row, _from_to(row, page, language)) for row in moved]
    else:
        return None
    return [case_row(row.about, note, language) for row, note in chosen]


def _from_to(row: AppointmentView, page: PlanPage, language: str) -> str:
    old = row.moved_from
    assert old is not None
    zone = page.timezone
    return f"{old.resource} {short_time_text(old.start, zone, language)} → {row.resource} {short_time_text(row.start, zone, language)}"
