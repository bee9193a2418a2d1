"""What holds for any sheet before its rows are read: columns nobody reads, doubtful encodings, the template's own rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hospital.texts import LANGUAGES
from intake.cells import Cell, NoValue, Sheet, is_empty
from intake.codes import words_of
from intake.fields import Field, FieldType, meaning
from intake.header import Column
from intake.quarantine import Warned
from intake.schema import table_of

_ZH_DAY = {"Mon": "周一"}


def sheet_warnings(sheet: Sheet, columns: Sequence[Column]) -> tuple[Warned, ...]:
    """Columns that are not read, and an encoding that may be the wrong guess."""
    unread = [
        column.heading or f"#{place + 1}"
        for place, column in enumerate(columns)
        if not column.field and (column.heading or _has_cells(sheet, place))
    ]
    found = []
    if unread:
        found.append(Warned(file=sheet.file, text_id="columns_not_read", values={"columns": ", ".join(unread)[:200]}))
    if sheet.is_unsure:
        found.append(Warned(file=sheet.file, text_id="unsure_encoding", values={"encoding": sheet.encoding}))
    return tuple(found)


def _has_cells(sheet: Sheet, place: int) -> bool:
    """True where a column without a heading is not empty."""
    return any(place < len(cells) and not is_empty(cells[place]) for _, cells in sheet.rows)


def meaning_row(kind: str, language: str) -> tuple[str, ...]:
    """The template's second row: what each column means."""
    return tuple(meaning(kind, name, language) for name in table_of(kind).names)


def example_row(kind: str, language: str) -> tuple[str, ...]:
    """The template's third row: one example, in the words of the language."""
    return tuple(_example(field, language) for field in table_of(kind).fields)


def _example(field: Field, language: str) -> str:
    if language == "en" or not field.example:
        return field.example
    match field.type:
        case FieldType.CODE | FieldType.CODES:
            words = words_of(field.codes).get(field.example, ())
            return next((word for word in words if not word.isascii()), field.example)
        case FieldType.YES_NO:
            return "是" if field.example == "yes" else "否"
        case FieldType.WEEKDAYS:
            return _ZH_DAY[field.example]
    return field.example


def without_template(sheet: Sheet, kind: str) -> tuple[Sheet, tuple[Warned, ...]]:
    """The sheet without a template's meaning row and the untouched example under it; each row left out is told."""
    skipped: list[int] = []
    for language in LANGUAGES:
        for place, (number, cells) in enumerate(sheet.rows[:2]):
            if _same(cells, meaning_row(kind, language)):
                skipped.append(number)
                follower = sheet.rows[place + 1 : place + 2]
                if follower and _same(follower[0][1], example_row(kind, language)):
                    skipped.append(follower[0][0])
    if not skipped:
        return sheet, ()
    rows = [row for row in sheet.rows if row[0] not in skipped]
    return replace(sheet, rows=rows), tuple(Warned(file=sheet.file, text_id="template_row", row=row) for row in skipped)


def _same(cells: Sequence[Cell | NoValue], expected: tuple[str, ...]) -> bool:
    found = [cell.strip() if isinstance(cell, str) else str(cell or "") for cell in cells]
    padded = found + [""] * (len(expected) - len(found))
    return padded[: len(expected)] == list(expected)
