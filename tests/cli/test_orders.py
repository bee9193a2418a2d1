"""caretable orders: a buyer's morning at the terminal."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from intake.export import write_site
from intake.usage import wide_csv
from simulations.pharmacy.sample import pharmacy


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("pharmacy")
    site = pharmacy(num_items=10, num_days=400, seed=8)
    write_site(place, site, "orders")
    (place / "issues.csv").write_text(wide_csv(site.usage), encoding="utf-8")
    return place


def test_the_orders_and_their_files(folder: Path, tmp_path: Path) -> None:
    """The proposal as JSON, the order as a file with the same packs, the month's report in both languages."""
    found = CliRunner().invoke(app, ["orders", str(folder), "--json", "--out", str(tmp_path / "out")])
    assert found.exit_code == 0
    told = json.loads(found.stdout)
    assert told["area"] == "orders"
    assert len(told["lines"]) == 10
    assert all(line["sentence"] for line in told["lines"])
    with (tmp_path / "out" / "order.csv").open(encoding="utf-8-sig") as lines:
        packs = {row["item"]: int(row["packs"]) for row in csv.DictReader(lines)}
    assert packs == {line["item"]: line["packs"] for line in told["lines"] if line["packs"]}
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert {f"report_{language}.{ending}" for language in ("en", "zh") for ending in ("pdf", "xlsx", "html")} < written


def test_it_speaks_to_a_person(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without JSON the order is told in sentences, in Chinese where the terminal is."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    found = CliRunner().invoke(app, ["orders", str(folder)])
    assert found.exit_code == 0
    assert "今日" in found.stdout


def test_a_folder_without_items_is_named(tmp_path: Path) -> None:
    """Whoever gives a folder with nothing of a pharmacy in it is told what was expected."""
    found = CliRunner().invoke(app, ["orders", str(tmp_path)])
    assert found.exit_code == 2
    assert "items" in found.stderr
