"""Everything the page's buttons and keys do: each is one command, said in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, html, no_update

from dashboard.auth import current_actor
from dashboard.components import notices
from dashboard.i18n import Words, unwall
from dashboard.pages.plan.here import PlanWords, area_here
from dashboard.pages.plan.reading import appointment_of, next_tick, plan_page, shown_number
from hospital.changes import Lock, Unlock
from hospital.errors import WrongState
from hospital.plans import AppointmentStatus
from planning import commands as c
from planning.actors import Actor
from planning.app import Application
from planning.queries import Slots
from planning.views import PatientView, PlanPage


@dataclass(frozen=True)
class Situation:
    """What is on the screen when a button is pressed."""

    application: Application
    actor: Actor
    page: PlanPage
    request: str | None
    is_moving_allowed: bool = False

    @property
    def number(self) -> int:
        """The version on the screen."""
        return shown_number(self.page)

    @property
    def words(self) -> Words:
        """Texts of the page."""
        return PlanWords(self.actor.language)

    def do(self, command: c.Command) -> Any:
        """Execute as this person."""
        return self.application.execute(self.actor, command)


@dataclass(frozen=True)
class Done:
    """What is said afterwards; ``is_newest`` turns to the newest version, ``side`` the side column."""

    text: str
    is_newest: bool = False
    side: str = ""


def lock(now: Situation, _what: str) -> Done | None:
    """Lock the selected appointment, or unlock it."""
    row = appointment_of(now.page, now.request or "")
    if row is None:
        return None
    if row.is_new and not row.is_locked:
        raise WrongState("lock_needs_promise", id=row.about.request)
    change = Unlock(patient_ids=(row.about.request,)) if row.is_locked else Lock(patient_ids=(row.about.request,))
    now.do(c.RecordChanges(area_here(), (change,)))
    return Done(now.words("unlock" if row.is_locked else "lock") + f": {row.about.request}")


def undo(now: Situation, change_id: str) -> Done:
    """Undo one change, or the person's own last."""
    now.do(c.UndoChange(change_id or None, area=area_here()))
    return Done(now.words("undone"))


def mark(now: Situation, what: str) -> Done:
    """What became of the selected appointment on the day; ``late-20`` is twenty minutes late."""
    name, _, minutes = what.partition("-")
    status = AppointmentStatus(name)
    now.do(c.MarkAppointment(now.request or "", status, int(minutes or 0), area=area_here()))
    said = Words("dashboard", now.actor.language)(f"status_{status.value}")
    return Done(now.words("marked", request=now.request, status=said))


def remove(now: Situation, _what: str) -> Done:
    """The selected appointment leaves the plan."""
    number = now.do(c.RemoveAppointment(area_here(), now.number, now.request or ""))
    return Done(now.words("removed", number=number), is_newest=True)


def take_slot(now: Situation, what: str) -> Done:
    """The selected request goes to one of its best places."""
    query = Slots(area_here(), now.number, now.request or "", max_moved=2 if now.is_moving_allowed else 0)
    slot = now.application.ask(now.actor, query)[int(what)]
    number = now.do(c.PlaceInSlot(area_here(), now.number, now.request or "", slot))
    return Done(now.words("placed", number=number), is_newest=True)


def submit(now: Situation, _what: str) -> Done:
    """Send the draft for approval."""
    now.do(c.SubmitDraft(now.number, area=area_here()))
    return Done(now.words("submitted", number=now.number))


def approve(now: Situation, _what: str) -> Done:
    """Approve and publish; the calls come next."""
    now.do(c.ApproveDraft(now.number, area=area_here()))
    return Done(now.words("approved", number=now.number), side="calls")


def review(now: Situation, _what: str) -> Done:
    """A same-day publication has been looked at."""
    now.do(c.ReviewSameDay(now.number, area=area_here()))
    return Done(now.words("reviewed", number=now.number))


def tick(now: Situation, what: str) -> Done | None:
    """Somebody has been told."""
    now.do(c.TickCall(now.page.published or 0, what, area=area_here()))
    return Done("")


def untick(now: Situation, what: str) -> Done | None:
    """Somebody has not been told after all."""
    now.do(c.TickCall(now.page.published or 0, what, is_done=False, area=area_here()))
    return Done("")


