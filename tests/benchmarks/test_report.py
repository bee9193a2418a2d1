from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import command
from benchmarks.against import earlier, worse
from benchmarks.report import Report, Row, machine
from hospital.errors import BadInput

WARM = Row(name="week_first_warm", unit="s", ours=0.43, target=1, noise=0.3, slack=0.1)
SHARE = Row(name="week_bound_share", unit="%", ours=83.5, target=85, better="higher", slack=0.5)
PEER = Row(name="duel_all", unit="points", ours=4100.0, peers={"PyJobShop": None}, note="peer_not_installed")
NONE = Row(name="week_bound", unit="points", ours=None, better="higher", note="no_bound")


def test_a_target_is_met_from_its_own_side() -> None:
    """Fewer seconds are better, a higher bound is better, and without a target nothing is claimed."""
    assert (WARM.holds, SHARE.holds, PEER.holds, NONE.holds) == (True, False, None, None)


def test_the_json_has_the_agreed_keys() -> None:
    """Whoever reads the figures by program finds the same keys in every row."""
    value = Report(bench="imaging", rows=(WARM, SHARE, PEER, NONE), machine=machine()).as_dict()
    assert {"bench", "machine", "rows"} <= set(json.loads(json.dumps(value)))
    wanted = {"name", "unit", "ours", "target", "holds", "better", "peers"}
    assert all(wanted <= set(row) for row in value["rows"])
    assert value["rows"][2]["peers"] == {"PyJobShop": None}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_says_what_was_not_measured(language: str) -> None:
    """A figure that could not be had is said to be missing, never shown as a number."""
    lines = Report(bench="imaging", rows=(WARM, SHARE, NONE), machine=machine()).lines(language)
    assert len(lines) == 5
    assert ("no bound" if language == "en" else "未求得下界") in lines[4]
    assert ("NO" if language == "en" else "否") in lines[3]


def write(path: Path, *rows: Row) -> Path:
    path.write_text(json.dumps(Report(bench="imaging", rows=rows).as_dict()), encoding="utf-8")
    return path


def test_only_what_got_worse_beyond_noise_is_named(tmp_path: Path) -> None:
    """A run that is a little slower is the same; one that is much slower, or a bound that fell, is named."""
    before = earlier(write(tmp_path / "imaging.json", WARM, SHARE), "imaging")
    slower = Row(name=WARM.name, unit="s", ours=0.6, noise=0.3, slack=0.1)
    much_slower = Row(name=WARM.name, unit="s", ours=0.9, noise=0.3, slack=0.1)
    lower = Row(name=SHARE.name, unit="%", ours=80.0, better="higher", slack=0.5)
    assert [found.name for found in worse(Report(bench="imaging", rows=(slower, SHARE)), before)] == []
    named = [found.name for found in worse(Report(bench="imaging", rows=(much_slower, lower)), before)]
    assert named == [WARM.name, SHARE.name]


def test_a_figure_that_could_not_be_measured_any_more_is_named(tmp_path: Path) -> None:
    """A figure does not get better by going missing."""
    before = earlier(write(tmp_path / "imaging.json", SHARE), "imaging")
    gone = Row(name=SHARE.name, unit="%", ours=None, better="higher", note="no_bound")
    (found,) = worse(Report(bench="imaging", rows=(gone,)), before)
    assert found.now is None
    assert "83.5" in found.sentence("zh")


def test_earlier_results_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    """A wrong folder is said at once, not after the figures have been measured."""
    with pytest.raises(BadInput):
        earlier(tmp_path, "imaging")
    (tmp_path / "imaging.json").write_text('{"rows": 7}', encoding="utf-8")
    with pytest.raises(BadInput):
        earlier(tmp_path, "imaging")


def test_an_unknown_benchmark_is_refused() -> None:
    """A mistyped name is answered with the names there are."""
    with pytest.raises(BadInput) as refused:
        command.bench("imagine", data=None)
    assert "imaging" in refused.value.sentence("en")


@pytest.mark.parametrize(("faults", "code"), [((), 0), (("R1: too early",), 1)])
def test_only_a_wrong_plan_ends_the_command_with_an_error(
    faults: tuple[str, ...],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """A missed target is a figure; a plan that breaks a rule is a fault. With JSON, stdout holds one value and nothing else."""
    report = Report(bench="imaging", rows=(SHARE,), faults=faults)
    monkeypatch.setattr(command, "_runs", lambda *_: {"imaging": lambda *_: report})
    before = write(tmp_path / "old.json", Row(name=SHARE.name, unit="%", ours=91.0, better="higher"))
    assert command.bench("imaging", data=None, against=before, as_json=True) == code
    said = capsys.readouterr()
    assert json.loads(said.out)["bench"] == "imaging"
    assert "91" in said.err
