"""A whole problem planned: courses booked, their times set, the plan verified, and what it cannot cost less than."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from hospital.errors import BadInput
from hospital.facts import POINT
from scheduler.kernel.outcome import Outcome, Progress, RunLog, Step, Unplanned
from scheduler.kernel.presets import units
from scheduler.kernel.solve import Settings
from scheduler.kernel.verify import VerifiedPlan, verify
from scheduler.radiotherapy.booking.diary import Diary, may_start
from scheduler.radiotherapy.booking.search import answer_in, ordered, target_days
from scheduler.radiotherapy.problem import Promise, RadiotherapyProblem
from scheduler.radiotherapy.replan import replanned
from scheduler.radiotherapy.rules import terms
from scheduler.radiotherapy.times import plan_of

_BY_URGENCY, _BY_SCARCITY = "booking: urgent first", "booking: least choice first"


def solve(
    problem: RadiotherapyProblem,
    settings: Settings,
    seed: int,
    *,
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Outcome:
    """Promises that cannot be kept mended, every course without one booked, in two orders, the cheaper plan kept; its problem has the
    new promises.

    The seed changes nothing: booking is exact for each course and knows no chance. Both orders take seconds at most.
    """
    began = time.perf_counter()
    problem = replanned(problem)
    asked = [course for course in range(len(problem.courses)) if course not in problem.promised]
    orders = {_BY_URGENCY: ordered(problem, asked), _BY_SCARCITY: _scarce_first(problem, asked)}
    bound = _bound(problem, asked)
    best: tuple[tuple[int, int], str, VerifiedPlan, Mapping[int, Promise]] | None = None
    first_plan_s = 0.0
    for name, order in orders.items():
        if best is not None and _is_done(best[0], bound, began, settings, should_stop):
            break
        verified, promised = _timed(problem, _booked(problem, order))
        key = (len(asked) + len(problem.promised) - len(promised), verified.score.total)
        first_plan_s = first_plan_s or time.perf_counter() - began
        if best is None or key < best[0]:
            best = (key, name, verified, promised)
            if progress is not None:
                seconds = time.perf_counter() - began
                progress(Progress(verified.score.points, bound / POINT, seconds, key[0]))
    assert best is not None
    _, name, verified, promised = best
    step = Step(name, seed, problem.weights.looks, (0.0, 0.0), tuple(orders[name]))
    return Outcome(
        plan=verified,
        bound=min(bound / POINT, verified.score.points),
        first_plan_s=first_plan_s,
        total_s=time.perf_counter() - began,
        seed=seed,
        unplanned=tuple(_unplanned(problem, [course for course in asked if course not in promised])),
        log=RunLog(seed, 1, (step,)),
    )


def replay(problem: RadiotherapyProblem, log: RunLog) -> VerifiedPlan:
    """The plan of the run that kept this log, for the same problem and the same version of the program. Raises BadInput for a log that
    does not fit the problem, PlanRefused where its plan breaks a rule of this problem."""
    problem = replanned(problem)
    asked = [course for course in range(len(problem.courses)) if course not in problem.promised]
    steps = [step for step in log.steps if step.kind in (_BY_URGENCY, _BY_SCARCITY)]
    if len(steps) != 1 or sorted(steps[0].part) != asked:
        raise BadInput("bad_run_log", found=", ".join(step.kind for step in log.steps)[:80] or "-")
    return _timed(problem, _booked(problem, steps[0].part))[0]


def _timed(problem: RadiotherapyProblem, promised: Mapping[int, Promise]) -> tuple[VerifiedPlan, Mapping[int, Promise]]:
    """The promises with their times. A promise mended on days whose hours then do not hold all of it falls back to what was told: of a
    session without a place a plan does not say on which day it was meant."""
    while True:
        decided = replace(problem, promised=promised)
        plan = plan_of(decided)
        part = {
            course: old
            for course, old in problem.told.items()
            if promised.get(course, old) != old
            and any(plan.places[task] is None for task in terms.tasks(problem, course))
        }
        if not part:
            return verify(decided, plan), promised
        promised = {**promised, **part}


def _is_done(
    key: tuple[int, int], bound: int, began: float, settings: Settings, should_stop: Callable[[], bool] | None
) -> bool:
    is_out_of_time = time.perf_counter() - began > settings.seconds
    return key == (0, bound) or is_out_of_time or (should_stop is not None and should_stop())


def _booked(problem: RadiotherapyProblem, order: Sequence[int]) -> Mapping[int, Promise]:
    diary = Diary(problem)
    answer_in(diary, order)
    return dict(diary.promises)


def _scarce_first(problem: RadiotherapyProblem, asked: Sequence[int]) -> list[int]:
    """Courses with one linac to go to first, then long before short; a course that follows another after it."""
    among = set(asked)

    def key(course: int) -> tuple[bool, bool, int, int]:
        follows = problem.course_index.get(problem.courses[course].follows, -1) in among
        num_linacs = sum(fit >= 0 for fit in problem.fit[course])
        return follows, num_linacs > 1, -len(problem.courses[course].minutes), course

    return sorted(asked, key=key)


def _bound(problem: RadiotherapyProblem, asked: Sequence[int]) -> int:
    """Units that no plan can save: each course on its cheapest first day and linac, as if it were alone."""
    diary = Diary(problem)
    return sum(min(_alone(diary, course), default=0) for course in asked)


def _alone(diary: Diary, course: int) -> Iterator[int]:
    problem, w = diary.problem, diary.weights
    asked = problem.courses[course]
    priority, target = asked.protocol.priority, target_days(problem, course)
    yield units(w.left_out) * len(asked.minutes)
    if asked.first_session != 1:
        yield 0
        return
    days, starts, free = diary.days, may_start(problem, asked.protocol), diary.free
    start, ready = diary.earliest(course), days.at_or_after(asked.ready)
    for linac, fit in enumerate(problem.fit[course]):
        if fit < 0:
            continue
        for at in range(start, len(days.day)):
            if starts[at] and free[linac, at] >= asked.minutes[0]:
                waited = int(days.day[at] - days.day[ready])
                late = units(w.wait(priority) * (w.late + w.past * (waited - target))) if waited > target else 0
                yield units(w.wait(priority) * waited) + late + (units(w.not_preferred) if fit == 0 else 0)
                break


def in_the_way(problem: RadiotherapyProblem, course: int) -> tuple[str, ...]:
    """The rules that keep a course from every place: no linac fits, or none has room."""
    fits = any(fit >= 0 for fit in problem.fit[course])
    return ("linac_one_at_a_time", "linac_opening") if fits else ("linac_fits",)


def _unplanned(problem: RadiotherapyProblem, left: Sequence[int]) -> Iterator[Unplanned]:
    """Courses left out, the price of all their sessions, and what is in their way."""
    for course in left:
        asked = problem.courses[course]
        price = problem.weights.left_out * len(asked.minutes)
        yield Unplanned(asked.id, price, in_the_way(problem, course))
