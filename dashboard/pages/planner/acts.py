"""What the box, the panel and the cards do: each act is one command of the person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import ALL, MATCH, Dash, Input, Output, State, ctx, no_update

from dashboard.auth import current_actor
from dashboard.components import notices
from dashboard.components.basics import Child, alert
from dashboard.components.scripts import in_browser
from dashboard.i18n import Words
from dashboard.pages.plan.reading import next_tick
from dashboard.pages.plan.recording import GENTLE_S, is_pressed
from dashboard.pages.planner import frame, told
from dashboard.pages.planner.fields import read_back
from hospital.errors import CaretableError
from planning.actors import NOBODY, Actor
from planning.app import Application
from planning.asking.asked import (
    AnswerCard,
    Asked,
    AskPlanner,
    CardAnswer,
    CardPreview,
    ConfirmCard,
    DismissCard,
    UndoAsked,
)
from planning.asking.views import AskedView, Card
from planning.commands import RequestSolve
from planning.permissions import may

_SECONDS = 3.0
"""Seconds of a solve on a copy."""
_HERE = {"place": MATCH, "asked": MATCH, "card": MATCH}


def register(app: Dash, application: Application) -> None:
    """Callbacks of the box, the panel and the page."""
    in_browser(
        app, "planner", "open", Output("planner-panel", "opened"), Input("planner-open", "n_clicks"), is_initial=False
    )
    _register_words(app)
    _register_ask(app, application)
    _register_drawing(app, application)
    _register_acts(app, application)
    _register_more(app, application)


def _register_words(app: Dash) -> None:
    @app.callback(
        Output("planner-panel", "title"),
        Output("planner-lead", "children"),
        Output("planner-text", "placeholder"),
        Output("planner-below", "children"),
        Input("language", "data"),
    )
    def speak(_language: str) -> Any:
        words = Words("asking", current_actor().language)
        return words("panel_title"), words("box_lead"), words("box"), frame.below(words)


def _register_ask(app: Dash, application: Application) -> None:
    @app.callback(
        Output("planner-asked", "data"),
        Output("planner-problem", "children"),
        Output("planner-text", "value"),
        Output("planner-tick", "data", allow_duplicate=True),
        Input("planner-send", "n_clicks"),
        Input({"type": "planner-example", "name": ALL}, "n_clicks"),
        State("planner-text", "value"),
        State("plan-area", "data"),
        State("planner-tick", "data"),
        prevent_initial_call=True,
    )
    def ask(_send: int, _examples: list[int], typed: str | None, area: str, tick: int) -> Any:
        if not is_pressed():
            return no_update, no_update, no_update, no_update
        actor, which = current_actor(), ctx.triggered_id
        text = (typed or "") if which == "planner-send" else Words("asking", actor.language)(which["name"])
        try:
            view: AskedView = application.execute(actor, AskPlanner(text, area))
        except CaretableError as error:
            return no_update, alert(notices.sentence_of(error, actor.language)), no_update, no_update
        return view.id, None, text, tick + 1


def _register_drawing(app: Dash, application: Application) -> None:
    @app.callback(
        Output("planner-cards", "children"),
        Input("planner-tick", "data"),
        Input("language", "data"),
        State("planner-asked", "data"),
    )
    def draw_cards(_tick: int, _language: str, asked_id: str | None) -> Any:
        actor = current_actor()
        if asked_id is None or not may(actor, Asked):
            return []
        return frame.cards_of(_view(application, actor, asked_id), actor.language, "panel")

    @app.callback(Output("planner-list", "children"), Input("planner-tick", "data"), Input("planner-list", "id"))
    def draw_list(_tick: int, _id: str) -> Any:
        actor = current_actor()
        return [] if actor is NOBODY else frame.listed(application.ask(actor, Asked()), actor)


def _view(application: Application, actor: Actor, asked_id: str) -> AskedView:
    (view,) = application.ask(actor, Asked(asked_id))
    return view  # type: ignore[no-any-return]


def _card(view: AskedView, number: int) -> Card:
    return next(one for one in view.cards if one.number == number)


def _register_acts(app: Dash, application: Application) -> None:
    @app.callback(
        Output("planner-tick", "data", allow_duplicate=True),
        Output("plan-tick", "data", allow_duplicate=True),
        Input({"type": "planner-act", "place": ALL, "asked": ALL, "card": ALL, "act": ALL}, "n_clicks"),
        State({"type": "planner-field", "place": ALL, "asked": ALL, "card": ALL, "name": ALL}, "value"),
        State("planner-tick", "data"),
        State("plan-tick", "data"),
        prevent_initial_call=True,
    )
    def press(_clicks: list[int], _values: list[Any], tick: int, plan_tick: int) -> Any:
        if not is_pressed():
            return no_update, no_update
        which: dict[str, Any] = dict(ctx.triggered_id)
        here = {name: which[name] for name in ("place", "asked", "card")}
        _do(application, current_actor(), which, _values_of(ctx.states_list[0], here))
        return tick + 1, next_tick(plan_tick)


def _values_of(states: Any, here: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the fields of one card."""
    rows = [row for row in states or () if {name: row["id"][name] for name in here} == dict(here)]
    return {row["id"]["name"]: row.get("value") for row in rows if "value" in row}


