"""The Operations page: what goes wrong today, and what can I still do?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard.auth import current_actor
from dashboard.components.basics import Child, button, class_badge, data, empty, icon, tag
from dashboard.i18n import Words, clock_text, hours_text, number_text, short_time_text, weekday
from hospital.texts import say
from planning.actors import Actor
from planning.app import Application
from planning.queries import Operations, ReviewList
from planning.views import AlertView, AreaRow, OperationsPage, ReviewRow, RowFigure, VersionRow

ASKS = Operations
_FULL, _BUSY = 0.95, 0.85
_DAYS = 7
"""Days shown of an area's horizon, from this week's Monday."""


def stores() -> list[Any]:
    """Nothing is remembered here."""
    return []


def layout(application: Application, actor: Actor) -> Any:
    """The page, drawn anew every half minute."""
    return html.Div(
        [dcc.Interval(id="operations-poll", interval=30_000), html.Div(draw(application, actor), id="operations-body")],
        className="plain-page",
    )


def register(app: Dash, application: Application) -> None:
    """Keep it fresh; a draft opens on its own page."""

    @app.callback(
        Output("operations-body", "children"), Input("operations-poll", "n_intervals"), prevent_initial_call=True
    )
    def refresh(_count: int) -> Any:
        return draw(application, current_actor())

    @app.callback(
        Output("plan-version", "data", allow_duplicate=True),
        Output("url", "pathname", allow_duplicate=True),
        Input({"type": "open-draft", "area": ALL, "number": ALL}, "n_clicks"),
        State("url", "pathname"),
        prevent_initial_call=True,
    )
    def open_draft(_clicks: list[int], _path: str) -> Any:
        if not ctx.triggered or not ctx.triggered[0]["value"]:
            return no_update, no_update
        return ctx.triggered_id["number"], f"/{ctx.triggered_id['area']}"


def draw(application: Application, actor: Actor) -> list[Child]:
    """Everything below the frame."""
    page: OperationsPage = application.ask(actor, Operations())
    words = Words("operations", actor.language)
    zone, areas = page.site.timezone, set_up(page)
    drafts = [_draft(draft, area.area, zone, words) for area in areas for draft in area.drafts]
    reviews = [
        _review(row, area.area, zone, words)
        for area in areas
        for row in application.ask(actor, ReviewList(area=area.area))
        if not row.is_reviewed
    ]
    return [
        html.H1(headline(page, words), className="headline"),
        *[_area(area, page, words) for area in areas],
        *[_no_data(area, words) for area in page.areas if area not in areas],
        html.Div(
            [
                _card(words("alerts"), _alerts(alerts_of(areas), zone, words)),
                _card(words("drafts"), [*(drafts or _none(words("drafts_none"))), *reviews]),
                _card(words("yesterday"), _yesterday(areas, words)),
            ],
            className="cards",
        ),
    ]


def set_up(page: OperationsPage) -> tuple[AreaRow, ...]:
    """The areas that have resources; the first one where none has, so that there is somewhere to begin."""
    return tuple(area for area in page.areas if area.is_set_up) or page.areas[:1]


def alerts_of(areas: Sequence[AreaRow]) -> list[tuple[str, AlertView]]:
    """Area and alert, the urgent ones first."""
    found = [(area.area, alert) for area in areas for alert in area.alerts]
    return sorted(found, key=lambda pair: not pair[1].is_urgent)


def headline(page: OperationsPage, words: Words) -> str:
    """The first line: what needs somebody, and what is full."""
    areas = set_up(page)
    alerts = alerts_of(areas)
    full = [(area.area, group, until) for area in areas for group, until in area.full_until.items()]
    first = _with_area(*alerts[0], words, is_alone=len(areas) == 1) if alerts else ""
    key = "headline_calm" if not alerts else "headline_one" if len(alerts) == 1 else "headline_alerts"
    sentences = [words(key, num=len(alerts), first=first)]
    if full:
        area, group, until = max(full, key=lambda row: row[2])
        sentences.append(
            words(
                "headline_full",
                area=words(f"area_{area}"),
                group=group_name(group, words.language),
                time=clock_text(until, page.site.timezone),
            )
        )
    else:
        sentences.append(words("headline_no_full"))
    return (" " if words.language == "en" else "").join(sentences)


def alert_text(alert: AlertView, language: str) -> str:
    """The alert's sentence."""
    return say(f"planning.alert_{alert.id}", language, **alert.values)


