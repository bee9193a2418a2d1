"""A report as one HTML page that needs nothing else: no script, no font, no address."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from planning.pharmacy.report.content import Bars, Content, Table

_STYLE = """
:root{--ink:#1d2733;--soft:#5c6b7a;--line:#d9e0e6;--tone:#0f5c7a;--pale:#eef5f8;--warn:#b3261e;--warn-pale:#fdf0ee}
*{box-sizing:border-box}
body{margin:0;background:#f4f6f8;color:var(--ink);font:14px/1.55 "Noto Sans CJK SC","PingFang SC","Microsoft YaHei",Arial,sans-serif}
main{max-width:1080px;margin:24px auto;padding:40px 48px;background:#fff}
header{display:flex;justify-content:space-between;align-items:flex-end;border-bottom:3px solid var(--tone);padding-bottom:12px}
h1{font-size:24px;margin:0}
h2{font-size:16px;color:var(--tone);margin:32px 0 8px}
.hospital{font-size:15px;color:var(--soft)}
.when{text-align:right;color:var(--soft);font-size:12.5px}
.summary{font-size:15px;margin:18px 0}
.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:12px}
.tile{background:var(--pale);padding:12px 14px;border-left:3px solid var(--tone)}
.tile b{display:block;font-size:19px;white-space:nowrap;font-variant-numeric:tabular-nums}
.tile span,.remark,footer{color:var(--soft);font-size:12.5px}
table{width:100%;border-collapse:collapse;font-size:12.5px;table-layout:fixed}
th{text-align:left;background:var(--pale);color:var(--tone)}
th,td{padding:5px 7px;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
.num{text-align:right;font-variant-numeric:tabular-nums}
tr.marked td{background:var(--warn-pale)}
tr.marked td:first-child{color:var(--warn);font-weight:600}
thead{display:table-header-group}
tr{break-inside:avoid}
svg text{font-size:11px;fill:var(--soft)}
.sign{display:grid;grid-template-columns:repeat(3,1fr);gap:40px;margin-top:56px}
.sign div{border-top:1px solid var(--ink);padding-top:6px;color:var(--soft)}
footer{margin-top:32px}
@media print{body{background:#fff}main{margin:0;padding:0;max-width:none}
@page{size:A4 landscape;margin:14mm}
}
"""


def html(content: Content) -> bytes:
    """The page, UTF-8."""
    return "\n".join(_page(content)).encode("utf-8")


def _page(content: Content) -> Iterator[str]:
    language = "zh-CN" if content.language == "zh" else "en"
    title = escape(f"{content.hospital} {content.title}")
    yield f'<!doctype html>\n<html lang="{language}">\n<head><meta charset="utf-8"><title>{title}</title>'
    yield f"<style>{_STYLE}</style></head>\n<body><main>"
    yield f'<header><div><div class="hospital">{escape(content.hospital)}</div><h1>{escape(content.title)}</h1></div>'
    yield f'<div class="when">{escape(content.period)}<br>{escape(content.made)}</div></header>'
    yield f'<p class="summary">{escape(content.summary)}</p>\n<div class="tiles">'
    for label, value, note in content.tiles:
        yield f'<div class="tile"><span>{escape(label)}</span><b>{escape(value)}</b><span>{escape(note)}</span></div>'
    yield f"</div>\n<h2>{escape(content.bars.title)}</h2>{_bars(content.bars)}"
    for table in content.tables:
        yield from _table(table, content.none)
    yield '<div class="sign">' + "".join(f"<div>{escape(who)}</div>" for who in content.signatures) + "</div>"
    yield f"<footer>{escape(content.foot)}</footer></main></body></html>"


def _table(table: Table, none: str) -> Iterator[str]:
    yield f"<h2>{escape(table.title)}</h2>"
    if not table.rows:
        yield f'<p class="remark">{escape(none)}</p>'
        return
    total = sum(column.width for column in table.columns)
    widths = "".join(f'<col style="width:{100 * column.width / total:.1f}%">' for column in table.columns)
    heads = "".join(f"<th{_number(column.form)}>{escape(column.heading)}</th>" for column in table.columns)
    yield f"<table><colgroup>{widths}</colgroup><thead><tr>{heads}</tr></thead><tbody>"
    for at, row in enumerate(table.rows):
        cells = "".join(
            f"<td{_number(column.form)}>{escape(column.text(cell))}</td>"
            for column, cell in zip(table.columns, row, strict=True)
        )
        mark = ' class="marked"' if at in table.marked else ""
        yield f"<tr{mark}>{cells}</tr>"
    yield "</tbody></table>"
    if table.remark:
        yield f'<p class="remark">{escape(table.remark)}</p>'


def _number(form: str) -> str:
    return ' class="num"' if form else ""


def _bars(bars: Bars) -> str:
    """The months as bars, each with its value above."""
    width, height, top = 984, 130, max(bars.values, default=0.0) or 1.0
    step = width / max(len(bars.values), 1)
    drawn = []
    for at, (label, value) in enumerate(zip(bars.labels, bars.values, strict=True)):
        tall, left = max(height * value / top, 0.0), at * step + step * 0.2
        colour = "#0f5c7a" if at == len(bars.values) - 1 else "#a9c9d6"
        middle = left + step * 0.3
        drawn.append(
            f'<rect x="{left:.1f}" y="{20 + height - tall:.1f}" width="{step * 0.6:.1f}" height="{tall:.1f}" fill="{colour}"/>'
            f'<text x="{middle:.1f}" y="{14 + height - tall:.1f}" text-anchor="middle">{value / 1000:,.0f}k</text>'
            f'<text x="{middle:.1f}" y="{height + 36}" text-anchor="middle">{escape(label)}</text>'
        )
    return f'<svg viewBox="0 0 {width} {height + 44}" width="100%" role="img">{"".join(drawn)}</svg>'
