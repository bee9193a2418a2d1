"""The site's settings and weights, each with its meaning."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, html, no_update

from dashboard.auth import current_actor
from dashboard.components import notices
from dashboard.components.basics import Child, alert, button
from dashboard.components.dialogs import field
from dashboard.i18n import Words
from hospital.errors import CaretableError
from hospital.sites import SiteSettings
from planning import commands as c
from planning.actors import Actor
from planning.app import Application
from planning.queries import SettingsView
from scheduler.imaging.presets import Weights, preset

NUMBERS = {"num_days": int, "notice_h": float, "cleaning_min": int, "fasting_before_min": int, "travel_min": int}
QUANTILES = ("median", "p90")
WEIGHTS = tuple(weight.name for weight in fields(Weights))


def body(application: Application, actor: Actor) -> Child:
    """Two columns: times and notice, weights."""
    words = Words("admin", actor.language)
    settings: SiteSettings = application.ask(actor, SettingsView())
    weights = preset(settings.preset, settings.weights)
    save = [
        html.Div(id="settings-problem"),
        html.Div(
            button(words("settings_save"), id="settings-save", icon_name="check", kind="primary"), className="form-end"
        ),
    ]
    return html.Section(
        [
            html.H2(words("settings_title")),
            html.P(words("settings_what"), className="quiet"),
            html.Div(
                [
                    html.Div([html.H3(words("settings_rules")), *_rules(settings, words)]),
                    html.Div(
                        [
                            html.H3(words("settings_weights")),
                            html.P(words("weights_what"), className="quiet"),
                            html.Div(_weights(weights, words), className="weights"),
                        ]
                    ),
                ],
                className="cards-settings",
            ),
            *save,
        ],
        className="card",
    )


def _rules(settings: SiteSettings, words: Words) -> list[Child]:
    rows: list[Child] = [
        field(
            words(f"setting_{name}"),
            dmc.TextInput(value=_plain(getattr(settings, name)), id={"type": "setting", "name": name}),
            words(f"setting_{name}_what"),
        )
        for name in NUMBERS
    ]
    options = [{"value": name, "label": words(f"quantile_{name}")} for name in QUANTILES]
    choice = dmc.Select(
        data=options,
        value=settings.duration_quantile,
        id={"type": "setting", "name": "duration_quantile"},
        allowDeselect=False,
    )
    return [*rows, field(words("setting_duration_quantile"), choice, words("setting_duration_quantile_what"))]


def _weights(weights: Weights, words: Words) -> list[Child]:
    return [
        html.Label(
            [
                html.Span(words(f"weight_{name}")),
                dmc.TextInput(
                    value=_plain(getattr(weights, name)), id={"type": "weight", "name": name}, size="xs", w=84
                ),
            ],
            className="weight",
        )
        for name in WEIGHTS
    ]


def _plain(value: float) -> str:
    return f"{value:g}"


def register(app: Dash, application: Application) -> None:
    """Save what was changed."""

    @app.callback(
        Output("settings-problem", "children"),
        Output("admin-tick", "data", allow_duplicate=True),
        Input("settings-save", "n_clicks"),
        State({"type": "setting", "name": ALL}, "value"),
        State({"type": "setting", "name": ALL}, "id"),
        State({"type": "weight", "name": ALL}, "value"),
        State({"type": "weight", "name": ALL}, "id"),
        State("admin-tick", "data"),
        prevent_initial_call=True,
    )
    def save(
        clicks: int,
        values: list[str],
        ids: list[dict[str, str]],
        prices: list[str],
        names: list[dict[str, str]],
        tick: int,
    ) -> Any:
        if not clicks:
            return no_update, no_update
        actor = current_actor()
        words = Words("admin", actor.language)
        settings: SiteSettings = application.ask(actor, SettingsView())
        typed = {key["name"]: value for key, value in zip(ids, values, strict=True)}
        weighed = {key["name"]: value for key, value in zip(names, prices, strict=True)}
        problem, changed = read_changes(settings, typed, weighed, words)
        if problem:
            return alert(problem), no_update
        if not changed:
            return html.P(words("settings_nothing"), className="quiet"), no_update
        try:
            application.execute(actor, c.ChangeSettings(changed))
        except CaretableError as error:
            return alert(error.sentence(actor.language)), no_update
        notices.show(words("settings_saved"))
        return None, tick + 1


def read_changes(
    settings: SiteSettings, typed: dict[str, str], weighed: dict[str, str], words: Words
) -> tuple[str, dict[str, Any]]:
    """What is wrong (empty where nothing is), and only what differs from what holds now."""
    changed: dict[str, Any] = {}
    for name, kind in NUMBERS.items():
        number = _number(typed.get(name, ""))
        if number is None:
            return words("settings_number", field=words(f"setting_{name}"), found=typed.get(name, "")), {}
        if number != getattr(settings, name):
            changed[name] = kind(number)
    if typed.get("duration_quantile") not in (None, settings.duration_quantile):
        changed["duration_quantile"] = typed["duration_quantile"]
    weights, now = {}, preset(settings.preset, settings.weights)
    for name in WEIGHTS:
        number = _number(weighed.get(name, ""))
        if number is None:
            return words("settings_number", field=words(f"weight_{name}"), found=weighed.get(name, "")), {}
        if number != getattr(now, name):
            weights[name] = number
    return "", changed | ({"weights": weights} if weights else {})


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except (TypeError, ValueError):
        return None
    return number if 0 <= number < 1e9 else None
