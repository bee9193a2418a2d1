"""The small hospital on SQLite; ``both`` runs a test on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.planning.world import World, opened


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The small hospital in an SQLite file."""
    with opened(tmp_path, f"sqlite:///{tmp_path / 'small.sqlite'}") as found:
        yield found


@pytest.fixture
def both(tmp_path: Path, database_url: str) -> Iterator[World]:
    """The small hospital, once on SQLite and once on PostgreSQL."""
    with opened(tmp_path, database_url) as found:
        yield found
