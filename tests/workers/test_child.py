from __future__ import annotations

import os
import select
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from planning.jobs import Work
from planning.sample import sample_site
from scheduler.imaging.build import build
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.verify import verify
from workers.children import Child, sweep

LONG = 280.0  # where the engine has never run a child compiles it first


@pytest.fixture(scope="module")
def problem() -> ImagingProblem:
    return build(sample_site("imaging", "day", datetime(2026, 3, 3, 6, tzinfo=UTC)))


def work(problem: ImagingProblem, seconds: float) -> Work:
    return Work(job_id="job-7", area="imaging", problem=problem, seconds=seconds, seed=3, threads=1)


def hear(child: Child, *wanted: str) -> list[dict[str, Any]]:
    """Everything it says up to one of the wanted words."""
    said = []
    while line := child.next_line(within_s=LONG):
        said.append(line)
        if line["is"] in wanted:
            return said
    raise AssertionError(f"silent after {said}")


def test_a_real_solve_comes_back_verified(problem: ImagingProblem, tmp_path: Path) -> None:
    """A day's plan made in a process of its own, stopped on request, keeps every hard rule when checked here."""
    with Child(tmp_path / "jobs") as child:
        child.begin(work(problem, 60.0), memory_mb=4096)
        progress = hear(child, "progress")[-1]
        child.ask_to_stop()
        assert hear(child, "done", "failed", "over")[-1]["is"] == "done"
        solved = child.solved()
    assert solved is not None
    assert solved.seed == 3
    assert solved.cost <= progress["cost"]
    places: list[Place | None] = [None] * len(problem.cases)
    for request, scanner, start in solved.places:
        places[problem.task_of[request]] = Place(problem.resource_of[scanner], start)
    assert verify(problem, Plan(tuple(places))).score.points == pytest.approx(solved.cost)
    assert {request for request, _, _ in solved.unplanned} == {
        problem.task_ids[task] for task, place in enumerate(places) if place is None
    }


def test_a_killed_child_is_seen_and_leaves_no_file(problem: ImagingProblem, tmp_path: Path) -> None:
    """A solver killed from outside is noticed at once, and its files go with it."""
    with Child(tmp_path / "jobs") as child:
        child.begin(work(problem, 60.0), memory_mb=4096)
        hear(child, "begun")
        child.kill()
        assert hear(child, "over")
        assert child.solved() is None
    assert list((tmp_path / "jobs").iterdir()) == []


def test_the_problem_is_read_by_nobody_else(problem: ImagingProblem, tmp_path: Path) -> None:
    """While a solve runs, other users of the machine cannot read whom it plans."""
    with Child(tmp_path / "jobs") as child:
        child.begin(work(problem, 60.0), memory_mb=4096)
        (folder,) = (tmp_path / "jobs").iterdir()
        assert folder.stat().st_mode & 0o077 == 0


def test_old_files_are_swept(tmp_path: Path) -> None:
    """What a killed worker left behind is removed, what a living one uses is not."""
    for name, age_s in (("job-old", 9000.0), ("job-new", 60.0)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "work").write_bytes(b"x")
        at = datetime.now(UTC).timestamp() - age_s
        os.utime(tmp_path / name, (at, at))
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["job-new"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_a_child_does_not_outlive_its_worker(tmp_path: Path) -> None:
    """A worker that dies takes its solver with it."""
    starter = "import sys, time; from pathlib import Path; from workers.children import Child\n"
    starter += (
        "child = Child(Path(sys.argv[1])); child.next_line(within_s=280); print(child.pid, flush=True); time.sleep(99)"
    )
    with subprocess.Popen([sys.executable, "-c", starter, str(tmp_path)], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return  # gone already
    with open(descriptor) as watched:
        assert select.select([watched], [], [], 30)[0]
