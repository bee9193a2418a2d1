"""The picture of an item: demand above, stock below. Told apart by line, pattern and word; colour only helps."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from plotly.graph_objects import Figure, Scatter
from plotly.subplots import make_subplots

from dashboard.i18n import Words, number_text
from planning.pharmacy.views import Band, ItemPicture

INK, BLUE, ORANGE, GREY = "#6b7a88", "#2f7fa8", "#c2570c", "#8b99a6"
_FILLS = {0.95: "rgba(47,127,168,.14)", 0.8: "rgba(47,127,168,.22)", 0.5: "rgba(47,127,168,.32)"}
_EDGES = {0.95: "dot", 0.8: "dash", 0.5: "solid"}
_SIGNS = {"arrival": "triangle-up", "order": "square", "expiry": "x"}
SHOWN_HISTORY = 90


def figure(view: ItemPicture, words: Words) -> Figure:
    """Both charts on one row of days."""
    drawn = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.11, row_heights=[0.52, 0.48],
                          subplot_titles=(words("picture_demand"), words("picture_stock")))  # fmt: skip
    _demand(drawn, view, words)
    _stock(drawn, view, words)
    today = datetime.combine(view.days[0], time()).isoformat()
    drawn.add_vline(x=today, line={"color": ORANGE, "width": 1.2, "dash": "dash"})
    drawn.update_layout(
        height=430, margin={"l": 44, "r": 10, "t": 24, "b": 64}, showlegend=True, hovermode="x",
        paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", separators=".,",
        font={"family": "inherit", "size": 11.5, "color": INK},
        legend={"orientation": "h", "y": -0.1, "x": 0, "yanchor": "top", "font": {"size": 11}},
    )  # fmt: skip
    tick = "%m-%d" if words.language == "zh" else "%d %b"
    drawn.update_xaxes(tickformat=tick, hoverformat=tick, showgrid=False, linecolor=GREY, ticks="outside", nticks=7)
    drawn.update_yaxes(rangemode="tozero", gridcolor="rgba(139,153,166,.25)", zeroline=False, nticks=5)
    drawn.update_annotations(font={"size": 12, "color": INK}, x=0, xanchor="left")
    return drawn


def _demand(drawn: Figure, view: ItemPicture, words: Words) -> None:
    for band in reversed(view.bands):
        _band(drawn, view.coming, band, 1, words, in_legend=True)
    history = _line(view.dates[-SHOWN_HISTORY:], view.history[-SHOWN_HISTORY:], words("trace_history"), INK)
    drawn.add_trace(history, row=1, col=1)
    drawn.add_trace(_line(view.coming, view.mean, words("trace_mean"), BLUE, dash="dash"), row=1, col=1)


def _stock(drawn: Figure, view: ItemPicture, words: Words) -> None:
    for band in view.stock_bands:
        _band(drawn, view.days, band, 2, words, in_legend=False)
    drawn.add_trace(_line(view.days, view.stock_none, words("trace_none"), GREY, dash="dot"), row=2, col=1)
    drawn.add_trace(_line(view.days, view.stock, words("trace_stock"), BLUE, width=2.4), row=2, col=1)
    top = max([*view.stock, *(high for band in view.stock_bands for high in band.high), 1.0])
    for kind, sign in _SIGNS.items():
        marks = [mark for mark in view.marks if mark.kind == kind]
        if not marks:
            continue
        text = [number_text(mark.units) for mark in marks]
        points = Scatter(
            x=[mark.day for mark in marks], y=[top * 0.04] * len(marks), mode="markers+text", text=text,
            textposition="top center", name=words(f"mark_{kind}"), textfont={"size": 10.5, "color": INK},
            marker={"symbol": sign, "size": 10, "color": ORANGE if kind == "expiry" else INK},
        )  # fmt: skip
        drawn.add_trace(points, row=2, col=1)


def _band(drawn: Figure, dates: Any, band: Band, row: int, words: Words, *, in_legend: bool) -> None:
    """Two edges of the band's own dash, and a fill that is darker the narrower the band."""
    edge = {"color": BLUE, "width": 0.7, "dash": _EDGES[band.share]}
    name = words("trace_band", share=round(100 * band.share))
    common = {"mode": "lines", "line": edge, "hoverinfo": "skip", "legendgroup": f"{row}{band.share}"}
    drawn.add_trace(Scatter(x=dates, y=band.low, showlegend=False, **common), row=row, col=1)
    drawn.add_trace(
        Scatter(x=dates, y=band.high, fill="tonexty", fillcolor=_FILLS[band.share], name=name, showlegend=in_legend,
                **common), row=row, col=1,
    )  # fmt: skip


def _line(dates: Any, values: Any, name: str, colour: str, *, dash: str = "solid", width: float = 1.6) -> Scatter:
    return Scatter(x=dates, y=values, mode="lines", name=name, line={"color": colour, "width": width, "dash": dash})
