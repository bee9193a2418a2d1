"""Rewrites the shipped sample: ``python -m simulations.dialysis.write_sample [FOLDER]`` (default: data_samples/dialysis)."""

from __future__ import annotations

import sys
from pathlib import Path

from intake.export import write_site
from simulations.dialysis.unit import unit

FOLDER = Path(__file__).resolve().parents[2] / "data_samples" / "dialysis"

if __name__ == "__main__":
    write_site(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, unit(), "dialysis")
