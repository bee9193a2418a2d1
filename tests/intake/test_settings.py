from __future__ import annotations

import pytest

from hospital.errors import BadInput, BadSettings
from hospital.sites import SiteSettings
from intake.settings import read_settings, settings_toml
from tests.intake.sites import at


def test_settings_come_back_as_they_were_written() -> None:
    """Every setting of the site is in its file."""
    settings = SiteSettings(
        id='w"est\\',
        name_zh="西\t院",
        num_days=6,
        first_day="2026-03-02",
        now=at(2, 7, 30),
        weights={"moved": 12.5, "load": 0.0},
        duration_quantile="p90",
        notice_h=36.5,
        walk_min={"walking": 11, "wheelchair": 21, "bed": 31},
    )
    assert read_settings(settings_toml(settings).encode()) == settings
    assert read_settings(settings_toml(SiteSettings()).encode()) == SiteSettings()


def test_an_empty_file_gives_the_defaults() -> None:
    """Nothing said, nothing changed."""
    assert read_settings(b"") == SiteSettings()


def test_times_without_offset_are_the_sites() -> None:
    """now = 07:30 is half past seven on the site's wall."""
    assert read_settings(b"now = 2026-03-02T07:30:00\nfirst_day = 2026-03-02\n").now == at(2, 7, 30)
    assert read_settings(b'now = "2026-03-02T07:30+08:00"').now == at(2, 7, 30)


@pytest.mark.parametrize(
    "line",
    [
        'colour = "red"',
        'timezone = "Mars/Olympus"',
        'timezone = "../etc/passwd"',
        "timezone = 5",
        "grid_min = 7",
        "grid_min = true",
        "num_days = 0",
        'num_days = "7"',
        'first_day = "2026-02-30"',
        "now = 5",
        'now = "soon"',
        "notice_h = -1",
        'duration_quantile = "p50"',
        'id = ""',
        "weights = 5",
        "[weights]\nmoved = -1",
        '[weights]\nmoved = "x"',
        "[weights]\nmoved = nan",
        "[walk_min]\nflying = 3",
        "[walk_min]\nbed = 1.5",
        "walk_min = [1]",
    ],
)
def test_wrong_settings_are_refused_by_name(line: str) -> None:
    """A slip in site.toml is named; it never passes for a default."""
    with pytest.raises(BadSettings) as refusal:
        read_settings(line.encode())
    name = line.removeprefix("[").split()[0].rstrip("]")
    for language in ("en", "zh"):
        assert name in refusal.value.sentence(language)


@pytest.mark.parametrize("content", [b"id = ", b"id = 1\nid = 2", b"= 5", b"\xff\xfe\xff", b"a = " + b"[" * 5000])
def test_what_is_not_toml_is_refused(content: bytes) -> None:
    """A damaged settings file is said to be one."""
    with pytest.raises(BadInput):
        read_settings(content)
