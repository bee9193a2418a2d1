"""Files in: what they would do, what they did, what was refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hospital.errors import BadInput, Conflict, UnknownId, WrongState
from hospital.sites import ImagingSite
from intake.excel_export import SheetOut, workbook
from intake.export import table_csv, table_rows
from intake.schema import TABLES
from planning.actors import Actor, Role
from planning.commands import ApplyUpload, CancelRequests, DiscardUpload, RevealPatient, StageUpload
from planning.queries import AuditLog, Quarantine, Uploads
from planning.site_data import site_of
from planning.views import UploadView
from tests.planning.world import HOSPITAL, World, opened
from tests.scheduler.imaging.small_site import at, booking, request


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[World]:
    """A new hospital without any data but its settings."""
    bare = ImagingSite(settings=HOSPITAL.settings)
    with opened(tmp_path, f"sqlite:///{tmp_path / 'empty.sqlite'}", bare) as found:
        yield found


def steward(world: World) -> Actor:
    return world.person(Role.STEWARD)


def csv_of(kind: str, values: object) -> bytes:
    return table_csv(TABLES[kind].names, table_rows(kind, values)).encode()  # type: ignore[arg-type]


def stage(world: World, kind: str, content: bytes, filename: str = "", **given: object) -> UploadView:
    command = StageUpload(kind, filename or f"{kind}.csv", content, **given)  # type: ignore[arg-type]
    view: UploadView = world.app.execute(steward(world), command)
    return view


def apply(world: World, upload: UploadView) -> UploadView:
    view: UploadView = world.app.execute(steward(world), ApplyUpload(upload.id))
    return view


def test_a_hospital_comes_in_file_by_file(empty: World) -> None:
    """Scanners, hours, catalogue, staff, requests and bookings uploaded one after the other give the hospital itself."""
    for kind, table in TABLES.items():
        apply(empty, stage(empty, kind, csv_of(kind, getattr(HOSPITAL, table.attribute))))
    store = empty.app._store
    with store.reading() as work:
        assert site_of("imaging", work.records.all(empty.site_id, "imaging")) == HOSPITAL
    assert len(empty.page().appointments) == 2


def test_a_whole_workbook_comes_in_at_once(empty: World) -> None:
    """One Excel file with a sheet for each table is a hospital."""
    sheets = [
        SheetOut(name=kind, header=table.names, rows=table_rows(kind, getattr(HOSPITAL, table.attribute)))
        for kind, table in TABLES.items()
    ]
    upload = stage(empty, "", workbook(sheets), "hospital.xlsx")
    assert (upload.kind, upload.num_changed, upload.refused) == ("workbook", 0, ())
    apply(empty, upload)
    assert len(empty.page().unplanned) == 2


def test_a_second_upload_is_matched_by_id(world: World) -> None:
    """R1 as before, R3 with another ward, R5 new, R2 and R4 not in the file: counted, and nobody is cancelled."""
    rows = (HOSPITAL.requests[0], replace(HOSPITAL.requests[2], ward="W7"), request("R5", "CT-PLAIN"))
    upload = stage(world, "requests", csv_of("requests", rows))
    assert (upload.num_new, upload.num_changed, upload.num_unchanged) == (1, 1, 1)
    assert upload.missing == ("R2", "R4")
    assert upload.num_rows == 3
    apply(world, upload)
    known = {row.about.request: row.about.ward for row in (*world.page().appointments, *world.page().unplanned)}
    assert known == {"R1": "W1", "R2": "W2", "R3": "W7", "R4": "", "R5": ""}


def test_a_refused_row_is_not_a_missing_one(world: World) -> None:
    """R2 stands in the file with a class that cannot be read: it is set aside, and not offered for cancelling as R4 is."""
    lines = csv_of("requests", HOSPITAL.requests[:3]).decode().splitlines()
    place = lines[0].split(",").index("class")
    cells = lines[2].split(",")
    cells[place] = "VIP"
    upload = stage(world, "requests", "\n".join([*lines[:2], ",".join(cells), *lines[3:]]).encode())
    assert [row.found for row in upload.refused] == ["VIP"]
    assert upload.missing == ("R4",)


def test_the_same_file_twice_changes_nothing(world: World) -> None:
    """The second upload of one file finds everything unchanged, in every kind of table."""
    for kind, table in TABLES.items():
        values = getattr(HOSPITAL, table.attribute)
        upload = stage(world, kind, csv_of(kind, values))
        assert (upload.num_new, upload.num_changed, upload.missing) == (0, 0, ()), kind
        assert upload.num_unchanged == len(values)


def test_a_cancelled_request_stays_cancelled_when_its_row_comes_again(world: World) -> None:
    """A person cancelled R4; tonight's export still has it, unchanged: it does not come back by itself."""
    world.app.execute(steward(world), CancelRequests(("R4",), "moved away"))
    upload = stage(world, "requests", csv_of("requests", HOSPITAL.requests))
    assert (upload.num_new, upload.num_unchanged) == (0, 4)
    apply(world, upload)
    assert "R4" not in {row.about.request for row in world.page().unplanned}


