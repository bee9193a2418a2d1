"""One ward's picture: beds taken and to come with bands, beds there are, and the elective plan below."""

from __future__ import annotations

from datetime import date, timedelta

from plotly.graph_objects import Bar, Figure, Scatter
from plotly.subplots import make_subplots

from dashboard.i18n import Words
from planning.beds.views import WardView

INK, BLUE, ORANGE, GREY = "#6b7a88", "#2f7fa8", "#c2570c", "#8b99a6"
_FILLS = {"0.95": "rgba(47,127,168,.14)", "0.8": "rgba(47,127,168,.22)", "0.5": "rgba(47,127,168,.32)"}
_EDGES = {"0.95": "dot", "0.8": "dash", "0.5": "solid"}


def figure(ward: WardView, last: date, days: tuple[date, ...], words: Words) -> Figure:
    """History and forecast above, planned admissions below, on one row of days."""
    drawn = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.1, row_heights=[0.74, 0.26],
                          subplot_titles=(words("picture_taken"), words("picture_plan")))  # fmt: skip
    past = [last - timedelta(days=len(ward.history) - 1 - at) for at in range(len(ward.history))]
    for share, (low, high) in sorted(ward.bands.items(), reverse=True):
        line = {"color": BLUE, "width": 0.7, "dash": _EDGES[share]}
        common = {"mode": "lines", "line": line, "hoverinfo": "skip"}
        drawn.add_trace(Scatter(x=days, y=low, showlegend=False, **common), row=1, col=1)
        name = words("trace_band", share=round(100 * float(share)))
        filled = Scatter(x=days, y=high, fill="tonexty", fillcolor=_FILLS[share], name=name, **common)
        drawn.add_trace(filled, row=1, col=1)
    taken = Scatter(x=past, y=ward.history, mode="lines", name=words("trace_taken"), line={"color": INK, "width": 1.8})
    mean = Scatter(
        x=days, y=ward.mean, mode="lines+markers", name=words("trace_mean"), marker={"size": 4},
        line={"color": BLUE, "dash": "dash", "width": 1.8},
    )  # fmt: skip
    drawn.add_trace(taken, row=1, col=1)
    drawn.add_trace(mean, row=1, col=1)
    if ward.beds is not None:
        ends, beds = [past[0], days[-1]], [ward.beds, ward.beds]
        there = Scatter(x=ends, y=beds, mode="lines", name=words("trace_beds"), line={"color": ORANGE, "width": 1.6})
        drawn.add_trace(there, row=1, col=1)
    plan = Bar(
        x=days, y=ward.planned, name=words("trace_plan"), marker={"color": GREY, "pattern": {"shape": "/"}},
        text=[str(num) if num else "" for num in ward.planned], textposition="outside", cliponaxis=False,
    )  # fmt: skip
    drawn.add_trace(plan, row=2, col=1)
    drawn.update_layout(
        height=370, margin={"l": 36, "r": 10, "t": 24, "b": 66}, hovermode="x", paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)", font={"family": "inherit", "size": 11.5, "color": INK}, bargap=0.35,
        legend={"orientation": "h", "y": -0.1, "x": 0, "yanchor": "top", "font": {"size": 11}},
    )  # fmt: skip
    tick = "%m-%d" if words.language == "zh" else "%d %b"
    drawn.update_xaxes(tickformat=tick, hoverformat=tick, showgrid=False, linecolor=GREY, ticks="outside", nticks=7)
    drawn.update_yaxes(gridcolor="rgba(139,153,166,.25)", zeroline=False, nticks=5)
    drawn.update_yaxes(rangemode="tozero", row=2, col=1)
    drawn.update_annotations(font={"size": 12, "color": INK}, x=0, xanchor="left")
    return drawn
