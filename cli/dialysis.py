"""Dialysis at the terminal: what its commands do once the command line is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.doing import answer, answer_check, answer_json, stopped_by_ctrl_c, warn, words
from cli.imaging import outcome_told, progress_shown, slot_told, verified
from cli.opening import Ask, Opened, read_changes, read_moment, read_plan, tell_refused
from cli.reasons import with_history
from cli.shapes import match_json, outcome_json, place_json, slots_json
from cli.terminal import terminal_language
from hospital.errors import PlanRefused
from hospital.plans import Appointment
from hospital.texts import say

if TYPE_CHECKING:
    from cli.imaging import Solving
    from hospital.dialysis import DialysisSite
    from hospital.facts import Fact
    from scheduler.dialysis.problem import DialysisProblem
    from scheduler.explain.why_not import WhyNot
    from scheduler.kernel.outcome import Outcome, RunLog
    from scheduler.kernel.plan import Plan
    from scheduler.kernel.verify import VerifiedPlan

    There = Opened[DialysisSite, DialysisProblem]


def opened(ask: Ask) -> There:
    """The folder's unit and the problem it makes. Raises BadInput for a folder or file that cannot be read."""
    from intake.folder import read_site
    from scheduler.dialysis.build import build

    batch = read_site(ask.folder, area="dialysis")
    tell_refused([row.sentence(terminal_language()) for row in batch.refused])
    site: DialysisSite = batch.value
    zone = site.settings.timezone
    problem = build(
        site,
        now=read_moment(ask.now, zone) if ask.now else None,
        changes=read_changes(ask, zone),
        reference=read_plan(ask.reference, zone) if ask.reference else None,
        preset=ask.preset,
    )
    return Opened(site, problem)


def solve(ask: Ask, how: Solving) -> None:
    """Plan the folder."""
    problem = opened(ask).problem
    outcome = _solved(problem, ask, how)
    if how.as_json:
        answer_json(outcome_json(outcome, area=ask.area, figures=figures(problem, outcome.plan.plan)))
    else:
        answer(_told(problem, outcome, how))


def replan(ask: Ask, how: Solving) -> None:
    """Plan again after changes, every move from the plan in force at its price."""
    problem = opened(ask).problem
    outcome = _solved(problem, ask, how)
    moved = list(_moved(problem, outcome))
    if how.as_json:
        found = outcome_json(outcome, area=ask.area, figures=figures(problem, outcome.plan.plan))
        answer_json({**found, "moved": moved})
    else:
        answer([*_told(problem, outcome, how), say("dialysis.moved", terminal_language(), num=len(moved))])


def check(ask: Ask, plan_file: Path, *, as_json: bool) -> int:
    """Every hard rule the plan breaks; the exit code."""
    from scheduler.kernel.verify import verify

    there = opened(ask)
    entries = read_plan(plan_file, there.site.settings.timezone)
    plan = _plan(there, entries)
    found = list(_wrong_lengths(there.problem, entries))
    try:
        verify(there.problem, plan)
    except PlanRefused as refused:
        found += [match_json(match, there.problem, terminal_language()) for match in refused.matches]
    return answer_check(found, as_json=as_json)


def slots(ask: Ask, plan_file: Path, request: str, *, count: int, max_moved: int, as_json: bool) -> None:
    """The cheapest places of one session, named as in P001-20260603; of a patient the cheapest weekly patterns.
    A broken plan is refused."""
    from scheduler.replan.recommend import slots as find

    there = opened(with_history(ask, plan_file))
    problem, plan = there.problem, verified_plan(there, plan_file).plan
    if request not in problem.task_of:
        _patterns(problem, plan, request, count=count, as_json=as_json)
        return
    found = find(problem, plan, request, count=count, max_moved=max_moved)
    if as_json:
        answer_json(slots_json(found, with_moved=max_moved > 0))
        return
    answer(slot_told(slot) for slot in found)
    if len(found) < count:
        warn(words("fewer_slots" if found else "no_slots", num=len(found), request=request))


def verified_plan(there: There, plan_file: Path) -> VerifiedPlan:
    """The plan of the file, verified. A plan that breaks a rule ends the command with exit 1 and the broken rules on stderr."""
    return verified(there.problem, _plan(there, read_plan(plan_file, there.site.settings.timezone)))


def facts(plan: VerifiedPlan, request: str) -> Sequence[Fact]:
    """Why a session is where it is; of a patient, the next one."""
    from planning.areas.dialysis import AREA

    return AREA.why(_problem(plan), plan.plan, request)


def forced(plan: VerifiedPlan, request: str, *, resource: str | None, start: datetime | None, seconds: float) -> WhyNot:
    """The session elsewhere, solved again."""
    from planning.areas.dialysis import AREA

    return AREA.why_not(_problem(plan), plan.plan, request, resource=resource, start=start, seconds=seconds)


def taken_again(problem: DialysisProblem, log: RunLog, *, min_changes: bool) -> VerifiedPlan:
    """The plan of the run that kept this log."""
    from planning.areas.dialysis import AREA
    from scheduler.kernel.replay import replay
    from scheduler.kernel.verify import verify

    return verify(problem, replay(AREA.keeping(problem) if min_changes else problem, log).plan)


