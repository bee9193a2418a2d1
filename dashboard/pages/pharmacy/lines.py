"""The proposal as a table: exceptions first, packs to be typed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dash_ag_grid as dag

from dashboard.components.basics import Child, empty
from dashboard.i18n import Words
from planning.pharmacy.views import LineView, PharmacyView
from planning.pharmacy.wording import day_text, share_text

VIEWS = ("alarms", "order", "all")
_ROW_PX, _HEAD_PX = 34, 34
_EDITED = "params.data.by_hand"


def shown(lines: Sequence[LineView], view: str, packs: Mapping[str, int]) -> list[LineView]:
    """The lines of a view: those with an exception or to be ordered, all to be ordered, or all."""
    if view == "all":
        return list(lines)
    if view == "order":
        return [line for line in lines if packs.get(line.item, line.packs)]
    return [line for line in lines if line.alarms]


def row_of(line: LineView, words: Words) -> dict[str, Any]:
    """A line as a row of the table."""
    first = line.alarms[0].kind if line.alarms else ""
    return {
        "item": line.item,
        "name": line.name(words.language),
        "alarm": words(f"kind_{first}") if first else "",
        "packs": line.packs,
        "needed_by": day_text(line.needed_by, words.language),
        "days_left": f"{line.days_left}+" if line.is_days_left_beyond else str(line.days_left),
        "risk": f"{share_text(line.risk_none)} → {share_text(line.risk)}" if line.packs else share_text(line.risk_none),
        "expiring": f"{line.expiring:,.0f}" if line.expiring >= 1 else "–",
        "by_hand": line.is_set_by_hand,
        "grave": first in ("out_now", "shortage"),
    }


def table(view: PharmacyView, lines: Sequence[LineView], words: Words, *, may_edit: bool) -> Child:
    """The grid, or why it is empty."""
    if not lines:
        return empty(words("none_found"), words("edit_hint"))
    widths = {"name": 150, "alarm": 104, "packs": 62, "needed_by": 108, "days_left": 76, "risk": 108, "expiring": 70}
    columns = [
        {
            "field": name,
            "headerName": words(f"column_{name}"),
            "width": width,
            "type": "rightAligned" if name in ("packs", "days_left", "expiring") else None,
            "tooltipField": name if name in ("name", "alarm") else None,
            "editable": may_edit and view.accepted is None and name == "packs",
            "flex": 1 if name == "name" else None,
            "cellClassRules": {"is-by-hand": _EDITED} if name == "packs" else None,
            "cellDataType": "number" if name == "packs" else "text",
        }
        for name, width in widths.items()
    ]
    return dag.AgGrid(
        id="pharmacy-grid",
        columnDefs=[{name: value for name, value in column.items() if value is not None} for column in columns],
        rowData=[row_of(line, words) for line in lines],
        getRowId="params.data.item",
        rowClassRules={"is-grave": "params.data.grave"},
        defaultColDef={"sortable": True, "resizable": True, "suppressHeaderMenuButton": True, "minWidth": 56},
        dashGridOptions={
            "rowHeight": _ROW_PX,
            "headerHeight": _HEAD_PX,
            "animateRows": False,
            "rowSelection": {"mode": "singleRow", "checkboxes": False, "enableClickSelection": True},
            "stopEditingWhenCellsLoseFocus": True,
        },
        style={"height": "100%"},
        className="ag-theme-quartz table",
    )
