from __future__ import annotations

import re
from pathlib import Path

import pytest

from planning.settings import PREFIX, Settings

TEXT = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_explained(name: str) -> None:
    """Whoever installs the product finds each setting in the documentation."""
    assert f"`{PREFIX}{name.upper()}`" in TEXT


def test_only_real_settings_are_explained() -> None:
    """The documentation names no setting that would be refused at the start."""
    named = set(re.findall(rf"{PREFIX}[A-Z_]+", TEXT))
    assert named <= {PREFIX + name.upper() for name in Settings.model_fields} | {PREFIX}
