"""What the Pharmacy page does: draw, open an item, change a quantity, forecast, accept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, html, no_update

from dashboard.auth import current_actor
from dashboard.components import notices
from dashboard.components.basics import Child, alert, button, empty, named
from dashboard.i18n import Words, number_text, time_text
from dashboard.pages.pharmacy.frame import IDLE_MS
from dashboard.pages.pharmacy.lines import VIEWS, row_of, shown, table
from dashboard.pages.pharmacy.panel import nothing_open, panel
from hospital.errors import CaretableError
from hospital.texts import catalogue, say
from planning.actors import Actor
from planning.app import Application
from planning.permissions import may
from planning.pharmacy.asked import AcceptOrder, ItemAsked, PharmacyPage, QuantityAsked, RequestForecast
from planning.pharmacy.proposal import with_quantity
from planning.pharmacy.views import LineView, PharmacyView
from planning.pharmacy.wording import headline

BUSY_MS = 700


def by_hand(packs: dict[str, Any] | None, view: PharmacyView) -> dict[str, int]:
    """The quantities set by hand for this very forecast; those of another one are void."""
    if not packs or packs.get("number") != view.number or view.accepted is not None:
        return {}
    return {str(item): int(num) for item, num in packs["items"].items()}


def register(app: Dash, application: Application) -> None:
    """All callbacks of the page."""
    _drawing(app, application)
    _items(app, application)
    _orders(app, application)


def _drawing(app: Dash, application: Application) -> None:
    @app.callback(
        Output("pharmacy-headline", "children"),
        Output("pharmacy-notes", "children"),
        Output("pharmacy-views", "children"),
        Output("pharmacy-total", "children"),
        Output("pharmacy-table", "children"),
        Output("pharmacy-seen", "data"),
        Output("pharmacy-poll", "interval"),
        Output("pharmacy-root", "className"),
        Input("pharmacy-tick", "data"),
        Input("pharmacy-view", "data"),
        State("pharmacy-packs", "data"),
    )
    def draw(_tick: int, chosen: str, packs: dict[str, Any] | None) -> Any:
        actor = current_actor()
        view: PharmacyView = application.ask(actor, PharmacyPage())
        words = Words("pharmacy", actor.language)
        lines = with_hand(application, actor, view, by_hand(packs, view))
        body = _body(view, lines, chosen, words, may_edit=may(actor, AcceptOrder))
        return (
            headline(replace(view, lines=tuple(lines)), actor.language),
            _notes(view, words),
            _views(lines, chosen, words) if lines else [],
            _total(view, lines, words),
            body,
            _state(view),
            BUSY_MS if view.is_running else IDLE_MS,
            _shape(view),
        )

    @app.callback(
        Output("pharmacy-tick", "data", allow_duplicate=True),
        Input("pharmacy-poll", "n_intervals"),
        State("pharmacy-seen", "data"),
        State("pharmacy-tick", "data"),
        prevent_initial_call=True,
    )
    def watch(_count: int, seen: Any, tick: int) -> Any:
        view: PharmacyView = application.ask(current_actor(), PharmacyPage())
        return tick + 1 if _state(view) != seen else no_update

    @app.callback(
        Output("pharmacy-view", "data"),
        Input({"type": "pharmacy-show", "view": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def choose_view(_clicks: list[int]) -> Any:
        return ctx.triggered_id["view"] if ctx.triggered and ctx.triggered[0]["value"] else no_update

    @app.callback(
        Output("pharmacy-grid", "dashGridOptions"),
        Input("pharmacy-find", "value"),
        State("pharmacy-grid", "dashGridOptions"),
        prevent_initial_call=True,
    )
    def find(text: str | None, options: dict[str, Any]) -> Any:
        return {**options, "quickFilterText": text or ""}


def _items(app: Dash, application: Application) -> None:
    @app.callback(Output("pharmacy-item", "data"), Input("pharmacy-grid", "selectedRows"), prevent_initial_call=True)
    def open_item(rows: list[dict[str, Any]] | None) -> Any:
        return rows[0]["item"] if rows else no_update

    @app.callback(
        Output("pharmacy-panel", "children"),
        Input("pharmacy-item", "data"),
        Input("pharmacy-packs", "data"),
        Input("pharmacy-seen", "data"),
    )
    def show_item(item: str | None, packs: dict[str, Any] | None, _seen: Any) -> Any:
        actor = current_actor()
        words = Words("pharmacy", actor.language)
        view: PharmacyView = application.ask(actor, PharmacyPage())
        if view.number is None:
            return []
        if item is None or item not in {line.item for line in view.lines}:
            return nothing_open(words)
        there = application.ask(actor, ItemAsked(item, by_hand(packs, view).get(item)))
        return panel(there, words, may_edit=may(actor, AcceptOrder) and view.accepted is None)

    @app.callback(
        Output("pharmacy-packs", "data"),
        Output("pharmacy-grid", "rowTransaction"),
        Output("pharmacy-total", "children", allow_duplicate=True),
        Input("pharmacy-grid", "cellValueChanged"),
        State("pharmacy-packs", "data"),
        prevent_initial_call=True,
    )
    def typed_over(cells: Any, packs: dict[str, Any] | None) -> Any:
        if not cells:
            return no_update, no_update, no_update
        row = cells[0]["data"]
        return _set(application, str(row["item"]), row["packs"], packs, is_in_table=True)

    @app.callback(
        Output("pharmacy-packs", "data", allow_duplicate=True),
        Output("pharmacy-grid", "rowTransaction", allow_duplicate=True),
        Output("pharmacy-total", "children", allow_duplicate=True),
        Input({"type": "pharmacy-packs-input", "item": ALL}, "value"),
        Input({"type": "pharmacy-advised", "item": ALL, "packs": ALL}, "n_clicks"),
        State("pharmacy-packs", "data"),
        prevent_initial_call=True,
    )
    def set_packs(_typed: Any, _clicks: Any, packs: dict[str, Any] | None) -> Any:
        value = ctx.triggered[0]["value"] if ctx.triggered else None
        if ctx.triggered_id is None or value in (None, ""):
            return no_update, no_update, no_update
        if ctx.triggered_id["type"] == "pharmacy-advised":
            if not value:
                return no_update, no_update, no_update
            value = ctx.triggered_id["packs"]
        return _set(application, named(ctx.triggered_id["item"]), value, packs, is_in_table=False)


def _set(
    application: Application, item: str, typed: Any, packs: dict[str, Any] | None, *, is_in_table: bool
) -> tuple[Any, Any, Any]:
    """The quantities set by hand with one more, the changed row of the table, and the order's value. What is no quantity is put back."""
    actor = current_actor()
    view: PharmacyView = application.ask(actor, PharmacyPage())
    words = Words("pharmacy", actor.language)
    line = next((line for line in view.lines if line.item == item), None)
    if line is None or view.accepted is not None:
        return no_update, no_update, no_update
    chosen = by_hand(packs, view)
    before = chosen.get(item, line.packs)
    is_good = isinstance(typed, int | float) and typed >= 0 and typed == int(typed)
    if not is_in_table and (not is_good or int(typed) == before):
        return no_update, no_update, no_update
    chosen = {**chosen, item: int(typed) if is_good else before}
    lines = with_hand(application, actor, view, chosen)
    changed = next(row for row in lines if row.item == item)
    update = {"update": [row_of(changed, words)], "async": False}
    return {"number": view.number, "items": chosen}, update, _total(view, lines, words)


