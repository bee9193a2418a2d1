"""The specification of the radiotherapy area on one screen: every rule, hard ones first, one file each."""

from __future__ import annotations

from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.rules import (
    course_late,
    course_start,
    course_stretch,
    course_wait,
    linac_closed,
    linac_fits,
    linac_load,
    linac_one_at_a_time,
    linac_opening,
    linac_overtime,
    linac_switch,
    one_linac,
    patient_away,
    patient_hours,
    patient_one_place,
    preferred_linac,
    promised_days,
    same_hour,
    session_locked,
    session_moved,
    session_order,
    session_unplanned,
    sessions_a_week,
)

OF_ONE_COURSE: tuple[Rule, ...] = (
    linac_fits.RULE,
    session_order.RULE,
    sessions_a_week.RULE,
    one_linac.RULE,
    course_start.RULE,
)
"""Rules that a course keeps or breaks by itself: what came to us booked against one of them stays as it is."""

RULES: tuple[Rule, ...] = (
    # hard: never broken
    linac_fits.RULE,
    linac_opening.RULE,
    linac_closed.RULE,
    linac_one_at_a_time.RULE,
    patient_one_place.RULE,
    session_order.RULE,
    sessions_a_week.RULE,
    one_linac.RULE,
    course_start.RULE,
    promised_days.RULE,
    patient_away.RULE,
    session_locked.RULE,
    # soft: felt at a price
    course_wait.RULE,
    course_late.RULE,
    session_unplanned.RULE,
    course_stretch.RULE,
    preferred_linac.RULE,
    linac_switch.RULE,
    same_hour.RULE,
    patient_hours.RULE,
    session_moved.RULE,
    linac_overtime.RULE,
    linac_load.RULE,
)
