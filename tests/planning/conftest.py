"""The small hospital on SQLite; ``both`` runs a test on SQLite and PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.engine import Engine, make_url

from storage.database import open_engine
from tests.planning.world import World, copied, opened, settled


@pytest.fixture(scope="session")
def sqlite_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small hospital as a file to copy."""
    home = tmp_path_factory.mktemp("model")
    with opened(home, f"sqlite:///{home / 'model.sqlite'}"):
        pass
    return home / "model.sqlite"


@pytest.fixture(scope="session")
def postgres_engine(postgres_server: str) -> Iterator[Engine]:
    """One PostgreSQL database for all these tests: each works in a site of its own."""
    name = f"planning{uuid4().hex[:12]}"
    url = make_url(postgres_server)
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    engine = open_engine(url.set(database=name).render_as_string(hide_password=False))
    yield engine
    engine.dispose()


@pytest.fixture
def world(tmp_path: Path, sqlite_model: Path) -> Iterator[World]:
    """The small hospital in an SQLite file."""
    shutil.copy(sqlite_model, tmp_path / "small.sqlite")
    with copied(tmp_path, f"sqlite:///{tmp_path / 'small.sqlite'}") as found:
        yield found


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def both(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    """The small hospital, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        found: World = request.getfixturevalue("world")
        return found
    return settled(tmp_path, request.getfixturevalue("postgres_engine"))
