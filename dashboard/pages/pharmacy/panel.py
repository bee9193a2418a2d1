"""One item opened: its reason, its exceptions, its figures and its picture."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.basics import Child, alert, button, definition_list, empty, plain_id, tag
from dashboard.i18n import Words, number_text
from dashboard.pages.pharmacy.drawing import figure
from hospital.texts import say
from planning.pharmacy.views import ItemPicture, LineView
from planning.pharmacy.wording import alarm_text, day_text, reason_text, share_text


def nothing_open(words: Words) -> Child:
    """While no line is chosen."""
    return empty(words("pick_title"), words("pick_what"))


def panel(view: ItemPicture, words: Words, *, may_edit: bool) -> list[Child]:
    """All of one item."""
    line, language = view.line, words.language
    notes = [
        html.P(say(f"forecast.note_{kind}", language, **values), className="quiet")
        for kind, values in view.notes
        if kind != "level_break"
    ]
    return [
        html.Div(
            [
                html.H2(line.name(language)),
                tag(line.item),
                tag(f"{line.criticality} · {line.turnover}", kind="accent"),
            ],
            className="pharmacy-title",
        ),
        html.P(reason_text(line, language), className="pharmacy-reason", id="pharmacy-reason"),
        *[alert(alarm_text(alarm, language), kind="warn") for alarm in line.alarms],
        *([_quantity(line, words)] if may_edit else []),
        definition_list(_facts(line, words)),
        dcc.Graph(
            figure=figure(view, words),
            config={"displayModeBar": False, "responsive": True},
            id="pharmacy-picture",
            style={"height": "430px"},
        ),
        *notes,
    ]


def _quantity(line: LineView, words: Words) -> html.Div:
    number = dmc.NumberInput(
        id={"type": "pharmacy-packs-input", "item": plain_id(line.item)},
        value=line.packs,
        min=0,
        step=1,
        allowDecimal=False,
        size="sm",
        w=110,
        debounce=250,
    )
    back_id = {"type": "pharmacy-advised", "item": plain_id(line.item), "packs": line.advised}
    back = button(words("back_to_advised"), id=back_id, icon_name="undo", kind="quiet")
    return html.Div(
        [
            html.Label(words("your_packs"), className="field-label"),
            number,
            html.Span(words("advised", num=line.advised), className="quiet"),
            *([back] if line.packs != line.advised else []),
        ],
        className="pharmacy-quantity",
    )


def _facts(line: LineView, words: Words) -> list[tuple[str, Child]]:
    lasts = words("days_beyond" if line.is_days_left_beyond else "days", num=line.days_left)
    unit = line.unit or words("unit")
    found: list[tuple[str, Child]] = [
        (words("fact_stock"), f"{number_text(round(line.stock))} {unit}"),
        (words("fact_under_way"), f"{number_text(round(line.under_way))} {unit}"),
        (words("fact_days_left"), lasts),
        (words("fact_needed_by"), day_text(line.needed_by, words.language)),
        (words("fact_arrives"), day_text(line.arrives, words.language)),
        (
            words("fact_risk"),
            html.Strong(
                words("fact_risk_text", none=share_text(line.risk_none), risk=share_text(line.risk)),
                id="pharmacy-risk",
            ),
        ),
    ]
    if line.expiring >= 1:
        found.append((words("fact_expiring"), f"{number_text(round(line.expiring))} {unit}"))
    if words.known(_model(line)):
        found.append((words("fact_model"), words(_model(line))))
    return found


def _model(line: LineView) -> str:
    return "model_" + line.model.replace(" ", "_")
