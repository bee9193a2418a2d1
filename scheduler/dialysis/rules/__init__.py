"""The specification of the dialysis area on one screen: every rule, hard ones first, one file each."""

from __future__ import annotations

from scheduler.dialysis.rules import (
    dialysis_locks,
    dialysis_moved,
    due_day,
    even_load,
    free_days,
    nurse_ratio,
    nurses_needed,
    one_a_day,
    patient_times,
    pattern_kept,
    series_order,
    shift_kept,
    shift_starts,
    shift_wishes,
    station_closed,
    station_fits,
    station_kept,
    station_turnover,
    transport,
    unmet_hours,
    zone,
)
from scheduler.kernel.rule import Rule

RULES: tuple[Rule, ...] = (
    # hard: never broken
    zone.RULE,
    station_fits.RULE,
    shift_starts.RULE,
    due_day.RULE,
    patient_times.RULE,
    station_turnover.RULE,
    station_closed.RULE,
    one_a_day.RULE,
    series_order.RULE,
    free_days.RULE,
    nurse_ratio.RULE,
    dialysis_locks.RULE,
    # soft: felt at a price
    unmet_hours.RULE,
    pattern_kept.RULE,
    shift_kept.RULE,
    station_kept.RULE,
    shift_wishes.RULE,
    transport.RULE,
    even_load.RULE,
    nurses_needed.RULE,
    dialysis_moved.RULE,
)
