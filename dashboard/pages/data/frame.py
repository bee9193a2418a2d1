"""The Data page: upload on the left, templates and history beside it, refused rows below."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.basics import Child, button, data, icon, tag
from dashboard.components.tables import table
from dashboard.i18n import Words, number_text, time_text
from dashboard.pages.data.preview import preview
from hospital.texts import say
from intake.schema import AREA_TABLES, tables_of
from planning.actors import Actor
from planning.app import Application
from planning.areas import AREAS, telling_kind
from planning.queries import Quarantine, Sites, Uploads, UploadStatus
from planning.views import QuarantineRow, UploadRow

_STATE_KIND = {"staged": "warn", "applied": "good", "discarded": "plain"}


def stores() -> list[Any]:
    """area: whose data are shown. shown: the upload on the screen. tick: counts what was done."""
    return [
        dcc.Store(id="data-area", data=AREAS[0], storage_type="session"),
        dcc.Store(id="data-shown"),
        dcc.Store(id="data-tick", data=0),
    ]


def layout(application: Application, actor: Actor) -> Any:
    """The page for a person; raises NotAllowed where the role does not include it."""
    application.ask(actor, Uploads())
    return html.Div(
        [
            html.H1(id="data-headline", className="headline"),
            html.Div(id="data-areas", className="tabs page-tabs", role="tablist"),
            html.Div(
                [
                    html.Section(id="data-form", className="card"),
                    html.Div(
                        [
                            html.Section(id="data-templates", className="card"),
                            html.Section(id="data-history", className="card"),
                        ]
                    ),
                ],
                className="cards-2",
            ),
            html.Div(id="data-preview"),
            html.Section(id="data-quarantine", className="card"),
        ],
        className="plain-page",
    )


def table_name(kind: str, language: str) -> str:
    """The table's name for people."""
    if any(kind in tables for tables in AREA_TABLES.values()):
        return say(f"intake.table.{kind}", language)
    return say("data.upload_kind_workbook", language)


def area_tabs(shown: str, language: str) -> list[Child]:
    """One tab an area."""
    return [
        html.Button(
            say(f"operations.area_{area}", language),
            id={"type": "data-turn", "area": area},
            n_clicks=0,
            role="tab",
            className="tab is-on" if area == shown else "tab",
            **data(aria_selected="true" if area == shown else "false"),
        )
        for area in (*AREAS, "orders")
    ]


def upload_form(area: str, words: Words) -> list[Child]:
    """What is in the file, where it comes from, and where to drop it."""
    kinds = [{"value": "auto", "label": words("upload_kind_auto")}]
    kinds += [{"value": kind, "label": table_name(kind, words.language)} for kind in tables_of(area)]
    drop = html.Div(
        [
            html.Span(className="icon icon-data upload-icon"),
            html.Strong(words("upload_drop")),
            html.Button(words("upload_choose"), className="button button-plain", **data(upload_choose="yes")),
            html.P(id="upload-said", className="quiet", role="status"),
        ],
        id="upload-drop",
        className="upload-drop",
        **data(busy=words("upload_busy", file="#"), failed=words("upload_failed"), lost=words("upload_lost")),
    )
    source = dmc.TextInput(id="upload-source", persistence=True, persistence_type="session")
    return [
        html.H2(words("upload_title")),
        html.P(words("upload_what"), className="definition"),
        html.Div(
            [
                html.Div(
                    [
                        html.Label(words("upload_kind"), className="field-label"),
                        dmc.Select(data=kinds, id="upload-kind", value="auto", allowDeselect=False),
                    ]
                ),
                html.Div([html.Label(words("upload_source"), className="field-label"), source]),
            ],
            className="upload-fields",
        ),
        html.P(words("upload_source_what"), className="quiet"),
        drop,
    ]


def templates(area: str, words: Words) -> list[Child]:
    """Empty tables to fill in."""

    def links(kind: str) -> Child:
        path = f"/api/template/{area}/{kind or 'all'}"
        formats = ("xlsx", "csv") if kind else ("xlsx",)
        return html.Span(
            [
                html.A([icon("export"), html.Span(f".{name}")], href=f"{path}.{name}", className="file-link")
                for name in formats
            ],
            className="file-links",
        )

    rows = [html.Li([html.Strong(words("template_all")), links("")])]
    rows += [html.Li([html.Span(table_name(kind, words.language)), links(kind)]) for kind in tables_of(area)]
    return [
        html.H2(words("templates_title")),
        html.P(words("templates_what"), className="quiet"),
        html.Ul(rows, className="file-list"),
    ]


