from __future__ import annotations

import tomllib
from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]


def packages() -> set[str]:
    return {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"benchmarks", "tests"}


def test_imports_go_one_way() -> None:
    """No page, queue or command is reached from below, and no engine looks into another."""
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


def test_every_package_has_its_layer() -> None:
    """A new package cannot slip in beside the map: it must say on which floor it lives."""
    layers = CONFIG["importlinter"]["contracts"][0]["layers"]
    named = {name.strip() for layer in layers for name in layer.split("|")}
    assert packages() <= named
    assert set(CONFIG["importlinter"]["root_packages"]) == named


def test_every_package_is_typed_and_shipped() -> None:
    """Nothing we run is left out of the type check or of the installed product."""
    assert packages() <= set(CONFIG["mypy"]["packages"])
    assert {f"{name}*" for name in packages()} <= set(CONFIG["setuptools"]["packages"]["find"]["include"])
