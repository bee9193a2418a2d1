"""The month's report of a pharmacy as PDF, Excel and HTML: one content, three writers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from planning.pharmacy.report.content import Content
from planning.pharmacy.report.excel import excel
from planning.pharmacy.report.html import html
from planning.pharmacy.report.pdf import pdf

WRITERS: Mapping[str, Callable[[Content], bytes]] = {"pdf": pdf, "xlsx": excel, "html": html}
"""By the file's ending."""
