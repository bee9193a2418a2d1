"""The sample radiotherapy department."""

from __future__ import annotations

from pathlib import Path

from intake.folder import read_site
from scheduler.kernel.score import violations
from scheduler.radiotherapy.build import build
from scheduler.radiotherapy.times import plan_of
from simulations.radiotherapy.samples import sample

SAMPLE = Path(__file__).parents[2] / "data_samples" / "radiotherapy"


def test_the_shipped_sample_is_the_one_its_seed_draws() -> None:
    """Whoever draws the sample again gets the same patients, protocols and promises."""
    assert read_site(SAMPLE, area="radiotherapy").value == sample()


def test_what_is_booked_keeps_every_rule() -> None:
    """The department that a newcomer opens has no broken promise in it, and nine requests of the day wait for an answer."""
    problem = build(read_site(SAMPLE, area="radiotherapy").value)
    assert violations(problem, plan_of(problem)) == ()
    assert len(problem.courses) - len(problem.promised) == 9
    assert problem.forecast is not None
