"""Who may do what: every command and every question, for every role, here and in another hospital."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from hospital.errors import CaretableError, Conflict, NotAllowed, UnknownId, WrongState
from hospital.plans import AppointmentStatus
from planning import commands, queries
from planning.actors import SYSTEM, Actor, Role
from planning.commands import (
    ApproveDraft,
    Command,
    CreateSite,
    DeleteSite,
    PublishSameDay,
    RecordChanges,
    RequestSolve,
    RevealPatient,
    SubmitDraft,
)
from planning.handlers import USE_CASES
from planning.permissions import MAY, roles_markdown
from planning.queries import ActiveJob, CallList, PlanView, Query, Sites, Versions
from planning.reads import READS
from planning.views import SlotView
from tests.planning.world import World, at, downtime, opened


def kinds_of(base: type[Any]) -> list[type[Any]]:
    """All classes of that kind, wherever they are written down (a class with slots takes the place of one of its name)."""
    found = [
        kind for kind in base.__subclasses__() if getattr(sys.modules[kind.__module__], kind.__name__, None) is kind
    ]
    return sorted(found, key=lambda kind: kind.__name__)


ALL_COMMANDS = kinds_of(Command)
ALL_QUERIES = kinds_of(Query)
_NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
_SLOT = SlotView(resource="CT1", start=_NOW, end=_NOW, price=1.5, cost_by_rule={})
_BY_NAME: dict[str, Any] = {
    "status": AppointmentStatus.DONE,
    "role": Role.VIEWER,
    "slot": _SLOT,
    "start": _NOW,
    "area": "imaging",
    "password": "long-enough-1",
    "content": b"id\n",
    "values": {"notice_h": 12},
    "files": {"wards.csv": b"ward,beds\n"},
}
_BY_TYPE: dict[str, Any] = {"str": "x", "int": 1, "tuple[str, ...]": ("R1",), "tuple[Change, ...]": (), "float": 1.5}


def sample_of(kind: type[Any]) -> Any:
    """A value of that command or query, made of anything."""
    given = {}
    for field in fields(kind):
        if field.name in _BY_NAME:
            given[field.name] = _BY_NAME[field.name]
        elif field.default is MISSING and field.default_factory is MISSING:
            given[field.name] = _BY_TYPE[str(field.type)]
    return kind(**given)


@pytest.fixture(scope="module")
def hospital(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One hospital for the whole matrix."""
    home: Path = tmp_path_factory.mktemp("roles")
    with opened(
        home, f"sqlite:///{home / 'roles.sqlite'}", login_tries=10_000, login_tries_per_address=10_000
    ) as found:
        yield found


def is_let_in(world: World, actor: Actor, what: Command | Query) -> bool:
    """True unless the door refused the role; what comes behind the door is another test's business."""
    try:
        world.app.execute(actor, what) if isinstance(what, Command) else world.app.ask(actor, what)
    except NotAllowed as refusal:
        return refusal.text_id != "role_may_not"
    except CaretableError:
        return True
    return True


@pytest.mark.parametrize("kind", [*ALL_COMMANDS, *ALL_QUERIES], ids=lambda kind: kind.__name__)
def test_the_door_opens_for_the_declared_roles_only(hospital: World, kind: type[Any]) -> None:
    """Each role in turn knocks with this command or question and is let in exactly as the table says."""
    found = {role for role in Role if is_let_in(hospital, hospital.person(role), sample_of(kind))}
    assert found == MAY[kind]


def test_nothing_is_without_a_row_or_without_a_use_case() -> None:
    """A new command cannot be forgotten in the table of rights."""
    assert set(MAY) == {*ALL_COMMANDS, *ALL_QUERIES}
    assert set(USE_CASES) == set(ALL_COMMANDS)
    assert set(READS) == set(ALL_QUERIES)


def test_the_page_about_roles_is_the_table_itself() -> None:
    """docs/roles.md says in both languages exactly what the table says."""
    document = (Path(__file__).parents[2] / "docs" / "roles.md").read_text(encoding="utf-8")
    for language in ("en", "zh"):
        assert roles_markdown(language) in document


def names_of(role: Role) -> set[str]:
    return {kind.__name__ for kind, roles in MAY.items() if role in roles and issubclass(kind, Command)}


def test_the_table_says_what_the_hospital_decided() -> None:
    """A viewer asks and changes nothing, an administrator does not plan, only an approver approves, a steward brings in data."""
    own = {"LogIn", "LogOut", "SetPassword", "SetLanguage"}
    assert names_of(Role.NOBODY) == {"LogIn", "LogOut"}
    asking = {"AskPlanner", "AnswerCard", "DismissCard"}
    assert names_of(Role.VIEWER) == own | asking
    data_in = {"StageUpload", "ApplyUpload", "DiscardUpload", "CancelRequests", "UploadWards"}
    assert names_of(Role.STEWARD) == own | asking | data_in
    planning = {"RequestSolve", "MoveAppointment", "RecordChanges", "SubmitDraft", "PublishSameDay", "RevealPatient"}
    planning |= {"RequestForecast", "AcceptOrder"}
    assert planning <= names_of(Role.SCHEDULER)
    assert not planning & names_of(Role.ADMINISTRATOR)
    approving = {"ApproveDraft", "RejectDraft", "ReviewSameDay"}
    assert names_of(Role.APPROVER) - names_of(Role.SCHEDULER) == approving
    assert not approving & names_of(Role.SYSTEM)
    assert "CreateAccount" not in names_of(Role.SCHEDULER)


