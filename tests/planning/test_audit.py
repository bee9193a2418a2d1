"""The audit log: every command leaves a row, and every later edit of a row shows."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from hospital.errors import CaretableError, NotAllowed, PlanRefused
from planning.actors import Role
from planning.audit import hash_of, verify_chain
from planning.commands import CancelRequests, RecordChanges, SubmitDraft
from planning.queries import AuditCheck, AuditLog
from planning.rows import AuditEntry
from tests.planning.world import World, at, downtime


def test_a_done_and_a_refused_command_both_leave_a_row(both: World) -> None:
    """A recorded downtime, a refused drag and a viewer's vain attempt: who, what, why, and what came of it."""
    both.app.execute(both.scheduler, RecordChanges("imaging", (downtime("CT1", at(2, 9)),), "tube failure"))
    with pytest.raises(PlanRefused):
        both.move(0, "R3", "MR1", at(1, 10))
    with pytest.raises(NotAllowed):
        both.app.execute(both.person(Role.VIEWER), SubmitDraft(1))
    rows = both.app.ask(both.approver, AuditLog(limit=3))
    assert [(row.command, row.role, row.refusal) for row in rows] == [
        ("SubmitDraft", "viewer", "role_may_not"),
        ("MoveAppointment", "scheduler", "plan_refused"),
        ("RecordChanges", "scheduler", ""),
    ]
    assert rows[2].reason == "tube failure"
    assert rows[2].details["changes"][0]["resource_ids"] == ["CT1"]


def test_a_new_version_is_told_with_digests_before_and_after(world: World) -> None:
    """The row of an edit names the version and the digests of both plans; two edits chain."""
    first = world.move(0, "R3", "CT1", at(1, 9))
    world.move(first, "R4", "CT1", at(3, 11))
    second_row, first_row = world.app.ask(world.approver, AuditLog(limit=2))
    assert second_row.details["version"] == 2
    assert second_row.before == first_row.after != second_row.after


def test_a_command_that_failed_left_nothing_but_its_row(world: World) -> None:
    """A refused cancellation cancels nobody, not even the known one before the unknown."""
    with pytest.raises(Exception, match="R99"):
        world.app.execute(world.scheduler, CancelRequests(("R4", "R99"), "moved away"))
    assert "R4" in {row.about.request for row in world.page().unplanned}


def test_what_no_database_can_keep_is_refused_and_told(both: World) -> None:
    """A reason with a NUL, half a character in a name, a number beyond all numbers: a plain refusal on either database."""
    for command in (
        SubmitDraft(1, "a\x00b"),
        CancelRequests(("R4", "\ud800"), "x"),
        SubmitDraft(10**30),
        SubmitDraft(2**40),
    ):
        with pytest.raises(CaretableError):
            both.app.execute(both.scheduler, command)
    assert both.app.ask(both.approver, AuditCheck()).is_whole


def filled_log(world: World, count: int) -> tuple[AuditEntry, ...]:
    for number in range(count):
        world.app.execute(world.scheduler, RecordChanges("imaging", (downtime("CT1", at(2, 9)),), f"reason {number}"))
    store = world.app._store
    with store.reading() as work:
        return tuple(reversed(work.audit.list(world.site_id, limit=None)))


def test_every_offline_edit_of_the_log_is_found_and_named(world: World) -> None:
    """A hundred forged logs - a field changed, a row gone, two swapped, the end cut - are each found at the right row."""
    rows = filled_log(world, 9)
    head = (rows[-1].number, rows[-1].hash)
    assert verify_chain(rows, head).is_whole
    dice = random.Random(5)
    for _ in range(100):
        place = dice.randrange(len(rows))
        forged, first = _forged(list(rows), place, dice)
        check = verify_chain(forged, head)
        assert not check.is_whole
        assert check.broken_at == first


def _forged(rows: list[AuditEntry], place: int, dice: random.Random) -> tuple[list[AuditEntry], int]:
    row = rows[place]
    edits = (
        replace(row, reason=row.reason + "!"),
        replace(row, is_refused=not row.is_refused),
        replace(row, name="somebody else"),
        replace(row, at=row.at.replace(microsecond=(row.at.microsecond + 1) % 1000000)),
        replace(row, details={**row.details, "more": 1}),
    )
    kind = dice.randrange(4)
    if kind == 0:
        del rows[place]
        return rows, row.number
    if kind == 1 and place + 1 < len(rows):
        rows[place], rows[place + 1] = rows[place + 1], rows[place]
        return rows, row.number
    if kind == 2:
        # an edit whose own hash is made right again breaks the row after it, or the head
        forged = dice.choice(edits)
        rows[place] = replace(forged, hash=hash_of(forged))
        return rows, row.number + 1
    rows[place] = dice.choice(edits)
    return rows, row.number


def test_the_page_checks_the_whole_chain(both: World) -> None:
    """The administrator's button says whether the log is whole, and how long it is."""
    both.move(0, "R3", "CT1", at(1, 9))
    check = both.app.ask(both.person(Role.ADMINISTRATOR), AuditCheck())
    assert check.is_whole
    assert check.num_rows == len(both.app.ask(both.approver, AuditLog()))
