"""Who stands behind the pseudonyms: a file of its own, kept apart from every plan, never shown in a list or a sample row."""

from __future__ import annotations

from typing import Any

from hospital.errors import BadInput
from intake.cells import Sheet, shown
from intake.csvfile import read_csv
from intake.excelfile import first_rows, is_workbook, read_workbook, sheet_of
from intake.header import header_index, match_columns

IDENTITIES = "identities"
_LIKE = "requests"
_PATIENT = "patient"


def read_identities(filename: str, content: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """What applying the file stores (every other column by pseudonym), and its summary without any identity.

    The column of pseudonyms is known by the names it has in a table of requests. Raises BadInput without one.
    """
    sheet = _sheet(filename, content)
    places = [at for at, column in enumerate(match_columns(sheet.header, _LIKE)) if column.field == _PATIENT]
    if not places:
        found = ", ".join(sheet.header)[:200]
        raise BadInput("missing_columns", where=filename, expected=_PATIENT, found=found)
    people: dict[str, dict[str, str]] = {}
    for _, cells in sheet.rows:
        texts = [shown(cells[at]).strip() if at < len(cells) else "" for at in range(len(sheet.header))]
        patient = texts[places[0]]
        if patient:
            people[patient] = {
                heading: text
                for at, (heading, text) in enumerate(zip(sheet.header, texts, strict=True))
                if at != places[0] and heading.strip() and text
            }
    return {IDENTITIES: people}, _summary(sheet, len(people))


def _summary(sheet: Sheet, num_people: int) -> dict[str, Any]:
    return {
        "columns": list(sheet.header),
        "mapping": {},
        "known_columns": [_PATIENT],
        "sample_rows": [],
        "missing_columns": [],
        "num_rows": len(sheet.rows) + len(sheet.broken),
        "num_new": num_people,
        "num_changed": 0,
        "num_unchanged": 0,
        "missing": [],
        "refused": [],
        "warnings": [],
    }


def _sheet(filename: str, content: bytes) -> Sheet:
    if not is_workbook(content):
        return read_csv(filename, content, _LIKE)
    for name, rows in read_workbook(filename, content).items():
        if rows:
            return sheet_of(filename, name, rows, header_index(first_rows(rows), _LIKE) or 0)
    raise BadInput("no_header", where=filename)
