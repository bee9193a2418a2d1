"""A new hospital from the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from planning.actors import SYSTEM
from planning.commands import LogIn
from planning.settings import read_settings
from storage.bootstrap import open_application


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CARETABLE_HOME", str(tmp_path))
    monkeypatch.setenv("CARETABLE_LANGUAGE", "en")


def new_site(*words: str, stdin: str | None = None) -> Result:
    given = ["site", "new", "--name-en", "North", "--name-zh", "北院", "--administrator", "li", *words]
    return CliRunner().invoke(app, given, input=stdin)


def test_a_new_hospital_lets_its_administrator_in() -> None:
    """The random password is told once, and it opens the door."""
    answer = new_site()
    assert answer.exit_code == 0, answer.output
    assert "Hospital North made" in answer.stdout
    password = answer.stdout.split("password ")[1].split()[0]
    application = open_application(read_settings())
    try:
        assert application.execute(SYSTEM, LogIn("li", password, "127.0.0.1"))
    finally:
        application.close()


def test_own_password_is_not_shown() -> None:
    """A password given on standard input is never printed."""
    answer = new_site("--password-stdin", stdin="a-long-password\n")
    assert answer.exit_code == 0, answer.output
    assert "a-long-password" not in answer.output


def test_refused_in_words() -> None:
    """A password too short, a zone nobody knows, a name twice: exit 2 and a sentence."""
    assert new_site("--password-stdin", stdin="short\n").exit_code == 2
    assert new_site("--timezone", "Mars/Olympus").exit_code == 2
    assert new_site().exit_code == 0
    again = new_site()
    assert again.exit_code == 2
    assert again.stderr.strip()


def test_migrate() -> None:
    """The database can be brought up to date by itself, as often as one likes."""
    for _ in range(2):
        answer = CliRunner().invoke(app, ["migrate"])
        assert (answer.exit_code, answer.stdout) == (0, "The database is up to date.\n")