def _with_area(area: str, alert: AlertView, words: Words, *, is_alone: bool = False) -> str:
    """The alert's sentence, its area named where there are several."""
    text = alert_text(alert, words.language)
    return text if is_alone else words("of_area", area=words(f"area_{area}"), text=text)


def group_name(group: str, language: str) -> str:
    """A zone as people say it; modalities and linacs go by their own names."""
    zones = Words("planning", language)
    return zones(f"zone_{group}") if zones.known(f"zone_{group}") else group


def _card(title: str, children: list[Child]) -> html.Section:
    return html.Section([html.H2(title), *children], className="card")


def _none(text: str) -> list[Child]:
    return [html.P(text, className="quiet")]


def _name(area: AreaRow, words: Words, *, href: str = "") -> dcc.Link:
    parts = [icon(area.area), html.Span(words(f"area_{area.area}")), icon("right")]
    return dcc.Link(parts, href=href or f"/{area.area}", className="area-name")


def _no_data(area: AreaRow, words: Words) -> html.Section:
    """One line for an area nobody has set up here."""
    line = html.P(words("no_data"), className="quiet")
    return html.Section(
        html.Div([_name(area, words, href="/data"), line], className="area-head"), className="card area"
    )


def _area(area: AreaRow, page: OperationsPage, words: Words) -> html.Section:
    zone, monday = page.site.timezone, page.now.date() - timedelta(days=page.now.weekday())
    hours = [(clock_text(hour, zone)[:2], share) for hour, share in area.next_hours]
    days = [(weekday(day, words.language), share) for day, share in area.by_day if day >= monday][:_DAYS]
    return html.Section(
        [
            html.Div(
                [_name(area, words), html.P(_plan(area.in_force, zone, words), className="quiet")],
                className="area-head",
            ),
            html.Div(
                [
                    _cell(
                        words("load_now"),
                        [html.Span(f"{area.load_now * 100:.0f} %", className="tile-number")],
                        hint=words("definition_load"),
                    ),
                    _cell(words("next_hours"), [_bars(hours)], is_wide=True),
                    _cell(words("week"), [_bars(days)], is_wide=True),
                    *[
                        _cell(words(f"figure_{figure.id}"), [_figure(figure, words.language)])
                        for figure in area.figures
                    ],
                    _cell(words("num_unplanned"), [_count(area.num_unplanned)]),
                    _cell(words("num_open_calls"), [_count(area.num_open_calls)]),
                ],
                className="area-cells",
            ),
            html.Div(
                [html.Span(words(f"today_{area.area}"), className="quiet"), *_groups(area, zone, words)],
                className="area-modalities",
            ),
        ],
        className="card area",
    )


def _plan(version: VersionRow | None, zone: str, words: Words) -> str:
    if version is None or version.published is None:
        return words("plan_none")
    when = short_time_text(version.published, zone, words.language)
    if version.is_same_day:
        return words("plan_same_day", number=version.number, author=version.approver or version.author, time=when)
    return words("plan_by", number=version.number, approver=version.approver or version.author, time=when)


def _cell(title: str, children: list[Child], *, is_wide: bool = False, hint: str = "") -> html.Div:
    head = html.Div(title, className="tile-head", title=hint or None)
    return html.Div([head, *children], className="area-cell is-wide" if is_wide else "area-cell")


def _count(number: int) -> html.Span:
    return html.Span(number_text(number), className="tile-number" if number else "tile-number is-zero")


def _bars(values: list[tuple[str, float]]) -> html.Div:
    """Shares as columns, each with its label and its number: colour is never alone."""
    columns = []
    for label, share in values:
        kind = "is-full" if share >= _FULL else "is-busy" if share >= _BUSY else ""
        fill = html.Div(className=f"bar-fill {kind}", style={"height": f"{min(100.0, share * 100):.0f}%"})
        columns.append(
            html.Div(
                [
                    html.Span(f"{share * 100:.0f}", className="bar-number"),
                    html.Div(fill, className="bar-track"),
                    html.Span(label, className="bar-label"),
                ],
                className="bar-column",
            )
        )
    return html.Div(columns, className="bar-columns")


