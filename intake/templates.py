"""Templates to download: headings, a row that says what each column means, and an example, in English or Chinese."""

from __future__ import annotations

from collections.abc import Sequence

from hospital.texts import say
from intake.excel_export import SheetOut, workbook
from intake.export import people_csv
from intake.fields import label
from intake.schema import table_of, tables_of
from intake.sheets import example_row, meaning_row


def template_csv(kind: str, language: str) -> bytes:
    """A CSV template with BOM: headings, meanings, an example. The last two are skipped when the file comes back with them."""
    return people_csv(_header(kind, language), _rows(kind, language))


def template_xlsx(language: str, kinds: Sequence[str] = (), *, area: str = "imaging") -> bytes:
    """A workbook with one template sheet for each kind (all of the area without ``kinds``), its cells kept as text."""
    sheets = [
        SheetOut(name=say(f"intake.table.{kind}", language), header=_header(kind, language), rows=_rows(kind, language))
        for kind in (kinds or tables_of(area))
    ]
    return workbook(sheets, is_text_only=True)


def _header(kind: str, language: str) -> tuple[str, ...]:
    return tuple(label(kind, name, language) for name in table_of(kind).names)


def _rows(kind: str, language: str) -> list[tuple[str, ...]]:
    return [meaning_row(kind, language), example_row(kind, language)]
