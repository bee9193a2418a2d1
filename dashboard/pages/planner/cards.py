"""A card for each thing a text says: the phrase, what is meant, fields to edit, what it would do, and the buttons."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard.components.basics import Child, button, data, tag
from dashboard.i18n import Words
from dashboard.pages.planner.fields import fields, named
from hospital.texts import catalogue, say
from planning.asking.views import AskedView, Card

_STATE_KINDS = {"waiting": "warn", "confirmed": "good", "dismissed": "plain", "undone": "plain", "told": "plain"}


def key(place: str, asked: str, number: int) -> dict[str, Any]:
    """What tells a card's parts apart: where it is drawn, of which text, its number."""
    return {"place": place, "asked": asked, "card": number}


def card(view: AskedView, one: Card, language: str, place: str, *, is_page: bool) -> html.Article:
    """One card. On the page answers are fetched by a button, in the panel at once."""
    words = Words("asking", language)
    here, is_asking = key(place, view.id, one.number), one.kind == "ask" and one.state == "waiting"
    head = [
        html.Strong(_title(one, words), className="planner-card-title"),
        *([tag(say(f"planner.area.{one.area}", language))] if one.area and one.kind in ("change", "question") else []),
        tag(words("state_asked" if is_asking else f"state_{one.state}"), kind=_STATE_KINDS[one.state]),
    ]
    body: list[Child] = [html.Div(head, className="planner-card-head")]
    if one.phrase:
        body.append(html.P(words("phrase", phrase=one.phrase), className="planner-phrase"))
    body += _says(one, words)
    if one.kind == "change":
        is_open = one.state == "waiting" and view.is_allowed
        body.append(fields(view, one, language, here, is_open=is_open))
    body += _more(one, view, words, here, is_page=is_page)
    body.append(html.Div(_buttons(view, one, words, here), className="button-row"))
    return html.Article(body, className=f"planner-card is-{one.kind} is-{one.state}")


def _title(one: Card, words: Words) -> str:
    if one.kind == "undo":
        return words("undo_card_all" if one.said.get("scope") == "all" else "undo_card")
    about = str(one.said.get("about", one.intent)) if one.kind == "ask" else one.intent
    if one.kind == "ask" and not (one.choices or one.said.get("unknown") or one.said.get("missing")):
        about = "clarify"
    return say(f"planner.intent.{about}", words.language)


def _says(one: Card, words: Words) -> list[Child]:
    language = words.language
    if one.kind == "refused":
        return [html.P(say(f"planner.refused.{one.said['category']}", language))]
    if one.kind in ("several", "confirm"):
        return [html.P(words("several" if one.kind == "several" else "confirm_told"))]
    if one.kind == "absent":
        return [html.P(words("absent", area=say(f"planner.area.{one.area}", language)))]
    return [html.P(_asked_back(one, language))] if one.kind == "ask" else []


def _asked_back(one: Card, language: str) -> str:
    if one.choices:
        return say("planner.ask_which", language, names=", ".join(one.choices))
    if one.said.get("unknown"):
        return say("planner.ask_unknown", language, names=", ".join(one.said["unknown"]))
    if one.said.get("missing"):
        texts = catalogue(language)
        names = ", ".join(texts.get(f"planner.field.{name}", name) for name in one.said["missing"])
        return say("planner.ask_missing", language, names=names)
    return say("planner.ask_again", language)


def _more(one: Card, view: AskedView, words: Words, here: dict[str, Any], *, is_page: bool) -> list[Child]:
    """What is fetched after the card stands: whom a change touches, the answer to a question; and what is fetched when asked for."""
    is_change = one.kind == "change" and one.state == "waiting" and view.is_allowed
    if not is_change and one.kind != "question":
        return []
    found: list[Child] = []
    is_fetched = is_change or not is_page
    if is_fetched:
        found.append(dcc.Store(id={"type": "planner-begin", **here}, data=one.kind))
        found.append(
            html.Div(
                words("checking"),
                id={"type": "planner-more", **here},
                className="planner-more",
                **data(aria_live="polite"),
            )
        )
    if is_change or is_page:
        text = words("solve_preview" if is_change else "show_answer")
        found.append(button(text, id={"type": "planner-solve", **here}, icon_name="compare", kind="small"))
        solved = html.Div(id={"type": "planner-solved", **here}, className="planner-more")
        found.append(dcc.Loading(solved, type="dot"))
    return found


def _buttons(view: AskedView, one: Card, words: Words, here: dict[str, Any]) -> list[Child]:
    def act(name: str, text: str, **how: Any) -> html.Button:
        return button(text, id={"type": "planner-act", **here, "act": name}, **how)

    if one.state == "confirmed" and one.changes:
        again = act("solve", words("solve_now"), icon_name="play", kind="small")
        return [again, act("undo", words("undo"), icon_name="undo", kind="small")]
    if one.state != "waiting":
        return [html.P(words("solve_begun"), className="quiet")] if one.job else []
    dismiss = act("dismiss", words("dismiss"))
    if one.kind == "ask":
        return [*(act(f"choose-{choice}", named(view, choice)) for choice in one.choices), dismiss]
    if not view.is_allowed:
        return [html.P(words("not_yours"), className="quiet"), dismiss]
    return [act("confirm", words("confirm"), icon_name="check", kind="primary"), dismiss]
