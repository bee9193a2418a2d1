"""Imaging's answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hospital.changes import Change
from hospital.clock import Span, subtract
from hospital.plans import Appointment
from hospital.requests import Request
from hospital.sites import ImagingSite
from hospital.texts import say
from hospital.wording import word
from planning.areas import imaging_views as views
from planning.areas.contract import KEEPING, Area, Column, horizon
from planning.views import AlertView, ImagingRequestView, RequestView, ResourceView, RowFigure
from scheduler.imaging import build as engine
from scheduler.imaging.drafting.demand import MADE
from scheduler.imaging.measures import measures, target_of
from scheduler.imaging.presets import Weights, preset
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.plan import Plan
from simulations.imaging.samples import SAMPLES

if TYPE_CHECKING:
    from planning.situation import PlanReading, Situation
    from scheduler.kernel.outcome import Outcome, Progress
    from scheduler.kernel.solve import Settings


def _of(cell: Callable[[ImagingRequestView, str], object]) -> Callable[[RequestView, str], object]:
    """A cell of an examination's own columns; empty where only the common ones are known."""
    return lambda about, language: cell(about, language) if isinstance(about, ImagingRequestView) else ""


class Imaging(Area[ImagingSite, ImagingProblem]):
    """Examinations on scanners; a request is one visit."""

    name = "imaging"
    request_kind = "requests"
    samples = ("week", "day")
    columns = (
        Column(id="patient", cell=lambda about, _: about.patient),
        Column(id="examination", cell=lambda about, language: about.title_zh if language == "zh" else about.title_en),
        Column(id="class", cell=lambda about, language: say(f"planning.class_{about.rclass}", language)),
        Column(id="ward", cell=_of(lambda about, language: word("ward", about.ward, language))),
    )

    def requests(self, site: ImagingSite) -> Mapping[str, Request]:
        """The site's requests by id."""
        return {request.id: request for request in site.requests}

    def is_kept(self, request: str) -> bool:
        """True for an emergency that was recorded here and never uploaded."""
        return request.startswith(MADE)

    def sample(self, name: str) -> ImagingSite:
        """The sample of that name."""
        return SAMPLES[name]()

    def build(
        self,
        site: ImagingSite,
        *,
        now: datetime,
        changes: Sequence[Change] = (),
        said_at: Sequence[datetime] = (),
        num_settled: int = 0,
    ) -> ImagingProblem:
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
        self, site: ImagingSite, changes: Sequence[Change], *, now: datetime, before: Sequence[Change]
    ) -> tuple[Change, ...]:
        """Changes as they are to be kept."""
        return engine.resolved(site, changes, now=now, before=before)

    def weights(self, preset_name: str, overrides: Mapping[str, float]) -> Weights:
        """The preset with some weights replaced. Raises BadSettings."""
        return preset(preset_name, overrides)

    def appointments_of(self, problem: ImagingProblem, plan: Plan) -> tuple[Appointment, ...]:
        """The plan's appointments in the order of the requests."""
        return engine.appointments_of(problem, plan)

    def solve(
        self,
        problem: ImagingProblem,
        settings: Settings,
        seed: int,
        *,
        progress: Callable[[Progress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Outcome:
        """The kernel's solve, around the plan in force."""
        from scheduler.replan.again import solve_again

        return solve_again(problem, settings, seed, progress=progress, should_stop=should_stop)

    def keeping(self, problem: ImagingProblem) -> ImagingProblem:
        """Every move from the plan in force so much dearer that only need moves anybody."""
        weights = problem.weights
        dearer = replace(
            weights,
            moved=weights.moved * KEEPING,
            moved_soon=weights.moved_soon * KEEPING,
            displaced=weights.displaced * KEEPING,
        )
        return replace(problem, weights=dearer)

    def figures(self, problem: ImagingProblem, plan: Plan) -> dict[str, Any]:
        """The figures people know imaging by."""
        return measures(problem, plan).as_dict()

    def abouts(self, situation: Situation) -> Callable[[str], RequestView | None]:
        """What is known of each request."""
        return views.abouts(situation)

    def about_gone(self, situation: Situation, row: Appointment) -> RequestView | None:
        """An emergency recorded here whose patient did not come."""
        return views.recorded_here(situation, row)

    def resources(self, situation: Situation) -> tuple[ResourceView, ...]:
        """The scanners."""
        return views.scanners(situation)

    def target_min(self, problem: ImagingProblem, task: int) -> int:
        """The request's own target, else its class's usual one."""
        return target_of(problem, problem.cases[task])

    def open_spans(self, problem: ImagingProblem) -> Sequence[Sequence[Span]]:
        """Sessions less what is closed."""
        return [subtract(room.sessions, room.closed) for room in problem.rooms]

    def groups(self, problem: ImagingProblem) -> Mapping[str, Sequence[int]]:
        """Scanners by modality."""
        rooms: dict[str, list[int]] = {}
        for index, room in enumerate(problem.rooms):
            rooms.setdefault(room.modality.value, []).append(index)
        return rooms

    def down_until(self, problem: ImagingProblem) -> Mapping[str, int]:
        """Scanners closed now, and until which minute."""
        found: dict[str, int] = {}
        for room in problem.rooms:
            down = [end for start, end in room.closed if start <= problem.now < end]
            if down:
                found[room.id] = min(max(down), problem.clock.end)
        return found

    def row_figures(self, reading: PlanReading) -> tuple[RowFigure, ...]:
        """Mean wait by class, and how many begin after their target."""
        waits = {name: wait["mean"] for name, wait in reading.figures["wait_h_by_class"].items()}
        late = sum(late["num"] for late in reading.figures["late_by_class"].values())
        return (
            RowFigure(id="waits", unit="hours", values=waits),
            RowFigure(id="num_late", unit="count", values={"": late}),
        )

    def alerts(self, situation: Situation, reading: PlanReading) -> tuple[AlertView, ...]:
        """Emergencies without a place."""
        return views.emergencies_unplanned(situation.problem, reading.plan)


AREA = Imaging()
