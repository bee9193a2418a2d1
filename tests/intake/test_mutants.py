from __future__ import annotations

import codecs
import io
import random
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hospital.errors import CaretableError
from hospital.sites import SiteSettings
from hospital.texts import LANGUAGES
from intake.cells import Cell, is_hidden
from intake.excel_export import SheetOut, workbook
from intake.export import table_csv, table_rows, write_site
from intake.folder import read_site
from intake.plans import plan_csv, read_plan_csv
from intake.schema import TABLES
from intake.settings import read_settings
from intake.upload import guess_kind, read_table
from tests.intake.sites import request, small_site

QUIET = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
NAMES = TABLES["requests"].names
KNOWN = small_site()
NASTY: list[Any] = [
    None, "", " ", "=1+1", "\t", "\r\n", '"', '""', "'", "\0", "\ufeff", "\u202e", "#N/A", "nan", "1e999", "-0", "9" * 400, "99999-99-99",
    "2026-02-30", "24:00", "0000-00-00 00:00", "2026-03-02T08:00+99:99", "2026-03-02 08:00/", "//", "~~~", "~", "上午", "𠮷", "x" * 40_000,
    "9999-12-31 24:00", "0001-01-01T00:00+14:00", "1小时99分", "周八", "周一至", "-", "至", "²", "١٢", "１２：６１", ";;;;",
    "2026-03-02T08:00Z/P1D",
]  # fmt: skip


@cache
def rows() -> tuple[tuple[str, ...], ...]:
    values = [*small_site().requests, *(request(number, ward="病区三") for number in range(4, 8))]
    return tuple(tuple(row) for row in table_rows("requests", values))


@cache
def good_csv() -> bytes:
    return table_csv(NAMES, rows()).encode()


@cache
def good_xlsx() -> bytes:
    return workbook([SheetOut(name="requests", header=NAMES, rows=rows())])


def check(name: str, content: bytes, kind: str = "requests") -> None:
    """Read or refused: nothing else may happen, and every refusal names its place in both languages."""
    problem = None
    try:
        batch = read_table(kind, name, content, settings=SiteSettings(), known=KNOWN)
        guess_kind(name, content)
    except CaretableError as refusal:
        problem = refusal
    if problem is not None:
        assert all(problem.sentence(language) for language in LANGUAGES)
        return
    assert len(batch.rows) + len({row.row for row in batch.refused}) <= batch.num_rows or kind != "requests"
    for row in batch.refused:
        assert row.file
        assert row.row >= 2
        assert row.field == "" or row.field in TABLES[kind].names
        for language in LANGUAGES:
            sentence = row.sentence(language)
            assert str(row.row) in sentence
            assert row.expected(language) in sentence
            assert row.found in sentence
            assert not any(is_hidden(char) for char in sentence)
    for warned in batch.warnings:
        assert warned.sentence("zh")


def flipped(content: bytes, seed: int, count: int) -> bytes:
    rng = random.Random(seed)
    broken = bytearray(content)
    for _ in range(count):
        broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
    return bytes(broken)


@given(seed=st.integers(0, 10**9), count=st.integers(1, 12), is_excel=st.booleans(), is_gb=st.booleans())
@QUIET
def test_flipped_bits_never_break_the_door(seed: int, count: int, is_excel: bool, is_gb: bool) -> None:
    """A file damaged on its way is read or refused, row by row or whole."""
    content = good_xlsx() if is_excel else good_csv().decode().encode("gb18030") if is_gb else good_csv()
    check("a.xlsx" if is_excel else "a.csv", flipped(content, seed, count))


def rezipped(content: bytes, seed: int, count: int) -> bytes:
    """A sound archive around damaged markup."""
    rng = random.Random(seed)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        broken = rng.choice([member.filename for member in old.infolist()])
        for member in old.infolist():
            part = old.read(member)
            new.writestr(member.filename, flipped(part, seed, count) if member.filename == broken else part)
    return out.getvalue()


@given(seed=st.integers(0, 10**9), count=st.integers(1, 4))
@QUIET
def test_damaged_markup_in_a_sound_workbook_never_breaks_the_door(seed: int, count: int) -> None:
    """A workbook whose archive is whole but whose sheets are not is read or refused."""
    check("a.xlsx", rezipped(good_xlsx(), seed, count))


@given(data=st.data(), is_excel=st.booleans())
@QUIET
def test_cut_and_repeated_files_never_break_the_door(data: st.DataObject, is_excel: bool) -> None:
    """Half a file, or the same half twice, is read or refused."""
    content = good_xlsx() if is_excel else good_csv()
    start, stop = sorted((data.draw(st.integers(0, len(content))), data.draw(st.integers(0, len(content)))))
    check("a.xlsx", content[:stop])
    check("a.xlsx", content[:start] + content[start:stop] * 2 + content[stop:])


