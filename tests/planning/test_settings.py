"""Settings: each one documented, unknown ones refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from hospital.errors import BadSettings
from planning.settings import PREFIX, Settings, read_settings

DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"


def test_every_setting_is_documented_with_its_default() -> None:
    """What can be set stands in docs/settings.md, and nothing else does."""
    lines = [line.split("|") for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    told = {line[1].strip(" `"): line[2].strip(" `") for line in lines}
    assert set(told) == {PREFIX + name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        default = field.default
        said = "empty" if default == "" else str(default).lower() if isinstance(default, bool) else f"{default}"
        found = told[PREFIX + name.upper()].removeprefix("./")
        assert found in (said, said.removesuffix(".0")), name


def test_an_unknown_variable_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt setting is named instead of being passed over."""
    monkeypatch.setenv("CARETABLE_PROT", "8051")
    with pytest.raises(BadSettings, match="CARETABLE_PROT"):
        read_settings()


def test_a_value_out_of_range_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port of 70000 is refused by name."""
    monkeypatch.setenv("CARETABLE_PORT", "70000")
    with pytest.raises(BadSettings, match=r"CARETABLE_PORT.*70000"):
        read_settings()


def test_settings_are_read_from_the_environment_and_frozen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Home and port from the environment; the database lies in the home unless it has an address."""
    monkeypatch.setenv("CARETABLE_HOME", str(tmp_path))
    monkeypatch.setenv("CARETABLE_PORT", "8123")
    settings = read_settings()
    assert (settings.port, settings.database) == (8123, f"sqlite:///{tmp_path / 'caretable.sqlite'}")
    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1  # type: ignore[misc]
