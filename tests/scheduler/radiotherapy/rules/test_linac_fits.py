"""A session only on a linac that can give it."""

from __future__ import annotations

from scheduler.radiotherapy.rules import linac_fits
from tests.scheduler.radiotherapy.tiny import (
    compare_by_enumeration,
    course,
    found,
    hour,
    linac,
    plan,
    problem,
    protocol,
)

TWO = (linac("L1", techniques=frozenset({"IMRT"})), linac("L2", energies=frozenset({"6X"})))


def test_a_course_needs_the_technique_of_its_protocol() -> None:
    """A patient for IMRT is not treated on the linac without it."""
    asked = problem(course("A", protocol=protocol(techniques=frozenset({"IMRT"}))), linacs=TWO)
    assert not found(linac_fits.RULE, asked, plan((0, hour(9))))
    match = found(linac_fits.RULE, asked, plan((1, hour(9))))[0]
    assert (match.requests, match.resources, match.values["protocol"]) == (("A/1",), ("L2",), "breast")


def test_a_protocol_may_name_its_linacs() -> None:
    """A linac that the protocol does not name is not used; one it does not prefer may be."""
    asked = problem(
        course("A", protocol=protocol(allowed=frozenset({"L1", "L2"}), preferred=frozenset({"L2"}))),
        linacs=(*TWO, linac("L3")),
    )
    assert asked.fit == ((0, 1, -1),)
    assert found(linac_fits.RULE, asked, plan((2, hour(9))))
    assert compare_by_enumeration(asked, [linac_fits.RULE], starts=[hour(9)]) == (4, 3)
