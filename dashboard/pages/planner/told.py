"""What a change would do, and answers to questions, as a card shows them."""

from __future__ import annotations

from dash import html

from dashboard.components.basics import Child
from dashboard.i18n import Words, short_time_text
from dashboard.pages.plan.sentences import match_text
from planning.asking.views import AnswerView, PreviewView
from planning.views import MovedRow, PlaceView, RequestView

_MOST = 6


def preview(found: PreviewView, words: Words, zone: str) -> list[Child]:
    """Whom it touches; once solved, who moves and the price."""
    if not found.is_in_force:
        return [html.P(words("preview_none"), className="quiet")]
    return _solved(found, words, zone) if found.is_solved else _touched(found, words, zone)


def _touched(found: PreviewView, words: Words, zone: str) -> list[Child]:
    if not found.touched:
        return [html.P(words("preview_nobody"))]
    lines = [
        html.Li(
            f"{row.about.patient} {_title(row.about, words.language)}, {_place(row.place, words, zone)}",
            title=match_text(row.matches[0], zone, words.language),
        )
        for row in found.touched[:_MOST]
    ]
    head = html.P(words("preview_touched", num=len(found.touched)), className="planner-touched")
    return [head, html.Ul(lines), *_rest(len(found.touched), words)]


def _solved(found: PreviewView, words: Words, zone: str) -> list[Child]:
    counts = {"moved": len(found.moved), "added": len(found.added), "dropped": len(found.dropped)}
    more = found.cost_after - found.cost_before
    price = "preview_same" if abs(more) < 0.05 else "preview_dearer" if more > 0 else "preview_cheaper"
    rows = (*found.dropped, *found.moved, *found.added)
    return [
        html.P(words("preview_solved", **counts), className="planner-touched"),
        html.P(words(price, price=f"{abs(more):,.1f}")),
        html.Ul([html.Li(_move(row, words, zone)) for row in rows[:_MOST]]),
        *_rest(len(rows), words),
        html.P(words("preview_kept"), className="quiet"),
    ]


def _rest(num: int, words: Words) -> list[Child]:
    return [html.P(words("preview_more", num=num - _MOST), className="quiet")] if num > _MOST else []


def _move(row: MovedRow, words: Words, zone: str) -> str:
    places = {"old": _place(row.old, words, zone), "new": _place(row.new, words, zone)}
    return words("preview_move", patient=row.about.patient, title=_title(row.about, words.language), **places)


def _place(place: PlaceView | None, words: Words, zone: str) -> str:
    if place is None:
        return words("no_place")
    return words("place", resource=place.resource, start=short_time_text(place.start, zone, words.language))


def _title(about: RequestView, language: str) -> str:
    return about.title_zh if language == "zh" else about.title_en


def answer(found: AnswerView, words: Words, zone: str) -> list[Child]:
    """The sentences, and the preview of what was supposed."""
    lines: list[Child] = [html.P(sentence) for sentence in found.sentences]
    if found.more:
        lines.append(html.P(words("answer_more", num=found.more), className="quiet"))
    return lines if found.preview is None else [*lines, *preview(found.preview, words, zone)]
