"""Nobody is treated while the linac is closed."""

from __future__ import annotations

from scheduler.radiotherapy.rules import linac_closed
from tests.scheduler.radiotherapy.tiny import compare_by_enumeration, course, found, hour, linac, plan, problem


def test_quality_assurance_keeps_the_linac() -> None:
    """A session may end when the QA begins, not later."""
    asked = problem(course("A", 30), linacs=[linac(closed=((hour(9.5), hour(10)),))])
    assert not found(linac_closed.RULE, asked, plan((0, hour(9))))
    assert found(linac_closed.RULE, asked, plan((0, hour(9.5))))[0].amount == 30
    assert compare_by_enumeration(asked, [linac_closed.RULE], starts=[hour(9), hour(9.5)]) == (3, 2)