@given(
    content=st.binary(max_size=400),
    start=st.sampled_from([b"", b"PK\x03\x04", codecs.BOM_UTF16_LE, codecs.BOM_UTF8, b"id,patient\n"]),
)
@QUIET
def test_random_bytes_never_break_the_door(content: bytes, start: bytes) -> None:
    """Something that is no table at all is refused."""
    check("a.csv", start + content)


def mutated(draw: st.DrawFn) -> list[list[Cell]]:
    """Header and rows with cells replaced, columns swapped, rows doubled, cut or lengthened."""
    table: list[list[Cell]] = [list(NAMES), *(list(row) for row in rows())]
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(table) - 1))
        column = draw(st.integers(0, len(NAMES) - 1))
        match draw(st.sampled_from(["cell", "swap", "double", "cut", "long", "text"])):
            case "cell" if column < len(table[place]):
                table[place][column] = draw(st.sampled_from(NASTY))
            case "text" if column < len(table[place]):
                table[place][column] = draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
            case "swap":
                other = draw(st.integers(0, len(NAMES) - 1))
                for row in table:
                    if max(column, other) < len(row):
                        row[column], row[other] = row[other], row[column]
            case "double":
                table.append(list(table[place]))
            case "cut":
                table[place] = table[place][:column]
            case "long":
                table[place] = [*table[place], draw(st.sampled_from(NASTY))]
    return table


@given(data=st.data())
@QUIET
def test_wrong_cells_in_a_csv_are_refused_one_by_one(data: st.DataObject) -> None:
    """Wrong types, swapped columns, huge or hidden cells: a clear refusal for each, never a crash."""
    table = mutated(data.draw)
    text = table_csv([str(cell or "") for cell in table[0]], [[str(cell or "") for cell in row] for row in table[1:]])
    check("a.csv", text.encode())


@given(data=st.data())
@settings(QUIET, max_examples=30)
def test_wrong_cells_in_a_workbook_are_refused_one_by_one(data: st.DataObject) -> None:
    """The same in Excel, with numbers, truths and times where text belongs."""
    table = mutated(data.draw)
    odd = st.sampled_from([1.5, -3, 1e300, True, False, small_site().requests[0].earliest, 10**14, "#REF!"])
    for row in table[1:]:
        if row and data.draw(st.booleans()):
            row[data.draw(st.integers(0, len(row) - 1))] = data.draw(odd)
    safe = [[cell[:30_000] if isinstance(cell, str) else cell for cell in row] for row in table]
    check("a.xlsx", workbook([SheetOut(name="requests", header=[str(cell or "") for cell in safe[0]], rows=safe[1:])]))


@given(data=st.data(), kind=st.sampled_from([kind for kind in TABLES if kind != "requests"]))
@QUIET
def test_wrong_cells_in_every_other_table(data: st.DataObject, kind: str) -> None:
    """Scanners, hours, staff and appointments are held to the same."""
    table = TABLES[kind]
    lines = [list(row) for row in table_rows(kind, getattr(small_site(), table.attribute))]
    for row in lines:
        row[data.draw(st.integers(0, len(row) - 1))] = str(data.draw(st.sampled_from(NASTY)) or "")
    check("a.csv", table_csv(table.names, lines).encode(), kind)


@given(
    content=st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")))
)
@QUIET
def test_any_settings_file_is_read_or_refused(content: bytes) -> None:
    """site.toml with anything in it never breaks the door."""
    for start in (b"", b"now = ", b'timezone = "', b"[weights]\nmoved = "):
        try:
            said = read_settings(start + content).id
        except CaretableError as refusal:
            said = refusal.sentence("zh")
        assert said


@given(seed=st.integers(0, 10**9), count=st.integers(1, 8))
@QUIET
def test_a_damaged_plan_is_read_or_refused(seed: int, count: int) -> None:
    """plan.csv with flipped bits gives appointments, refused rows, or one clear refusal."""
    content = flipped(plan_csv([booking.appointment for booking in KNOWN.bookings] * 3).encode(), seed, count)
    try:
        said = [row.sentence("zh") for row in read_plan_csv(content, timezone="Asia/Shanghai").refused]
    except CaretableError as refusal:
        said = [refusal.sentence("zh")]
    assert all(said)


@given(seed=st.integers(0, 10**9), kind=st.sampled_from(list(TABLES)), count=st.integers(1, 8))
@settings(QUIET, max_examples=40)
def test_a_site_with_one_damaged_file_is_read_or_refused(seed: int, kind: str, count: int) -> None:
    """One bad file in the folder is told by name; it never brings the whole site down without a word."""
    with tempfile.TemporaryDirectory() as folder:
        write_site(folder, KNOWN)
        path = Path(folder) / f"{kind}.csv"
        path.write_bytes(flipped(path.read_bytes(), seed, count))
        try:
            batch = read_site(folder)
        except CaretableError as refusal:
            assert path.name in refusal.sentence("en")  # noqa: PT017  # a site that is read is as good
            return
        for row in batch.refused:
            assert row.sentence("zh")
        for warned in batch.warnings:
            assert warned.sentence("en")
