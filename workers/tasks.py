"""The one task: a job's id rings, a visitor goes and looks. Whatever else a message says is refused and counted."""

from __future__ import annotations

import re

from celery import Celery

from workers.app import SOLVE
from workers.door import Refusals
from workers.visit import Visitor

JOB_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def add_solve_task(app: Celery, visitor: Visitor, refusals: Refusals) -> None:
    """Teach the application what to do when a job rings."""

    @app.task(name=SOLVE, typing=False, shared=False)  # type: ignore[untyped-decorator]
    def solve(*args: object, **values: object) -> None:
        if len(args) != 1 or values or not isinstance(args[0], str) or not JOB_ID.fullmatch(args[0]):
            refusals.count("not a job id")
            return
        visitor.visit(args[0])
