"""A run's log holds all that is needed to come to the same plan again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import pytest

from hospital.errors import BadInput
from scheduler.imaging.build import build
from scheduler.kernel.outcome import RunLog
from scheduler.kernel.replay import log_of
from scheduler.kernel.solve import Settings
from scheduler.replan.again import replay_again, solve_again
from simulations.imaging.samples import SAMPLES
from tests.scheduler.replan.test_again import full_day


def through_a_file(log: RunLog) -> RunLog:
    """The log as it comes back from a run file or a job's row."""
    return log_of(json.loads(json.dumps(asdict(log))))


@pytest.mark.parametrize("threads", [1, 2])
def test_the_week_comes_out_the_same_from_its_log(threads: int) -> None:
    """Three thousand requests, two threads and a time limit on a busy machine: the log alone gives the very same plan."""
    problem = build(SAMPLES["week"]())
    outcome = solve_again(problem, Settings(seconds=2.0, threads=threads, bound_share=0.0), 5)
    assert {step.kind for step in outcome.log.steps} == {"together" if threads == 2 else "alone"}
    again = replay_again(problem, through_a_file(outcome.log))
    assert again.plan == outcome.plan.plan
    fewer = replace(outcome.log, steps=outcome.log.steps[:-1])
    assert replay_again(problem, fewer).score.total >= again.score.total


def test_what_an_exact_model_found_is_in_the_log() -> None:
    """A small day with an emergency that displaces two: proven by a model whose limit is the clock, and yet replayed."""
    problem = full_day()
    outcome = solve_again(problem, Settings(seconds=1.0), 3)
    assert [step.kind for step in outcome.log.steps][-1] == "exact"
    again = replay_again(problem, through_a_file(outcome.log))
    assert (again.plan, again.score.total) == (outcome.plan.plan, outcome.plan.score.total)
    assert again.problem is problem


@pytest.mark.parametrize(
    "spoil",
    [
        lambda log: log | {"seed": None},
        lambda log: {"seed": 1},
        lambda log: log | {"steps": [{**log["steps"][0], "kind": "guess"}]},
        lambda log: log | {"steps": [{**log["steps"][-1], "part": [1, 2, 3]}]},
    ],
)
def test_a_log_that_is_none_is_refused(spoil: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """A damaged log, or one of other data, is refused by name and never replayed halfway."""
    problem = full_day()
    log = asdict(solve_again(problem, Settings(seconds=0.5), 3).log)
    with pytest.raises(BadInput, match="log"):
        replay_again(problem, log_of(spoil(log)))
