"""The forecast commands at the terminal."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from cli.main import app
from simulations.beds.wards import wards
from simulations.beds.write_sample import write_sample

RUN = CliRunner()
QUANTILES = ["q05", *(f"q{level}" for level in range(10, 100, 10)), "q95", "q99"]
HEAD = ["series", "date", "mean", *QUANTILES, "lo80", "hi80", "lo95", "hi95", "model"]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Three drugs over five years of months, one of them with returns."""
    dice, path = np.random.default_rng(1), tmp_path / "drugs.csv"
    months = [f"{2019 + step // 12}-{step % 12 + 1:02d}" for step in range(60)]
    values = dice.poisson([[40, 9, 130]], size=(60, 3)) - np.array([0, 9, 0])
    rows = [",".join([month, *map(str, row)]) for month, row in zip(months, values.tolist(), strict=True)]
    path.write_text("month,A,B,C\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("mode", [[], ["--quick"]])
def test_the_table_has_the_agreed_columns(table: Path, tmp_path: Path, mode: list[str]) -> None:
    """One row a drug and month, the columns a buyer's program expects, quantiles in order, below 0 only where packs came back."""
    out = tmp_path / "forecasts.csv"
    done = RUN.invoke(
        app, ["forecast", "series", str(table), "--horizon", "4", "--season", "12", "--out", str(out), *mode]
    )
    assert done.exit_code == 0, done.output
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == HEAD
    assert [(row["series"], row["date"]) for row in rows[:2]] == [("A", "2024-01-01"), ("A", "2024-02-01")]
    assert len(rows) == 12
    for row in rows:
        quantiles = [float(row[name]) for name in QUANTILES]
        assert quantiles == sorted(quantiles)
        assert (float(row["lo80"]), float(row["hi80"])) == (float(row["q10"]), float(row["q90"]))
        assert float(row["q05"]) >= 0 or row["series"] == "B"


def test_a_word_for_a_number_is_told_with_its_place(table: Path) -> None:
    """The command ends with 2 and one sentence that names file, row, column and what it found."""
    table.write_text(table.read_text(encoding="utf-8").replace("\n2019-03,", "\n2019-03,many,"), encoding="utf-8")
    table.write_text("series,date,value\nA,2019-01,3\nA,2019-02,many\n", encoding="utf-8")
    done = RUN.invoke(app, ["forecast", "series", str(table), "--horizon", "4"])
    assert done.exit_code == 2
    assert 'drugs.csv, row 3, column value: expected a number, found "many"' in done.stderr


def test_backtest_tells_each_origin(table: Path) -> None:
    """Each earlier date with the forecast's worth beside the seasonal naive one's."""
    done = RUN.invoke(app, ["backtest", str(table), "--horizon", "6", "--json"])
    assert done.exit_code == 0, done.output
    origins = json.loads(done.stdout)["origins"]
    assert [row["last"] for row in origins] == ["2023-06-01", "2022-12-01", "2022-06-01"]
    assert all(0 < row["mase"] < row["seasonal_naive"] for row in origins)


def test_wards_and_their_shortages(tmp_path: Path) -> None:
    """The sample's folder gives fourteen days for six wards and names where beds may not suffice."""
    write_sample(tmp_path, wards(3, num_days=120))
    (tmp_path / "wards.csv").write_text("ward,beds\n骨科,5\n", encoding="utf-8")
    done = RUN.invoke(app, ["forecast", "beds", str(tmp_path), "--country", "CN", "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert len(found["forecasts"]) == 6 * 14
    assert {row["ward"] for row in found["shortages"]} == {"骨科"}
    assert found["shortages"][0]["risk"] > 0.9


def test_an_unknown_country_ends_the_command(table: Path) -> None:
    """A wrong code is named, and no forecast with the wrong holidays is made."""
    done = RUN.invoke(app, ["forecast", "series", str(table), "--horizon", "4", "--country", "ZZ"])
    assert done.exit_code == 2
    assert "ZZ" in done.stderr