def draw(application: Application, actor: Actor, shown: str | None, area: str) -> tuple[Child, Child, Child, Child]:
    """Headline, history, preview, quarantine."""
    language = actor.language
    zone = next((site.timezone for site in application.ask(actor, Sites()) if site.id == actor.site_id), "UTC")
    uploads: tuple[UploadRow, ...] = application.ask(actor, Uploads(area=area))
    refused: tuple[QuarantineRow, ...] = application.ask(actor, Quarantine(area=area))
    view = application.ask(actor, UploadStatus(shown)) if shown else None
    words = Words("data", language)
    return (
        headline(uploads, len(refused), zone, words, area),
        _history(uploads, zone, words),
        preview(view, actor, area) if view is not None else None,
        quarantine(refused, zone, words),
    )


def headline(uploads: tuple[UploadRow, ...], num_refused: int, zone: str, words: Words, area: str = AREAS[0]) -> str:
    """When requests were read last, and what waits to be mended."""
    telling = (telling_kind(area), "workbook", "")
    applied = next((row for row in uploads if row.state == "applied" and row.kind in telling), None)
    staged = next((row for row in uploads if row.state == "staged"), None)
    sentences = []
    if applied is None:
        own = f"headline_never_{area}"
        sentences.append(words(own if words.known(own) else "headline_never"))
    else:
        key = "headline_fresh" if num_refused else "headline_clean"
        sentences.append(words(key, time=time_text(applied.at, zone, words.language), num=number_text(num_refused)))
    if staged is not None:
        sentences.append(words("staged_waits", file=staged.filename))
    return (" " if words.language == "en" else "").join(sentences)


def _history(uploads: tuple[UploadRow, ...], zone: str, words: Words) -> list[Child]:
    head = html.H2(words("history_title"))
    if not uploads:
        return [head, html.P(words("history_none"), className="quiet")]
    return [head, *[_history_row(row, zone, words) for row in uploads[:20]]]


def _history_row(row: UploadRow, zone: str, words: Words) -> html.Div:
    counts = " · ".join(
        f"{words(f'num_{name}')} {number_text(num)}"
        for name, num in (
            ("new", row.num_new),
            ("changed", row.num_changed),
            ("unchanged", row.num_unchanged),
            ("refused", row.num_refused),
        )
        if num
    )
    state = tag(words(f"state_{row.state}"), kind=_STATE_KIND.get(row.state, "plain"))
    title = html.Div([html.Strong(row.filename), state], className="change-line")
    detail = f"{table_name(row.kind, words.language)} · {row.by} · {time_text(row.at, zone, words.language)}"
    show = button(words("show"), id={"type": "show-upload", "id": row.id}, kind="small")
    return html.Div(
        [html.Div([title, html.P(detail, className="quiet"), html.P(counts, className="quiet")]), show],
        className="todo",
    )


def quarantine(rows: tuple[QuarantineRow, ...], zone: str, words: Words) -> list[Child]:
    """Refused rows of all applied uploads."""
    values = [
        {
            "at": time_text(row.at, zone, words.language),
            "file": row.refused.file,
            "row": row.refused.row,
            "field": row.refused.field_name(words.language),
            "expected": row.refused.expected(words.language),
            "found": row.refused.found,
            "by": row.by,
        }
        for row in rows
    ]
    columns = [("at", words("column_at"), 2), *refused_columns(words), ("by", words("column_by"), 1)]
    head = [html.H2(words("quarantine_title")), html.P(words("quarantine_what"), className="quiet")]
    return head + table("quarantine", columns, values, find=words("find"), empty=words("quarantine_none"))


def refused_columns(words: Words) -> list[tuple[str, str, int]]:
    """File, row, field, expected, found."""
    shares = {"file": 2, "row": 1, "field": 1, "expected": 3, "found": 2}
    return [(name, words(f"column_{name}"), share) for name, share in shares.items()]
