"""What happens on the board: turn days, choose, look for somebody, move a session to a free place, give a patient another pattern."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from dash import ALL, Input, Output, State, ctx, html, no_update

from dashboard.auth import current_actor
from dashboard.components import notices
from dashboard.components.basics import Child, button
from dashboard.i18n import Words, day_text, short_time_text
from dashboard.pages.dialysis.board import day_board, shown_day, week_board, weekday_letter
from dashboard.pages.dialysis.shifts import day_of
from dashboard.pages.plan.here import OnArea, PlanWords, area_here
from dashboard.pages.plan.reading import next_tick, plan_page, request_of
from dashboard.pages.plan.recording import GENTLE_S, is_pressed
from dashboard.pages.plan.sentences import preview_text
from hospital.changes import DialysisPattern
from hospital.when import WEEKDAYS
from planning import commands as c
from planning.app import Application
from planning.queries import MovePreview, Slots
from planning.views import PlanPage, SlotView

_SHOWN = [State("plan-version", "data"), State("plan-tick", "data")]


def register(app: OnArea, application: Application) -> None:
    """All of it."""
    _register_board(app, application)
    _register_places(app, application)
    _register_patterns(app, application)


def _register_board(app: OnArea, application: Application) -> None:
    @app.callback(
        Output("board-host", "children"),
        Output("board-day", "children"),
        Output("board-view-day", "className"),
        Output("board-view-week", "className"),
        Input("plan-version", "data"),
        Input("plan-tick", "data"),
        Input("plan-board", "data"),
        Input("plan-request", "data"),
    )
    def draw(version: int | None, tick: int, board: dict[str, Any], chosen: str | None) -> Any:
        actor = current_actor()
        page, words = plan_page(application, actor, version=version, tick=tick), PlanWords(actor.language)
        day, is_week = shown_day(page, board["day"]), board["view"] == "week"
        shown = week_board(page, chosen, words) if is_week else day_board(page, day, chosen, words)
        is_on = ("", "is-on") if is_week else ("is-on", "")
        return shown, day_text(day, actor.language), *is_on

    @app.callback(
        Output("plan-board", "data", allow_duplicate=True),
        Input("board-previous", "n_clicks"),
        Input("board-next", "n_clicks"),
        Input("board-today", "n_clicks"),
        Input("board-view-day", "n_clicks"),
        Input("board-view-week", "n_clicks"),
        State("plan-board", "data"),
        *_SHOWN,
        prevent_initial_call=True,
    )
    def turn(*values: Any) -> Any:
        *_, board, version, tick = values
        if not is_pressed():
            return no_update
        page = plan_page(application, current_actor(), version=version, tick=tick)
        return turned(page, board, str(ctx.triggered_id))

    @app.callback(
        Output("plan-request", "data", allow_duplicate=True),
        Output("plan-side", "data", allow_duplicate=True),
        Output("plan-board", "data", allow_duplicate=True),
        Output("board-found", "children"),
        Input("board-find", "value"),
        State("plan-board", "data"),
        *_SHOWN,
        prevent_initial_call=True,
    )
    def find(text: str | None, board: dict[str, Any], version: int | None, tick: int) -> Any:
        wanted = (text or "").strip().lower()
        if not wanted:
            return no_update, no_update, no_update, ""
        actor = current_actor()
        page = plan_page(application, actor, version=version, tick=tick)
        rows = [row for row in page.appointments if wanted in row.about.patient.lower()]
        ahead = [row for row in rows if row.end > page.now] or rows
        if not ahead:
            return no_update, no_update, no_update, PlanWords(actor.language)("find_none")
        first = min(ahead, key=lambda row: (row.about.patient.lower() != wanted, row.start))
        day = day_of(first.start, page).isoformat()
        return first.about.task, {"kind": "request"}, {**board, "day": day}, first.about.patient


def turned(page: PlanPage, board: dict[str, Any], pressed: str) -> dict[str, Any]:
    """The board after a press: a day on or back inside what is planned, today, or the other view."""
    if pressed.startswith("board-view-"):
        return {**board, "view": pressed.removeprefix("board-view-")}
    if pressed == "board-today":
        return {**board, "day": day_of(page.now, page).isoformat()}
    way = 1 if pressed == "board-next" else -1
    day = shown_day(page, (shown_day(page, board["day"]) + timedelta(days=way)).isoformat())
    return {**board, "day": day.isoformat()}


def _register_places(app: OnArea, application: Application) -> None:
    @app.callback(
        Output("board-preview", "children"),
        Output("board-target", "data"),
        Input({"type": "board-free", "station": ALL, "start": ALL}, "n_clicks"),
        Input("plan-request", "data"),
        *_SHOWN,
        prevent_initial_call=True,
    )
    def price(_clicks: list[int], chosen: str | None, version: int | None, tick: int) -> Any:
        if not isinstance(ctx.triggered_id, dict) or not is_pressed():
            return None, None
        actor = current_actor()
        page, words = plan_page(application, actor, version=version, tick=tick), PlanWords(actor.language)
        if chosen is None or request_of(page, chosen) is None or page.version is None:
            return html.P(words("board_choose_first"), className="alert alert-info"), None
        station, start = ctx.triggered_id["station"], datetime.fromisoformat(ctx.triggered_id["start"])
        preview = application.ask(actor, MovePreview(area_here(), page.version.number, chosen, station, start))
        place = f"{station} {short_time_text(start, page.timezone, actor.language)}"
        line = f"{chosen} → {place}: {preview_text(preview, page.timezone, actor.language)}"
        is_possible = preview.is_allowed and "MoveAppointment" in page.allowed
        take = (
            [button(words("board_move"), id={"type": "board-act", "name": "move"}, kind="primary")]
            if is_possible
            else []
        )
        kind = "is-allowed" if preview.is_allowed else "is-refused"
        target = {"task": chosen, "station": station, "start": start.isoformat(), "version": page.version.number}
        return html.Div([html.Span(line, className=f"answer {kind}"), *take], className="board-price"), target

    @app.callback(
        Output("plan-tick", "data", allow_duplicate=True),
        Output("plan-version", "data", allow_duplicate=True),
        Output("board-preview", "children", allow_duplicate=True),
        Input({"type": "board-act", "name": ALL}, "n_clicks"),
        State("board-target", "data"),
        State("plan-tick", "data"),
        prevent_initial_call=True,
    )
    def move(_clicks: list[int], target: dict[str, Any] | None, tick: int) -> Any:
        if not is_pressed() or not target:
            return no_update, no_update, no_update
        actor, start = current_actor(), datetime.fromisoformat(target["start"])
        command = c.MoveAppointment(area_here(), target["version"], target["task"], target["station"], start)
        number = application.execute(actor, command)
        notices.show(PlanWords(actor.language)("placed", number=number))
        return next_tick(tick), None, None


def _register_patterns(app: OnArea, application: Application) -> None:
    @app.callback(
        Output("patterns", "children"),
        Input("patterns-ask", "n_clicks"),
        State("plan-request", "data"),
        *_SHOWN,
        prevent_initial_call=True,
    )
    def ask(clicks: int, chosen: str | None, version: int | None, tick: int) -> Any:
        actor = current_actor()
        page = plan_page(application, actor, version=version, tick=tick)
        about = request_of(page, chosen or "")
        if not clicks or about is None or page.version is None:
            return no_update
        found = application.ask(actor, Slots(area_here(), page.version.number, about.request))
        return pattern_rows(found, page, PlanWords(actor.language), may_take="RecordChanges" in page.allowed)

    @app.callback(
        Output("plan-tick", "data", allow_duplicate=True),
        Output("plan-side", "data", allow_duplicate=True),
        Input({"type": "pattern", "number": ALL}, "n_clicks"),
        State("plan-request", "data"),
        *_SHOWN,
        prevent_initial_call=True,
    )
    def take(_clicks: list[int], chosen: str | None, version: int | None, tick: int) -> Any:
        actor = current_actor()
        page = plan_page(application, actor, version=version, tick=tick)
        about = request_of(page, chosen or "")
        if not is_pressed() or about is None or page.version is None:
            return no_update, no_update
        found = application.ask(actor, Slots(area_here(), page.version.number, about.request))
        change = pattern_of(found[ctx.triggered_id["number"]], about.request, page)
        application.execute(actor, c.RecordChanges(area_here(), (change,)))
        solve = c.RequestSolve(area_here(), GENTLE_S, base_version=page.head or None, min_changes=True)
        application.execute(actor, solve)
        return next_tick(tick), {"kind": "changes"}


def days_of(slot: SlotView, page: PlanPage) -> tuple[int, ...]:
    """The weekdays on which the places of an offer lie."""
    starts = [slot.start, *(place.start for _, place in slot.further)]
    return tuple(sorted({day_of(start, page).weekday() for start in starts}))


def pattern_of(slot: SlotView, patient: str, page: PlanPage) -> DialysisPattern:
    """The change that gives the patient this pattern from its first day on."""
    hour = slot.start.hour
    return DialysisPattern(
        patient_ids=(patient,),
        days=tuple(WEEKDAYS[day] for day in days_of(slot, page)),
        shift="M" if hour < 11 else "A" if hour < 16 else "E",
        from_date=day_of(slot.start, page),
    )


def pattern_rows(found: tuple[SlotView, ...], page: PlanPage, words: Words, *, may_take: bool) -> list[Child]:
    """The cheapest patterns, each one click from being taken."""
    if not found:
        return [html.P(words("slots_none"), className="quiet")]
    rows: list[Child] = []
    for number, slot in enumerate(found):
        days = " ".join(weekday_letter(day, words.language) for day in days_of(slot, page))
        clock = short_time_text(slot.start, page.timezone, words.language).split(" ")[-1]
        place = html.Span([html.Strong(days), f" {clock} {slot.resource}"], className="slot-place")
        price = html.Span(words("slot_price", price=f"{slot.price:,.1f}"), className="slot-price")
        take = [button(words("slot_take"), id={"type": "pattern", "number": number}, kind="small")] if may_take else []
        rows.append(html.Div([place, price, *take], className="slot"))
    return rows
