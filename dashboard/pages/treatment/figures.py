"""The row of figures people know a department by: waits and late starts by priority, use of each linac, stretch, moved, without a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dash import html

from dashboard.components.basics import Child, class_badge, data
from dashboard.i18n import Words, number_text, short_time_text
from dashboard.pages.treatment.headline import left_out
from planning.views import AppointmentView, PlanPage, RequestView

CLASSES = ("p1", "p2", "p3")
FIGURES = ("wait", "late", "use", "stretch", "moved", "unplanned")
_SHOWN_CASES = 40


def tiles(page: PlanPage, language: str) -> list[Child]:
    """One tile a figure."""
    words = Words("treatment", language)
    courses, sessions = left_out(page)
    bodies: dict[str, Child] = {
        "wait": _by_priority({name: _days(row["mean"], words) for name, row in _waits(page).items()}, language),
        "late": _total(_late(page), language),
        "use": _use(page, words),
        "stretch": _number(
            _days(page.figures.get("stretch_days_mean", 0.0), words),
            words("fig_longest", num=page.figures.get("stretch_days_longest", 0)),
        ),
        "moved": _number(number_text(page.figures.get("num_moved", 0)), words("fig_moved_note")),
        "unplanned": _number(number_text(len(courses)), words("fig_sessions", num=len(sessions))),
    }
    return [_tile(key, words, bodies[key]) for key in FIGURES]


def _tile(key: str, words: Words, body: Child) -> html.Div:
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
    return html.Div(
        [html.Div([html.Span(name), help_button], className="tile-head"), body], className=f"tile tile-{key}"
    )


def _waits(page: PlanPage) -> Mapping[str, Mapping[str, Any]]:
    rows: Mapping[Any, Mapping[str, Any]] = page.figures.get("wait_days_by_priority", {})
    return {f"p{priority}": row for priority, row in rows.items()}


def _late(page: PlanPage) -> Mapping[str, int]:
    return {name: int(_waits(page).get(name, {}).get("num_late", 0)) for name in CLASSES}


def _days(days: float, words: Words) -> str:
    return Words("dashboard", words.language)("days", num=f"{days:.1f}")


def _by_priority(values: Mapping[str, str], language: str) -> Child:
    pairs = [
        html.Span(
            [class_badge(name, language), html.Span(values.get(name, "–"), className="tile-value")],
            className="tile-pair",
        )
        for name in CLASSES
    ]
    return html.Div(pairs, className="tile-pairs")


def _total(numbers: Mapping[str, int], language: str) -> Child:
    pairs = [
        html.Span(
            [class_badge(name, language), html.Span(number_text(number), className="tile-value")],
            className="tile-pair" if number else "tile-pair is-zero",
        )
        for name, number in numbers.items()
    ]
    whole = html.Span(number_text(sum(numbers.values())), className="tile-number")
    return html.Div([whole, html.Div(pairs, className="tile-small-pairs")], className="tile-line")


def _number(value: str, note: str) -> Child:
    parts = [html.Span(value, className="tile-number"), html.Span(note, className="tile-note")]
    return html.Div(html.Div(parts, className="tile-stack"), className="tile-line")


def _use(page: PlanPage, words: Words) -> Child:
    use: Mapping[str, float] = page.figures.get("used_by_linac", {})
    overtime: Mapping[str, int] = page.figures.get("overtime_min_by_linac", {})
    bars = [
        html.Span(
            html.Span(className="use-fill", style={"height": f"{min(100.0, share * 100):.0f}%"}),
            className="use-bar",
            title=f"{name}: {share * 100:.0f} %, +{overtime.get(name, 0)} min",
        )
        for name, share in use.items()
    ]
    mean = sum(use.values()) / len(use) if use else 0.0
    note = html.Span(words("fig_overtime", num=number_text(sum(overtime.values()))), className="tile-note")
    stack = html.Div([html.Span(f"{mean * 100:.0f} %", className="tile-number"), note], className="tile-stack")
    return html.Div([stack, html.Div(bars, className="use-bars")], className="tile-line")


def explained(key: str, page: PlanPage, language: str) -> list[Child]:
    """What a figure means, its parts, and the cases it counts."""
    words = Words("treatment", language)
    parts: list[Child] = [html.H2(words(f"fig_{key}")), html.P(words(f"def_{key}"), className="definition")]
    if key == "wait":
        parts.append(_wait_table(page, words))
    elif key == "use":
        parts.append(_use_table(page, words))
    found = list(_cases(key, page, language))
    if key in ("wait", "use"):
        return parts
    parts.append(html.H3(words("cases", num=number_text(len(found)))))
    parts += found[:_SHOWN_CASES] or [html.P(words("cases_none"), className="quiet")]
    if len(found) > _SHOWN_CASES:
        parts.append(html.P(words("cases_more", num=number_text(len(found) - _SHOWN_CASES)), className="quiet"))
    return parts


def _wait_table(page: PlanPage, words: Words) -> html.Table:
    names = ("class", "fig_mean", "fig_p90", "fig_most", "fig_late")
    rows = [
        [
            class_badge(name, words.language, is_long=True),
            _days(row["mean"], words),
            _days(row["p90"], words),
            _days(row["longest"], words),
            number_text(row["num_late"]),
        ]
        for name, row in _waits(page).items()
    ]
    return _table([words(name) for name in names], rows)


def _use_table(page: PlanPage, words: Words) -> html.Table:
    use: Mapping[str, float] = page.figures.get("used_by_linac", {})
    overtime: Mapping[str, int] = page.figures.get("overtime_min_by_linac", {})
    common = Words("dashboard", words.language)
    rows = [[name, f"{share * 100:.0f} %", common("minutes", num=overtime.get(name, 0))] for name, share in use.items()]
    return _table([words("linac"), words("fig_use"), words("overtime")], rows)


def _table(head: list[str], rows: Iterable[list[Child]]) -> html.Table:
    body = [html.Tr([html.Td(cell) for cell in row]) for row in rows]
    return html.Table(
        [html.Thead(html.Tr([html.Th(name) for name in head])), html.Tbody(body)], className="plain-table"
    )


def _cases(key: str, page: PlanPage, language: str) -> Iterable[Child]:
    """Rows for the courses a figure counts, worst first."""
    words = Words("treatment", language)
    if key == "unplanned":
        for left in sorted(page.unplanned, key=lambda row: (row.about.rclass, -row.price)):
            yield case(left.about, words("points", num=number_text(left.price)), language)
    elif key == "late":
        late = [row for row in page.appointments if row.late_min > 0 and row.about.session == 1]
        for row in sorted(late, key=lambda row: -row.late_min):
            yield case(row.about, words("days_late", num=-(-row.late_min // 1440)), language)
    elif key == "moved":
        for row in page.appointments:
            if row.moved_from is not None:
                yield case(row.about, _from_to(row, page, language), language)


def _from_to(row: AppointmentView, page: PlanPage, language: str) -> str:
    old = row.moved_from
    assert old is not None
    before, after = (short_time_text(when, page.timezone, language) for when in (old.start, row.start))
    return f"{old.resource} {before} → {row.resource} {after}"


def case(about: RequestView, note: str, language: str) -> html.Button:
    """A course or session as one line that opens it."""
    title = about.title_zh if language == "zh" else about.title_en
    line = [
        class_badge(about.rclass, language),
        html.Span(about.task, className="case-id"),
        html.Span(title, className="case-name"),
        html.Span(note, className="case-note"),
    ]
    return html.Button(line, className="case", **data(choose=about.task))
