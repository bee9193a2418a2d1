"""solve, check, replan, slots: what they do once the command line is read. The engine is imported inside, so that --help is quick."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from cli.doing import BROKEN, answer, answer_check, answer_json, stopped_by_ctrl_c, warn, words
from cli.opening import Ask, Opened, opened, read_plan, write_plan
from cli.shapes import match_json, moved_json, outcome_json, slots_json
from cli.terminal import terminal_language
from hospital.errors import PlanRefused
from hospital.plans import Appointment
from hospital.wording import match_sentence, rule_name, time_text

_SHOWN_MATCHES = 20

if TYPE_CHECKING:
    from hospital.facts import Fact
    from hospital.sites import ImagingSite
    from scheduler.explain.why_not import WhyNot
    from scheduler.imaging.problem import ImagingProblem
    from scheduler.kernel.outcome import Outcome, Progress, RunLog
    from scheduler.kernel.plan import Plan
    from scheduler.kernel.problem import Problem
    from scheduler.kernel.verify import VerifiedPlan
    from scheduler.replan.recommend import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Solving:
    """How to solve, and where the plan goes."""

    seconds: float
    seed: int
    threads: int = 2
    out: Path | None = None
    as_json: bool = False
    has_few_moves: bool = False
    log: Path | None = None


def solve(ask: Ask, how: Solving) -> None:
    """Plan the folder."""
    there = opened(ask)
    outcome = _solved(there.problem, how)
    _write(there.problem, outcome, ask, how)
    if how.as_json:
        answer_json(outcome_json(outcome, area=ask.area, figures=figures(there.problem, outcome.plan.plan)))
    else:
        answer(_told(there.problem, outcome, how))


def replan(ask: Ask, how: Solving) -> None:
    """Plan again after changes, every move from the plan in force at its price."""
    there = opened(ask)
    outcome = _solved(there.problem, how)
    _write(there.problem, outcome, ask, how)
    moved = moved_json(there.problem, outcome.plan.plan)
    if how.as_json:
        answer_json(
            {**outcome_json(outcome, area=ask.area, figures=figures(there.problem, outcome.plan.plan)), "moved": moved}
        )
    else:
        answer([*_told(there.problem, outcome, how), *_moves_told(there.problem, outcome, moved)])


def check(ask: Ask, plan_file: Path, *, as_json: bool) -> int:
    """Every hard rule the plan breaks; the exit code."""
    there = opened(ask)
    found = list(_broken(there, read_plan(plan_file, there.site.settings.timezone)))
    return answer_check(found, as_json=as_json)


def slots(ask: Ask, plan_file: Path, request: str, *, count: int, max_moved: int, as_json: bool) -> None:
    """The cheapest places of one request in the plan."""
    from scheduler.replan.recommend import slots as find

    there = opened(ask)
    verified = verified_plan(there, plan_file)
    found = find(there.problem, verified.plan, request, count=count, max_moved=max_moved)
    if as_json:
        answer_json(slots_json(found, with_moved=max_moved > 0))
        return
    answer(slot_told(slot) for slot in found)
    if len(found) < count:
        warn(words("fewer_slots" if found else "no_slots", num=len(found), request=request))


def verified_plan(there: Opened[ImagingSite, ImagingProblem], plan_file: Path) -> VerifiedPlan:
    """The plan of the file, verified. A plan that breaks a rule ends the command with exit 1 and the broken rules on stderr."""
    from scheduler.imaging.build import plan_of

    plan = plan_of(there.problem, read_plan(plan_file, there.site.settings.timezone))
    return verified(there.problem, plan)


def verified(problem: Problem, plan: Plan) -> VerifiedPlan:
    """The plan, verified. A refused one ends the command with exit 1 and the broken rules on stderr."""
    from scheduler.kernel.verify import verify

    try:
        return verify(problem, plan)
    except PlanRefused as refused:
        warn(words("broken", num=len(refused.matches)))
        for match in refused.matches[:_SHOWN_MATCHES]:
            warn(f"  {match.rule}: {match_sentence(match, terminal_language(), problem.clock.moment)}")
        raise typer.Exit(BROKEN) from None


def facts(plan: VerifiedPlan, request: str) -> Sequence[Fact]:
    """Why the request is where it is."""
    from scheduler.explain import why

    return why(plan.problem, plan.plan, request)


def forced(plan: VerifiedPlan, request: str, *, resource: str | None, start: datetime | None, seconds: float) -> WhyNot:
    """The request elsewhere, solved again."""
    from scheduler.explain import why_not

    return why_not(plan.problem, plan.plan, request, scanner=resource, start=start, seconds=seconds)


def taken_again(problem: ImagingProblem, log: RunLog, *, min_changes: bool) -> VerifiedPlan:
    """The plan of the run that kept this log."""
    from planning.areas import area_of
    from scheduler.kernel.verify import verify
    from scheduler.replan.again import replay_again

    return verify(problem, replay_again(area_of("imaging").keeping(problem) if min_changes else problem, log).plan)


def rows(problem: ImagingProblem, plan: Plan) -> Sequence[Appointment]:
    """The plan's appointments."""
    from scheduler.imaging.build import appointments_of

    return appointments_of(problem, plan)


