"""The files in data_samples/ are what the generator writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hospital.changes import changes_from_json
from intake.folder import read_site
from scheduler.imaging.build import build
from simulations.imaging.samples import SAMPLES
from simulations.write_samples import FOLDER, SHIPPED, write_samples


@pytest.fixture(scope="module", name="written")
def _written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    write_samples(folder)
    return folder


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_files_are_what_the_seed_gives(written: Path, name: str) -> None:
    """Every shipped file is letter for letter what ``python -m simulations.write_samples`` writes, and there is no other file."""
    fresh = {path.name: path.read_bytes() for path in (written / name).iterdir()}
    shipped = {path.name: path.read_bytes() for path in (FOLDER / name).iterdir()}
    assert sorted(shipped) == sorted(fresh)
    assert [key for key in fresh if fresh[key] != shipped[key]] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_files_read_back_as_drawn(name: str) -> None:
    """The door reads the files without refusing a row, and what it reads is the hospital that was drawn."""
    batch = read_site(FOLDER / name)
    assert batch.refused == ()
    assert batch.warnings == ()
    assert batch.value == SAMPLES[name]()


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_changes_can_be_planned_with(name: str) -> None:
    """The example of a morning's changes speaks of scanners and patients that the sample has."""
    site = read_site(FOLDER / name).value
    changes = changes_from_json(json.loads((FOLDER / name / "changes.json").read_text(encoding="utf-8")))
    plain, changed = build(site), build(site, changes=changes)
    assert len(changed.cases) == len(plain.cases) + 1, "the emergency"
    kept = changes[-1].patient_ids[0]
    assert changed.task_of[kept] in changed.locked
    assert plain.task_of[kept] not in plain.locked
    assert any(room.closed for room in changed.rooms)
    assert sum(bool(case.preferred_starts) for case in changed.cases) == 3


def test_shipped_samples_are_small() -> None:
    """A clone stays light: all samples together are under a megabyte and a half."""
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 1_500_000
