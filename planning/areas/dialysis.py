"""Dialysis' answers: a request is a patient's series, a task one session of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hospital.changes import Change
from hospital.clock import Span, subtract
from hospital.dialysis import DialysisPatient, DialysisSite
from hospital.facts import POINT, Fact
from hospital.plans import Appointment
from hospital.texts import say
from planning.areas import dialysis_views as views
from planning.areas.contract import KEEPING, Area, Column, LeftOut
from planning.views import AlertView, RequestView, ResourceView, RowFigure, SlotView
from planning.views.dialysis import DialysisRequestView
from scheduler.dialysis import build as engine
from scheduler.dialysis.drafting.draft import patient_of, session_id
from scheduler.dialysis.measures import measures
from scheduler.dialysis.presets import Weights, preset
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import unmet_hours
from scheduler.kernel.plan import Plan
from simulations.dialysis.unit import unit

if TYPE_CHECKING:
    from planning.situation import PlanReading, Situation
    from scheduler.explain.why_not import WhyNot
    from scheduler.kernel.outcome import Outcome, Progress
    from scheduler.kernel.solve import Settings


def _of(cell: Callable[[DialysisRequestView, str], object]) -> Callable[[RequestView, str], object]:
    """A cell of dialysis' own columns; empty where only the common ones are known."""
    return lambda about, language: cell(about, language) if isinstance(about, DialysisRequestView) else ""


