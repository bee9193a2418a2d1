from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks import duel
from benchmarks.peers import PeerRefused
from hospital.errors import PlanRefused
from scheduler.imaging.problem import ImagingProblem


def test_an_instance_is_as_big_and_as_full_as_it_says() -> None:
    """Two hundred examinations fill six scanners to nine tenths, each fits some of them and all lie on the grid."""
    problem = duel.instance(2)
    opened = sum(high - low for room in problem.rooms for low, high in room.sessions)
    assert len(problem.cases) == 200
    assert 0.88 < sum(problem.durations) / opened <= 0.9
    assert all(2 <= len(case.scanners) <= 5 for case in problem.cases)
    assert duel.instance(2) == problem != duel.instance(3)


def test_a_peer_that_cannot_be_installed_is_said_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the peer our figures stand alone, with no target met against nobody."""

    def refuse(*_: object) -> None:
        raise PeerRefused("peer_not_installed", "no network")

    monkeypatch.setattr(duel, "ask_peer", refuse)
    monkeypatch.setattr(duel, "SEEDS", (1,))
    monkeypatch.setattr(duel, "instance", small)
    rows, faults = duel.duel_rows(0.6)
    assert faults == ()
    assert rows[0].note == "peer_not_installed"
    assert (rows[0].holds, rows[1].holds, rows[-1].ours) == (None, None, None)


def test_a_peers_plan_is_verified_and_priced_by_us(monkeypatch: pytest.MonkeyPatch) -> None:
    """The peer's own word for its cost is not taken; a plan with all on one scanner at once is refused."""
    monkeypatch.setattr(duel, "ask_peer", lambda *_: [None] * 12)
    assert duel._peer_cost(small(1), 1.0) == pytest.approx(
        sum(
            4000 * {"emergency": 20, "inpatient": 5, "outpatient": 1, "check_up": 0.5}[c.rclass] for c in small(1).cases
        )
    )
    monkeypatch.setattr(duel, "ask_peer", lambda *_: [[0, 200]] * 12)
    with pytest.raises(PlanRefused):
        duel._peer_cost(small(1), 1.0)


_INSTANCE = duel.instance


def small(seed: int) -> ImagingProblem:
    problem = _INSTANCE(seed)
    return replace(problem, cases=problem.cases[:12])
