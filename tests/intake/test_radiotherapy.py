"""A radiotherapy department read from its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from hospital.errors import BadInput
from hospital.texts import LANGUAGES
from intake.radiotherapy import read_radiotherapy
from intake.radiotherapy_export import write_radiotherapy

SAMPLE = Path(__file__).parents[2] / "data_samples" / "radiotherapy"


def test_the_sample_is_read_whole_and_written_back_equal(tmp_path: Path) -> None:
    """Nothing is lost between the files and what the planner works with."""
    batch = read_radiotherapy(SAMPLE)
    assert batch.refused == ()
    assert (len(batch.value.linacs), len(batch.value.protocols)) == (4, 12)
    write_radiotherapy(tmp_path, batch.value)
    assert read_radiotherapy(tmp_path).value == batch.value
    for file in tmp_path.iterdir():
        assert file.read_bytes() == (SAMPLE / file.name).read_bytes()


@pytest.mark.parametrize(
    ("kind", "line", "field"),
    [
        ("courses", "C-9,P-9,NO-SUCH,2026-06-01,,,,,,no", "protocol"),
        ("courses", "C-9,P-9,BONE-1,tomorrow,,,,,,no", "requested"),
        ("courses", "C-9,P-9,BONE-1,2026-06-01,,,,11:30-08:00,,no", "hours"),
        ("courses", "C-0504,P-9,BONE-1,2026-06-01,,,,,,no", "id"),
        ("courses", "C-9,,BONE-1,2026-06-01,,,,,,no", "patient"),
        ("protocols", "X,4,1,20,20,,,,,,,,,,", "priority"),
        ("protocols", "X,1,1,20,20,,,,,Someday,,,,,", "start_weekdays"),
        ("hours", "LA9,Mon,08:00,15:30", "linac"),
        ("hours", "LA1,Mon,15:30,08:00", "to"),
        ("closures", "LA1,2026-06-12T08:00,2026-06-12T07:00,QA", "end"),
    ],
)
def test_a_row_that_cannot_be_read_is_set_aside_and_the_others_go_on(
    tmp_path: Path, kind: str, line: str, field: str
) -> None:
    """Whoever made a slip in one row hears file, row and column; the rest of the department is there."""
    write_radiotherapy(tmp_path, read_radiotherapy(SAMPLE).value)
    path = tmp_path / f"{kind}.csv"
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    batch = read_radiotherapy(tmp_path)
    num_rows = len(path.read_text(encoding="utf-8").splitlines())
    assert [(row.file, row.row, row.field) for row in batch.refused] == [(f"{kind}.csv", num_rows, field)]
    for language in LANGUAGES:
        assert f"{kind}.csv" in batch.refused[0].sentence(language)
    assert len(batch.value.courses) == len(read_radiotherapy(SAMPLE).value.courses)


def test_a_file_without_its_columns_is_refused_as_a_whole(tmp_path: Path) -> None:
    """A list of linacs without ids is no list of linacs; a missing file is named."""
    write_radiotherapy(tmp_path, read_radiotherapy(SAMPLE).value)
    (tmp_path / "linacs.csv").write_text("name,site\nA,main\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"linacs\.csv"):
        read_radiotherapy(tmp_path)
    (tmp_path / "linacs.csv").unlink()
    with pytest.raises(BadInput, match=r"linacs\.csv"):
        read_radiotherapy(tmp_path)
