"""The side column: those without a place, the selected request, changes, versions, calls, or what a figure means."""

from __future__ import annotations

from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, html, no_update

from dashboard.auth import current_actor
from dashboard.components.basics import Child, data
from dashboard.components.when import moment
from dashboard.pages.plan import calls, change_cards, versions
from dashboard.pages.plan.faces import face_here
from dashboard.pages.plan.here import PlanWords, area_here
from dashboard.pages.plan.reading import plan_page, request_of, shown_number
from dashboard.pages.plan.request_panel import panel, slot_rows
from dashboard.pages.plan.sentences import fact_sentences, why_not_answer
from dashboard.pages.plan.waiting import waiting_list
from hospital.errors import CaretableError, UnknownId
from planning.actors import Actor
from planning.app import Application
from planning.permissions import allowed_commands, may
from planning.queries import CallList, Changes, Compare, Slots, Versions, Why, WhyNot
from planning.views import PlanPage

KINDS = ("waiting", "request", "changes", "versions", "calls")


def register(app: Dash, application: Application) -> None:
    """Tabs, body, and the answers that come a moment later."""
    _register_column(app, application)
    _register_answers(app, application)


def _register_column(app: Dash, application: Application) -> None:
    @app.callback(
        Output("plan-side-tabs", "children"),
        Output("plan-side-body", "children"),
        Input("plan-side", "data"),
        Input("plan-request", "data"),
        Input("plan-version", "data"),
        Input("plan-tick", "data"),
    )
    def show_side(side: dict[str, Any], request_id: str | None, version: int | None, tick: int) -> Any:
        actor = current_actor()
        page = plan_page(application, actor, version=version, tick=tick)
        kind = side["kind"]
        return tabs(kind, page, actor), _body(application, actor, page, side, request_id)

    @app.callback(
        Output("plan-side", "data", allow_duplicate=True),
        Input({"type": "side-tab", "kind": ALL}, "n_clicks"),
        Input({"type": "figure", "name": ALL}, "n_clicks"),
        Input({"type": "compare", "number": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def turn(_tabs: list[int], _figures: list[int], _compare: list[int]) -> Any:
        if not ctx.triggered or not ctx.triggered[0]["value"]:
            return no_update
        chosen = ctx.triggered_id
        if chosen["type"] == "side-tab":
            return {"kind": chosen["kind"]}
        return {"kind": chosen["type"], "what": chosen.get("name", chosen.get("number"))}


def tabs(kind: str, page: PlanPage, actor: Actor) -> list[Child]:
    """The tabs with their counts."""
    words = PlanWords(actor.language)
    active = sum(1 for row in page.changes if row.is_active)
    counts = {"waiting": len(page.unplanned), "changes": active}
    shown = [name for name in KINDS if name != "calls" or may(actor, CallList)]
    return [
        html.Button(
            [
                words(f"tab_{name}"),
                *(
                    [html.Span(str(min(counts[name], 999)) + ("+" if counts[name] > 999 else ""), className="count")]
                    if counts.get(name)
                    else []
                ),
            ],
            id={"type": "side-tab", "kind": name},
            n_clicks=0,
            className="tab is-on" if name == kind else "tab",
            role="tab",
            **data(aria_selected="true" if name == kind else "false"),
        )
        for name in shown
    ]


def _body(
    application: Application, actor: Actor, page: PlanPage, side: dict[str, Any], request_id: str | None
) -> list[Child]:
    kind, language = side["kind"], actor.language
    if kind == "request":
        return panel(page, request_id, language)
    if kind == "figure":
        return face_here().explained(side["what"], page, language)
    if kind == "changes":
        rows = application.ask(actor, Changes(area_here()))
        return change_cards.cards(rows, page, language, may_undo="UndoChange" in page.allowed)
    if kind == "versions":
        return versions.version_list(application.ask(actor, Versions(area_here())), page, language)
    if kind == "compare":
        shown = shown_number(page)
        low, high = sorted((int(side["what"]), shown))
        return versions.difference(application.ask(actor, Compare(area_here(), low, high)), page, language)
    if kind == "calls":
        rows = application.ask(actor, CallList(version=page.published, area=area_here())) if page.published else ()
        return calls.call_list(rows, page, language)
    return waiting_list(page, language)


def _register_answers(app: Dash, application: Application) -> None:
    @app.callback(
        Output("plan-why", "children"),
        Input("plan-why", "id"),
        State("plan-request", "data"),
        State("plan-version", "data"),
        State("plan-tick", "data"),
    )
    def answer_why(_drawn: str, request_id: str | None, version: int | None, tick: int) -> Any:
        actor = current_actor()
        page = plan_page(application, actor, version=version, tick=tick)
        if request_id is None or page.version is None:
            return no_update
        words = PlanWords(actor.language)
        try:
            facts = application.ask(actor, Why(area_here(), page.version.number, request_id))
        except UnknownId:  # whoever did not come is no longer planned
            facts = ()
        return fact_sentences(facts, page, actor.language) or html.P(words("why_none"), className="quiet")

    @app.callback(
        Output("plan-slots", "children"),
        Input({"type": "slots-moving", "name": "request"}, "checked"),
        State("plan-request", "data"),
        State("plan-version", "data"),
        State("plan-tick", "data"),
    )
    def answer_slots(moving: bool, request_id: str | None, version: int | None, tick: int) -> Any:
        actor = current_actor()
        page = plan_page(application, actor, version=version, tick=tick)
        if request_id is None or page.version is None or "PlaceInSlot" not in allowed_commands(actor):
            return no_update
        query = Slots(area_here(), page.version.number, request_id, max_moved=2 if moving else 0)
        return slot_rows(application.ask(actor, query), page, actor.language)

    @app.callback(
        Output("plan-why-not", "children"),
        Input("why-not-ask", "n_clicks"),
        State("why-not-scanner", "value"),
        State("why-not-day", "value"),
        State("why-not-time", "value"),
        State("plan-request", "data"),
        State("plan-version", "data"),
        State("plan-tick", "data"),
        prevent_initial_call=True,
    )
    def answer_why_not(
        clicks: int,
        scanner: str | None,
        day: str | None,
        clock: str | None,
        request_id: str | None,
        version: int | None,
        tick: int,
    ) -> Any:
        actor = current_actor()
        page = plan_page(application, actor, version=version, tick=tick)
        if not clicks or request_id is None or page.version is None or request_of(page, request_id) is None:
            return no_update
        when = moment(day, clock, page.timezone)
        try:
            answer = application.ask(actor, WhyNot(area_here(), page.version.number, request_id, scanner, when))
        except CaretableError as error:
            return html.P(error.sentence(actor.language), className="answer is-refused")
        return why_not_answer(answer, page, actor.language)
