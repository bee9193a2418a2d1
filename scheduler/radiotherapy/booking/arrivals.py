"""How many minutes of linac time the requests still to come will ask of each working day, learned from the past alone.

A day of requests is described by the minutes it brings on the working days after it: by pool of linacs, priority and lead (working days
from request to session), each course as if given on consecutive days from its earliest one. Of a day that lies d working days ahead, the
requests of the next d - 1 days will still ask; so what must be kept free for them shrinks day by day as it comes near, and is nothing on
the next working day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.radiotherapy.problem import Floats, Forecast, Protocol

HORIZON = 120
_SHARED_HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One course as the forecast sees it: protocol, lead in working days, minutes of its sessions."""

    protocol: Protocol
    lead: int
    minutes: tuple[int, ...]


class Arrivals:
    """What has been learned: the minutes a day of requests brings, recent days weighing more (half after ``half_life_days``)."""

    def __init__(self, pools: Sequence[int], linac_ids: Sequence[str], half_life_days: float) -> None:
        """``pools`` by linac, see ``pools_of``."""
        self._pools, self._linac_ids = tuple(pools), tuple(linac_ids)
        self._keep = 0.5 ** (1.0 / half_life_days)
        self._num_days = 0.0
        shape = (max(self._pools, default=0) + 1, 3, HORIZON)
        self._minutes, self._squares = np.zeros(shape), np.zeros(shape)

    def learn(self, asks: Iterable[Ask]) -> None:
        """A day's requests; the days before count less from now on."""
        self._minutes *= self._keep
        self._squares *= self._keep
        self._num_days = self._num_days * self._keep + 1.0
        for ask in asks:
            self._add(ask, 1.0)

    def assume(self, asks: Iterable[tuple[Ask, float]], num_days: float) -> None:
        """What was known before the first day, in shares of courses, worth so many days of requests."""
        self._num_days += num_days
        for ask, share in asks:
            self._add(ask, share)

    def _add(self, ask: Ask, share: float) -> None:
        if ask.lead < HORIZON:
            minutes = np.array(ask.minutes[: HORIZON - ask.lead], dtype=float)
            pool = pool_of(ask.protocol, self._pools, self._linac_ids)
            where = (pool, ask.protocol.priority - 1, slice(ask.lead, ask.lead + len(minutes)))
            self._minutes[where] += share * minutes
            self._squares[where] += share * minutes**2

    def forecast(self) -> Forecast:
        """Mean and variance of what later requests will ask, as the problem wants it."""
        return Forecast(self._pools, self._ahead(self._minutes), self._ahead(self._squares))

    def _ahead(self, by_lead: Floats) -> Floats:
        ahead = np.zeros_like(by_lead)
        ahead[:, :, 2:] = np.cumsum(by_lead[:, :, 1:-1], axis=2) / max(self._num_days, 1e-9)
        return np.cumsum(ahead, axis=1)


def pools_of(protocols: Iterable[Protocol], linac_ids: Sequence[str]) -> tuple[int, ...]:
    """Pool by linac: two linacs can stand in for one another where at least half of the protocols of one of them allow both."""
    allowed = [protocol.allowed or frozenset(linac_ids) for protocol in protocols]
    root = list(range(len(linac_ids)))

    def find(linac: int) -> int:
        while root[linac] != linac:
            linac = root[linac]
        return linac

    for a, one in enumerate(linac_ids):
        for b, other in enumerate(linac_ids[:a]):
            both = sum(one in each and other in each for each in allowed)
            fewer = min(sum(one in each for each in allowed), sum(other in each for each in allowed))
            if fewer and both >= _SHARED_HALF * fewer:
                root[find(a)] = find(b)
    roots = sorted({find(linac) for linac in range(len(linac_ids))})
    return tuple(roots.index(find(linac)) for linac in range(len(linac_ids)))


def pool_of(protocol: Protocol, pools: Sequence[int], linac_ids: Sequence[str]) -> int:
    """The pool in which most of the protocol's linacs stand, its preferred ones before all."""
    linacs = protocol.preferred or protocol.allowed or frozenset(linac_ids)
    return int(np.bincount([pools[at] for at, name in enumerate(linac_ids) if name in linacs] or [0]).argmax())
