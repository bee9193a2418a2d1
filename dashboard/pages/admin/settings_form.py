"""An area's settings and weights, each with its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update

from dashboard.auth import current_actor
from dashboard.components import notices
from dashboard.components.basics import Child, alert, button, data
from dashboard.components.dialogs import field
from dashboard.i18n import Words
from hospital.errors import CaretableError
from planning import commands as c
from planning.actors import Actor
from planning.app import Application
from planning.areas import AREAS, area_of
from planning.queries import SettingsView

NUMBERS: Mapping[str, Mapping[str, type]] = {
    "imaging": {
        "num_days": int,
        "notice_h": float,
        "cleaning_min": int,
        "fasting_before_min": int,
        "travel_min": int,
    },
    "radiotherapy": {"num_days": int},
    "dialysis": {
        "num_days": int,
        "soon_h": int,
        "turnover_min": int,
        "days_off_pattern": int,
        "ratio": int,
        "care_ratio": int,
    },
}
"""Settings with a number, by area."""
QUANTILES = ("median", "p90")
_HAS_QUANTILE = "imaging"


def body(application: Application, actor: Actor, area: str = AREAS[0]) -> Child:
    """A tab an area, then two columns: times and notice, weights."""
    words = Words("admin", actor.language)
    settings = application.ask(actor, SettingsView(area=area))
    weights = area_of(area).weights(settings.preset, settings.weights)
    save = [
        html.Div(id="settings-problem"),
        html.Div(
            button(words("settings_save"), id="settings-save", icon_name="check", kind="primary"), className="form-end"
        ),
    ]
    return html.Section(
        [
            html.Div(_tabs(area, actor.language), className="tabs page-tabs", role="tablist"),
            html.H2(words("settings_title", area=Words("operations", actor.language)(f"area_{area}"))),
            html.P(words("settings_what"), className="quiet"),
            html.Div(
                [
                    html.Div([html.H3(words("settings_rules")), *_rules(area, settings, words)]),
                    html.Div(
                        [
                            html.H3(words("settings_weights")),
                            html.P(_said(words, area, "weights_what"), className="quiet"),
                            html.Div(_weights(area, weights, words), className="weights"),
                        ]
                    ),
                ],
                className="cards-settings",
            ),
            *save,
        ],
        className="card",
    )


def _tabs(shown: str, language: str) -> list[Child]:
    return [
        html.Button(
            Words("operations", language)(f"area_{area}"),
            id={"type": "settings-turn", "area": area},
            n_clicks=0,
            role="tab",
            className="tab is-on" if area == shown else "tab",
            **data(aria_selected="true" if area == shown else "false"),
        )
        for area in AREAS
    ]


def _said(words: Words, area: str, key: str) -> str:
    """The area's own word for it where it has one."""
    own = f"{area}_{key}"
    return words(own if words.known(own) else key)


def _rules(area: str, settings: Any, words: Words) -> list[Child]:
    rows: list[Child] = [
        field(
            _said(words, area, f"setting_{name}"),
            dmc.TextInput(value=_plain(getattr(settings, name)), id={"type": "setting", "name": name}),
            _said(words, area, f"setting_{name}_what"),
        )
        for name in NUMBERS[area]
    ]
    if area != _HAS_QUANTILE:
        return rows
    options = [{"value": name, "label": words(f"quantile_{name}")} for name in QUANTILES]
    choice = dmc.Select(
        data=options,
        value=settings.duration_quantile,
        id={"type": "setting", "name": "duration_quantile"},
        allowDeselect=False,
    )
    return [*rows, field(words("setting_duration_quantile"), choice, words("setting_duration_quantile_what"))]


def _weights(area: str, weights: Any, words: Words) -> list[Child]:
    return [
        html.Label(
            [
                html.Span(_said(words, area, f"weight_{weight.name}")),
                dmc.TextInput(
                    value=_plain(getattr(weights, weight.name)),
                    id={"type": "weight", "name": weight.name},
                    size="xs",
                    w=84,
                ),
            ],
            className="weight",
        )
        for weight in fields(weights)
    ]


def _plain(value: float) -> str:
    return f"{value:g}"


def register(app: Dash, application: Application) -> None:
    """Turn to another area; save what was changed."""

    @app.callback(
        Output("settings-area", "data"),
        Input({"type": "settings-turn", "area": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def turn(_clicks: list[int]) -> Any:
        return ctx.triggered_id["area"] if ctx.triggered and ctx.triggered[0]["value"] else no_update

    @app.callback(
        Output("settings-problem", "children"),
        Output("admin-tick", "data", allow_duplicate=True),
        Input("settings-save", "n_clicks"),
        State({"type": "setting", "name": ALL}, "value"),
        State({"type": "setting", "name": ALL}, "id"),
        State({"type": "weight", "name": ALL}, "value"),
        State({"type": "weight", "name": ALL}, "id"),
        State("settings-area", "data"),
        State("admin-tick", "data"),
        prevent_initial_call=True,
    )
    def save(
        clicks: int,
        values: list[str],
        ids: list[dict[str, str]],
        prices: list[str],
        names: list[dict[str, str]],
        area: str,
        tick: int,
    ) -> Any:
        if not clicks:
            return no_update, no_update
        actor = current_actor()
        words = Words("admin", actor.language)
        settings = application.ask(actor, SettingsView(area=area))
        typed = {key["name"]: value for key, value in zip(ids, values, strict=True)}
        weighed = {key["name"]: value for key, value in zip(names, prices, strict=True)}
        problem, changed = read_changes(area, settings, typed, weighed, words)
        if problem:
            return alert(problem), no_update
        if not changed:
            return html.P(words("settings_nothing"), className="quiet"), no_update
        try:
            application.execute(actor, c.ChangeSettings(changed, area=area))
        except CaretableError as error:
            return alert(error.sentence(actor.language)), no_update
        notices.show(words("settings_saved"))
        return None, tick + 1


def read_changes(
    area: str, settings: Any, typed: Mapping[str, str], weighed: Mapping[str, str], words: Words
) -> tuple[str, dict[str, Any]]:
    """What is wrong (empty where nothing is), and only what differs from what holds now."""
    changed: dict[str, Any] = {}
    for name, kind in NUMBERS[area].items():
        number = _number(typed.get(name, ""))
        if number is None:
            return _wrong(words, area, f"setting_{name}", typed.get(name, "")), {}
        if number != getattr(settings, name):
            changed[name] = kind(number)
    if area == _HAS_QUANTILE and typed.get("duration_quantile") not in (None, settings.duration_quantile):
        changed["duration_quantile"] = typed["duration_quantile"]
    weights, now = {}, area_of(area).weights(settings.preset, settings.weights)
    for weight in fields(now):
        number = _number(weighed.get(weight.name, ""))
        if number is None:
            return _wrong(words, area, f"weight_{weight.name}", weighed.get(weight.name, "")), {}
        if number != getattr(now, weight.name):
            weights[weight.name] = number
    return "", changed | ({"weights": weights} if weights else {})


def _wrong(words: Words, area: str, key: str, found: str) -> str:
    return words("settings_number", field=_said(words, area, key), found=found)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except (TypeError, ValueError):
        return None
    return number if 0 <= number < 1e9 else None