def rows(problem: DialysisProblem, plan: Plan) -> Sequence[Appointment]:
    """The plan's sessions."""
    from scheduler.dialysis.build import appointments_of

    return appointments_of(problem, plan)


def figures(problem: DialysisProblem, plan: Plan) -> dict[str, Any]:
    """The figures people know a unit by."""
    from scheduler.dialysis.measures import measures

    return measures(problem, plan).as_dict()


def _problem(plan: VerifiedPlan) -> DialysisProblem:
    from scheduler.dialysis.problem import DialysisProblem

    assert isinstance(plan.problem, DialysisProblem)
    return plan.problem


def _plan(there: There, entries: Sequence[Appointment]) -> Plan:
    """The entries as a plan; those of sessions that are over without a place in force are no part of it."""
    from scheduler.dialysis.build import plan_of, session_of

    problem = there.problem
    past = {
        entry
        for entry in entries
        if session_of(entry) not in problem.task_of and problem.clock.minute(entry.start) < problem.now
    }
    return plan_of(problem, [entry for entry in entries if entry not in past])


def _wrong_lengths(problem: DialysisProblem, entries: Sequence[Appointment]) -> Iterator[dict[str, Any]]:
    """Appointments that are longer or shorter than the session."""
    from scheduler.dialysis.build import session_of

    for entry in entries:
        name = session_of(entry)
        if name not in problem.task_of:
            continue
        minutes = problem.durations[problem.task_of[name]]
        planned = int((entry.end - entry.start).total_seconds() // 60)
        if planned != minutes:
            message = words("wrong_length", request=name, found=planned, expected=minutes)
            yield {"rule": "shape", "requests": [name], "resources": [entry.resource], "message": message} | {
                "start": entry.start.isoformat(),
                "end": entry.end.isoformat(),
            }


def _patterns(problem: DialysisProblem, plan: Plan, patient: str, *, count: int, as_json: bool) -> None:
    from planning.areas.dialysis_views import pattern_slots, shift_name
    from scheduler.dialysis.offers import offers

    language = terminal_language()
    found = zip(
        offers(problem, plan, patient, count=count), pattern_slots(problem, plan, patient, count=count), strict=False
    )
    shown = [
        (offer, slot, [slot.start.isoformat(), *(row.start.isoformat() for _, row in slot.further)])
        for offer, slot in found
    ]
    if as_json:
        answer_json(
            [
                {
                    "resource": slot.resource,
                    "start": slot.start.isoformat(),
                    "end": slot.end.isoformat(),
                    "price": slot.price,
                    "cost_by_rule": dict(slot.cost_by_rule),
                    "weekdays": list(offer.weekdays),
                    "shift": offer.shift,
                    "starts": starts,
                    "num_missing": offer.num_missing,
                }
                for offer, slot, starts in shown
            ]
        )
        return
    for offer, slot, starts in shown:
        days = " ".join(say(f"dialysis.weekday_{day}", language) for day in offer.weekdays)
        parts = [days, shift_name(offer.shift, language), slot.resource, words("price", price=f"{slot.price:.1f}")]
        answer(
            ["  ".join([*parts, say("dialysis.pattern_given", language, num=len(starts), missing=offer.num_missing)])]
        )


def _solved(problem: DialysisProblem, ask: Ask, how: Solving) -> Outcome:
    from cli.runs import write_run
    from intake.plans import write_plan_csv
    from planning.areas.dialysis import AREA
    from scheduler.dialysis.solving import solve_roster
    from scheduler.kernel.solve import Settings
    from scheduler.kernel.verify import verify

    given = AREA.keeping(problem) if how.has_few_moves else problem
    settings = Settings(seconds=how.seconds, threads=how.threads)
    with stopped_by_ctrl_c() as should_stop, progress_shown() as progress:
        outcome = solve_roster(given, settings, how.seed, progress=progress, should_stop=should_stop)
    if given is not problem:
        outcome = replace(outcome, plan=verify(problem, outcome.plan.plan), bound=None)
    if how.out is not None:
        write_plan_csv(how.out, rows(problem, outcome.plan.plan))
    if how.log is not None:
        write_run(how.log, problem, outcome, ask=ask, min_changes=how.has_few_moves)
    return outcome


def _told(problem: DialysisProblem, outcome: Outcome, how: Solving) -> Iterator[str]:
    num = len(problem.sessions)
    seconds = f"{outcome.total_s:.1f}"
    planned = num - len(outcome.unplanned)
    yield say("dialysis.planned", terminal_language(), planned=planned, num=num, seconds=seconds)
    yield from outcome_told(outcome, how)


def _moved(problem: DialysisProblem, outcome: Outcome) -> Iterator[dict[str, Any]]:
    """Every session of the plan in force that is elsewhere now; ``to`` is null where it was dropped."""
    from scheduler.kernel.plan import Plan

    before = Plan(tuple(problem.reference.get(task) for task in range(len(problem.sessions))))
    new = {(entry.request, entry.session): entry for entry in rows(problem, outcome.plan.plan)}
    for old in rows(problem, before):
        found = new.get((old.request, old.session))
        if found != old:
            to = None if found is None else place_json(found)
            yield {"request": old.request, "session": old.session, "from": place_json(old), "to": to}
