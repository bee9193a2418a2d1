from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from hospital.errors import BadInput
from hospital.sites import ImagingSite
from intake.excel_export import SheetOut, workbook
from intake.export import table_rows, write_site
from intake.folder import read_site
from intake.schema import TABLES
from tests.intake.sites import at, random_sites, request


def differing(one: ImagingSite, other: ImagingSite) -> dict[str, tuple[object, object]]:
    pairs = {field.name: (getattr(one, field.name), getattr(other, field.name)) for field in fields(ImagingSite)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def as_workbook(site: ImagingSite) -> bytes:
    return workbook(
        [
            SheetOut(name=kind, header=table.names, rows=table_rows(kind, getattr(site, table.attribute)))
            for kind, table in TABLES.items()
        ]
    )


def test_a_site_comes_back_as_it_was_written(site: ImagingSite, tmp_path: Path) -> None:
    """What the hospital saved is what it reads: nothing lost, nothing added."""
    write_site(tmp_path, site)
    batch = read_site(tmp_path)
    assert batch.refused == ()
    assert differing(batch.value, replace(site, settings=batch.value.settings)) == {}
    assert batch.value.settings == replace(site.settings, walk_min={"walking": 11, "wheelchair": 20, "bed": 30})


@given(site=random_sites())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_site_comes_back_as_it_was_written(site: ImagingSite, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever ids, times of a clock change or words a hospital uses, a saved site reads back the same."""
    folder = tmp_path_factory.mktemp("site")
    write_site(folder, site)
    batch = read_site(folder)
    assert [row.sentence() for row in batch.refused] == []
    assert differing(batch.value, site) == {}


def test_one_workbook_holds_a_whole_site(site: ImagingSite, tmp_path: Path) -> None:
    """A hospital that keeps one Excel workbook with a sheet for each table gets the same site."""
    write_site(tmp_path / "csv", site)
    from_csv = read_site(tmp_path / "csv").value
    (tmp_path / "book.xlsx").write_bytes(as_workbook(site))
    (tmp_path / "site.toml").write_bytes((tmp_path / "csv" / "site.toml").read_bytes())
    assert differing(read_site(tmp_path / "book.xlsx").value, from_csv) == {}
    (tmp_path / "csv" / "requests.csv").unlink()
    folder = tmp_path / "only_book"
    folder.mkdir()
    for name in ("book.xlsx", "site.toml"):
        (folder / name).write_bytes((tmp_path / name).read_bytes())
    assert differing(read_site(folder).value, from_csv) == {}


def test_chinese_file_names_are_understood(site: ImagingSite, tmp_path: Path) -> None:
    """A folder with 检查申请.csv instead of requests.csv is read alike; both together are one too many."""
    write_site(tmp_path, site)
    (tmp_path / "requests.csv").rename(tmp_path / "检查申请.csv")
    assert [found.id for found in read_site(tmp_path).value.requests] == ["R1", "R2", "R3"]
    (tmp_path / "requests.csv").write_bytes((tmp_path / "检查申请.csv").read_bytes())
    with pytest.raises(BadInput, match="same kind of table"):
        read_site(tmp_path)


def test_rows_that_refer_to_nothing_are_set_aside(site: ImagingSite, tmp_path: Path) -> None:
    """An appointment for a request nobody made, or an examination not in the catalogue, is refused; the rest goes on."""
    write_site(tmp_path, replace(site, requests=(*site.requests, request(9, examination="XX"))))
    with (tmp_path / "booked.csv").open("a", encoding="utf-8") as file:
        file.write("R77,1,CT1,2026-03-02T10:00,2026-03-02T10:10,no,planned,0\n")
        file.write("R2,1,CT9,2026-03-02T10:00,2026-03-02T10:10,no,planned,0\n")
    batch = read_site(tmp_path)
    assert [(row.file, row.row, row.field, row.text_id, row.found) for row in batch.refused] == [
        ("requests.csv", 5, "examination", "known_id", "XX"),
        ("booked.csv", 3, "request", "known_id", "R77"),
        ("booked.csv", 4, "resource", "known_id", "CT9"),
    ]
    assert len(batch.value.requests) == 3


def test_a_request_no_scanner_can_take_is_accepted_with_a_warning(site: ImagingSite, tmp_path: Path) -> None:
    """A sedated patient where no scanner supports sedation stays on the list, and somebody is told."""
    write_site(tmp_path, replace(site, requests=(request(1, is_sedated=True), request(2))))
    batch = read_site(tmp_path)
    assert len(batch.value.requests) == 2
    assert [(row.field, row.found) for row in batch.refused] == []
    found = [warned for warned in batch.warnings if warned.text_id.startswith("no_scanner")]
    assert [(warned.text_id, warned.values["request"], warned.values["count"]) for warned in found] == [
        ("no_scanner_sedated", "R1", 1)
    ]
    assert "CT-HEAD" in found[0].sentence("zh")


def test_a_window_shorter_than_the_examination_is_told(site: ImagingSite, tmp_path: Path) -> None:
    """A patient who can come for five minutes only cannot have a ten-minute scan: accepted, but told."""
    write_site(tmp_path, replace(site, requests=(request(1, windows=((at(2, 8), at(2, 8, 5)),)),), bookings=()))
    assert [warned.text_id for warned in read_site(tmp_path).warnings if "short" in warned.text_id] == [
        "span_too_short"
    ]


def test_files_that_are_not_read_are_told(site: ImagingSite, tmp_path: Path) -> None:
    """A table with a misspelt name is not passed over in silence; a plan in the same folder is no table."""
    write_site(tmp_path, site)
    (tmp_path / "reqests.csv").write_text("id\n1\n")
    (tmp_path / "plan.csv").write_text("request,session,resource,start,end\n")
    batch = read_site(tmp_path)
    assert [warned.file for warned in batch.warnings if warned.text_id == "file_not_read"] == ["reqests.csv"]
    content = workbook(
        [
            SheetOut(name="scanners", header=["id", "modality"], rows=[["CT1", "CT"]]),
            SheetOut(name="notes", header=["a"], rows=[]),
        ]
    )
    (tmp_path / "book.xlsx").write_bytes(content)
    found = [warned.file for warned in read_site(tmp_path / "book.xlsx").warnings if warned.text_id == "file_not_read"]
    assert found == ["book.xlsx [notes]"]


def test_open_names_are_told(site: ImagingSite, tmp_path: Path) -> None:
    """A patient column with names or identity numbers is accepted, but somebody hears that pseudonyms are wanted."""
    named = (request(1, patient="王小明"), request(2, patient="110101199003071234"), request(3, patient="P-7"))
    write_site(tmp_path, replace(site, requests=named))
    found = [warned.values for warned in read_site(tmp_path).warnings if warned.text_id == "not_pseudonym"]
    assert found == [{"request": "R1", "count": 2}]


def test_a_place_without_tables_is_refused(tmp_path: Path) -> None:
    """An empty folder or a wrong path is said to be one, not taken for an empty hospital."""
    with pytest.raises(BadInput, match="no table that is known"):
        read_site(tmp_path)
    with pytest.raises(BadInput, match="no file or folder"):
        read_site(tmp_path / "nowhere")


def test_a_missing_column_is_named(site: ImagingSite, tmp_path: Path) -> None:
    """A request file without the patient column says so by name."""
    write_site(tmp_path, site)
    path = tmp_path / "requests.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("patient", "whoever", 1), encoding="utf-8")
    with pytest.raises(BadInput, match=r"requests.csv lacks the columns patient\."):
        read_site(tmp_path)
