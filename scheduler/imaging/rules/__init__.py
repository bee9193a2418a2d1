"""The specification of the imaging area on one screen: every rule, hard ones first, one file each."""

from __future__ import annotations

from scheduler.imaging.rules import (
    changeovers,
    emergency_reserve,
    fairness,
    fasting,
    fits,
    gaps,
    isolation,
    lateness,
    load,
    locks,
    maintenance,
    moved,
    notice,
    one_at_a_time,
    one_place,
    opening,
    overtime,
    preparation,
    short_gaps,
    staff,
    time_window,
    two_days,
    unplanned,
    waiting,
    wishes,
)
from scheduler.kernel.rule import Rule

RULES: tuple[Rule, ...] = (
    # hard: never broken
    fits.RULE,
    opening.RULE,
    maintenance.RULE,
    one_at_a_time.RULE,
    one_place.RULE,
    time_window.RULE,
    fasting.RULE,
    preparation.RULE,
    gaps.RULE,
    staff.RULE,
    isolation.RULE,
    locks.RULE,
    notice.RULE,
    emergency_reserve.RULE,
    # soft: felt at a price
    waiting.RULE,
    lateness.RULE,
    unplanned.RULE,
    overtime.RULE,
    changeovers.RULE,
    two_days.RULE,
    short_gaps.RULE,
    load.RULE,
    fairness.RULE,
    moved.RULE,
    wishes.RULE,
)
