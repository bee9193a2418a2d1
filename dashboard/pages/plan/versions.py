"""Which version is on the screen, what it is worth, and what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.components.basics import Child, button, icon, tag
from dashboard.i18n import Words, number_text, short_time_text
from dashboard.pages.plan.faces import face_here
from dashboard.pages.plan.here import PlanWords
from dashboard.pages.plan.rows import case_row
from hospital.plans import PlanStatus
from hospital.wording import rule_name
from planning.views import MovedRow, PlaceView, PlanDifference, PlanPage, VersionRow

STATUS_KIND = {
    PlanStatus.DRAFT: "accent",
    PlanStatus.SUBMITTED: "warn",
    PlanStatus.PUBLISHED: "good",
    PlanStatus.SUPERSEDED: "plain",
    PlanStatus.REJECTED: "bad",
}

_SHOWN = 40
_SAYS_NOTHING = 0.995
"""A share still to gain from which on the bound is no news."""


def act(name: str) -> dict[str, str]:
    """Id of a button that does something; see acts.py."""
    return {"type": "act", "name": name}


def version_bar(page: PlanPage, language: str, *, actor_name: str) -> list[Child]:
    """One line: number and state, author or approver, worth, and the buttons that fit its state and the person."""
    version, words = page.version, PlanWords(language)
    if version is None:
        return []
    left: list[Child] = [
        html.Strong(words("version", number=version.number)),
        status_tag(version.status, language),
        html.Span(origin_text(version, page, words), className="quiet"),
    ]
    left += [html.Span(text, className="version-fact") for text in _worth(page, words)]
    return [
        html.Div(left, className="version-left"),
        html.Div([*_elsewhere(page, words), *_buttons(page, words, actor_name)], className="version-right"),
    ]


def status_tag(status: PlanStatus, language: str) -> html.Span:
    """The state in words and colour."""
    return tag(Words("dashboard", language)(f"plan_{status.value}"), kind=STATUS_KIND[status])


def origin_text(version: VersionRow, page: PlanPage, words: Words) -> str:
    """Who made, sent or approved it, and when."""
    created = short_time_text(version.created, page.timezone, words.language)
    if version.published is not None:
        published = short_time_text(version.published, page.timezone, words.language)
        if version.is_same_day:
            return words("version_same_day", author=version.approver or version.author, time=published)
        return words("version_in_force", time=published, approver=version.approver or version.author)
    if version.status is PlanStatus.SUBMITTED:
        return words("version_waiting", author=version.author)
    if version.status is PlanStatus.REJECTED:
        return words("version_rejected", reason=version.reason)
    return words("version_by", author=version.author, time=created)


def _worth(page: PlanPage, words: Words) -> list[str]:
    facts = [words("version_cost", cost=number_text(round(page.cost)))]
    if page.is_optimal:
        facts.append(words("version_optimal"))
    elif page.gap is not None and page.gap < _SAYS_NOTHING:
        facts.append(words("version_bound", gap=f"{page.gap * 100:.1f}"))
    is_open = page.version is not None and page.version.status in (PlanStatus.DRAFT, PlanStatus.SUBMITTED)
    if is_open and page.version is not None and page.version.num_moved:
        facts.append(words("version_moved", num=page.version.num_moved))
    return facts


def _elsewhere(page: PlanPage, words: Words) -> list[Child]:
    assert page.version is not None
    if page.version.number != page.head:
        return [
            button(
                words("show_newest", number=page.head), id={"type": "show-version", "number": page.head}, kind="quiet"
            )
        ]
    if page.published and page.published != page.version.number:
        return [
            button(
                words("show_in_force", number=page.published),
                id={"type": "show-version", "number": page.published},
                kind="quiet",
            )
        ]
    return []


def _buttons(page: PlanPage, words: Words, actor_name: str) -> list[Child]:
    version, allowed = page.version, page.allowed
    assert version is not None
    is_author = version.author == actor_name
    buttons: list[Child] = []
    if version.status is PlanStatus.DRAFT:
        if "PublishSameDay" in allowed:
            buttons.append(
                button(words("publish_today"), id={"type": "ask", "name": "publish_today"}, icon_name="publish")
            )
        if "SubmitDraft" in allowed:
            buttons.append(button(words("submit"), id=act("submit"), icon_name="send", kind="accent"))
    if version.status in (PlanStatus.DRAFT, PlanStatus.SUBMITTED) and "RejectDraft" in allowed:
        buttons.insert(0, button(words("reject"), id={"type": "ask", "name": "reject"}, icon_name="close"))
    if version.status is PlanStatus.SUBMITTED and "ApproveDraft" in allowed and not is_author:
        buttons.append(button(words("approve"), id=act("approve"), icon_name="check", kind="accent"))
    if (
        version.status is PlanStatus.PUBLISHED
        and version.is_same_day
        and not version.is_reviewed
        and "ReviewSameDay" in allowed
    ):
        buttons.append(button(words("review"), id=act("review"), icon_name="check", kind="accent"))
    if version.number == page.head and version.base is not None and "UndoVersion" in allowed:
        buttons.insert(
            0, button("", id={"type": "ask", "name": "undo_version"}, icon_name="undo", title=words("undo_version"))
        )
    return buttons


def version_list(rows: tuple[VersionRow, ...], page: PlanPage, language: str) -> list[Child]:
    """All versions, newest first; a click shows one, the sign beside it compares it with the one on the screen."""
    words = PlanWords(language)
    if not rows:
        return [html.P(words("versions_none"), className="quiet")]
    shown: list[Child] = [_version_row(row, page, words) for row in rows[:_SHOWN]]
    if len(rows) > _SHOWN:
        shown.append(html.P(words("cases_more", num=number_text(len(rows) - _SHOWN)), className="quiet"))
    return shown


def _version_row(row: VersionRow, page: PlanPage, words: Words) -> html.Div:
    is_shown = page.version is not None and page.version.number == row.number
    head = html.Div(
        [
            html.Strong(words("version", number=row.number)),
            status_tag(row.status, words.language),
            html.Span(number_text(round(row.cost)), className="case-note"),
        ],
        className="version-line",
    )
    foot = html.Div(f"{words('origin_' + row.origin)} · {origin_text(row, page, words)}", className="quiet")
    open_button = html.Button(
        [head, foot], id={"type": "show-version", "number": row.number}, n_clicks=0, className="version-open"
    )
    compare = (
        []
        if is_shown
        else [
            html.Button(
                icon("compare"),
                id={"type": "compare", "number": row.number},
                n_clicks=0,
                className="icon-button",
                title=words("compare"),
            )
        ]
    )
    return html.Div([open_button, *compare], className="version-row is-shown" if is_shown else "version-row")


def difference(diff: PlanDifference, page: PlanPage, language: str) -> list[Child]:
    """Two versions side by side: who is touched, and what it costs by rule."""
    words = PlanWords(language)
    parts: list[Child] = [
        html.H2(words("compare_title", a=diff.before.number, b=diff.after.number)),
        _figure_table(diff, words),
        _cost_table(diff, words),
    ]
    for key, rows in (("moved", diff.moved), ("added", diff.added), ("dropped", diff.dropped)):
        if rows:
            parts.append(html.H3(words(f"compare_{key}", num=number_text(len(rows)))))
            parts += [_moved_row(row, page, words) for row in rows[:_SHOWN]]
            if len(rows) > _SHOWN:
                parts.append(html.P(words("cases_more", num=len(rows) - _SHOWN), className="quiet"))
    if not (diff.moved or diff.added or diff.dropped):
        parts.append(html.P(words("compare_same"), className="quiet"))
    return parts


def _moved_row(row: MovedRow, page: PlanPage, words: Words) -> html.Button:
    return case_row(
        row.about, f"{place_text(row.old, page, words)} → {place_text(row.new, page, words)}", words.language
    )


def place_text(place: PlaceView | None, page: PlanPage, words: Words) -> str:
    """Resource and time, or that there is none."""
    return places_text((place,) if place else (), page, words)


def places_text(places: Sequence[PlaceView], page: PlanPage, words: Words) -> str:
    """The first of several places and how many more, or that there is none."""
    if not places:
        return words("call_gone")
    first = f"{places[0].resource} {short_time_text(places[0].start, page.timezone, words.language)}"
    return first if len(places) == 1 else words("places_more", first=first, num=len(places) - 1)


def _figure_table(diff: PlanDifference, words: Words) -> html.Table:
    """The figures people know the plan by, before and after."""
    before, after = (_figures(figures) for figures in (diff.figures_before, diff.figures_after))
    rows = [_cost_row(words(name), before[name], after[name]) for name in before]
    return html.Table([_heads(diff, words("compare_figure")), html.Tbody(rows)], className="plain-table")


def _figures(figures: Mapping[str, Any]) -> dict[str, float]:
    return face_here().compared(figures)


def _heads(diff: PlanDifference, name: str) -> html.Thead:
    return html.Thead(
        html.Tr([html.Th(name), html.Th(str(diff.before.number)), html.Th(str(diff.after.number)), html.Th("±")])
    )


def _cost_table(diff: PlanDifference, words: Words) -> html.Table:
    before, after = diff.cost_by_rule_before, diff.cost_by_rule_after
    rules = sorted({*before, *after}, key=lambda rule: -abs(after.get(rule, 0.0) - before.get(rule, 0.0)))
    rows = [
        _cost_row(rule_name(rule, words.language), before.get(rule, 0.0), after.get(rule, 0.0))
        for rule in rules
        if before.get(rule) or after.get(rule)
    ]
    total = _cost_row(words("job_cost"), diff.cost_before, diff.cost_after)
    return html.Table([_heads(diff, words("compare_rule")), html.Tbody([total, *rows])], className="plain-table")


def _cost_row(name: str, before: float, after: float) -> html.Tr:
    change = after - before
    kind = "is-better" if change < -0.5 else "is-worse" if change > 0.5 else ""
    return html.Tr(
        [
            html.Td(name),
            html.Td(number_text(round(before))),
            html.Td(number_text(round(after))),
            html.Td(f"{change:+,.0f}" if round(change) else "0", className=kind),
        ]
    )