def test_cancelling_needs_a_reason_and_known_requests(world: World) -> None:
    """Nobody is cancelled by mistake: a reason, and ids that exist."""
    with pytest.raises(BadInput, match="reason"):
        world.app.execute(steward(world), CancelRequests(("R4",), " "))
    with pytest.raises(UnknownId, match="R77"):
        world.app.execute(steward(world), CancelRequests(("R4", "R77"), "gone"))
    assert world.app.execute(steward(world), CancelRequests(("R4", "R3"), "gone")) == 2


def test_refused_rows_are_quarantined_and_the_good_ones_go_on(world: World) -> None:
    """A row with a class nobody knows is set aside with its place; its neighbours come in; the count stays visible."""
    text = "id,patient,examination,class,requested,earliest\n"
    text += "R6,P6,CT-PLAIN,outpatient,2026-03-01 09:00,2026-03-02 08:00\n"
    text += "R7,P7,CT-PLAIN,royalty,2026-03-01 09:00,2026-03-02 08:00\n"
    text += "R8,P8,NO-SUCH,outpatient,2026-03-01 09:00,2026-03-02 08:00\n"
    upload = stage(world, "requests", text.encode(), "extra.csv")
    assert [(row.row, row.field, row.found) for row in upload.refused] == [
        (3, "class", "royalty"),
        (4, "examination", "NO-SUCH"),
    ]
    assert world.app.ask(steward(world), Quarantine()) == ()
    apply(world, upload)
    rows = world.app.ask(steward(world), Quarantine())
    assert [(row.by, row.refused.row) for row in rows] == [("steward", 3), ("steward", 4)]
    assert "extra.csv" in rows[0].refused.sentence("zh")
    assert "R6" in {row.about.request for row in world.page().unplanned}
    assert world.app.ask(steward(world), Uploads())[0].num_refused == 2


def test_the_columns_of_a_source_are_remembered(world: World) -> None:
    """The ward exports its own headings: mapped once by a person, read by themselves the next night."""
    text = "Nr,Wer,Was,Art,angelegt,ab\nR6,P6,CT-PLAIN,outpatient,2026-03-01 09:00,2026-03-02 08:00\n"
    first = stage(world, "requests", text.encode(), "export_20260301.csv")
    assert set(first.missing_columns) >= {"id", "patient"}
    with pytest.raises(BadInput, match="patient"):
        apply(world, first)
    mapping = {
        "Nr": "id",
        "Wer": "patient",
        "Was": "examination",
        "Art": "class",
        "angelegt": "requested",
        "ab": "earliest",
    }
    second = stage(world, "requests", text.encode(), "export_20260301.csv", mapping=mapping)
    assert (second.missing_columns, second.num_new) == ((), 1)
    third = stage(world, "requests", text.replace("R6", "R7").encode(), "export_20260302.csv")
    assert (third.mapping["Wer"], third.num_new) == ("patient", 1)


