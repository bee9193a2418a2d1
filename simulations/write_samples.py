"""Rewrites the shipped samples: ``python -m simulations.write_samples [FOLDER]`` (default: data_samples/imaging)."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from hospital.changes import Change, change_to_json
from hospital.sites import ImagingSite
from intake.export import write_site
from simulations.imaging.samples import SAMPLES
from simulations.imaging.story import story

SHIPPED = ("week", "day")
"""Samples that lie in data_samples/; the network is drawn when it is needed."""
FOLDER = Path(__file__).resolve().parent.parent / "data_samples" / "imaging"


def write_sample(folder: Path, site: ImagingSite, changes: Sequence[Change] = ()) -> None:
    """The site's CSV files and site.toml, and with ``changes`` a changes.json beside them."""
    write_site(folder, site)
    if changes:
        text = json.dumps([change_to_json(change) for change in changes], ensure_ascii=False, indent=1)
        (folder / "changes.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def write_samples(folder: Path) -> None:
    """Every shipped sample in its folder, each with a day's trouble in changes.json."""
    for name in SHIPPED:
        site = SAMPLES[name]()
        write_sample(folder / name, site, story(site))


if __name__ == "__main__":
    write_samples(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
