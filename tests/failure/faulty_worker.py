"""The real worker with a solver stub and, where the test wants it, one point at which it is killed as by SIGKILL.

``fault`` is ``before:METHOD`` or ``after:METHOD`` of the jobs' use cases: the arrows between ring, claim, solve and hand-in.
Each worker is a process forked from one that has imported everything already: starting it costs no imports.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workers import __main__ as worker
from workers import children, visit
from workers.parts import Parts, open_parts

STUB = str(Path(__file__).with_name("stub_child.py"))


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


def main(environment: Mapping[str, str], log: str, child: str, fault: str) -> None:
    """Be that worker, in a group of its own, writing to ``log``."""
    os.setsid()
    with open(log, "ab", buffering=0) as output:
        for stream in (1, 2):
            os.dup2(output.fileno(), stream)
    os.environ.update(environment)
    children.CHILD_WORDS = (sys.executable, STUB, child)
    visit.OVERTIME_S, visit.KILL_AFTER_S = 1.0, 3.0

    def open_faulty_parts() -> Parts:
        parts = open_parts()
        application: Any = FaultyApplication(parts.application, fault) if fault else parts.application
        return Parts(parts.settings, application, parts.app)

    worker.open_parts = open_faulty_parts
    worker.main()
