"""What applying an upload would do: counts, columns with five rows, refused rows, what is missing."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import html

from dashboard.components.basics import Child, alert, button, data, icon, tag
from dashboard.components.tables import table
from dashboard.i18n import Words, number_text
from hospital.texts import say
from intake.fields import label
from intake.schema import tables_of
from planning.actors import Actor
from planning.areas import telling_kind
from planning.permissions import allowed_commands
from planning.views import UploadView

_STATE_KIND = {"staged": "warn", "applied": "good", "discarded": "plain"}
_SHOWN_MISSING = 200


def preview(view: UploadView, actor: Actor, area: str) -> Child:
    """The whole card of one upload."""
    words = Words("data", actor.language)
    is_table = view.kind in tables_of(area)
    kind = say(f"intake.table.{view.kind}", actor.language) if is_table else words("upload_kind_workbook")
    title = html.H2(
        [
            words("preview_title", file=view.filename, kind=kind),
            tag(words(f"state_{view.state}"), kind=_STATE_KIND.get(view.state, "plain")),
        ],
        className="preview-title",
    )
    parts: list[Child] = [html.Div([title, *_buttons(view, words)], className="preview-head"), _counts(view, words)]
    if view.missing_columns:
        names = ", ".join(label(view.kind, name, actor.language) for name in view.missing_columns)
        parts.append(alert(words("mapping_missing", columns=names)))
    if view.warnings:
        parts.append(html.H3(words("warnings_title")))
        parts += [alert(warning.sentence(actor.language), kind="warn") for warning in view.warnings]
    if view.sample_rows and view.state == "staged":
        parts += _mapping(view, words)
    if view.refused:
        parts += _refused(view, words)
    if view.missing:
        is_asked = view.kind == telling_kind(area)
        parts += _missing(view, words, may_cancel=is_asked and "CancelRequests" in allowed_commands(actor))
    return html.Section(parts, className="card preview")


def _buttons(view: UploadView, words: Words) -> list[Child]:
    if view.state != "staged":
        return []
    is_useful = not view.missing_columns
    apply = button(
        words("apply"),
        id={"type": "upload-act", "name": "apply"},
        icon_name="check",
        kind="primary",
        disabled=not is_useful,
    )
    return [
        html.Div(
            [button(words("discard"), id={"type": "upload-act", "name": "discard"}), apply], className="button-row"
        )
    ]


def _counts(view: UploadView, words: Words) -> html.Div:
    counts = (
        ("new", view.num_new),
        ("changed", view.num_changed),
        ("unchanged", view.num_unchanged),
        ("refused", len(view.refused)),
        ("missing", len(view.missing)),
    )
    cells = [
        html.Div(
            [
                html.Span(words(f"num_{name}"), className="tile-head"),
                html.Span(number_text(num), className=f"tile-number {'is-warn' if num and name == 'refused' else ''}"),
            ],
            className="count-cell",
        )
        for name, num in counts
    ]
    return html.Div(
        [
            html.Div(
                html.Span(words("preview_rows", num=number_text(view.num_rows)), className="quiet"),
                className="count-cell",
            ),
            *cells,
        ],
        className="count-cells",
    )


def _mapping(view: UploadView, words: Words) -> list[Child]:
    options = [{"value": "-", "label": words("mapping_none")}]
    options += [{"value": name, "label": label(view.kind, name, words.language)} for name in view.known_columns]
    heads = [html.Th(column) for column in view.columns]
    choices = [
        html.Td(
            dmc.Select(
                data=options,
                value=view.mapping.get(column) or "-",
                id={"type": "map", "column": column},
                size="xs",
                allowDeselect=False,
                searchable=True,
                comboboxProps={"width": 220},
            )
        )
        for column in view.columns
    ]
    rows = [html.Tr([html.Td(row.get(column, "")) for column in view.columns]) for row in view.sample_rows]
    grid = html.Table(
        [html.Thead([html.Tr(heads), html.Tr(choices, className="map-row")]), html.Tbody(rows)], className="map-table"
    )
    again = html.Button(
        [icon("undo"), html.Span(words("mapping_again"))], id="map-again", n_clicks=0, className="button button-plain"
    )
    return [
        html.H3(words("mapping_title")),
        html.P(words("mapping_what"), className="quiet"),
        html.Div(grid, className="map-scroll"),
        html.Div(again, className="form-end"),
    ]


def refused_values(view: UploadView, language: str) -> list[dict[str, Any]]:
    """Rows of the table and of the download."""
    return [
        {
            "file": row.file,
            "row": row.row,
            "field": row.field_name(language),
            "expected": row.expected(language),
            "found": row.found,
        }
        for row in view.refused
    ]


def _refused(view: UploadView, words: Words) -> list[Child]:
    shares = {"file": 2, "row": 1, "field": 1, "expected": 3, "found": 2}
    columns = [(name, words(f"column_{name}"), share) for name, share in shares.items()]
    link = html.A(
        [icon("export"), html.Span(words("refused_download"))],
        href=f"/api/refused/{view.id}.csv",
        className="button button-plain",
    )
    return [
        html.H3(words("refused_title", num=number_text(len(view.refused)))),
        html.P(words("refused_what"), className="quiet"),
        *table("refused", columns, refused_values(view, words.language), find=words("find"), empty=""),
        html.Div(link, className="form-end"),
    ]


def _missing(view: UploadView, words: Words, *, may_cancel: bool) -> list[Child]:
    parts: list[Child] = [
        html.H3(words("missing_title", num=number_text(len(view.missing)))),
        html.P(words("missing_what"), className="quiet"),
    ]
    shown = view.missing[:_SHOWN_MISSING]
    if not may_cancel:
        return [*parts, html.P(", ".join(shown))]
    chips = dmc.ChipGroup(
        [html.Div([dmc.Chip(name, value=name, size="xs") for name in shown], className="chips-many")],
        id="missing-chosen",
        multiple=True,
        value=[],
    )
    reason = dmc.TextInput(
        id="missing-reason", placeholder=words("missing_reason"), **data(aria_label=words("missing_reason"))
    )
    cancel = button(words("missing_cancel"), id="missing-cancel", icon_name="close", kind="bad")
    return [*parts, chips, html.Div([reason, cancel], className="missing-end"), html.Div(id="missing-problem")]
