"""The smallest parts: icons, badges, wildcard attributes, empty states."""

from __future__ import annotations

from typing import Any

from dash import html

from hospital.texts import say

Child = Any
"""What Dash accepts as children."""


def data(**values: str) -> dict[str, Any]:
    """Wildcard attributes: ``data(request="R1")`` gives ``data-request``; ``aria_label`` gives ``aria-label``."""
    return {
        (name.replace("_", "-") if name.startswith("aria_") else f"data-{name.replace('_', '-')}"): value
        for name, value in values.items()
    }


def plain_id(name: str) -> str:
    """A name as letters and digits that may stand in a component's id: Dash does not find an id again that holds other letters."""
    return name.encode().hex()


def named(plain: str) -> str:
    """The name behind ``plain_id``."""
    return bytes.fromhex(plain).decode()


def icon(name: str) -> html.Span:
    """An icon of assets/icons.css in the colour of its text; it never stands for a word alone."""
    return html.Span(className=f"icon icon-{name}", **data(aria_hidden="true"))


def class_badge(rclass: str, language: str, *, is_long: bool = False) -> html.Span:
    """The patient class by letter, pattern and colour; ``is_long`` adds the word."""
    letter = say(f"dashboard.letter_{rclass}", language)
    name = say(f"dashboard.class_{rclass}", language)
    children: list[Child] = [html.Span(letter, className=f"badge badge-{rclass}", title=name)]
    if is_long:
        children.append(html.Span(name, className="badge-name"))
    return html.Span(children, className="badge-pair")


def tag(text: str, *, kind: str = "plain", icon_name: str = "") -> html.Span:
    """A small label: plain, good, warn, bad or accent."""
    return html.Span([icon(icon_name), text] if icon_name else text, className=f"tag tag-{kind}")


def empty(title: str, what_to_do: str, *actions: Child) -> html.Div:
    """What a place shows while it is empty: why, and what to do first."""
    return html.Div(
        [
            html.P(title, className="empty-title"),
            html.P(what_to_do),
            html.Div(list(actions), className="empty-actions"),
        ],
        className="empty",
    )


def button(text: str, *, id: Any, icon_name: str = "", kind: str = "plain", **more: Any) -> html.Button:
    """A button: primary (one on a screen), plain, quiet or bad."""
    children: list[Child] = [icon(icon_name)] if icon_name else []
    if text:
        children.append(html.Span(text))
    return html.Button(children, id=id, className=f"button button-{kind}", n_clicks=0, **more)


def definition_list(pairs: list[tuple[str, Child]]) -> html.Dl:
    """Names and values in two columns."""
    cells: list[Child] = []
    for name, value in pairs:
        cells += [html.Dt(name), html.Dd(value)]
    return html.Dl(cells, className="facts")


def alert(text: str, *, kind: str = "bad") -> html.P:
    """A message inside a page or form."""
    return html.P([icon("alert"), html.Span(text)], className=f"alert alert-{kind}", role="alert")
