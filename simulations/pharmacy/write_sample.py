"""Writes data_samples/pharmacy: ``python -m simulations.pharmacy.write_sample``."""

from __future__ import annotations

from pathlib import Path

from intake.export import write_site
from intake.usage import wide_csv
from simulations.pharmacy.sample import pharmacy

FOLDER = Path(__file__).parents[2] / "data_samples" / "pharmacy"


def main() -> None:
    """The sample as files; the issues as a wide table."""
    site = pharmacy()
    write_site(FOLDER, site, "orders")
    (FOLDER / "issues.csv").write_text(wide_csv(site.usage), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
