"""What is asked for: examinations drawn until the scanners are as full as the sample wants them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hospital.requests import Examination, RequestClass
from hospital.resources import Modality, Scanner
from hospital.sites import ImagingSite
from simulations.dice import Dice
from simulations.imaging.catalogue import Entry, catalogue
from simulations.imaging.department import Cast, Department
from simulations.imaging.load import open_minutes, planned_min

SEDATION = "sedation"
"""The feature a scanner needs for a sedated patient."""


@dataclass(frozen=True, slots=True)
class Order:
    """One examination wanted for somebody of a class."""

    entry: Entry
    rclass: RequestClass


def possible(entries: Sequence[Entry], scanners: Sequence[Scanner]) -> tuple[Entry, ...]:
    """The catalogue entries that some scanner can make."""
    return tuple(entry for entry in entries if any(fits(entry, scanner) for scanner in scanners))


def fits(entry: Entry, scanner: Scanner) -> bool:
    """True where the scanner has the modality, field strength and features an entry needs."""
    examination = entry.examination
    needed = examination.features | ({SEDATION} if entry.is_sedated else set())
    return (
        examination.modality is scanner.modality
        and examination.min_field_strength_t <= scanner.field_strength_t
        and needed <= scanner.features
    )


def draw_orders(department: Department, dice: Dice) -> list[Order]:
    """Orders that fill each modality to the department's load, beside the cast's own examinations."""
    site = department.site
    entries = possible(catalogue(), site.scanners)
    orders: list[Order] = []
    for modality, minutes in open_minutes(site).items():
        left = department.load * minutes - _cast_min(department.cast, modality, site)
        orders += _fill(left, [entry for entry in entries if entry.examination.modality is modality], site, dice)
    return dice.shuffled(orders)


def _fill(left: float, entries: Sequence[Entry], site: ImagingSite, dice: Dice) -> list[Order]:
    """Orders of one modality until ``left`` planned minutes are used up; the last one that would not fit ends the draw."""
    shares = [entry.share for entry in entries]
    orders: list[Order] = []
    while True:
        entry = dice.pick(entries, shares)
        left -= planned_min(entry.examination, site)
        if left < 0:
            return orders
        orders.append(Order(entry, dice.pick(tuple(entry.mix), tuple(entry.mix.values()))))


def _cast_min(cast: Sequence[Cast], modality: Modality, site: ImagingSite) -> int:
    by_id = {entry.examination.id: entry.examination for entry in catalogue()}
    wanted: list[Examination] = [by_id[key] for group in cast for key in group.examinations for _ in range(group.count)]
    return sum(planned_min(examination, site) for examination in wanted if examination.modality is modality)
