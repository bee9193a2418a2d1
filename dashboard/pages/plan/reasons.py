"""Acts that need a reason in the person's own words: publish today, reject, take back."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard.auth import current_actor
from dashboard.components import notices
from dashboard.components.basics import Child, alert, button
from dashboard.components.dialogs import dialog, ending, field
from dashboard.i18n import Words
from dashboard.pages.plan.here import PlanWords, area_here
from dashboard.pages.plan.reading import next_tick, plan_page, shown_number
from dashboard.pages.plan.recording import is_pressed
from hospital.errors import CaretableError
from planning import commands as c
from planning.actors import Actor
from planning.app import Application

_LONGEST = 500


def reason_dialog(words: Words) -> Child:
    """One dialog for all three."""
    text = dmc.Textarea(id="reason-text", autosize=True, minRows=2, persistence=True, persistence_type="session")
    return dialog(
        "reason",
        html.Span(id="reason-title"),
        dcc.Store(id="reason-asked"),
        html.P(id="reason-hint", className="quiet"),
        field(words("reason"), text),
        *ending("reason", button(words("reject"), id="reason-go", kind="primary")),
    )


def register(app: Dash, application: Application) -> None:
    """Ask for the reason, then do it."""
    _register_asking(app, application)
    _register_doing(app, application)


def _register_asking(app: Dash, application: Application) -> None:
    @app.callback(
        Output("reason-dialog", "opened"),
        Output("reason-asked", "data"),
        Output("reason-title", "children"),
        Output("reason-hint", "children"),
        Output("reason-go", "children"),
        Output("reason-problem", "children", allow_duplicate=True),
        Output("reason-text", "value", allow_duplicate=True),
        Input({"type": "ask", "name": ALL}, "n_clicks"),
        State("reason-asked", "data"),
        State("plan-version", "data"),
        State("plan-tick", "data"),
        prevent_initial_call=True,
    )
    def ask_why(_clicks: list[int], before: dict[str, Any] | None, version: int | None, tick: int) -> Any:
        if not is_pressed():
            return (no_update,) * 7
        actor, asked = current_actor(), ctx.triggered_id["name"]
        number = shown_number(plan_page(application, actor, version=version, tick=tick))
        words = PlanWords(actor.language)
        question = {"asked": asked, "number": number}
        text = no_update if question == before else ""
        title, hint = words(f"reason_{asked}", number=number), words(f"reason_{asked}_hint")
        return True, question, title, hint, html.Span(words(asked)), None, text


def _register_doing(app: Dash, application: Application) -> None:
    @app.callback(
        Output("reason-dialog", "opened", allow_duplicate=True),
        Output("reason-problem", "children"),
        Output("plan-tick", "data", allow_duplicate=True),
        Output("plan-version", "data", allow_duplicate=True),
        Output("plan-side", "data", allow_duplicate=True),
        Output("reason-text", "value"),
        Input("reason-go", "n_clicks"),
        State("reason-text", "value"),
        State("reason-asked", "data"),
        State("plan-tick", "data"),
        prevent_initial_call=True,
    )
    def go(clicks: int, reason: str | None, asked: dict[str, Any] | None, tick: int) -> Any:
        if not clicks or not asked:
            return (no_update,) * 6
        actor = current_actor()
        if not (reason or "").strip():
            problem = alert(PlanWords(actor.language)("reason_needed"))
            return no_update, problem, no_update, no_update, no_update, no_update
        said = str(reason).strip()[:_LONGEST]
        try:
            text, side = do_asked(application, actor, str(asked["asked"]), number=int(asked["number"]), reason=said)
        except CaretableError as error:
            return (no_update, alert(notices.sentence_of(error, actor.language)), *(no_update,) * 4)
        notices.show(text)
        return False, None, next_tick(tick), None, {"kind": side} if side else no_update, ""


def do_asked(application: Application, actor: Actor, asked: str, *, number: int, reason: str) -> tuple[str, str]:
    """Do it; what is said, and what the side column turns to."""
    words = PlanWords(actor.language)
    if asked == "publish_today":
        application.execute(actor, c.PublishSameDay(number, reason, area=area_here()))
        return words("published", number=number), "calls"
    if asked == "reject":
        application.execute(actor, c.RejectDraft(number, reason, area=area_here()))
        return words("rejected", number=number), ""
    made = application.execute(actor, c.UndoVersion(number, reason, area=area_here()))
    return words("took_back", number=made), ""