def figures(problem: ImagingProblem, plan: Plan) -> dict[str, Any]:
    """The figures people know imaging by."""
    from scheduler.imaging.measures import measures

    return measures(problem, plan).as_dict()


def _solved(problem: ImagingProblem, how: Solving) -> Outcome:
    from planning.areas import area_of
    from scheduler.kernel.solve import Settings
    from scheduler.kernel.verify import verify
    from scheduler.replan.again import solve_again

    settings = Settings(seconds=how.seconds, threads=how.threads)
    given = area_of("imaging").keeping(problem) if how.has_few_moves else problem
    with stopped_by_ctrl_c() as should_stop, progress_shown() as progress:
        outcome = solve_again(given, settings, how.seed, progress=progress, should_stop=should_stop)
    if given is problem:
        return outcome
    return replace(outcome, plan=verify(problem, outcome.plan.plan), bound=None)


def _write(problem: ImagingProblem, outcome: Outcome, ask: Ask, how: Solving) -> None:
    if how.out is not None:
        write_plan(how.out, problem, outcome.plan.plan)
    if how.log is not None:
        from cli.runs import write_run

        write_run(how.log, problem, outcome, ask=ask, min_changes=how.has_few_moves)


def _broken(
    there: Opened[ImagingSite, ImagingProblem], appointments: Sequence[Appointment]
) -> Iterator[dict[str, Any]]:
    from scheduler.imaging.build import plan_of
    from scheduler.kernel.verify import verify

    problem = there.problem
    plan = plan_of(problem, appointments)
    for entry in appointments:
        minutes = problem.durations[problem.task_of[entry.request]]
        planned = int((entry.end - entry.start).total_seconds() // 60)
        if planned != minutes and problem.task_of[entry.request] not in problem.frozen:
            yield {
                "rule": "shape",
                "requests": [entry.request],
                "resources": [entry.resource],
                "start": entry.start.isoformat(),
                "end": entry.end.isoformat(),
                "message": words("wrong_length", request=entry.request, found=planned, expected=minutes),
            }
    try:
        verify(problem, plan)
    except PlanRefused as refused:
        yield from (match_json(match, problem, terminal_language()) for match in refused.matches)


def _told(problem: ImagingProblem, outcome: Outcome, how: Solving) -> Iterator[str]:
    num = len(problem.cases)
    yield words("planned", planned=num - len(outcome.unplanned), num=num, seconds=f"{outcome.total_s:.1f}")
    yield from outcome_told(outcome, how)


def outcome_told(outcome: Outcome, how: Solving) -> Iterator[str]:
    """Cost and bound, cost by rule, who is left out, where the plan was written."""
    bound = "-" if outcome.bound is None else f"{outcome.bound:.1f}"
    gap = "-" if outcome.gap is None else f"{100 * outcome.gap:.1f} %"
    yield words("cost", cost=f"{outcome.cost:.1f}", bound=bound, gap=gap)
    for rule, points in sorted(outcome.cost_by_rule.items(), key=lambda item: -item[1]):
        if points:
            yield f"  {rule_name(rule, terminal_language())}: {points:.1f}"
    for left in outcome.unplanned:
        names = ", ".join(rule_name(rule, terminal_language()) for rule in left.rules)
        yield words("left_out", request=left.request, price=f"{left.price:.0f}", rules=names or "-")
    if how.out is not None:
        yield words("written", file=how.out)


def _moves_told(problem: ImagingProblem, outcome: Outcome, moved: list[dict[str, Any]]) -> Iterator[str]:
    from scheduler.imaging.measures import measures

    figures = measures(problem, outcome.plan.plan)
    yield words("moved", num=figures.num_moved, dropped=figures.num_dropped, displaced=figures.num_displaced)
    for row in moved:
        old, new = row["from"], row["to"]
        there = f"{new['resource']} {_short(new['start'])}" if new else words("no_place")
        yield f"  {row['request']}: {old['resource']} {_short(old['start'])} -> {there}"


def slot_told(slot: Slot) -> str:
    """A slot on one line."""
    others = words("moving", num=len(slot.moved)) if slot.moved else ""
    rules = ", ".join(
        f"{rule_name(rule, terminal_language())} {points:.1f}" for rule, points in slot.cost_by_rule.items()
    )
    price = words("price", price=f"{slot.price:.1f}")
    return "  ".join(part for part in (slot.resource, time_text(slot.start), price, rules, others) if part)


def _short(moment: str) -> str:
    return moment[:16].replace("T", " ")


@contextmanager
def progress_shown() -> Iterator[Callable[[Progress], None] | None]:
    """Progress on stderr, on a terminal only: one line, written over."""
    if not sys.stderr.isatty():
        yield None
        return
    try:
        yield _show
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _show(progress: Progress) -> None:
    bound = "-" if progress.bound is None else f"{progress.bound:.0f}"
    text = words(
        "progress",
        seconds=f"{progress.seconds:.0f}",
        cost=f"{progress.cost:.0f}",
        bound=bound,
        unplanned=progress.num_unplanned,
    )
    sys.stderr.write(f"\r\x1b[K{text}")
    sys.stderr.flush()
