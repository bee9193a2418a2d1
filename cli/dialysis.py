"""solve, check, replan for dialysis: what they do once the command line is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.doing import answer, answer_check, answer_json, words
from cli.opening import Ask, read_json, read_moment, read_plan, tell_refused
from cli.shapes import match_json, outcome_json, place_json, slots_json
from cli.terminal import terminal_language
from hospital.changes import changes_from_json
from hospital.errors import BadInput, PlanRefused
from hospital.plans import Appointment
from hospital.texts import say
from hospital.wording import rule_name, time_text

if TYPE_CHECKING:
    from cli.imaging import Solving
    from hospital.dialysis import DialysisSite
    from scheduler.dialysis.problem import DialysisProblem
    from scheduler.kernel.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Opened:
    """The folder's unit and the problem it makes."""

    site: DialysisSite
    problem: DialysisProblem


def opened(ask: Ask, *, reference: Path | None = None) -> Opened:
    """The problem of the folder. Raises BadInput for a folder or file that cannot be read."""
    from intake.folder import read_site
    from scheduler.dialysis.build import build

    batch = read_site(ask.folder, area="dialysis")
    tell_refused([row.sentence(terminal_language()) for row in batch.refused])
    site, in_force = batch.value, reference or ask.reference
    problem = build(
        site,
        now=read_moment(ask.now, site.settings.timezone) if ask.now else None,
        changes=changes_from_json(read_json(ask.changes), timezone=site.settings.timezone) if ask.changes else (),
        reference=read_plan(in_force, site.settings.timezone) if in_force else None,
        preset=ask.preset,
    )
    return Opened(site, problem)


def solve(ask: Ask, how: Solving) -> None:
    """Plan the folder."""
    _tell(opened(ask).problem, ask, how, has_moves=False)


def replan(ask: Ask, how: Solving) -> None:
    """Plan again after a station or a water loop has failed, every move from the plan in force at its price."""
    _tell(opened(ask).problem, ask, how, has_moves=True)


def check(ask: Ask, plan_file: Path, *, as_json: bool) -> int:
    """Every hard rule the plan breaks; the exit code."""
    from scheduler.dialysis.build import plan_of
    from scheduler.kernel.verify import verify

    there = opened(ask)
    entries = read_plan(plan_file, there.site.settings.timezone)
    plan = plan_of(there.problem, entries)
    found = list(_wrong_lengths(there.problem, entries))
    try:
        verify(there.problem, plan)
    except PlanRefused as refused:
        found += [match_json(match, there.problem, terminal_language()) for match in refused.matches]
    return answer_check(found, as_json=as_json)


def _wrong_lengths(problem: DialysisProblem, entries: tuple[Appointment, ...]) -> Iterator[dict[str, Any]]:
    """Appointments that are longer or shorter than the session."""
    from scheduler.dialysis.build import session_of

    for entry in entries:
        name = session_of(entry)
        minutes, planned = (
            problem.durations[problem.task_of[name]],
            int((entry.end - entry.start).total_seconds() // 60),
        )
        if planned != minutes:
            message = words("wrong_length", request=name, found=planned, expected=minutes)
            yield {"rule": "shape", "requests": [name], "resources": [entry.resource], "message": message} | {
                "start": entry.start.isoformat(),
                "end": entry.end.isoformat(),
            }


def slots(ask: Ask, plan_file: Path, request: str, *, count: int, max_moved: int, as_json: bool) -> None:
    """The cheapest places of one session, named as in P001-03, in the plan. A broken plan is refused."""
    from scheduler.dialysis.build import plan_of
    from scheduler.kernel.verify import verify
    from scheduler.replan.recommend import slots as find

    there = opened(ask)
    plan = verify(there.problem, plan_of(there.problem, read_plan(plan_file, there.site.settings.timezone))).plan
    found = find(there.problem, plan, request, count=count, max_moved=max_moved)
    if as_json:
        answer_json(slots_json(found, with_moved=max_moved > 0))
        return
    for slot in found:
        rules = ", ".join(
            f"{rule_name(rule, terminal_language())} {points:.1f}" for rule, points in slot.cost_by_rule.items()
        )
        answer(["  ".join([slot.resource, time_text(slot.start), words("price", price=f"{slot.price:.1f}"), rules])])


def _tell(problem: DialysisProblem, ask: Ask, how: Solving, *, has_moves: bool) -> None:
    from intake.plans import write_plan_csv
    from scheduler.dialysis.build import appointments_of
    from scheduler.dialysis.measures import measures
    from scheduler.dialysis.solving import solve_roster
    from scheduler.kernel.solve import Settings

    if how.log is not None:
        raise BadInput("not_in_area", id=ask.area, what="--log")
    outcome = solve_roster(problem, Settings(seconds=how.seconds, threads=how.threads), how.seed)
    if how.out is not None:
        write_plan_csv(how.out, appointments_of(problem, outcome.plan.plan))
    moved = list(_moved(problem, outcome)) if has_moves else []
    if how.as_json:
        found = outcome_json(outcome, area=ask.area, figures=measures(problem, outcome.plan.plan).as_dict())
        answer_json({**found, **({"moved": moved} if has_moves else {})})
        return
    answer(_told(problem, outcome))
    if has_moves:
        answer([say("dialysis.moved", terminal_language(), num=len(moved))])


def _told(problem: DialysisProblem, outcome: Outcome) -> Iterator[str]:
    language, num = terminal_language(), len(problem.sessions)
    planned = num - len(outcome.unplanned)
    yield say("dialysis.planned", language, planned=planned, num=num, seconds=f"{outcome.total_s:.1f}")
    bound = "-" if outcome.bound is None else f"{outcome.bound:.1f}"
    gap = "-" if outcome.gap is None else f"{100 * outcome.gap:.1f} %"
    yield words("cost", cost=f"{outcome.cost:.1f}", bound=bound, gap=gap)
    for rule, points in sorted(outcome.cost_by_rule.items(), key=lambda item: -item[1]):
        if points:
            yield f"  {rule_name(rule, language)}: {points:.1f}"
    for left in outcome.unplanned:
        names = ", ".join(rule_name(rule, language) for rule in left.rules)
        yield words("left_out", request=left.request, price=f"{left.price:.0f}", rules=names or "-")


def _moved(problem: DialysisProblem, outcome: Outcome) -> Iterator[dict[str, Any]]:
    """Every session of the plan in force that is elsewhere now; ``to`` is null where it was dropped."""
    from scheduler.dialysis.build import appointments_of
    from scheduler.kernel.plan import Plan

    before = Plan(tuple(problem.reference.get(task) for task in range(len(problem.sessions))))
    new = {(entry.request, entry.session): entry for entry in appointments_of(problem, outcome.plan.plan)}
    for old in appointments_of(problem, before):
        found = new.get((old.request, old.session))
        if found != old:
            to = None if found is None else place_json(found)
            yield {"request": old.request, "session": old.session, "from": place_json(old), "to": to}
