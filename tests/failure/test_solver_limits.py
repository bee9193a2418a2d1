"""A solver that misbehaves harms nobody but itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.processes import wait_until
from tests.failure.rig import Rig

pytestmark = pytest.mark.broker


@pytest.mark.parametrize(
    ("child", "error"),
    [("deaf", "solver_no_plan_in_time"), ("hungry", "solver_out_of_memory"), ("broken", "solver_died")],
)
def test_a_misbehaving_solver_is_ended(installation: Rig, child: str, error: str) -> None:
    """A solver without end, without measure or without luck is tried again, then a person reads why."""
    job_id = installation.first_job()
    installation.start_worker(child=child, max_attempts=2)
    ended = installation.wait_for_end(job_id, seconds=90)
    assert (ended.state, ended.attempt, ended.error) == ("failed", 2, error), installation.told()
    assert installation.num_versions() == 0
    assert solvers_of(installation) == []


def test_forged_messages_reach_nothing(installation: Rig) -> None:
    """Messages that name no job of ours, or carry code, change nothing; they are counted and the worker goes on working."""
    job_id = installation.first_job()
    num_forged = installation.forge()
    installation.send("no-such-job")
    for malformed in ("../../var", "x" * 500):
        installation.send(malformed)
        num_forged += 1
    installation.start_worker()
    assert installation.wait_for_end(job_id).state == "done"
    assert wait_until(lambda: f"{num_forged} refused so far" in installation.told(), seconds=20), installation.told()
    assert "hello" not in installation.told()


def solvers_of(installation: Rig) -> list[str]:
    """Solver stubs of this installation that still run."""
    mark = f"CARETABLE_HOME={installation.settings.home}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes()
            if b"stub_child.py" in words and mark in (folder / "environ").read_bytes():
                found.append(words.decode(errors="replace"))
        except OSError:
            continue
    return found
