"""solve, check, replan, slots for radiotherapy: what they do once the command line is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.doing import answer, answer_check, answer_json, words
from cli.opening import Ask, read_json, read_moment, read_plan, tell_refused
from cli.shapes import match_json, outcome_json, place_json
from cli.terminal import terminal_language
from hospital.changes import changes_from_json
from hospital.errors import BadInput, PlanRefused
from hospital.texts import say
from hospital.wording import rule_name

if TYPE_CHECKING:
    from cli.imaging import Solving
    from hospital.radiotherapy import RadiotherapySite
    from scheduler.kernel.outcome import Outcome
    from scheduler.kernel.plan import Plan
    from scheduler.radiotherapy.problem import Promise, RadiotherapyProblem
    from scheduler.radiotherapy.slots import CourseSlot


@dataclass(frozen=True, slots=True)
class Opened:
    """The folder's site and the problem it makes."""

    site: RadiotherapySite
    problem: RadiotherapyProblem


def opened(ask: Ask) -> Opened:
    """The problem of the folder. Raises BadInput for a folder or file that cannot be read."""
    from intake.folder import read_site
    from scheduler.radiotherapy.build import build

    batch = read_site(ask.folder, area="radiotherapy")
    tell_refused([row.sentence(terminal_language()) for row in batch.refused])
    site = batch.value
    zone = site.settings.timezone
    problem = build(
        site,
        now=read_moment(ask.now, zone) if ask.now else site.settings.now or datetime.now(UTC),
        changes=changes_from_json(read_json(ask.changes), timezone=zone) if ask.changes else (),
        reference=read_plan(ask.reference, zone) if ask.reference else None,
        preset=ask.preset,
    )
    return Opened(site, problem)


def _plan(there: Opened, plan_file: Path) -> Plan:
    """The plan of a file. Raises BadInput."""
    from scheduler.radiotherapy.build import plan_of

    return plan_of(there.problem, read_plan(plan_file, there.site.settings.timezone))


def solve(ask: Ask, how: Solving) -> None:
    """Plan the folder: every course without a promise is booked."""
    there = opened(ask)
    outcome = _solved(there.problem, how)
    if how.as_json:
        answer_json(_result(outcome, ask.area))
    else:
        answer(_told(there.problem, outcome))


def replan(ask: Ask, how: Solving) -> None:
    """Plan again after changes, with as few sessions moved as can be."""
    there = opened(ask)
    outcome = _solved(there.problem, how)
    moved = list(_moved(decided_problem(outcome)))
    if how.as_json:
        answer_json({**_result(outcome, ask.area), "moved": moved})
    else:
        answer([*_told(there.problem, outcome), say("radiotherapy.moved", terminal_language(), num=len(moved))])


def check(ask: Ask, plan_file: Path, *, as_json: bool) -> int:
    """Every hard rule the plan breaks; the exit code. What is booked is promised, but for what a change demands."""
    from scheduler.kernel.verify import verify
    from scheduler.radiotherapy.build import decided
    from scheduler.radiotherapy.replan import affected

    there = opened(ask)
    plan = _plan(there, plan_file)
    found: list[dict[str, Any]] = []
    try:
        verify(decided(there.problem, plan, free=affected(there.problem)), plan)
    except PlanRefused as refused:
        found = [match_json(match, there.problem, terminal_language()) for match in refused.matches]
    return answer_check(found, as_json=as_json)


def slots(ask: Ask, plan_file: Path, request: str, *, count: int, max_moved: int, as_json: bool) -> None:  # noqa: ARG001
    """The cheapest starts of one course beside everything that the plan promises; nobody else loses a day for it."""
    from scheduler.radiotherapy.slots import slots as find

    there = opened(ask)
    found = find(there.problem, _plan(there, plan_file), request, count=count)
    if as_json:
        answer_json([_slot_json(slot) for slot in found])
    else:
        answer(_slot_told(slot) for slot in found)


def why(ask: Ask, plan_file: Path, request: str, *, as_json: bool) -> None:
    """Why a course begins when it does."""
    from cli.reasons import fact_json, sentence
    from scheduler.explain.course import why_course
    from scheduler.radiotherapy.build import decided

    there = opened(ask)
    plan = _plan(there, plan_file)
    facts, clock = why_course(decided(there.problem, plan), plan, request), there.problem.clock
    if as_json:
        answer_json({"request": request, "facts": [fact_json(fact, clock) for fact in facts]})
    else:
        answer(sentence(fact, clock) for fact in facts)


