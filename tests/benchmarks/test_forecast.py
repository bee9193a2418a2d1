"""The forecast bench: its measures are the published ones and every figure has its words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import forecast as bench
from benchmarks.forecast_peers import Peer
from forecasting.measures import mase, naive_scale, pinball, rmse, smape
from forecasting.panel import Panel
from hospital.errors import BadInput


def test_the_measures_are_those_of_the_books() -> None:
    """Counted by hand: two series, two months, season of one."""
    past = np.array([[1.0, 3.0, 2.0], [10.0, 10.0, 14.0]])
    actual, points = np.array([[4.0, 2.0], [10.0, 20.0]]), np.array([[2.0, 2.0], [10.0, 10.0]])
    scale = naive_scale(past, 1)
    assert scale.tolist() == [1.5, 2.0]
    assert mase(points, actual, scale) == pytest.approx((1.0 / 1.5 + 5.0 / 2.0) / 2)
    assert rmse(points, actual) == pytest.approx((np.sqrt(2.0) + np.sqrt(50.0)) / 2)
    assert smape(points, actual) == pytest.approx(100 * ((2 * 2 / 6 + 0) / 2 + (0 + 2 * 10 / 30) / 2) / 2)
    assert pinball(np.array([[3.0]]), np.array([[5.0]]), 0.9)[0, 0] == pytest.approx(1.8)
    assert pinball(np.array([[5.0]]), np.array([[3.0]]), 0.9)[0, 0] == pytest.approx(0.2)


def test_every_figure_has_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file in the hospital set's place: the year with the target, two years before it, in English and Chinese."""
    dice = np.random.default_rng(1)
    folder = tmp_path / "hospital-monash"
    folder.mkdir()
    months = [f"{2000 + step // 12}-{step % 12 + 1:02d}" for step in range(84)]
    values = dice.poisson(30, size=(84, 5))
    rows = [",".join([month, *map(str, row)]) for month, row in zip(months, values.tolist(), strict=True)]
    (folder / "hospital.csv").write_text("month,A,B,C,D,E\n" + "\n".join(rows) + "\n", encoding="utf-8")

    def nobody(past: Panel, horizon: int, season: int, *, is_naive: bool = False) -> tuple[Peer, ...]:
        last = past.values[:, -season:][:, :horizon]
        return (Peer(name="seasonal naive", points=last, mean=last),)

    monkeypatch.setattr(bench, "peers_of", nobody)
    monkeypatch.setattr(bench, "speed_rows", lambda file: [])
    report = bench.run(tmp_path, only="hospital-monash")
    names = [row.name for row in report.rows]
    assert {"hospital_mase", "hospital_mase_1", "hospital_mase_2", "hospital_cover95_off"} <= set(names)
    assert report.rows[0].target == 0.735
    assert all(row.target is None for row in report.rows if row.name.endswith(("_1", "_2")))
    for language in ("en", "zh"):
        assert len(report.lines(language) if report.machine else _told(report, language)) > len(names)


def _told(report: bench.Report, language: str) -> list[str]:
    from dataclasses import replace

    from benchmarks.report import machine

    return replace(report, machine=machine()).lines(language)


def test_a_set_there_is_not_is_refused(tmp_path: Path) -> None:
    """A misspelt data set is named beside those there are."""
    with pytest.raises(BadInput) as refused:
        bench.run(tmp_path, only="hospital-monach")
    assert "hospital-monash" in refused.value.values["expected"]