def test_a_table_without_ids_is_replaced_as_a_whole(world: World) -> None:
    """New opening hours: the file is the whole table, so the old hours do not stay beside the new."""
    rows = [
        replace(row, to_min=600) if row.scanner == "CT1" and row.weekday is not None else row
        for row in HOSPITAL.opening
    ]
    upload = stage(world, "opening", csv_of("opening", rows))
    assert (upload.num_new, len(upload.missing)) == (3, 3)
    apply(world, upload)
    ends = {
        span.end.hour for row in world.page().resources if row.id == "CT1" for span in row.spans if span.kind == "open"
    }
    assert ends == {10, 23}
    again = stage(world, "opening", csv_of("opening", HOSPITAL.opening))
    apply(world, again)
    ends = {
        span.end.hour for row in world.page().resources if row.id == "CT1" for span in row.spans if span.kind == "open"
    }
    assert ends == {20, 23}


def test_an_upload_made_for_older_data_is_not_applied(both: World) -> None:
    """Two stewards stage a file; the second to click is told that the data have changed since."""
    content = csv_of("requests", (*HOSPITAL.requests, request("R5", "CT-PLAIN")))
    first, second = stage(both, "requests", content), stage(both, "requests", content)
    apply(both, first)
    with pytest.raises(Conflict, match=r"requests\.csv"):
        apply(both, second)
    with pytest.raises(WrongState):
        apply(both, first)


def test_a_discarded_upload_changes_nothing(world: World) -> None:
    """Looked at, not wanted: the file is put away."""
    upload = stage(world, "requests", csv_of("requests", (request("R5", "CT-PLAIN"),)))
    world.app.execute(steward(world), DiscardUpload(upload.id))
    with pytest.raises(WrongState):
        apply(world, upload)
    assert [row.state for row in world.app.ask(steward(world), Uploads())] == ["discarded"]


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """The limit is a setting and named in the refusal."""
    with (
        opened(tmp_path, f"sqlite:///{tmp_path / 'x.sqlite'}", upload_max_mb=1) as world,
        pytest.raises(BadInput, match="1 MB"),
    ):
        stage(world, "requests", b"x" * 1_000_001)


def test_late_bookings_join_the_plan_in_force(world: World) -> None:
    """After publication the hospital's own system books one more: it counts as promised too."""
    number = world.move(0, "R3", "CT1", at(1, 9))
    world.publish(number)
    world.clock.forward(minutes=3)
    rows = (*HOSPITAL.bookings, booking("R4", "CT1", at(3, 12), 10))
    apply(world, stage(world, "booked", csv_of("booked", rows)))
    draft = world.move(number, "R4", "CT1", at(3, 13))
    row = next(row for row in world.page(draft).appointments if row.about.request == "R4")
    assert row.moved_from is not None
    assert row.moved_from.start == at(3, 12)


def test_names_of_patients_are_kept_apart_from_everything_else(world: World) -> None:
    """A list of who stands behind the pseudonyms comes in: known to whoever asks with the right to, shown in no list, no sample row,
    no audit row, and no longer kept with the upload."""
    text = "患者编号,姓名,电话\nP-R4,王小明,555 0101\nP-R1,李华,\n"
    upload = stage(world, "identities", text.encode("gb18030"), "names.csv")
    assert (upload.num_new, upload.sample_rows) == (2, ())
    apply(world, upload)
    found = world.app.execute(world.scheduler, RevealPatient("R4"))
    assert dict(found.identity) == {"姓名": "王小明", "电话": "555 0101"}
    seen = (world.page(), world.app.ask(steward(world), Uploads()), world.app.ask(world.approver, AuditLog()))
    assert "王小明" not in str(seen)
    with world.app._store.reading() as work:
        kept = work.uploads.get(world.site_id, upload.id)
    assert kept is not None
    assert "王小明" not in str(kept)
    with pytest.raises(BadInput, match="patient"):
        stage(world, "identities", "姓名\n王小明\n".encode(), "names.csv")