def _orders(app: Dash, application: Application) -> None:
    @app.callback(
        Output("pharmacy-tick", "data", allow_duplicate=True),
        Input("pharmacy-forecast", "n_clicks"),
        State("pharmacy-tick", "data"),
        prevent_initial_call=True,
    )
    def forecast(clicks: int, tick: int) -> Any:
        if not clicks:
            return no_update
        application.execute(current_actor(), RequestForecast())
        return tick + 1

    @app.callback(
        Output("pharmacy-accept-dialog", "opened"),
        Output("pharmacy-accept-what", "children"),
        Output("pharmacy-accept-problem", "children"),
        Input("pharmacy-accept-open", "n_clicks"),
        Input("pharmacy-accept-cancel", "n_clicks"),
        State("pharmacy-packs", "data"),
        prevent_initial_call=True,
    )
    def open_accept(clicks: int, _cancel: int, packs: dict[str, Any] | None) -> Any:
        if ctx.triggered_id == "pharmacy-accept-cancel":
            return False, no_update, None
        if not clicks:
            return no_update, no_update, no_update
        actor = current_actor()
        view: PharmacyView = application.ask(actor, PharmacyPage())
        chosen = by_hand(packs, view)
        lines = [line for line in with_hand(application, actor, view, chosen) if line.packs]
        value = number_text(round(sum(line.value for line in lines)))
        words = Words("pharmacy", actor.language)
        return True, words("accept_what", num=len(lines), value=value, currency=view.currency, hand=len(chosen)), None

    @app.callback(
        Output("pharmacy-accept-dialog", "opened", allow_duplicate=True),
        Output("pharmacy-accept-problem", "children", allow_duplicate=True),
        Output("pharmacy-tick", "data", allow_duplicate=True),
        Input("pharmacy-accept", "n_clicks"),
        State("pharmacy-accept-reason", "value"),
        State("pharmacy-packs", "data"),
        State("pharmacy-tick", "data"),
        prevent_initial_call=True,
    )
    def accept(clicks: int, reason: str | None, packs: dict[str, Any] | None, tick: int) -> Any:
        if not clicks:
            return no_update, no_update, no_update
        actor = current_actor()
        view: PharmacyView = application.ask(actor, PharmacyPage())
        try:
            command = AcceptOrder(view.number or 0, by_hand(packs, view), (reason or "").strip())
            num = application.execute(actor, command)
        except CaretableError as error:
            return no_update, alert(notices.sentence_of(error, actor.language)), no_update
        notices.show(Words("pharmacy", actor.language)("accepted_told", num=num))
        return False, None, tick + 1


