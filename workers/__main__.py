"""`python -m workers`: one worker with its relay, until SIGTERM."""

from __future__ import annotations

import logging
import sys
import threading

from celery import signals

from hospital.errors import CaretableError
from workers.children import sweep
from workers.door import REFUSALS
from workers.parts import Parts, open_parts
from workers.relay import Relay, ring
from workers.tasks import add_solve_task
from workers.visit import Visitor

_log = logging.getLogger("workers")


def serve(parts: Parts) -> None:
    """Work until told to stop. A job in hand then goes back to the queue, its attempt not counted."""
    sweep(parts.settings.home / "jobs")
    is_leaving = threading.Event()
    relay = Relay(parts.application.jobs, lambda job_id: ring(parts.app, job_id))
    visitor = Visitor(parts.application.jobs, parts.settings, is_leaving=is_leaving)
    add_solve_task(parts.app, visitor, REFUSALS)

    def on_ready(**_: object) -> None:
        relay.start()
        _log.info("worker ready")

    def on_leaving(**_: object) -> None:
        is_leaving.set()
        relay.stop()

    signals.worker_ready.connect(on_ready, weak=False)
    signals.worker_shutting_down.connect(on_leaving, weak=False)
    slots = str(parts.settings.worker_slots)
    # Threads, not forks: Celery's forked children may not have children of their own, and ours does the work in one.
    words = ["worker", "--pool", "threads", "--concurrency", slots, "--loglevel", parts.settings.log_level]
    try:
        parts.app.worker_main([*words, "--without-gossip", "--without-mingle", "--without-heartbeat"])
    finally:
        relay.stop()
        parts.application.close()


def main() -> None:
    """Open the parts and serve; a missing part is said in a sentence."""
    try:
        parts = open_parts()
    except CaretableError as error:
        sys.exit(error.sentence())
    serve(parts)


if __name__ == "__main__":
    main()
