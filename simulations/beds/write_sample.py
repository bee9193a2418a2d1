"""Rewrites the shipped wards: ``python -m simulations.beds.write_sample [FOLDER]`` (default: data_samples/beds)."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from simulations.beds.wards import WARDS, SampleBeds, wards

FOLDER = Path(__file__).resolve().parents[2] / "data_samples" / "beds"


def write_sample(folder: Path, sample: SampleBeds) -> None:
    """wards.csv, stays.csv and planned.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "wards.csv", ("ward", "beds"), ((ward.name, ward.beds) for ward in WARDS))
    stays = (
        (s.ward, s.admitted.isoformat(), s.discharged.isoformat() if s.discharged else "", int(s.is_planned))
        for s in sample.stays
    )
    _write(folder / "stays.csv", ("ward", "admitted", "discharged", "planned"), stays)
    rows = ((ward, day.isoformat(), num) for ward, day, num in sample.planned)
    _write(folder / "planned.csv", ("ward", "date", "admissions"), rows)


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(head)
        out.writerows(rows)


if __name__ == "__main__":
    write_sample(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, wards())
