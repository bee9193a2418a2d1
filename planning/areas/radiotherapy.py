"""Radiotherapy's answers: courses on linacs; a request is a course, a task one of its sessions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hospital.changes import Change
from hospital.changes.making import MADE
from hospital.clock import Span
from hospital.facts import POINT, Fact
from hospital.plans import Appointment
from hospital.radiotherapy import RadiotherapySite, TreatmentCourse
from hospital.texts import say
from planning.areas import radiotherapy_views as views
from planning.areas.advice import place_view
from planning.areas.contract import KEEPING, Area, Column, LeftOut, horizon
from planning.views import AlertView, RequestView, ResourceView, RowFigure, SlotView
from scheduler.kernel.plan import Place, Plan
from scheduler.radiotherapy import build as engine
from scheduler.radiotherapy.measures import measures
from scheduler.radiotherapy.presets import Weights, preset
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms
from scheduler.radiotherapy.rules.course_late import target_days
from simulations.radiotherapy.samples import SAMPLES

if TYPE_CHECKING:
    from planning.situation import PlanReading, Situation
    from scheduler.explain.preview import Preview
    from scheduler.explain.why_not import WhyNot
    from scheduler.kernel.outcome import Outcome, Progress
    from scheduler.kernel.solve import Settings


class Radiotherapy(Area[RadiotherapySite, RadiotherapyProblem]):
    """Courses of sessions on linacs, their days promised when they are answered."""

    name = "radiotherapy"
    request_kind = "courses"
    samples = tuple(SAMPLES)
    columns = (
        Column(id="patient", cell=lambda about, _: about.patient),
        Column(id="protocol", cell=lambda about, language: about.title_zh if language == "zh" else about.title_en),
        Column(id="priority", cell=lambda about, language: say(f"planning.class_{about.rclass}", language)),
        Column(id="session", cell=lambda about, _: f"{about.session}/{about.num_sessions}"),
    )

    def requests(self, site: RadiotherapySite) -> Mapping[str, TreatmentCourse]:
        """The site's courses by id."""
        return {course.id: course for course in site.courses}

    def is_kept(self, request: str) -> bool:
        """True for a course that was recorded here and never uploaded."""
        return request.startswith(MADE)

    def sample(self, name: str) -> RadiotherapySite:
        """The sample of that name."""
        return SAMPLES[name]()

    def build(
        self,
        site: RadiotherapySite,
        *,
        now: datetime,
        changes: Sequence[Change] = (),
        said_at: Sequence[datetime] = (),
        num_settled: int = 0,
    ) -> RadiotherapyProblem:
        """The site's problem at ``now`` with changes and the plan in force."""
        first_day, num_days = horizon(site.settings, now)
        return engine.build(
            site,
            now=now,
            first_day=first_day,
            num_days=num_days,
            changes=changes,
            said_at=said_at,
            num_settled=num_settled,
        )

    def resolved(
        self, site: RadiotherapySite, changes: Sequence[Change], *, now: datetime, before: Sequence[Change]
    ) -> tuple[Change, ...]:
        """Changes as they are to be kept."""
        first_day, num_days = horizon(site.settings, now)
        return engine.resolved(site, changes, now=now, before=before, first_day=first_day, num_days=num_days)

    def weights(self, preset_name: str, overrides: Mapping[str, float]) -> Weights:
        """The preset with some weights replaced. Raises BadSettings."""
        return preset(preset_name, overrides)

    def task_id(self, row: Appointment) -> str:
        """Course and number of the session."""
        return f"{row.request}/{row.session}"

    def request_of(self, task_id: str) -> str:
        """The course of a session, or the course itself."""
        course, _, number = task_id.rpartition("/")
        return course if number.isdigit() and course else task_id

    def plan_of(
        self, problem: RadiotherapyProblem, rows: Iterable[Appointment], *, ignore_unknown: bool = False
    ) -> Plan:
        """Sessions as a plan; those before the horizon are history that every version carries along."""
        ahead = [row for row in rows if problem.clock.minute(row.start) >= 0]
        return super().plan_of(problem, ahead, ignore_unknown=ignore_unknown)

    def appointments_of(self, problem: RadiotherapyProblem, plan: Plan) -> tuple[Appointment, ...]:
        """The plan's sessions in the order of the courses."""
        return engine.appointments_of(problem, plan)

    def decided(self, problem: RadiotherapyProblem, plan: Plan) -> RadiotherapyProblem:
        """What the plan gives a place is promised there; what was told otherwise costs."""
        return engine.decided(problem, plan)

    def solve(
        self,
        problem: RadiotherapyProblem,
        settings: Settings,
        seed: int,
        *,
        progress: Callable[[Progress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Outcome:
        """Promises mended where they cannot be kept, new courses booked, times set."""
        from scheduler.radiotherapy.solve import solve

        return solve(problem, settings, seed, progress=progress, should_stop=should_stop)

    def keeping(self, problem: RadiotherapyProblem) -> RadiotherapyProblem:
        """Every session moved so much dearer that only need moves anybody."""
        return replace(problem, weights=replace(problem.weights, moved=problem.weights.moved * KEEPING))

    def figures(self, problem: RadiotherapyProblem, plan: Plan) -> dict[str, Any]:
        """The figures people know a department by."""
        return measures(self.decided(problem, plan), plan).as_dict()

    def left_out(self, problem: RadiotherapyProblem, plan: Plan) -> LeftOut:
        """Courses none of whose sessions has a place, and single sessions without one."""
        price = problem.weights.left_out
        found: dict[str, float] = {}
        for course, asked in enumerate(problem.courses):
            own = terms.tasks(problem, course)
            absent = [task for task in own if plan.places[task] is None]
            if len(absent) == len(own) and course not in problem.promised:
                found[asked.id] = price * len(own)
            else:
                found.update({problem.task_ids[task]: price for task in absent})
        return found

    def reasons(self, problem: RadiotherapyProblem, plan: Plan, names: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """The rules in the way of what is left out."""
        from scheduler.radiotherapy.solve import in_the_way

        del plan
        return {name: in_the_way(problem, problem.course_index[self.request_of(name)]) for name in names}

    def slots(
        self, problem: RadiotherapyProblem, plan: Plan, name: str, *, count: int, max_moved: int
    ) -> tuple[SlotView, ...]:
        """The cheapest starts of a course, or other days of one session; nobody else loses a day for it."""
        from scheduler.radiotherapy.slots import slots

        del max_moved
        request, found = self.request_of(name), []
        own = {(row.resource, row.start) for row in self.appointments_of(problem, plan) if row.request == request}
        for slot in slots(problem, plan, name, count=count):
            task = name if name in problem.task_of else self.task_id(slot.visits[0])
            rows = sorted(slot.visits, key=lambda visit: self.task_id(visit) != task)
            first = next((visit for visit in rows if (visit.resource, visit.start) not in own), rows[0])
            found.append(
                SlotView(
                    resource=first.resource,
                    start=first.start,
                    end=first.end,
                    price=slot.price,
                    cost_by_rule=slot.cost_by_rule,
                    task=self.task_id(first),
                    moved=tuple((self.task_id(row), place_view(row)) for row in slot.moved),
                    further=tuple((self.task_id(row), place_view(row)) for row in slot.visits if row is not first),
                    is_present=slot.is_present,
                )
            )
        return tuple(found)

    def preview(self, problem: RadiotherapyProblem, plan: Plan, task: int, place: Place) -> Preview:
        """A session dragged elsewhere: every rule asked of the whole plan before and after."""
        from scheduler.explain.preview import Preview
        from scheduler.kernel.score import score, violations

        moved = plan.placed(task, place)
        judged, changed = self.decided(problem, plan), self.decided(problem, moved)
        known = violations(judged, plan)
        old, new = score(judged, plan).by_rule, score(changed, moved).by_rule
        units = {rule: new.get(rule, 0) - old.get(rule, 0) for rule in {**old, **new}}
        return Preview(
            violations=tuple(match for match in violations(changed, moved) if match not in known),
            price=sum(units.values()) / POINT,
            cost_by_rule={rule: amount / POINT for rule, amount in units.items() if amount},
        )

    def why(self, problem: RadiotherapyProblem, plan: Plan, name: str) -> tuple[Fact, ...]:
        """Why a course begins when it does, or has no place."""
        from scheduler.explain.course import why_course

        return why_course(self.decided(problem, plan), plan, name)

    def why_not(
        self,
        problem: RadiotherapyProblem,
        plan: Plan,
        name: str,
        *,
        resource: str | None,
        start: datetime | None,
        seconds: float,
    ) -> WhyNot:
        """The alternative forced and planned again."""
        from scheduler.explain.course_not import why_not_course

        return why_not_course(problem, plan, name, linac=resource, start=start, seconds=seconds)

    def abouts(self, situation: Situation) -> Callable[[str], RequestView | None]:
        """What is known of each course and session."""
        return views.abouts(situation)

    def about_gone(self, situation: Situation, row: Appointment) -> RequestView | None:
        """A session that was missed: it has lost its number, but its mark must stay in sight."""
        return views.missed(situation, row)

    def resources(self, situation: Situation) -> tuple[ResourceView, ...]:
        """The linacs."""
        return views.linacs(situation)

    def target_min(self, problem: RadiotherapyProblem, task: int) -> int | None:
        """The end of the day by which a course should begin."""
        course = problem.course_of_task[task]
        if task != problem.first_task[course] or not terms.begins_here(problem, course):
            return None
        day = terms.earliest_day(problem, course) + target_days(problem, course)
        return problem.clock.day_starts[min(max(day + 1, 0), problem.clock.num_days)]

    def open_spans(self, problem: RadiotherapyProblem) -> Sequence[Sequence[Span]]:
        """Opening hours less what is closed."""
        return problem.open_spans

    def groups(self, problem: RadiotherapyProblem) -> Mapping[str, Sequence[int]]:
        """Linacs by beam-matched group; one of none by its own name."""
        found: dict[str, list[int]] = {}
        for index, linac in enumerate(problem.linacs):
            found.setdefault(linac.matched or linac.id, []).append(index)
        return found

    def down_until(self, problem: RadiotherapyProblem) -> Mapping[str, int]:
        """Linacs closed now, and until which minute."""
        return {
            linac.id: max(end for start, end in linac.closed if start <= problem.now < end)
            for linac in problem.linacs
            if any(start <= problem.now < end for start, end in linac.closed)
        }

    def row_figures(self, reading: PlanReading) -> tuple[RowFigure, ...]:
        """Mean wait in days by priority, and how many courses begin past their target."""
        waits = reading.figures["wait_days_by_priority"]
        late = sum(row["num_late"] for row in waits.values())
        return (
            RowFigure(
                id="wait_days", unit="days", values={f"p{priority}": row["mean"] for priority, row in waits.items()}
            ),
            RowFigure(id="num_late", unit="count", values={"": late}),
        )

    def alerts(self, situation: Situation, reading: PlanReading) -> tuple[AlertView, ...]:
        """Urgent courses without a place, and missed sessions not made up yet."""
        return views.waiting(situation.problem, reading.plan)


AREA = Radiotherapy()
