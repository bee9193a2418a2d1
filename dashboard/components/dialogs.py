"""A dialog: title, fields, the place for what is wrong, buttons."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import Dash, Input, Output, html, no_update

from dashboard.components.basics import Child

ABOVE = {"zIndex": 500}
"""Drop-down lists inside a dialog lie above it."""


def dialog(key: str, title: Child, *children: Child) -> dmc.Modal:
    """``<key>-dialog``, closed. Its fields exist from the start, so that what was typed stays when it is closed."""
    return dmc.Modal(
        [*children],
        id=f"{key}-dialog",
        title=title,
        opened=False,
        keepMounted=True,
        centered=True,
        size=460,
        overlayProps={"backgroundOpacity": 0.35},
    )


def field(label: str, control: Child, hint: str = "") -> html.Div:
    """A labelled control with an explanation under it."""
    note = [html.P(hint, className="quiet")] if hint else []
    return html.Div([html.Label(label, className="field-label"), control, *note], className="field")


def ending(key: str, *buttons: Child) -> list[Child]:
    """``<key>-problem``, where an error is said beside what was typed, and the buttons."""
    return [
        html.Div(id=f"{key}-problem", className="form-problem"),
        html.Div(list(buttons), className="form-end"),
    ]


def opens(app: Dash, key: str) -> None:
    """``<key>-open`` opens ``<key>-dialog``."""

    @app.callback(Output(f"{key}-dialog", "opened"), Input(f"{key}-open", "n_clicks"), prevent_initial_call=True)
    def open_dialog(clicks: int) -> object:
        return True if clicks else no_update
