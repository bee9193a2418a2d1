"""The generator of Reihaneh et al.'s branch-and-price study of haemodialysis, drawn from a seed."""

from __future__ import annotations

from scheduler.dialysis.lengths import WeekDemand
from simulations.dice import Dice

HOURS, DAYS = 14, 6
IS_FREE = 0.8


def drawn(seed: int, *, num_beds: int = 10, patients_a_bed: int = 4) -> WeekDemand:
    """10, 15 or 20 beds, four or five patients a bed, 14 hours from 08:00, Monday to Saturday."""
    dice = Dice(seed)
    patients = range(num_beds * patients_a_bed)
    return WeekDemand(
        bed_free=tuple(_free(dice) for _ in range(num_beds)),
        free=tuple(_free(dice) for _ in patients),
        hours=tuple(dice.whole(3, 5) for _ in patients),
        deviation=tuple(dice.pick((1, 2, 4)) for _ in patients),
        weight=tuple(dice.pick((1.0, 1.4, 2.0), (0.6, 0.25, 0.15)) for _ in patients),
    )


def _free(dice: Dice) -> tuple[tuple[bool, ...], ...]:
    return tuple(tuple(dice.chance(IS_FREE) for _ in range(HOURS)) for _ in range(DAYS))
