"""A report as PDF: A4, landscape, tables that break over pages with their headings, page numbers, lines to sign."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from planning.pharmacy.report.content import Bars, Content, Table

INK, SOFT, TONE, PALE = (29, 39, 51), (92, 107, 122), (15, 92, 122), (238, 245, 248)
WARN, WARN_PALE, LINE = (179, 38, 30), (253, 240, 238), (217, 224, 230)
MARGIN, WIDTH, SIGN_HEIGHT = 14.0, 269.0, 34.0
FONT = "report"


def pdf(content: Content) -> bytes:
    """The file's bytes. Latin and Chinese come from one font, of which only the signs used are put in."""
    page = _Pages(content)
    page.add_page()
    _head(page, content)
    _tiles(page, content)
    _bars(page, content.bars)
    for table in content.tables:
        _table(page, table, content.none)
    _signatures(page, content)
    return bytes(page.output())


class _Pages(FPDF):
    """Pages with the report's foot."""

    def __init__(self, content: Content) -> None:
        super().__init__(orientation="landscape", format="A4")
        self.content = content
        self.add_font(FONT, "", str(_font()))
        self.set_font(FONT, size=9)
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN + 4)
        self.set_title(f"{content.hospital} {content.title}")
        self.set_lang("zh-CN" if content.language == "zh" else "en")
        self.set_text_color(*INK)
        self.set_draw_color(*LINE)

    def footer(self) -> None:
        """What it is, of when, and which page."""
        self.set_y(-12)
        self.set_font(FONT, size=7.5)
        self.set_text_color(*SOFT)
        self.cell(WIDTH / 2, 5, f"{self.content.hospital} · {self.content.title} · {self.content.period}")
        number = self.content.page.format(page=self.page_no(), pages="{nb}")
        self.cell(WIDTH / 2, 5, number, align="R")
        self.set_text_color(*INK)


@cache
def _font() -> Path:
    spec = find_spec("cvttf_NotoSansCJK_Regular")
    if spec is None or spec.origin is None:
        raise ImportError("cvttf_NotoSansCJK_Regular")
    return Path(spec.origin).parent / "NotoSansCJKtc-Regular.otf"


def _head(page: _Pages, content: Content) -> None:
    page.set_font(FONT, size=10)
    page.set_text_color(*SOFT)
    page.cell(WIDTH / 2, 5, content.hospital)
    page.cell(WIDTH / 2, 5, content.period, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    page.set_font(FONT, size=18)
    page.set_text_color(*INK)
    page.cell(WIDTH / 2, 10, content.title)
    page.set_font(FONT, size=9)
    page.set_text_color(*SOFT)
    page.cell(WIDTH / 2, 10, content.made, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    page.set_draw_color(*TONE)
    page.set_line_width(0.8)
    page.line(MARGIN, page.get_y() + 1, MARGIN + WIDTH, page.get_y() + 1)
    page.set_line_width(0.2)
    page.ln(4)
    page.set_text_color(*INK)
    page.set_font(FONT, size=10.5)
    page.multi_cell(WIDTH, 5.5, content.summary, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    page.ln(2)


def _tiles(page: _Pages, content: Content) -> None:
    """The figures side by side, each in its box."""
    gap = 4.0
    width = (WIDTH - gap * (len(content.tiles) - 1)) / max(len(content.tiles), 1)
    top = page.get_y()
    for at, (label, value, note) in enumerate(content.tiles):
        left = MARGIN + at * (width + gap)
        page.set_fill_color(*PALE)
        page.rect(left, top, width, 20, style="F")
        page.set_fill_color(*TONE)
        page.rect(left, top, 0.9, 20, style="F")
        for text, size, down, colour in ((label, 8, 1.5, SOFT), (value, 14, 6.5, INK), (note, 8, 14, SOFT)):
            page.set_xy(left + 3, top + down)
            page.set_font(FONT, size=size)
            page.set_text_color(*colour)
            page.cell(width - 4, 5, text)
    page.set_text_color(*INK)
    page.set_xy(MARGIN, top + 24)


def _bars(page: _Pages, bars: Bars) -> None:
    """The months as bars, each with its value above."""
    _title(page, bars.title)
    height, top = 26.0, max(bars.values, default=0.0) or 1.0
    step, base = WIDTH / max(len(bars.values), 1), page.get_y() + 32
    page.set_font(FONT, size=7.5)
    for at, (label, value) in enumerate(zip(bars.labels, bars.values, strict=True)):
        tall, left = max(height * value / top, 0.0), MARGIN + at * step
        page.set_fill_color(*(TONE if at == len(bars.values) - 1 else (169, 201, 214)))
        page.rect(left + step * 0.2, base - tall, step * 0.6, tall, style="F")
        page.set_text_color(*SOFT)
        page.set_xy(left, base - tall - 4.2)
        page.cell(step, 4, f"{value / 1000:,.0f}k", align="C")
        page.set_xy(left, base + 0.6)
        page.cell(step, 4, label, align="C")
    page.set_text_color(*INK)
    page.set_xy(MARGIN, base + 7)


def _title(page: _Pages, text: str) -> None:
    page.set_font(FONT, size=11.5)
    page.set_text_color(*TONE)
    page.cell(WIDTH, 8, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    page.set_text_color(*INK)


def _table(page: _Pages, table: Table, none: str) -> None:
    if page.will_page_break(34):
        page.add_page()
    else:
        page.ln(3)
    _title(page, table.title)
    page.set_font(FONT, size=8)
    if not table.rows:
        page.cell(WIDTH, 5, none, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        return
    heads = FontFace(color=TONE, fill_color=PALE)
    page.set_fill_color(255, 255, 255)
    page.set_draw_color(*LINE)
    with page.table(
        width=WIDTH,
        col_widths=tuple(column.width for column in table.columns),
        text_align=tuple("RIGHT" if column.form else "LEFT" for column in table.columns),
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        headings_style=heads,
        line_height=4.4,
        padding=(0.7, 1.2),
    ) as drawn:
        drawn.row([column.heading for column in table.columns])
        for at, row in enumerate(table.rows):
            style = FontFace(fill_color=WARN_PALE) if at in table.marked else None
            drawn.row([column.text(cell) for column, cell in zip(table.columns, row, strict=True)], style=style)
    if table.remark:
        page.set_text_color(*SOFT)
        page.multi_cell(WIDTH, 5, table.remark, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        page.set_text_color(*INK)


def _signatures(page: _Pages, content: Content) -> None:
    """Lines to sign, kept together on one page."""
    if page.will_page_break(SIGN_HEIGHT):
        page.add_page()
    page.ln(20)
    gap = 14.0
    width = (WIDTH - gap * (len(content.signatures) - 1)) / len(content.signatures)
    top = page.get_y()
    page.set_draw_color(*INK)
    page.set_font(FONT, size=8.5)
    page.set_text_color(*SOFT)
    for at, who in enumerate(content.signatures):
        left = MARGIN + at * (width + gap)
        page.line(left, top, left + width, top)
        page.set_xy(left, top + 1)
        page.cell(width, 5, who)
    page.set_xy(MARGIN, top + 9)
    page.multi_cell(WIDTH, 4.5, content.foot)