def decided_problem(outcome: Outcome) -> RadiotherapyProblem:
    """The problem with the promises that the solve has made."""
    from scheduler.radiotherapy.problem import RadiotherapyProblem

    problem = outcome.plan.problem
    assert isinstance(problem, RadiotherapyProblem)
    return problem


def _solved(problem: RadiotherapyProblem, how: Solving) -> Outcome:
    from intake.plans import write_plan_csv
    from scheduler.kernel.solve import Settings
    from scheduler.radiotherapy.build import appointments_of
    from scheduler.radiotherapy.solve import solve as engine

    if how.log is not None:
        raise BadInput("not_in_area", id="radiotherapy", what="--log")
    outcome = engine(problem, Settings(seconds=how.seconds, threads=how.threads), how.seed)
    if how.out is not None:
        write_plan_csv(how.out, appointments_of(decided_problem(outcome), outcome.plan.plan))
    return outcome


def _result(outcome: Outcome, area: str) -> dict[str, Any]:
    from scheduler.radiotherapy.measures import measures

    return outcome_json(outcome, area=area, figures=measures(decided_problem(outcome), outcome.plan.plan).as_dict())


def _told(problem: RadiotherapyProblem, outcome: Outcome) -> Iterator[str]:
    language, decided = terminal_language(), decided_problem(outcome)
    num = len(problem.courses)
    planned = num - len(outcome.unplanned)
    yield say("radiotherapy.planned", language, planned=planned, num=num, seconds=f"{outcome.total_s:.1f}")
    for rule, points in sorted(outcome.cost_by_rule.items(), key=lambda item: -item[1]):
        if points:
            yield f"  {rule_name(rule, language)}: {points:.1f}"
    new = [at for at in decided.promised if problem.promised.get(at) != decided.promised[at]]
    for at in new:
        promise = decided.promised[at]
        yield say(
            "radiotherapy.course",
            language,
            course=problem.courses[at].id,
            num=len(promise.days),
            linac=problem.resource_ids[promise.linacs[0]],
            first=_date(problem, promise.days[0]),
            last=_date(problem, promise.days[-1]),
        )
    for left in outcome.unplanned:
        names = ", ".join(rule_name(rule, language) for rule in left.rules)
        yield words("left_out", request=left.request, price=f"{left.price:.0f}", rules=names or "-")


def _moved(problem: RadiotherapyProblem) -> Iterator[dict[str, Any]]:
    """Each visit given up, and each that took the place of one, by course."""
    for course, told in problem.told.items():
        now = problem.promised.get(course)
        before, after = _visits(problem, told), _visits(problem, now) if now else []
        gone, new = [v for v in before if v not in after], [v for v in after if v not in before]
        for at, visit in enumerate(gone):
            yield {"request": problem.courses[course].id, "from": visit, "to": new[at] if at < len(new) else None}


def _visits(problem: RadiotherapyProblem, promise: Promise) -> list[dict[str, str]]:
    return [
        {"resource": problem.resource_ids[linac], "day": _date(problem, day)}
        for linac, day in zip(promise.linacs, promise.days, strict=True)
    ]


def _slot_json(slot: CourseSlot) -> dict[str, Any]:
    first = slot.visits[0]
    return {
        **place_json(first),
        "price": slot.price,
        "cost_by_rule": slot.cost_by_rule,
        "days": [visit.start.date().isoformat() for visit in slot.visits],
    }


def _slot_told(slot: CourseSlot) -> str:
    language, first = terminal_language(), slot.visits[0]
    rules = ", ".join(f"{rule_name(rule, language)} {points:.1f}" for rule, points in slot.cost_by_rule.items())
    return say(
        "radiotherapy.slot",
        language,
        linac=first.resource,
        day=first.start.strftime("%Y-%m-%d %H:%M"),
        last=slot.visits[-1].start.date().isoformat(),
        points=f"{slot.price:.1f}",
        rules=rules or "-",
    )


def _date(problem: RadiotherapyProblem, day: int) -> str:
    return (problem.clock.first_day + timedelta(days=day)).isoformat()
