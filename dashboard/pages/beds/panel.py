"""One ward opened: its sentence, what the elective plan adds, its picture, how yesterday's forecast did."""

from __future__ import annotations

from dash import dcc, html

from dashboard.components.basics import Child, empty
from dashboard.i18n import Words, day_text
from dashboard.pages.beds.drawing import figure
from dashboard.pages.beds.wording import percent, worst_day
from hospital.texts import say
from planning.beds.views import BedsView, WardView


def panel(view: BedsView, chosen: str | None, words: Words) -> list[Child] | Child:
    """The chosen ward, else the one likeliest to be short."""
    ward = next((ward for ward in view.wards if ward.ward == chosen), view.wards[0] if view.wards else None)
    if ward is None or view.last is None:
        return empty(words("pick_title"), words("pick_what"))
    notes = [
        html.P(say(f"forecast.note_{kind}", words.language, **values), className="quiet") for kind, values in ward.notes
    ]
    return [
        html.Div([html.H2(ward.ward)], className="pharmacy-title"),
        html.P(sentence(ward, view, words), className="pharmacy-reason", id="beds-sentence"),
        dcc.Graph(
            figure=figure(ward, view.last, view.days, words),
            config={"displayModeBar": False, "responsive": True},
            style={"height": "370px"},
        ),
        *notes,
    ]


def sentence(ward: WardView, view: BedsView, words: Words) -> str:
    """Tonight, the worst day, the plan and yesterday, each with its numbers."""
    low, high = (side[0] for side in ward.bands["0.8"])
    common = {"mean": f"{ward.mean[0]:.0f}", "low": f"{low:.0f}", "high": f"{high:.0f}"}
    parts = [words("sentence_tonight", **common)]
    if ward.beds is not None:
        parts = [words("sentence_tonight_beds", beds=ward.beds, risk=percent(ward.risk[0]), **common)]
        at = worst_day(ward)
        if ward.risk[at] >= 0.01:
            day = day_text(view.days[at], words.language)
            parts.append(words("sentence_worst", day=day, risk=percent(ward.risk[at])))
    if any(ward.planned):
        most = max(range(len(ward.plan_effect)), key=lambda k: ward.plan_effect[k])
        day = day_text(view.days[most], words.language)
        parts.append(words("sentence_plan", num=sum(ward.planned), day=day, effect=f"{ward.plan_effect[most]:.0f}"))
    told = ward.yesterday
    if told is not None:
        key = "sentence_yesterday" if told.is_within else "sentence_yesterday_out"
        numbers = {"expected": f"{told.expected:.0f}", "low": f"{told.low:.0f}", "high": f"{told.high:.0f}"}
        parts.append(words(key, came=f"{told.came:.0f}", **numbers))
    return ("" if words.language == "zh" else " ").join(parts)
