"""The real worker with a solver stub and, where the test wants it, one point at which it is killed as by SIGKILL.

TEST_FAULT is ``before:METHOD`` or ``after:METHOD`` of the jobs' use cases: the arrows between ring, claim, solve and hand-in.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from workers import __main__ as worker
from workers import children, visit
from workers.parts import Parts, open_parts


class Faulty:
    """The jobs' use cases, of which one is deadly."""

    def __init__(self, jobs: Any, fault: str) -> None:
        self._jobs = jobs
        self._moment, _, self._method = fault.partition(":")

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._jobs, name)
        if name != self._method:
            return method

        def deadly(*words: Any, **values: Any) -> Any:
            if self._moment == "before":
                die()
            answer = method(*words, **values)
            if answer not in (None, ()):  # a round of the relay that found nothing is no arrow
                die()
            return answer

        return deadly


class FaultyApplication:
    """An application with deadly jobs."""

    def __init__(self, application: Any, fault: str) -> None:
        self._application = application
        self.jobs = Faulty(application.jobs, fault)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._application, name)


def die() -> None:
    """As hard as a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)


def open_faulty_parts() -> Parts:
    parts = open_parts()
    return Parts(parts.settings, FaultyApplication(parts.application, os.environ["TEST_FAULT"]), parts.app)  # type: ignore[arg-type]


if __name__ == "__main__":
    if os.environ["TEST_CHILD"] != "real":
        children.CHILD_WORDS = (
            sys.executable,
            str(Path(__file__).with_name("stub_child.py")),
            os.environ["TEST_CHILD"],
        )
    visit.OVERTIME_S, visit.KILL_AFTER_S = 1.0, 3.0
    if os.environ["TEST_FAULT"]:
        worker.open_parts = open_faulty_parts
    worker.main()
