"""The specification of the imaging area on one screen: every rule, hard ones first, one file each."""

from __future__ import annotations

from scheduler.imaging.rules import fits, one_at_a_time, opening, unplanned, waiting
from scheduler.kernel.rule import Rule

RULES: tuple[Rule, ...] = (
    # hard: never broken
    fits.RULE,
    opening.RULE,
    one_at_a_time.RULE,
    # soft: felt at a price
    waiting.RULE,
    unplanned.RULE,
)