def _do(application: Application, actor: Actor, which: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    words = Words("asking", actor.language)
    asked, number, act = str(which["asked"]), int(which["card"]), str(which["act"])
    if act == "undo-all":
        num = application.execute(actor, UndoAsked(is_all=True))
        notices.show(words("undone_num", num=num))
    elif act == "undo":
        num = application.execute(actor, UndoAsked(asked, number))
        notices.show(words("undone_num", num=num))
    elif act == "dismiss":
        application.execute(actor, DismissCard(asked, number))
    elif act == "confirm":
        one = _card(_view(application, actor, asked), number)
        said = read_back(one, values) if one.kind == "change" else None
        application.execute(actor, ConfirmCard(asked, number, said))
        notices.show(words("state_confirmed"))
    elif act == "solve":
        one = _card(_view(application, actor, asked), number)
        application.execute(actor, RequestSolve(one.area, GENTLE_S, min_changes=True))
        notices.show(words("solve_begun"))
    elif act.startswith("choose-"):
        application.execute(actor, AnswerCard(asked, number, act.removeprefix("choose-")))


def _register_more(app: Dash, application: Application) -> None:
    @app.callback(
        Output({"type": "planner-more", **_HERE}, "children"),
        Input({"type": "planner-begin", **_HERE}, "data"),
    )
    def begin(_kind: str) -> Any:
        return _told(application, ctx.outputs_list["id"], None, 0.0)

    @app.callback(
        Output({"type": "planner-solved", **_HERE}, "children"),
        Input({"type": "planner-solve", **_HERE}, "n_clicks"),
        State({"type": "planner-field", **_HERE, "name": ALL}, "value"),
        prevent_initial_call=True,
    )
    def solve(_clicks: int, _values: list[Any]) -> Any:
        if not is_pressed():
            return no_update
        here: dict[str, Any] = ctx.outputs_list["id"]
        named = {name: here[name] for name in ("place", "asked", "card")}
        return _told(application, here, _values_of(ctx.states_list[0], named), _SECONDS)


def _told(
    application: Application, here: Mapping[str, Any], values: Mapping[str, Any] | None, seconds: float
) -> list[Child]:
    """What a card would do, or the answer it asks for; an error in words in its place."""
    actor = current_actor()
    words = Words("asking", actor.language)
    try:
        view = _view(application, actor, here["asked"])
        one = _card(view, here["card"])
        if one.kind == "question":
            return told.answer(application.ask(actor, CardAnswer(view.id, one.number)), words, view.timezone)
        said = None if values is None else read_back(one, values)
        found = application.ask(actor, CardPreview(view.id, one.number, said, seconds))
        return told.preview(found, words, view.timezone)
    except CaretableError as error:
        return [alert(notices.sentence_of(error, actor.language), kind="warn")]
