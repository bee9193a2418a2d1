"""Radiotherapy's values as pages read them: courses and their sessions, linacs, what waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from hospital.clock import Span, subtract
from hospital.plans import Appointment
from hospital.radiotherapy import TreatmentCourse, TreatmentLinac
from planning.actors import Role
from planning.views import AlertView, ResourceView, SpanView
from planning.views.radiotherapy import CourseView
from scheduler.kernel.plan import Plan
from scheduler.radiotherapy.problem import Course, Linac, RadiotherapyProblem
from scheduler.radiotherapy.rules import terms
from scheduler.radiotherapy.rules.course_late import target_days

if TYPE_CHECKING:
    from planning.situation import Situation


def abouts(situation: Situation) -> Callable[[str], CourseView | None]:
    """What is known of each course or session: as the problem has it, else as the data say."""
    problem: RadiotherapyProblem = situation.problem
    asked: Mapping[str, TreatmentCourse] = situation.requests
    sessions = {protocol.id: protocol.sessions for protocol in situation.site.protocols}

    def about(name: str) -> CourseView | None:
        task = problem.task_of.get(name)
        course = problem.course_index.get(name) if task is None else problem.course_of_task[task]
        if course is None:
            return None
        known = asked.get(problem.courses[course].id)
        num = len(problem.courses[course].minutes)
        if known is not None:
            num = known.sessions or sessions.get(known.protocol, num)
        return _view(problem, course, task, num)

    return about


def _view(problem: RadiotherapyProblem, course: int, task: int | None, num: int) -> CourseView:
    asked = problem.courses[course]
    at = 0 if task is None else task - problem.first_task[course]
    is_first = asked.number(at) == 1
    earliest = terms.earliest_day(problem, course)
    target = earliest + target_days(problem, course)
    linacs = [at for at, fit in enumerate(problem.fit[course]) if fit > 0]
    return CourseView(
        task=asked.id if task is None else problem.task_ids[task],
        request=asked.id,
        session=asked.number(at),
        num_sessions=num,
        patient=asked.patient,
        title_en=asked.protocol.id,
        title_zh=asked.protocol.id,
        rclass=f"p{asked.protocol.priority}",
        group=problem.linacs[linacs[0]].matched or problem.linacs[linacs[0]].id if linacs else "",
        minutes=asked.minutes[at],
        requested=_midnight(problem, asked.requested),
        earliest=_midnight(problem, earliest),
        target=_midnight(problem, target + 1) if is_first else None,
        latest=None,
        target_days=target_days(problem, course),
        follows=asked.follows,
    )


def _midnight(problem: RadiotherapyProblem, day: int) -> datetime:
    """A day's beginning, also outside the horizon."""
    clock = problem.clock
    return datetime.combine(clock.first_day.fromordinal(clock.first_day.toordinal() + day), time(0), clock.zone)


def missed(situation: Situation, row: Appointment) -> CourseView | None:
    """What is known of a session that was not given and has lost its number; None where its course is not there either."""
    course = situation.problem.course_index.get(row.request)
    if course is None:
        return None
    view = abouts(situation)(row.request)
    minutes = int((row.end - row.start).total_seconds() // 60)
    name = f"{row.request}/{row.session}"
    return None if view is None else replace(view, task=name, session=row.session, minutes=minutes, target=None)


def linacs(situation: Situation) -> tuple[ResourceView, ...]:
    """The timeline's rows with everything that colours their background."""
    known: Mapping[str, TreatmentLinac] = {linac.id: linac for linac in situation.site.linacs}
    reasons: dict[str, list[tuple[Span, str]]] = {}
    clock = situation.problem.clock
    for row in situation.site.closures:
        reasons.setdefault(row.linac, []).append(((clock.minute(row.start), clock.minute(row.end)), row.reason))
    return tuple(
        ResourceView(
            id=linac.id,
            name=known[linac.id].name or linac.id if linac.id in known else linac.id,
            group=linac.matched or linac.id,
            site=linac.site,
            features=tuple(sorted(linac.techniques | linac.energies)),
            spans=_spans(situation.problem, linac, reasons.get(linac.id, [])),
        )
        for linac in situation.problem.linacs
    )


def _spans(problem: RadiotherapyProblem, linac: Linac, reasons: list[tuple[Span, str]]) -> tuple[SpanView, ...]:
    moment = problem.clock.moment

    def view(span: Span, kind: str, reason: str = "") -> SpanView:
        return SpanView(start=moment(span[0]), end=moment(span[1]), kind=kind, reason=reason)

    spans = [view(span, "open") for span in linac.sessions] + [view(span, "overtime") for span in linac.overtime]
    planned = [span for span, _ in reasons]
    for (low, high), reason in reasons:
        spans += [
            view((max(low, start), min(high, end)), "maintenance", reason)
            for start, end in linac.closed
            if max(low, start) < min(high, end)
        ]
    spans += [view(span, "downtime") for span in subtract(linac.closed, planned)]
    return tuple(sorted(spans, key=lambda span: (span.start, span.kind)))


def waiting(problem: RadiotherapyProblem, plan: Plan) -> tuple[AlertView, ...]:
    """Urgent courses without a place, due at the first one's target; sessions to be made up, due now."""
    found = []
    urgent = [
        course
        for course, asked in enumerate(problem.courses)
        if asked.protocol.priority == 1 and _is_left_out(problem, plan, asked, course)
    ]
    if urgent:
        last = min(terms.earliest_day(problem, course) + target_days(problem, course) for course in urgent)
        values = {"count": len(urgent)}
        due = _midnight(problem, last + 1)
        found.append(
            AlertView(id="urgent_course_unplanned", values=values, owner=Role.SCHEDULER, due=due, is_urgent=True)
        )
    num = sum(
        plan.places[problem.first_task[course] + at] is None for course, lost in problem.missed.items() for at in lost
    )
    if num:
        due = problem.clock.moment(problem.now)
        found.append(AlertView(id="sessions_to_make_up", values={"count": num}, owner=Role.SCHEDULER, due=due))
    return tuple(found)


def _is_left_out(problem: RadiotherapyProblem, plan: Plan, asked: Course, course: int) -> bool:
    return bool(asked.minutes) and all(plan.places[task] is None for task in terms.tasks(problem, course))