def with_hand(application: Application, actor: Actor, view: PharmacyView, chosen: dict[str, int]) -> list[LineView]:
    """The lines with the quantities set by hand and what these do."""
    found = []
    for line in view.lines:
        packs = chosen.get(line.item, line.packs)
        if packs != line.packs:
            there = application.ask(actor, QuantityAsked(line.item, packs))
            line = with_quantity(line, there, is_advised=packs == line.advised)
        found.append(line)
    return found


def _body(view: PharmacyView, lines: list[LineView], chosen: str, words: Words, *, may_edit: bool) -> Child:
    if not view.num_items or not view.num_issues:
        return empty(words("empty_title"), words("empty_what"))
    if view.number is None:
        return empty(words("first_title"), words("first_what"))
    packs = {line.item: line.packs for line in lines}
    return table(view, shown(lines, chosen, packs), words, may_edit=may_edit)


def _state(view: PharmacyView) -> list[Any]:
    """What makes the page draw itself anew."""
    return [view.number, view.is_running, view.accepted is not None, view.is_old, view.error, view.num_items]


def _views(lines: list[LineView], chosen: str, words: Words) -> list[Child]:
    packs = {line.item: line.packs for line in lines}
    return [
        button(
            words(f"show_{name}", num=len(shown(lines, name, packs))),
            id={"type": "pharmacy-show", "view": name},
            kind="plain is-on" if name == chosen else "plain",
        )
        for name in VIEWS
    ]


def _shape(view: PharmacyView) -> str:
    """The page's class: what means nothing without a proposal, or after it was accepted, is not shown."""
    if view.number is None:
        return "pharmacy-page is-empty"
    return "pharmacy-page is-accepted" if view.accepted is not None else "pharmacy-page"


def _total(view: PharmacyView, lines: list[LineView], words: Words) -> str:
    if view.number is None:
        return ""
    return words("value_total", value=number_text(round(sum(line.value for line in lines))), currency=view.currency)


def _notes(view: PharmacyView, words: Words) -> list[Child]:
    found: list[Child] = []
    if view.is_running:
        found.append(html.P(words("running"), className="quiet", role="status"))
    elif view.error:
        found.append(alert(words("failed", reason=_reason(view, words.language))))
    if view.is_old and not view.is_running:
        found.append(alert(words("is_old"), kind="warn"))
    if view.number is not None:
        drifts = (
            words("drift", supplier=d.supplier, num=d.num, now=f"{d.now:.1f}", before=f"{d.before:.1f}")
            for d in view.drifts
        )
        drifted = ("" if words.language == "zh" else " ").join(drifts)
        found += [alert(drifted, kind="warn")] if drifted else []
    if view.accepted is not None:
        when = time_text(view.accepted.at, view.timezone, words.language)
        found.append(html.P(words("accepted_by", by=view.accepted.by, time=when), className="quiet"))
    elif view.made is not None:
        when = time_text(view.made, view.timezone, words.language)
        told = words("made", number=view.number, time=when, author=view.author, num=len(view.lines))
        found.append(html.P(told, className="quiet"))
    return found


def _reason(view: PharmacyView, language: str) -> str:
    key = f"errors.{view.error}"
    return say(key, language, **view.error_values) if key in catalogue(language) else view.error
