from __future__ import annotations

import pytest

from tests import conftest


class Item:
    """A test that asks for one part."""

    def __init__(self, part: str) -> None:
        self.part = part

    def get_closest_marker(self, name: str) -> bool:
        return name == self.part


@pytest.fixture(autouse=True)
def nothing_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conftest, "_missing", lambda part: f"no {part}")


@pytest.mark.parametrize("part", conftest.PARTS)
def test_at_home_a_missing_part_is_left_out(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has no browser on their machine can still run the rest."""
    monkeypatch.setattr(conftest, "IS_CI", False)
    with pytest.raises(pytest.skip.Exception, match=part):
        conftest.pytest_runtest_setup(Item(part))  # type: ignore[arg-type]
    conftest.pytest_runtest_setup(Item("nothing"))  # type: ignore[arg-type]


@pytest.mark.parametrize("part", conftest.PARTS)
def test_in_ci_a_missing_part_is_a_failure(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check before a release never passes because half of it was not run."""
    monkeypatch.setattr(conftest, "IS_CI", True)
    with pytest.raises(pytest.fail.Exception, match=part):
        conftest.pytest_runtest_setup(Item(part))  # type: ignore[arg-type]