class Dialysis(Area[DialysisSite, DialysisProblem]):
    """Sessions of series on stations, shift by shift."""

    name = "dialysis"
    request_kind = "patients"
    samples = ("unit",)
    presets = ("standard",)
    columns = (
        Column(id="patient", cell=lambda about, _: about.patient),
        Column(id="treatment", cell=lambda about, language: about.title_zh if language == "zh" else about.title_en),
        Column(id="care", cell=lambda about, language: say(f"planning.class_{about.rclass}", language)),
        Column(id="zone", cell=lambda about, language: views.zone_name(about.group, language)),
        Column(id="due", cell=_of(lambda about, _: about.due)),
    )

    def requests(self, site: DialysisSite) -> Mapping[str, DialysisPatient]:
        """The unit's patients by id."""
        return {patient.id: patient for patient in site.patients}

    def patient_of(self, request: DialysisPatient) -> str:
        """The patient's own pseudonym."""
        return request.id

    def is_kept(self, request: str) -> bool:
        """Always: a new patient is recorded by a change under an id of its own, and what fits no session is passed over."""
        del request
        return True

    def sample(self, name: str) -> DialysisSite:
        """The sample unit."""
        del name
        return unit()

    def build(
        self,
        site: DialysisSite,
        *,
        now: datetime,
        changes: Sequence[Change] = (),
        said_at: Sequence[datetime] = (),
        num_settled: int = 0,
    ) -> DialysisProblem:
        """The unit's problem at ``now`` with changes and the plan in force."""
        del num_settled  # no change asks for a move that a plan could have made already
        return engine.build(site, now=now, changes=changes, said_at=said_at)

    def resolved(
        self, site: DialysisSite, changes: Sequence[Change], *, now: datetime, before: Sequence[Change]
    ) -> tuple[Change, ...]:
        """Changes as they are to be kept."""
        return engine.resolved(site, changes, now=now, before=before)

    def weights(self, preset_name: str, overrides: Mapping[str, float]) -> Weights:
        """The preset with some weights replaced. Raises BadSettings."""
        return preset(preset_name, overrides)

    def task_id(self, row: Appointment) -> str:
        """Patient and day on which the session is due."""
        return session_id(row.request, row.session)

    def request_of(self, task_id: str) -> str:
        """The patient of a session, or the patient."""
        return patient_of(task_id)

    def plan_of(self, problem: DialysisProblem, rows: Iterable[Appointment], *, ignore_unknown: bool = False) -> Plan:
        """Sessions as a plan; those before the horizon are history that every version carries along."""
        ahead = [row for row in rows if problem.clock.minute(row.start) >= 0]
        return super().plan_of(problem, ahead, ignore_unknown=ignore_unknown)

    def appointments_of(self, problem: DialysisProblem, plan: Plan) -> tuple[Appointment, ...]:
        """The plan's sessions in the order of the patients."""
        return engine.appointments_of(problem, plan)

    def solve(
        self,
        problem: DialysisProblem,
        settings: Settings,
        seed: int,
        *,
        progress: Callable[[Progress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Outcome:
        """A first roster at once, a draft and a bound from the whole program, and the kernel's search."""
        from scheduler.dialysis.solving import solve_roster

        return solve_roster(problem, settings, seed, progress=progress, should_stop=should_stop)

    def keeping(self, problem: DialysisProblem) -> DialysisProblem:
        """Every session moved so much dearer that only need moves anybody."""
        weights = problem.weights
        dearer = replace(weights, moved=weights.moved * KEEPING, moved_soon=weights.moved_soon * KEEPING)
        return replace(problem, weights=dearer)

    def figures(self, problem: DialysisProblem, plan: Plan) -> dict[str, Any]:
        """The figures people know a unit by."""
        return measures(problem, plan).as_dict()

    def left_out(self, problem: DialysisProblem, plan: Plan) -> LeftOut:
        """Sessions without a place, each at the price of its hours."""
        prices = {match.requests[0]: match.price / POINT for match in unmet_hours.RULE.check(problem, plan)}
        return {
            name: prices.get(name, 0.0)
            for name, place in zip(problem.task_ids, plan.places, strict=True)
            if place is None
        }

    def reasons(self, problem: DialysisProblem, plan: Plan, names: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """The rules in the way of what is left out, asked of the days around it."""
        from scheduler.dialysis.surroundings import reasons_nearby

        found = reasons_nearby(problem, plan)
        return {name: found.get(problem.task_of[name], ()) for name in names}

    def slots(
        self, problem: DialysisProblem, plan: Plan, name: str, *, count: int, max_moved: int
    ) -> tuple[SlotView, ...]:
        """The cheapest places of a session; of a patient the cheapest weekly patterns, nobody else moved."""
        if name in problem.task_of:
            return super().slots(problem, plan, name, count=count, max_moved=max_moved)
        return views.pattern_slots(problem, plan, name, count=count)

    def why(self, problem: DialysisProblem, plan: Plan, name: str) -> tuple[Fact, ...]:
        """Why a session is where it is; of a patient, the next one."""
        return super().why(problem, plan, views.next_session(problem, plan, name))

    def why_not(
        self,
        problem: DialysisProblem,
        plan: Plan,
        name: str,
        *,
        resource: str | None,
        start: datetime | None,
        seconds: float,
    ) -> WhyNot:
        """The alternative forced and solved again."""
        task = views.next_session(problem, plan, name)
        return super().why_not(problem, plan, task, resource=resource, start=start, seconds=seconds)

    def abouts(self, situation: Situation) -> Callable[[str], RequestView | None]:
        """What is known of each session and patient."""
        return views.abouts(situation)

    def about_gone(self, situation: Situation, row: Appointment) -> RequestView | None:
        """A session that is over, or of a patient who has left."""
        return views.about_row(situation, row)

    def resources(self, situation: Situation) -> tuple[ResourceView, ...]:
        """The stations."""
        return views.stations(situation)

    def open_spans(self, problem: DialysisProblem) -> Sequence[Sequence[Span]]:
        """Shifts less what is closed."""
        shifts = [(shift.start, shift.end) for shift in problem.shifts]
        return [subtract(shifts, station.closed) for station in problem.stations]

    def groups(self, problem: DialysisProblem) -> Mapping[str, Sequence[int]]:
        """Stations by zone."""
        zones: dict[str, list[int]] = {}
        for index, station in enumerate(problem.stations):
            zones.setdefault(station.zone, []).append(index)
        return zones

    def down_until(self, problem: DialysisProblem) -> Mapping[str, int]:
        """Stations closed now, and until which minute."""
        found: dict[str, int] = {}
        for station in problem.stations:
            down = [end for start, end in station.closed if start <= problem.now < end]
            if down:
                found[station.id] = min(max(down), problem.clock.end)
        return found

    def row_figures(self, reading: PlanReading) -> tuple[RowFigure, ...]:
        """Hours given of those prescribed, and how many sessions stand on the patient's own station."""
        return (
            RowFigure(id="hours_met", unit="share", values={"": reading.figures["met_share"]}),
            RowFigure(id="station_kept", unit="share", values={"": reading.figures["station_kept"]}),
        )

    def alerts(self, situation: Situation, reading: PlanReading) -> tuple[AlertView, ...]:
        """Sessions of the next two days without a place, and shifts that need more nurses than are on duty."""
        return (
            *views.no_place_soon(situation.problem, reading.plan),
            *views.nurses_short(situation.problem, reading.plan),
        )


AREA = Dialysis()