def test_another_hospitals_plan_is_not_there(world: World) -> None:
    """A scheduler of another hospital in the same database finds none of ours: no version, no job, no patient, no site."""
    with contextlib.suppress(Conflict):
        world.app.execute(world.scheduler, RequestSolve())
    job = world.app.ask(world.scheduler, ActiveJob()).id
    other = world.app.execute(SYSTEM, CreateSite("Other", "他院", "other-head", "long-enough-1"))
    stranger = Actor("id-stranger", "stranger", Role.SCHEDULER, other.id)
    assert world.app.ask(stranger, PlanView()).appointments == ()
    assert world.app.ask(stranger, Versions()) == ()
    assert [site.id for site in world.app.ask(stranger, Sites())] == [other.id]
    for command in (RevealPatient("R1"), commands.StopJob(job), SubmitDraft(1)):
        with pytest.raises((UnknownId, WrongState)):
            world.app.execute(stranger, command)
    for query in (queries.JobStatus(job), CallList(1), queries.ExportPlan(1)):
        with pytest.raises(UnknownId):
            world.app.ask(stranger, query)
    administrator = Actor("id-a", "a", Role.ADMINISTRATOR, other.id)
    with pytest.raises(NotAllowed, match="own site"):
        world.app.execute(administrator, DeleteSite(world.site_id))


def run_sql(world: World, statement: str) -> None:
    """What somebody with the application's own database password could try."""
    store: Any = world.app._store
    with store._engine.begin() as connection:
        connection.execute(text(statement), {"site": world.site_id})


SKIPPED_STEPS = {
    "publish without approval": "UPDATE versions SET status = 'published' WHERE site_id = :site AND number = 2",
    "publish the same day without a reason": (
        "UPDATE versions SET status = 'published', is_same_day = true, reason = '' WHERE site_id = :site AND number = 2"
    ),
    "approve the own draft": "UPDATE versions SET approver_id = author_id WHERE site_id = :site AND number = 2",
    "two plans in force": "UPDATE versions SET status = 'published', approver_id = 'x', is_same_day = true, "
    "reason = 'x' WHERE site_id = :site AND number = 2",
    "edit the plan in force": "UPDATE versions SET cost = 0.5 WHERE site_id = :site AND number = 1",
    "edit its appointments": "UPDATE versions SET appointments = 'x' WHERE site_id = :site AND number = 1",
    "take it back to draft": "UPDATE versions SET status = 'draft' WHERE site_id = :site AND number = 1",
    "backdate it": "UPDATE versions SET created = '2020-01-01' WHERE site_id = :site AND number = 1",
    "give it another author": "UPDATE versions SET author_id = 'x' WHERE site_id = :site AND number = 1",
    "delete a version": "DELETE FROM versions WHERE site_id = :site AND number = 1",
    "edit the audit log": "UPDATE audit SET reason = 'x' WHERE site_id = :site",
    "delete from the audit log": "DELETE FROM audit WHERE site_id = :site",
    "forget a change": "DELETE FROM changes WHERE site_id = :site",
}


def test_no_step_is_skipped_behind_the_applications_back(both: World) -> None:
    """What the use cases refuse the database refuses too, whoever asks it."""
    first = both.move(0, "R3", "CT1", at(1, 9))
    both.publish(first)
    both.move(first, "R4", "CT1", at(3, 11))
    both.app.execute(both.scheduler, RecordChanges("imaging", (downtime("MR1", at(2, 8)),)))
    allowed = []
    for name, statement in SKIPPED_STEPS.items():
        try:
            run_sql(both, _bytes(both, statement) if "appointments" in name else statement)
        except DatabaseError:
            continue
        allowed.append(name)
    assert allowed == []


def _bytes(world: World, statement: str) -> str:
    store: Any = world.app._store
    return statement.replace("'x'", "x'00'" if store._engine.dialect.name == "sqlite" else "'\\x00'::bytea")


def test_no_step_is_skipped_through_the_front_door(both: World) -> None:
    """Approve what was not submitted, approve twice, submit what is in force, publish an old version: all refused."""
    first = both.move(0, "R3", "CT1", at(1, 9))
    with pytest.raises(WrongState):
        both.app.execute(both.approver, ApproveDraft(first))
    second = both.move(first, "R4", "CT1", at(3, 11))
    both.publish(second)
    for actor, command in (
        (both.approver, ApproveDraft(second)),
        (both.scheduler, SubmitDraft(second)),
        (both.scheduler, PublishSameDay(second, "again")),
        (both.scheduler, PublishSameDay(first, "the old one")),
    ):
        with pytest.raises(WrongState):
            both.app.execute(actor, command)
    assert both.page().published == second
