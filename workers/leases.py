"""Keeping a lease: renewed while the work goes on, and the first to hear that it should stop or is another's."""

from __future__ import annotations

import logging
import threading
import time
from types import TracebackType
from typing import Self

from planning.jobs import Jobs, Lease, Report, Signal

RENEWALS_IN_A_LEASE = 4

_log = logging.getLogger(__name__)


class LeaseKeeper:
    """Renews a lease from a thread of its own, so that neither a long verification nor a silent solver lets it lapse.

    While the database is away the lease counts as held until the moment it would have expired: after that somebody else may
    have the job, and only the fencing number can tell.
    """

    def __init__(self, jobs: Jobs, lease: Lease, lease_s: float) -> None:
        self._jobs = jobs
        self._lease = lease
        self._lease_s = lease_s
        self._held_until = time.monotonic() + lease_s
        self._signal = Signal.GO_ON
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._keep, name=f"lease-{lease.job_id}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._thread.join(timeout=10)

    @property
    def signal(self) -> Signal:
        """What was last heard. LOST is for ever, and STOP is only followed by LOST."""
        if self._signal is not Signal.LOST and time.monotonic() > self._held_until:
            self._signal = Signal.LOST
        return self._signal

    def report(self, report: Report) -> None:
        """Write progress for the pages; a database that is away costs a line of progress, not the solve."""
        try:
            self._hear(self._jobs.report(self._lease.job_id, self._lease.fence, report))
        except Exception as error:
            _log.warning("job %s: progress not written: %s", self._lease.job_id, error)

    def _keep(self) -> None:
        while not self._is_over.wait(self._lease_s / RENEWALS_IN_A_LEASE) and self.signal is not Signal.LOST:
            asked = time.monotonic()
            try:
                heard = self._jobs.renew(self._lease.job_id, self._lease.fence, self._lease_s)
            except Exception as error:  # the database is away: until the lease is over there is nothing to lose
                _log.warning("job %s: lease not renewed: %s", self._lease.job_id, error)
                continue
            self._held_until = asked + self._lease_s
            self._hear(heard)

    def _hear(self, heard: Signal) -> None:
        if heard is Signal.LOST or (heard is Signal.STOP and self._signal is Signal.GO_ON):
            self._signal = heard
