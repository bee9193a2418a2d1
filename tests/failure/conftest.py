from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.failure.rig import Rig, rig


@pytest.fixture
def installation(tmp_path: Path, database_url: str) -> Iterator[Rig]:
    """A small hospital with its broker, on each kind of database; workers are started by the test."""
    with rig(tmp_path, database_url) as installation:
        yield installation
