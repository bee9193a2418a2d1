"""The command line's documentation keeps up with the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer

from cli.main import app
from hospital.changes import changes_from_json
from scheduler.imaging.drafting.changing import APPLY

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [DOCS / "commands.md", DOCS / "commands.zh-CN.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_and_change_is_explained(page: Path) -> None:
    """Whoever reads the page knows each command and each change that imaging understands."""
    text = page.read_text(encoding="utf-8")
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert [name for name in commands if f"caretable {name}" not in text] == []
    assert [intent for intent in APPLY if f"`{intent}`" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_example_is_real(page: Path) -> None:
    """The changes shown on the page can be given to the command as they stand."""
    (example,) = re.findall(r"```json\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert len(changes_from_json(json.loads(example), timezone="Asia/Shanghai")) == 3
