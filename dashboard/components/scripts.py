"""Callbacks that run in the browser: functions of assets/, never inline text, so that the policy on scripts stays strict."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash


def in_browser(app: Dash, namespace: str, function: str, *outputs_and_inputs: Any, is_initial: bool = True) -> None:
    """Call ``dash_clientside.<namespace>.<function>``."""
    anyhow: Any = getattr(app, "app", app)
    anyhow.clientside_callback(
        ClientsideFunction(namespace, function), *outputs_and_inputs, prevent_initial_call=not is_initial
    )
