from __future__ import annotations

import io
from pathlib import Path

import pytest

from hospital.errors import BadInput
from hospital.plans import Appointment
from intake.plans import plan_csv, read_plan_csv, write_plan_csv
from tests.intake.sites import at

APPOINTMENTS = (
    Appointment(request="R1", resource="CT1", start=at(2, 9), end=at(2, 9, 10)),
    Appointment(request="=R2", session=3, resource="MR1", start=at(3, 13, 5), end=at(3, 13, 45)),
)


def test_a_plan_has_five_columns_and_times_with_offset() -> None:
    """Anyone can read the plan file: request, session, resource, start, end."""
    assert plan_csv(APPOINTMENTS).splitlines() == [
        "request,session,resource,start,end",
        "R1,1,CT1,2026-03-02T09:00+08:00,2026-03-02T09:10+08:00",
        "'=R2,3,MR1,2026-03-03T13:05+08:00,2026-03-03T13:45+08:00",
    ]


def test_a_plan_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """From a file or a buffer, the same appointments."""
    write_plan_csv(tmp_path / "plan.csv", APPOINTMENTS)
    assert read_plan_csv(tmp_path / "plan.csv", timezone="Asia/Shanghai").appointments == APPOINTMENTS
    buffer = io.StringIO()
    write_plan_csv(buffer, APPOINTMENTS)
    buffer.seek(0)
    assert read_plan_csv(buffer, timezone="Asia/Shanghai").appointments == APPOINTMENTS


def test_a_plan_without_offsets_or_sessions_is_the_sites() -> None:
    """A plan typed by hand: local times, one session each."""
    content = b"request,resource,start,end\nR1,CT1,2026-03-02 09:00,2026-03-02 09:10\n"
    assert read_plan_csv(content, timezone="Asia/Shanghai").appointments == APPOINTMENTS[:1]


def test_wrong_rows_of_a_plan_are_refused() -> None:
    """An appointment that ends before it starts, or a request planned twice, is named."""
    content = (
        plan_csv(APPOINTMENTS)
        + "R1,1,CT1,2026-03-02 10:00,2026-03-02 10:10\nR5,1,CT1,2026-03-02 10:00,2026-03-02 09:00\n"
    )
    plan = read_plan_csv(content.encode(), timezone="Asia/Shanghai")
    assert [(row.file, row.row, row.field, row.text_id) for row in plan.refused] == [
        ("plan.csv", 4, "request", "new_key"),
        ("plan.csv", 5, "end", "after"),
    ]
    assert plan.appointments == APPOINTMENTS


def test_something_else_is_no_plan(tmp_path: Path) -> None:
    """A file without the columns of a plan, or none at all, is refused."""
    with pytest.raises(BadInput, match="lacks the columns resource, start, end"):
        read_plan_csv(b"request,x\n1,2\n", timezone="Asia/Shanghai")
    with pytest.raises(BadInput, match="no file or folder"):
        read_plan_csv(tmp_path / "none.csv", timezone="Asia/Shanghai")