ACTS: dict[str, Callable[[Situation, str], Done | None]] = {
    "lock": lock,
    "unlock": lock,
    "undo-change": undo,
    "mark": mark,
    "remove": remove,
    "slot": take_slot,
    "submit": submit,
    "approve": approve,
    "review": review,
    "tick": tick,
    "untick": untick,
}


def find_act(name: str) -> tuple[Callable[[Situation, str], Done | None], str] | None:
    """The act of a button's name and what follows it: ``mark-late-20`` is mark, late-20."""
    for key in sorted(ACTS, key=len, reverse=True):
        if name == key or name.startswith(f"{key}-"):
            return ACTS[key], name[len(key) + 1 :]
    return None


def register(app: Dash, application: Application) -> None:
    """Buttons, keys and drops."""
    _register_buttons(app, application)
    _register_script(app, application)
    _register_reveal(app, application)


_OUT = (
    Output("plan-tick", "data", allow_duplicate=True),
    Output("plan-version", "data", allow_duplicate=True),
    Output("plan-side", "data", allow_duplicate=True),
)


def finish(done: Done | None, tick_now: int) -> Any:
    """Tell the person, and draw anew."""
    if done is None:
        return no_update, no_update, no_update
    if done.text:
        notices.show(done.text)
    return next_tick(tick_now), None if done.is_newest else no_update, {"kind": done.side} if done.side else no_update


def _register_buttons(app: Dash, application: Application) -> None:
    @app.callback(
        *_OUT,
        Input({"type": "act", "name": ALL}, "n_clicks"),
        State("plan-request", "data"),
        State("plan-version", "data"),
        State("plan-tick", "data"),
        State({"type": "slots-moving", "name": ALL}, "checked"),
        prevent_initial_call=True,
    )
    def press(_clicks: list[int], request_id: str | None, version: int | None, tick_now: int, moving: list[Any]) -> Any:
        found = find_act(ctx.triggered_id["name"]) if ctx.triggered and ctx.triggered[0]["value"] else None
        if found is None:
            return finish(None, tick_now)
        actor = current_actor()
        page = plan_page(application, actor, version=version, tick=tick_now)
        doing, what = found
        return finish(
            doing(Situation(application, actor, page, request_id, is_moving_allowed=any(moving)), what), tick_now
        )


def _register_script(app: Dash, application: Application) -> None:
    @app.callback(
        *_OUT,
        Input("plan-drop", "data"),
        State("plan-tick", "data"),
        State("plan-version", "data"),
        prevent_initial_call=True,
    )
    def drop(dropped: dict[str, Any] | None, tick_now: int, version: int | None) -> Any:
        if not dropped:
            return finish(None, tick_now)
        actor = current_actor()
        page = plan_page(application, actor, version=version, tick=tick_now)
        start = unwall(float(dropped["start"]), page.timezone)
        number = application.execute(
            actor,
            c.MoveAppointment(
                area_here(), int(dropped["version"]), str(dropped["request"]), str(dropped["scanner"]), start
            ),
        )
        return finish(Done(PlanWords(actor.language)("placed", number=number), is_newest=True), tick_now)

    @app.callback(
        *_OUT,
        Input("plan-key", "data"),
        State("plan-tick", "data"),
        State("plan-version", "data"),
        prevent_initial_call=True,
    )
    def key(pressed: dict[str, Any] | None, tick_now: int, version: int | None) -> Any:
        if not pressed:
            return finish(None, tick_now)
        actor = current_actor()
        page = plan_page(application, actor, version=version, tick=tick_now)
        now = Situation(application, actor, page, pressed["request"])
        return finish(lock(now, "") if pressed["act"] == "lock" else undo(now, ""), tick_now)


def _register_reveal(app: Dash, application: Application) -> None:
    @app.callback(
        Output("plan-revealed", "children"),
        Input({"type": "act", "name": "reveal"}, "n_clicks"),
        State("plan-request", "data"),
        prevent_initial_call=True,
    )
    def reveal(clicks: int, request_id: str | None) -> Any:
        if not clicks or request_id is None:
            return no_update
        actor = current_actor()
        patient: PatientView = application.execute(actor, c.RevealPatient(request_id, area=area_here()))
        words = PlanWords(actor.language)
        known = [html.P(f"{name}: {value}") for name, value in patient.identity.items()] or [
            html.P(words("reveal_nothing"))
        ]
        return html.Div([*known, html.P(words("reveal_logged"), className="quiet")], className="revealed")
