"""A dialysis folder: what is written is read again, and a bad row is set aside by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from hospital.errors import BadInput, BadSettings
from intake.dialysis import TABLES, columns, read_dialysis, write_dialysis
from simulations.dialysis.unit import unit

README = Path(__file__).parents[2] / "data_samples" / "dialysis" / "README.md"


def test_a_unit_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Nothing of a unit is lost on the way to files and back."""
    site = unit(4, num_stations=6, num_patients=30)
    write_dialysis(tmp_path, site)
    batch = read_dialysis(tmp_path)
    assert batch.value == site
    assert batch.refused == ()


def test_a_bad_row_is_set_aside_and_named(tmp_path: Path) -> None:
    """A patient who is to come on 'Mo' is set aside with the row and the column; the others are read."""
    site = unit(4, num_stations=6, num_patients=30)
    write_dialysis(tmp_path, site)
    path = tmp_path / "patients.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[3] = "P999,3,240,Mo Wed,,,clean,no,walking,,no,no,,1"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    batch = read_dialysis(tmp_path)
    assert len(batch.value.patients) == 29
    assert [(line.file, line.row, line.field) for line in batch.refused if line.file == "patients.csv"] == [
        ("patients.csv", 4, "pattern")
    ]
    assert "Mo Wed" in batch.refused[0].sentence("zh")


def test_a_file_that_is_no_table_is_refused_as_a_whole(tmp_path: Path) -> None:
    """Without stations there is no unit; an unknown setting is named."""
    with pytest.raises(BadInput):
        read_dialysis(tmp_path)
    write_dialysis(tmp_path, unit(4, num_stations=6, num_patients=30))
    (tmp_path / "site.toml").write_text("nurse_ratio = 4\n", encoding="utf-8")
    with pytest.raises(BadSettings):
        read_dialysis(tmp_path)


def test_the_sample_s_readme_names_every_column() -> None:
    """Whoever prepares a folder finds each file and each of its columns in the README."""
    text = README.read_text(encoding="utf-8")
    for kind in TABLES:
        assert f"{kind}.csv" in text
        assert [name for name in columns(kind) if f"`{name}`" not in text] == []
