"""A table that filters as one types."""

from __future__ import annotations

from typing import Any

import dash_ag_grid as dag
from dash import dcc, html

from dashboard.components.basics import Child, icon

_ROW_PX, _HEAD_PX = 34, 36


def table(
    key: str, columns: list[tuple[str, str, int]], rows: list[dict[str, Any]], *, find: str, empty: str, most: int = 12
) -> list[Child]:
    """``columns`` are (field, heading, share of the width). ``<key>-find`` filters ``<key>-grid`` (tables.js)."""
    if not rows:
        return [html.P(empty, className="quiet")]
    height = _HEAD_PX + _ROW_PX * min(len(rows), most) + 4
    grid = dag.AgGrid(
        id=f"{key}-grid",
        columnDefs=[
            {"field": field, "headerName": heading, "flex": share, "tooltipField": field}
            for field, heading, share in columns
        ],
        rowData=rows,
        defaultColDef={"sortable": True, "resizable": True, "suppressHeaderMenuButton": True, "minWidth": 60},
        dashGridOptions={
            "rowHeight": _ROW_PX,
            "headerHeight": _HEAD_PX,
            "enableCellTextSelection": True,
            "suppressCellFocus": False,
            "animateRows": False,
        },
        style={"height": f"{height}px"},
        className="ag-theme-quartz table",
    )
    search = html.Label(
        [icon("search"), dcc.Input(id=f"{key}-find", type="search", placeholder=find)], className="find table-find"
    )
    return [search, grid]
