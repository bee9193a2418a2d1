"""solve, check, replan, slots for radiotherapy: what they do once the command line is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.doing import answer, answer_check, answer_json, words
from cli.opening import Ask, Opened, read_changes, read_moment, read_plan, tell_refused
from cli.shapes import match_json, outcome_json, place_json
from cli.terminal import terminal_language
from hospital.errors import PlanRefused
from hospital.texts import say
from hospital.wording import rule_name

if TYPE_CHECKING:
    from cli.imaging import Solving
    from hospital.facts import Fact
    from hospital.plans import Appointment
    from hospital.radiotherapy import RadiotherapySite
    from scheduler.explain.why_not import WhyNot
    from scheduler.kernel.outcome import Outcome, RunLog
    from scheduler.kernel.plan import Plan
    from scheduler.kernel.verify import VerifiedPlan
    from scheduler.radiotherapy.problem import Promise, RadiotherapyProblem
    from scheduler.radiotherapy.slots import CourseSlot

    There = Opened[RadiotherapySite, RadiotherapyProblem]


def opened(ask: Ask) -> There:
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
        changes=read_changes(ask, zone),
        reference=read_plan(ask.reference, zone) if ask.reference else None,
        preset=ask.preset,
    )
    return Opened(site, problem)


def _plan(there: There, plan_file: Path) -> Plan:
    """The plan of a file. Raises BadInput."""
    from scheduler.radiotherapy.build import plan_of

    return plan_of(there.problem, read_plan(plan_file, there.site.settings.timezone))


def solve(ask: Ask, how: Solving) -> None:
    """Plan the folder: every course without a promise is booked."""
    there = opened(ask)
    outcome = _solved(there.problem, ask, how)
    if how.as_json:
        answer_json(_result(outcome, ask.area))
    else:
        answer(_told(there.problem, outcome))


def replan(ask: Ask, how: Solving) -> None:
    """Plan again after changes, with as few sessions moved as can be."""
    there = opened(ask)
    outcome = _solved(there.problem, ask, how)
    moved = list(_moved(_problem(outcome.plan)))
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


def verified_plan(there: There, plan_file: Path) -> VerifiedPlan:
    """The plan of the file with what it promises, verified. A plan that breaks a rule ends the command with exit 1."""
    from cli.imaging import verified
    from scheduler.radiotherapy.build import decided

    plan = _plan(there, plan_file)
    return verified(decided(there.problem, plan), plan)


def facts(plan: VerifiedPlan, request: str) -> Sequence[Fact]:
    """Why a course begins when it does, or a session is where it is."""
    from scheduler.explain.course import why_course

    return why_course(_problem(plan), plan.plan, request)


def forced(plan: VerifiedPlan, request: str, *, resource: str | None, start: datetime | None, seconds: float) -> WhyNot:
    """The session elsewhere, solved again; of a course, its first session."""
    from planning.areas.radiotherapy import AREA

    return AREA.why_not(_problem(plan), plan.plan, request, resource=resource, start=start, seconds=seconds)


def taken_again(problem: RadiotherapyProblem, log: RunLog, *, min_changes: bool) -> VerifiedPlan:
    """The plan of the run that kept this log."""
    from planning.areas.radiotherapy import AREA
    from scheduler.radiotherapy.solve import replay

    return replay(AREA.keeping(problem) if min_changes else problem, log)


def rows(problem: RadiotherapyProblem, plan: Plan) -> Sequence[Appointment]:
    """The plan's sessions."""
    from scheduler.radiotherapy.build import appointments_of

    return appointments_of(problem, plan)


def figures(problem: RadiotherapyProblem, plan: Plan) -> dict[str, Any]:
    """The figures people know a department by."""
    from scheduler.radiotherapy.measures import measures

    return measures(problem, plan).as_dict()


def _problem(plan: VerifiedPlan) -> RadiotherapyProblem:
    from scheduler.radiotherapy.problem import RadiotherapyProblem

    assert isinstance(plan.problem, RadiotherapyProblem)
    return plan.problem


def _solved(problem: RadiotherapyProblem, ask: Ask, how: Solving) -> Outcome:
    from cli.runs import write_run
    from intake.plans import write_plan_csv
    from planning.areas.radiotherapy import AREA
    from scheduler.kernel.solve import Settings
    from scheduler.radiotherapy.solve import solve as engine

    given = AREA.keeping(problem) if how.has_few_moves else problem
    outcome = engine(given, Settings(seconds=how.seconds, threads=how.threads), how.seed)
    if how.out is not None:
        write_plan_csv(how.out, rows(_problem(outcome.plan), outcome.plan.plan))
    if how.log is not None:
        write_run(how.log, problem, outcome, ask=ask, min_changes=how.has_few_moves)
    return outcome


def _result(outcome: Outcome, area: str) -> dict[str, Any]:
    return outcome_json(outcome, area=area, figures=figures(_problem(outcome.plan), outcome.plan.plan))


def _told(problem: RadiotherapyProblem, outcome: Outcome) -> Iterator[str]:
    language, decided = terminal_language(), _problem(outcome.plan)
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
