"""`caretable bench orders`: drugs of a hospital trust played against the past, and short-lived items beside their optimal costs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks import orders_perishable as perishable
from benchmarks import orders_pharmacy as pharmacy
from benchmarks.report import Better, Report, Row
from hospital.errors import BadInput

SMALL_GAP, SMALL_S, BEYOND_GAP = 0.1, 20.0, 1.0
PUBLISHED: dict[str, dict[str, float]] = {
    "fill": {"Tuesday, 0.995": 0.992, "any day, 0.95": 0.994, "any day, 0.995": 0.997},
    "out_days": {"Tuesday, 0.995": 2.5, "any day, 0.95": 1.7, "any day, 0.995": 1.2},
    "stock_days": {"Tuesday, 0.995": 10.0, "any day, 0.95": 10.2, "any day, 0.995": 11.8},
    "orders": {"Tuesday, 0.995": 49.8, "any day, 0.95": 29.8, "any day, 0.995": 29.9},
}
"""What the data's own README prints for 14 of its drugs."""
UNITS = {"fill": "share", "out_days": "days a year", "stock_days": "days", "orders": "a year"}


def run(data: Path | None) -> Report:
    """All rows of the sets that are in the folder. Raises BadInput without one."""
    rows: list[Row] = []
    faults: list[str] = []
    if data is None or not any((data / name).is_dir() for name in (pharmacy.FOLDER, perishable.FOLDER)):
        raise BadInput("no_such_place", where=str((data or Path()) / pharmacy.FOLDER))
    if (data / perishable.FOLDER).is_dir():
        found, wrong = perishable_rows(data / perishable.FOLDER)
        rows, faults = [*rows, *found], [*faults, *wrong]
    if (data / pharmacy.FOLDER).is_dir():
        rows += pharmacy_rows(data / pharmacy.FOLDER)
    return Report(bench="orders", rows=tuple(rows), faults=tuple(faults))


def pharmacy_rows(folder: Path) -> list[Row]:
    """The year played, mean over drugs, beside the trust's own rule and what was printed."""
    record = pharmacy.read(folder)
    pair = pharmacy.chosen(record)
    ours = pharmacy.mean(pharmacy.year_played(record, pair, is_updated=True)).as_dict()
    kept = pharmacy.mean(pharmacy.year_played(record, pair, is_updated=False)).as_dict()
    trust = pharmacy.mean(pharmacy.trust_played(record)).as_dict()
    better: dict[str, Better] = {name: "higher" if name == "fill" else "lower" for name in UNITS}
    rows = [
        Row(
            name=f"orders_{name}",
            unit=unit,
            ours=ours[name],
            target=pharmacy.AIMS[name],
            better=better[name],
            peers={"levels never updated": kept[name], "the trust's rule": trust[name], **PUBLISHED[name]},
            noise=0.01,
        )
        for name, unit in UNITS.items()
    ]
    return [
        *rows,
        Row(name="orders_drugs", unit="drugs", ours=float(len(record.drugs)), better="higher"),
        Row(name="orders_care", unit="", ours=pair.care),
        Row(name="orders_lasting", unit="days", ours=pair.days),
    ]


def perishable_rows(folder: Path) -> tuple[list[Row], list[str]]:
    """The worst of the file's instances against their optimal cost, and of those beyond against our own bound."""
    found = list(perishable.all_judged(folder))
    small = [each for each in found if each.is_counted and each.instance.optimal is not None]
    beyond = [each for each in found if not each.is_counted]
    faults = [
        f"{each.instance.name}: the proposal orders otherwise in {each.num_differing} states"
        for each in found
        if each.num_differing
    ]
    return [*(_small_rows(small) if small else []), *(_beyond_rows(beyond) if beyond else [])], faults


def _small_rows(found: Sequence[perishable.Judged]) -> list[Row]:
    over = {each.instance.name: 100 * (each.cost / (each.instance.optimal or each.bound) - 1) for each in found}
    below = {name: -gap for name, gap in over.items() if gap < -SMALL_GAP / 10}
    return [
        Row(name="perishable_gap", unit="%", ours=max(over.values()), target=SMALL_GAP, peers=over, slack=0.01),
        Row(name="perishable_below", unit="%", ours=max(below.values(), default=0.0), peers=below, slack=0.01),
        Row(name="perishable_own_gap", unit="%", ours=_worst_own(found), slack=0.01),
        Row(
            name="perishable_s",
            unit="s",
            ours=max(each.seconds for each in found),
            target=SMALL_S,
            noise=0.5,
            slack=1.0,
        ),
    ]


def _beyond_rows(found: Sequence[perishable.Judged]) -> list[Row]:
    played = {f"{each.instance.name}, played": 100 * (each.cost / each.bound - 1) for each in found}
    return [
        Row(
            name="perishable_beyond_gap", unit="%", ours=_worst_own(found), target=BEYOND_GAP, peers=played, slack=0.01
        ),
        Row(name="perishable_beyond_s", unit="s", ours=max(each.seconds for each in found), noise=0.5, slack=5.0),
    ]


def _worst_own(found: Sequence[perishable.Judged]) -> float:
    """The largest share, in per cent, by which what the search promises, or what an exact count finds, lies above the proven bound."""
    shares = [max(each.promised, each.cost if each.is_counted else 0.0) / each.bound for each in found]
    return 100 * (max(shares) - 1)
