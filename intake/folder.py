"""A whole site from a folder of CSV files, or from one workbook, plus site.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hospital.errors import BadInput
from intake.areas import files_of
from intake.cells import Sheet
from intake.csvfile import read_csv
from intake.excelfile import first_rows, is_workbook, read_workbook, sheet_of
from intake.header import header_index, kind_of_name, match_columns, missing_fields
from intake.limits import MAX_BYTES
from intake.quarantine import RefusedRow, Warned
from intake.rows import Rows, read_rows
from intake.schema import table_of, tables_of
from intake.sheets import sheet_warnings, without_template

Mappings = Mapping[str, Mapping[str, str]]
"""Kind -> heading -> field, as a person corrected it."""

Found = tuple[dict[str, Sheet], tuple[Warned, ...]]
"""Sheets by kind, and what was there but is none of ours."""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What came through the door: the area's site made of every good row, the rows set aside, and what to look at."""

    value: Any
    refused: tuple[RefusedRow, ...] = ()
    warnings: tuple[Warned, ...] = ()


def read_site(place: str | Path, *, area: str = "imaging", mappings: Mappings | None = None) -> Batch:
    """The area's site in a folder (CSV files named for their kind, or one workbook, and site.toml) or in a workbook (site.toml beside it).

    Raises BadInput or BadSettings where a file as a whole cannot be read; single rows are refused in the batch.
    """
    sheets, settings, unread = place_sheets(place, area=area)
    batch = batch_of(sheets, settings, area=area, mappings=mappings)
    return replace(batch, warnings=(*unread, *batch.warnings))


def place_sheets(place: str | Path, *, area: str) -> tuple[dict[str, Sheet], Any, tuple[Warned, ...]]:
    """The area's sheets of a folder or workbook by kind, its settings, and what was there but is none of ours.

    Raises BadInput or BadSettings where nothing can be read.
    """
    path = Path(place)
    if not path.exists():
        raise BadInput("no_such_place", where=str(place))
    folder = path if path.is_dir() else path.parent
    sheets, unread = _folder_sheets(path, area) if path.is_dir() else _file_sheets(path, area)
    if not sheets:
        raise BadInput("no_tables", where=str(place), expected=_names(area))
    toml = folder / "site.toml"
    door = files_of(area)
    return sheets, door.read_settings(_content(toml), "site.toml") if toml.is_file() else door.settings(), unread


def batch_of(
    sheets: Mapping[str, Sheet], settings: Any, *, area: str = "imaging", mappings: Mappings | None = None
) -> Batch:
    """The batch of sheets by kind. Raises BadInput for a sheet that lacks a required column."""
    tables: dict[str, Any] = {}
    refused: list[RefusedRow] = []
    warned: list[Warned] = []
    ids: dict[str, frozenset[str]] = {}
    door = files_of(area)
    for kind, table in door.tables.items():
        sheet = sheets.get(kind)
        if sheet is None:
            rows = Rows(values=(), numbers=(), refused=())
        else:
            rows = _rows_of(sheet, kind, settings, ids, (mappings or {}).get(kind), warned)
        tables[table.attribute] = rows.values
        refused += rows.refused
        if table.key == ("id",):
            ids[kind] = frozenset(value.id for value in rows.values)
    site = door.site(settings=settings, **tables)
    files = {kind: sheet.file for kind, sheet in sheets.items()}
    return Batch(value=site, refused=tuple(refused), warnings=(*warned, *door.look(site, files)))


def _rows_of(
    sheet: Sheet,
    kind: str,
    settings: Any,
    ids: Mapping[str, frozenset[str]],
    mapping: Mapping[str, str] | None,
    warned: list[Warned],
) -> Rows:
    sheet, skipped = without_template(sheet, kind)
    columns = match_columns(sheet.header, kind, mapping)
    missing = missing_fields(columns, kind)
    if missing:
        found = ", ".join(heading for heading in sheet.header if heading)
        raise BadInput("missing_columns", where=sheet.file, expected=", ".join(missing), found=found[:200])
    warned += [*sheet_warnings(sheet, columns), *skipped]
    return read_rows(sheet, table_of(kind), columns, zone=ZoneInfo(settings.timezone), known=ids)


def _content(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        size = path.stat().st_size // 1_000_000
        raise BadInput("file_too_large", where=path.name, expected=MAX_BYTES // 1_000_000, found=size)
    return path.read_bytes()


def _folder_sheets(folder: Path, area: str) -> Found:
    """The CSV files that are named for a kind; without any, the sheets of the one workbook there."""
    sheets: dict[str, Sheet] = {}
    unread: list[Warned] = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in (".csv", ".tsv", ".txt") or not path.is_file():
            continue
        kind = kind_of_name(path.stem, area)
        if kind is None:
            unread += [] if path.stem.startswith("plan") else [_not_read(path.name, area)]
            continue
        if kind in sheets:
            raise BadInput("table_twice", where=path.name, found=sheets[kind].file)
        sheets[kind] = read_csv(path.name, _content(path), kind)
    books = [path for path in sorted(folder.glob("*.xlsx")) if not path.name.startswith("~$")]
    if not sheets and len(books) == 1:
        return _file_sheets(books[0], area)
    return sheets, tuple(unread + [_not_read(path.name, area) for path in books])


def _file_sheets(path: Path, area: str) -> Found:
    content = _content(path)
    if not is_workbook(content):
        kind = kind_of_name(path.stem, area)
        return ({kind: read_csv(path.name, content, kind)} if kind else {}), ()
    return named_sheets(path.name, content, area)


def workbook_sheets(file: str, content: bytes, area: str = "imaging") -> dict[str, Sheet]:
    """The sheets of a workbook by the area's kinds. Raises BadInput where two sheets are named for one kind."""
    return named_sheets(file, content, area)[0]


def named_sheets(file: str, content: bytes, area: str = "imaging") -> Found:
    """The sheets of a workbook by the area's kinds, and a warning for each that is named for none.

    Raises BadInput where two sheets are named for one kind.
    """
    sheets: dict[str, Sheet] = {}
    unread: list[Warned] = []
    for name, rows in read_workbook(file, content).items():
        kind = kind_of_name(name, area)
        if kind is None or not rows:
            unread += [_not_read(f"{file} [{name}]", area)] if rows else []
            continue
        if kind in sheets:
            raise BadInput("table_twice", where=f"{file} [{name}]", found=sheets[kind].name)
        sheets[kind] = sheet_of(file, name, rows, header_index(first_rows(rows), kind) or 0)
    return sheets, tuple(unread)


def _not_read(file: str, area: str) -> Warned:
    return Warned(file=file, text_id="file_not_read", values={"expected": _names(area)})


def _names(area: str) -> str:
    return ", ".join(table.file_name for table in tables_of(area).values())