def _figure(figure: RowFigure, language: str) -> Child:
    """One number, or one for each class behind its badge."""
    if list(figure.values) == [""]:
        number = figure.values[""]
        return (
            _count(int(number))
            if figure.unit == "count"
            else html.Span(_amount(number, figure.unit, language), className="tile-number")
        )
    pairs = [
        html.Span(
            [class_badge(name, language), html.Span(_amount(number, figure.unit, language), className="tile-value")],
            className="tile-pair",
        )
        for name, number in figure.values.items()
    ]
    return html.Div(pairs, className="tile-pairs")


def _amount(number: float, unit: str, language: str) -> str:
    """A number in its unit."""
    if unit == "hours":
        return hours_text(number, language)
    if unit == "share":
        return f"{number * 100:.0f} %"
    return say(
        f"operations.unit_{unit}", language, num=f"{number:.1f}" if unit == "days" else number_text(round(number))
    )


def _groups(area: AreaRow, zone: str, words: Words) -> list[Child]:
    found: list[Child] = []
    for name, share in area.load_by_group_today.items():
        until = area.full_until.get(name)
        text = f"{group_name(name, words.language)} {share * 100:.0f} %"
        if until is not None:
            text = f"{text} · {words('full_until', time=clock_text(until, zone))}"
        found.append(tag(text, kind="warn" if until is not None or share >= _FULL else "plain"))
    return found


def _alerts(alerts: list[tuple[str, AlertView]], zone: str, words: Words) -> list[Child]:
    if not alerts:
        return [empty(words("alerts_none_title"), words("alerts_none_what"))]
    return [_alert(area, alert, zone, words) for area, alert in alerts]


def _alert(area: str, alert: AlertView, zone: str, words: Words) -> html.Div:
    role = say(f"dashboard.role_{alert.owner.value}", words.language)
    details: list[Child] = [tag(words(f"area_{area}"), kind="accent"), tag(words("alert_owner", role=role))]
    if alert.due is not None:
        details.append(
            tag(_due(alert.due, zone, words), kind="warn" if alert.is_urgent else "plain", icon_name="clock")
        )
    text = html.Span([icon("alert"), html.Span(alert_text(alert, words.language))], className="alert-text")
    return html.Div(
        [text, html.Div(details, className="tags")], className="todo is-urgent" if alert.is_urgent else "todo"
    )


def _due(due: datetime, zone: str, words: Words) -> str:
    return words("alert_due", time=short_time_text(due, zone, words.language))


def _draft(draft: VersionRow, area: str, zone: str, words: Words) -> html.Div:
    text = words(
        "draft_line",
        number=draft.number,
        author=draft.author,
        time=short_time_text(draft.created, zone, words.language),
        cost=number_text(round(draft.cost)),
        moved=draft.num_moved,
        unplanned=draft.num_unplanned,
    )
    said = html.Div([tag(words(f"area_{area}"), kind="accent"), html.Span(text)])
    return html.Div([said, _look(area, draft.number, words)], className="todo")


def _look(area: str, number: int, words: Words) -> Child:
    return button(words("open_draft"), id={"type": "open-draft", "area": area, "number": number}, kind="accent")


def _review(row: ReviewRow, area: str, zone: str, words: Words) -> html.Div:
    """A same-day publication with its reason, until the approver has looked at it."""
    version = row.version
    text = words(
        "review_line",
        number=version.number,
        author=version.approver or version.author,
        time=short_time_text(version.published or version.created, zone, words.language),
        calls=row.num_calls,
    )
    head = html.Div([html.Strong(words("review")), " ", tag(words(f"area_{area}"), kind="accent")])
    said = html.Div([head, html.P(text), html.P(f"“{version.reason}”", className="quiet")])
    return html.Div([said, _look(area, version.number, words)], className="todo")


def _yesterday(areas: Sequence[AreaRow], words: Words) -> list[Child]:
    counts: dict[str, int] = {}
    for area in areas:
        for status, num in area.yesterday.items():
            counts[status] = counts.get(status, 0) + num
    total = sum(counts.values())
    if not total:
        return _none(words("yesterday_none"))
    rows = [
        html.Div(
            [
                html.Span(say(f"dashboard.status_{status}", words.language), className="yesterday-name"),
                html.Div(
                    html.Div(style={"width": f"{100 * num / total:.0f}%"}),
                    className="job-bar",
                    **data(aria_hidden="true"),
                ),
                html.Strong(number_text(num)),
            ],
            className="yesterday-row",
        )
        for status, num in counts.items()
    ]
    return list(rows)
