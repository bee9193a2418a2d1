"""The database itself: migrations, pragmas, moments, and one unit of work."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, select, text

from hospital.errors import BadSettings, Conflict, Unavailable
from hospital.plans import AppointmentStatus
from planning.rows import Site
from storage.columns import metadata
from storage.database import migrate, open_engine
from storage.tables import sites
from storage.work import SqlStore


def site(name: str, created: datetime) -> Site:
    return Site(id=name, name_en="One", name_zh="一院", timezone="Asia/Shanghai", created=created)


def test_the_migrations_lead_to_the_tables(database_url: str) -> None:
    """What the migrations make is what the code expects, on either database; running them again changes nothing."""
    engine = open_engine(database_url)
    migrate(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_processes_that_start_together_migrate_once(database_url: str) -> None:
    """Dashboard, worker and relay open a new database at the same moment: nobody fails."""
    with ThreadPoolExecutor(4) as pool:
        engines = list(pool.map(lambda _: open_engine(database_url), range(4)))
    for engine in engines:
        with engine.connect() as connection:
            assert connection.execute(select(sites)).all() == []
        engine.dispose()


def test_a_new_file_is_opened_by_many_at_once(tmp_path: Path) -> None:
    """However often everything starts at the same moment on a new disk, nobody is told that the database does not answer."""
    for number in range(12):
        url = f"sqlite:///{tmp_path / f'{number}.sqlite'}"
        with ThreadPoolExecutor(8) as pool:
            for engine in pool.map(lambda _, url=url: open_engine(url), range(8)):
                engine.dispose()


def test_sqlite_is_opened_for_many_readers_and_checks_its_references(tmp_path: Path) -> None:
    """Readers do not wait for a writer, and no row points to nothing."""
    engine = open_engine(f"sqlite:///{tmp_path / 'deeper' / 'x.sqlite'}")
    with engine.connect() as connection:
        found = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "foreign_keys")]
    engine.dispose()
    assert found == ["wal", 1]


def test_moments_come_back_as_the_same_instant(database_url: str) -> None:
    """A time told in Shanghai is the same instant when it is read, with its zone."""
    engine = open_engine(database_url)
    store = SqlStore(engine)
    shanghai = datetime(2026, 3, 2, 7, 35, 12, 250, tzinfo=timezone(timedelta(hours=8)))
    with store.writing() as work:
        work.sites.add(site("one", shanghai))
        work.commit()
    with store.reading() as work:
        found = work.sites.get("one")
    assert found is not None
    assert (found.created, found.created.tzinfo) == (shanghai, UTC)
    store.close()


def test_what_was_not_committed_never_happened(database_url: str) -> None:
    """A unit of work left by an error, or merely without a commit, leaves nothing."""
    store = SqlStore(open_engine(database_url))
    with store.writing() as work:
        work.sites.add(site("one", datetime.now(UTC)))
    with pytest.raises(RuntimeError):
        _add_and_fail(store)
    with store.reading() as work:
        assert work.sites.all() == ()
    store.close()


def _add_and_fail(store: SqlStore) -> None:
    with store.writing() as work:
        work.sites.add(site("two", datetime.now(UTC)))
        raise RuntimeError


def test_the_same_id_twice_is_a_conflict(database_url: str) -> None:
    """The database refuses, and the refusal is one of our errors."""
    store = SqlStore(open_engine(database_url))
    _add_one(store)
    with pytest.raises(Conflict) as refusal:
        _add_one(store)
    assert refusal.value.text_id == "changed_meanwhile"
    store.close()


def _add_one(store: SqlStore) -> None:
    with store.writing() as work:
        work.sites.add(site("one", datetime.now(UTC)))
        work.commit()


def test_a_wrong_address_is_refused_without_its_password(tmp_path: Path) -> None:
    """No such kind of database, not an address at all, nobody there: three plain sentences, no password in them."""
    for url in ("mysql://u:secret@host/x", "no address"):
        with pytest.raises(BadSettings) as refusal:
            open_engine(url)
        assert "secret" not in str(refusal.value)
    with pytest.raises(Unavailable) as absent:
        open_engine(f"postgresql+psycopg://u:secret@/x?host={tmp_path}")
    assert "secret" not in str(absent.value)


VISIT = '["R7", 1, "CT2", "2026-03-02T09:00:00+08:00", "2026-03-02T09:20:00+08:00"]'


def test_marks_and_calls_of_before_are_still_told(database_url: str) -> None:
    """Who had arrived and who was still to be called before requests could have many visits is known afterwards too."""
    engine = create_engine(database_url)
    migrate(engine, to="0002")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO sites (id, name_en, name_zh, timezone, is_sample, created) VALUES ('s', 'S', 'S', 'UTC', false, :at)"
            ),
            {"at": "2026-03-01 08:00:00"},
        )
        connection.execute(
            text(
                'INSERT INTO marks (site_id, area, request, scanner, start, status, late_min, "by", at)'
                " VALUES ('s', 'imaging', 'R7', 'CT2', :at, 'arrived', 0, 'chen', :at)"
            ),
            {"at": "2026-03-02 01:00:00"},
        )
        connection.execute(
            text(
                "INSERT INTO calls (site_id, area, version, request, patient, old, new, cause, reason, is_done)"
                " VALUES ('s', 'imaging', 3, 'R7', 'P1', 'null', :visit, 'plan', '', false)"
            ),
            {"visit": VISIT},
        )
    engine.dispose()
    store = SqlStore(open_engine(database_url))
    with store.reading() as work:
        (mark,) = work.changes.marks("s", "imaging").values()
        (call,) = work.versions.calls("s", "imaging", 3)
    store.close()
    assert (mark.task, mark.resource, mark.status) == ("R7", "CT2", AppointmentStatus.ARRIVED)
    assert (call.old, [(row.request, row.resource) for row in call.new]) == ((), [("R7", "CT2")])
