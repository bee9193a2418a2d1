"""The solve button with its few settings, and the progress of a running solve."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, html, no_update

from dashboard.auth import current_actor
from dashboard.components import notices
from dashboard.components.basics import Child, button, data, icon
from dashboard.i18n import Words, number_text
from dashboard.pages.plan.here import PlanWords, area_here
from dashboard.pages.plan.reading import next_tick
from dashboard.pages.plan.show import states_of
from hospital.plans import PlanStatus
from hospital.texts import catalogue
from planning import commands as c
from planning.app import Application
from planning.permissions import allowed_commands
from planning.queries import ActiveJob, Versions
from planning.views import JobView, VersionRow

BUSY_MS, IDLE_MS = 1000, 5000
_SECONDS = (10, 30, 60, 120, 300)


def solve_buttons(words: Words) -> Child:
    """Solve, and beside it how long and how gently."""
    seconds = html.Div(
        [
            html.Label(words("seconds"), className="field-label"),
            dmc.SegmentedControl(
                [str(n) for n in _SECONDS],
                value="30",
                id="solve-seconds",
                size="xs",
                fullWidth=True,
                persistence=True,
                persistence_type="session",
            ),
            html.P(words("seconds_what"), className="quiet"),
        ],
        className="field",
    )
    gently = dmc.Checkbox(
        label=words("min_changes"),
        description=words("min_changes_what"),
        id="solve-min",
        checked=True,
        persistence=True,
        persistence_type="session",
        size="sm",
    )
    target = html.Button(
        icon("chevron"),
        className="button button-primary button-joined",
        title=words("solve_more"),
        **data(aria_label=words("solve_more")),
    )
    settings = dmc.Popover(
        [dmc.PopoverTarget(target), dmc.PopoverDropdown([seconds, gently])],
        width=300,
        position="bottom-end",
        shadow="md",
        keepMounted=True,
    )
    return html.Div(
        [button(words("solve"), id="solve", icon_name="play", kind="primary"), settings], className="joined"
    )


def register(app: Dash, application: Application) -> None:
    """Start, stop, watch."""

    @app.callback(
        Output("plan-poll", "interval", allow_duplicate=True),
        Output("plan-trace", "data", allow_duplicate=True),
        Input("solve", "n_clicks"),
        State("solve-seconds", "value"),
        State("solve-min", "checked"),
        State("plan-head", "data"),
        prevent_initial_call=True,
    )
    def start(clicks: int, seconds: str, is_gentle: bool, head: int | None) -> Any:
        if not clicks:
            return no_update, no_update
        job = application.execute(
            current_actor(),
            c.RequestSolve(area_here(), float(seconds), base_version=head or None, min_changes=bool(is_gentle)),
        )
        return BUSY_MS, {"job": job, "running": True, "points": []}

    @app.callback(
        Output("plan-stop-told", "children"),
        Input("plan-stop", "n_clicks"),
        State("plan-trace", "data"),
        prevent_initial_call=True,
    )
    def stop(clicks: int, trace: dict[str, Any] | None) -> Any:
        if clicks and trace:
            application.execute(current_actor(), c.StopJob(str(trace["job"])))
            notices.show(PlanWords(current_actor().language)("stopping"))
        return no_update

    @app.callback(
        Output("plan-job", "children"),
        Output("plan-trace", "data"),
        Output("plan-tick", "data", allow_duplicate=True),
        Output("plan-version", "data", allow_duplicate=True),
        Output("plan-poll", "interval", allow_duplicate=True),
        Input("plan-poll", "n_intervals"),
        State("plan-trace", "data"),
        State("plan-tick", "data"),
        State("plan-head", "data"),
        State("plan-seen", "data"),
        prevent_initial_call="initial_duplicate",
    )
    def watch(
        count: int | None, trace: dict[str, Any] | None, tick: int, head: int | None, seen: dict[str, Any] | None
    ) -> Any:
        actor = current_actor()
        job: JobView | None = application.ask(actor, ActiveJob(area_here()))
        may_stop = "StopJob" in allowed_commands(actor)
        was_running = bool(trace and trace.get("running"))
        if job is not None and job.is_active:
            trace = follow(trace, job)
            return (
                progress(job, trace["points"], actor.language, may_stop=may_stop),
                trace,
                no_update,
                no_update,
                BUSY_MS,
            )
        if job is not None and was_running and trace and trace["job"] == job.id:
            notices.show(ending(job, actor.language), is_bad=job.state in ("failed", "superseded"))
            return None, {**trace, "running": False}, next_tick(tick), None, IDLE_MS
        if (count or 0) % 2:
            return no_update, no_update, no_update, no_update, IDLE_MS
        rows = application.ask(actor, Versions(area_here()))
        news = state_news(rows, seen, actor.language)
        if news:
            notices.show(news)
        return _newer(rows, head, actor.language), no_update, next_tick(tick) if news else no_update, no_update, IDLE_MS


def follow(trace: dict[str, Any] | None, job: JobView) -> dict[str, Any]:
    """The costs seen so far of this job, for the small curve."""
    points = list(trace["points"]) if trace and trace.get("job") == job.id else []
    if job.cost is not None and (not points or points[-1][0] != job.seconds):
        points.append([job.seconds, job.cost])
    return {"job": job.id, "running": True, "points": points[-200:]}


def progress(job: JobView, points: list[list[float]], language: str, *, may_stop: bool) -> Child:
    """What a running solve has found, how far it is, and the way to stop it."""
    words = PlanWords(language)
    state = (
        words("job_stopping")
        if job.is_stopping
        else words("job_queued")
        if job.state == "queued"
        else words("job_running")
    )
    figures = [
        (words("job_cost"), job.cost),
        (words("job_bound"), job.bound),
        (words("job_unplanned"), job.num_unplanned),
    ]
    cells = [
        html.Span([html.Span(name, className="quiet"), html.Strong(number_text(round(value)))], className="job-figure")
        for name, value in figures
        if value is not None
    ]
    share = min(100.0, 100 * job.seconds / job.limit_s) if job.limit_s else 0.0
    clock = words("job_of", seconds=f"{job.seconds:.0f}", limit=f"{job.limit_s:.0f}")
    curve = (
        [
            dmc.Sparkline(
                data=[cost for _, cost in points],
                w=120,
                h=26,
                curveType="stepAfter",
                color="var(--accent)",
                fillOpacity=0.15,
                strokeWidth=1.5,
            )
        ]
        if len(points) > 1
        else []
    )
    end = [button(words("stop"), id="plan-stop", icon_name="stop")] if may_stop and not job.is_stopping else []
    bar = html.Div(
        html.Div(style={"width": f"{share:.0f}%"}),
        className="job-bar",
        role="progressbar",
        **data(aria_valuenow=f"{share:.0f}"),
    )
    return html.Div(
        [
            html.Strong(state),
            *cells,
            *curve,
            html.Span(className="topbar-space"),
            html.Span(clock, className="job-clock"),
            bar,
            *end,
        ],
        className="job",
        role="status",
    )


def ending(job: JobView, language: str) -> str:
    """How it ended, in words."""
    words = PlanWords(language)
    if job.state == "failed":
        texts = catalogue(language)
        cause = texts.get(f"errors.{job.error}", job.error).format(**job.error_values) if job.error else ""
        return words("job_failed", error=cause)
    if job.state == "superseded":
        return words("job_superseded")
    return words(f"job_{job.state}", version=job.version or "–")


def state_news(rows: Sequence[VersionRow], seen: dict[str, Any] | None, language: str) -> str:
    """What somebody else did with the version on the screen, or put in force, since it was drawn; empty where nothing."""
    if not seen or states_of(rows, seen["number"]) == seen:
        return ""
    now = states_of(rows, seen["number"])
    told = seen["number"] if now["status"] != seen["status"] else now["in_force"]
    status = next((row.status for row in rows if row.number == told), None)
    if status is None:
        return ""
    said = Words("dashboard", language)(f"plan_{status.value}")
    return PlanWords(language)("status_news", number=told, status=said)


def _newer(rows: Sequence[VersionRow], head: int | None, language: str) -> Child:
    rows = [row for row in rows if row.status is not PlanStatus.REJECTED]
    if not rows or head is None or rows[0].number <= head:
        return None
    words = PlanWords(language)
    text = words("newer", number=rows[0].number, author=rows[0].author)
    return html.Div(
        [
            html.Span(text),
            button(
                words("show_newest", number=rows[0].number),
                id={"type": "show-version", "number": rows[0].number},
                kind="small",
            ),
        ],
        className="job is-newer",
    )
