from __future__ import annotations

from typing import Any

import pytest

from hospital.errors import BadSettings
from planning.settings import Settings
from workers.app import SOLVE, make_app
from workers.door import Refusals
from workers.tasks import add_solve_task


class Visited(list[str]):
    def visit(self, job_id: str) -> None:
        self.append(job_id)


@pytest.fixture
def bell() -> tuple[Any, Visited, Refusals]:
    app = make_app(Settings(broker_url="memory://"))
    visited, refusals = Visited(), Refusals()
    add_solve_task(app, visited, refusals)  # type: ignore[arg-type]
    return app.tasks[SOLVE], visited, refusals


def test_a_job_id_is_visited(bell: tuple[Any, Visited, Refusals]) -> None:
    """A ring with a job's id sends a visitor to that job."""
    task, visited, refusals = bell
    task("job-7")
    assert visited == ["job-7"]
    assert refusals.num == 0


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ((), {}),
        ((7,), {}),
        (("job-7", "job-8"), {}),
        (("job-7",), {"seconds": 9000}),
        (("../../etc/passwd",), {}),
        (("job-7\nforged line",), {}),
        (("x" * 65,), {}),
        (({"__reduce__": "os.system"},), {}),
    ],
)
def test_anything_else_is_refused_and_counted(bell: tuple[Any, Visited, Refusals], words: Any, values: Any) -> None:
    """A forged message reaches no job, and somebody can see that there was one."""
    task, visited, refusals = bell
    task(*words, **values)
    assert visited == []
    assert refusals.num == 1


def test_only_json_is_read() -> None:
    """A message can carry text and numbers, never code."""
    app = make_app(Settings(broker_url="memory://"))
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"


def test_a_worker_without_a_broker_says_so() -> None:
    """A worker that does not know its broker names the setting that is missing."""
    with pytest.raises(BadSettings, match="CARETABLE_BROKER_URL"):
        make_app(Settings())
