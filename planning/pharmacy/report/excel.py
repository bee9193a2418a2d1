"""A report as a workbook: a sheet with the figures to print and sign, a sheet a table with filters."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from planning.pharmacy.report.content import Content, Table

_TONE, _PALE, _SOFT, _WARN = "#0F5C7A", "#EEF5F8", "#5C6B7A", "#FDF0EE"
_WIDTH = 130.0
"""Characters that a table's columns share."""


def excel(content: Content) -> bytes:
    """The workbook's bytes. No cell is a formula, whatever a name begins with."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": f"{content.hospital} {content.title}", "comments": content.period})
        forms = _Forms(book)
        _cover(book, content, forms)
        for table in content.tables:
            _sheet(book, table, content, forms)
    return buffer.getvalue()


class _Forms:
    """The cells' looks."""

    def __init__(self, book: Any) -> None:
        face = {"font_name": "Microsoft YaHei", "valign": "top"}
        self.text = book.add_format(
            {**face, "font_size": 10, "text_wrap": True, "bottom": 1, "bottom_color": "#D9E0E6"}
        )
        self.marked = book.add_format(
            {**face, "font_size": 10, "text_wrap": True, "bottom": 1, "bottom_color": "#D9E0E6", "bg_color": _WARN}
        )
        self.head = book.add_format({**face, "bold": True, "font_color": _TONE, "bg_color": _PALE, "text_wrap": True})
        self.title = book.add_format({**face, "font_size": 18, "bold": True, "bottom": 5, "bottom_color": _TONE})
        self.section = book.add_format({**face, "font_size": 12, "bold": True, "font_color": _TONE})
        self.soft = book.add_format({**face, "font_size": 9, "font_color": _SOFT, "text_wrap": True})
        self.figure = book.add_format({**face, "font_size": 14, "bold": True, "bg_color": _PALE})
        self.label = book.add_format({**face, "font_size": 9, "font_color": _SOFT, "bg_color": _PALE})
        self.sign = book.add_format({**face, "font_size": 10, "font_color": _SOFT, "top": 1})
        self.plain = book.add_format({**face, "font_size": 11, "text_wrap": True})
        self._numbers: dict[tuple[str, bool], Any] = {}
        self._book, self._face = book, face

    def number(self, form: str, *, is_marked: bool) -> Any:
        """A number's look."""
        key = (form, is_marked)
        if key not in self._numbers:
            shown = "#,##0" if form.endswith(".0f") else "#,##0.0" if form.endswith(".1f") else "#,##0.00"
            look = {**self._face, "font_size": 10, "num_format": shown, "bottom": 1, "bottom_color": "#D9E0E6"}
            self._numbers[key] = self._book.add_format(look | ({"bg_color": _WARN} if is_marked else {}))
        return self._numbers[key]


def _cover(book: Any, content: Content, forms: _Forms) -> None:
    """Title, summary, figures, the months as a chart, lines to sign."""
    sheet = book.add_worksheet(content.title[:31])
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_column(0, 11, 12)
    sheet.merge_range(0, 0, 0, 11, f"{content.hospital}  {content.title}", forms.title)
    sheet.set_row(0, 30)
    sheet.merge_range(1, 0, 1, 11, f"{content.period}    {content.made}", forms.soft)
    sheet.merge_range(3, 0, 3, 11, content.summary, forms.plain)
    sheet.set_row(3, 48)
    for at, (label, value, note) in enumerate(content.tiles):
        for row, (text, form) in enumerate(((label, forms.label), (value, forms.figure), (note, forms.label)), 5):
            sheet.merge_range(row, 3 * at, row, 3 * at + 2, text, form)
    last = 9 + len(content.bars.values)
    sheet.write(8, 0, content.bars.title, forms.section)
    for at, (label, money) in enumerate(zip(content.bars.labels, content.bars.values, strict=True), 9):
        sheet.write_string(at, 0, label, forms.soft)
        sheet.write_number(at, 1, money, forms.number(",.0f", is_marked=False))
    chart = book.add_chart({"type": "column"})
    name = sheet.get_name()
    chart.add_series(
        {
            "categories": [name, 9, 0, last - 1, 0],
            "values": [name, 9, 1, last - 1, 1],
            "fill": {"color": _TONE},
            "gap": 60,
        }
    )
    chart.set_legend({"none": True})
    chart.set_size({"width": 860, "height": 270})
    sheet.insert_chart(8, 3, chart)
    for at, who in enumerate(content.signatures):
        sheet.merge_range(last + 4, 4 * at, last + 4, 4 * at + 2, who, forms.sign)
    sheet.merge_range(last + 6, 0, last + 6, 11, content.foot, forms.soft)
    sheet.set_footer(f"&L{content.hospital}&R&P / &N")


def _sheet(book: Any, table: Table, content: Content, forms: _Forms) -> None:
    sheet = book.add_worksheet(table.title[:31])
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_footer(f"&L{content.hospital} {content.title}&R&P / &N")
    total = sum(column.width for column in table.columns)
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, max(_WIDTH * column.width / total, 9))
        sheet.write_string(0, at, column.heading, forms.head)
    for number, row in enumerate(table.rows, 1):
        is_marked = number - 1 in table.marked
        for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            if isinstance(cell, int | float):
                sheet.write_number(number, at, cell, forms.number(column.form, is_marked=is_marked))
            else:
                sheet.write_string(number, at, column.text(cell), forms.marked if is_marked else forms.text)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    else:
        sheet.write_string(1, 0, content.none, forms.soft)
    if table.remark:
        sheet.write_string(len(table.rows) + 2, 0, table.remark, forms.soft)
