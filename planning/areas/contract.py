"""What planning, storage, workers, terminal and pages ask of an area. Whoever answers this is planned like every other.

Three keys: a *request* is what somebody asked for (an examination, a course, a patient's series), a *task* is one visit of it as the
engine names it (``problem.task_ids``; the request's own id where it has one visit), a *resource* is where it happens. Locks, marks, moves,
reasons and advice name tasks; calls, cancellations and identities name requests. Advice may also name a request none of whose visits
has a place: it then speaks of all of them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from hospital.clock import Span
from hospital.errors import BadInput, UnknownId
from hospital.facts import POINT, Fact
from hospital.plans import Appointment, Booking
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.problem import Problem
from scheduler.kernel.verify import VerifiedPlan, verify

if TYPE_CHECKING:
    from hospital.changes import Change
    from planning.situation import PlanReading, Situation
    from planning.views import AlertView, RequestView, ResourceView, RowFigure, SlotView
    from scheduler.explain.preview import Preview
    from scheduler.explain.why_not import WhyNot
    from scheduler.kernel.outcome import Outcome, Progress
    from scheduler.kernel.solve import Settings


class AreaProblem(Problem, Protocol):
    """A problem that planning can keep in force: with names, history, locks and a present."""

    @property
    def task_of(self) -> Mapping[str, int]:
        """Task of an id."""

    @property
    def resource_of(self) -> Mapping[str, int]:
        """Resource of an id."""

    @property
    def locked(self) -> Mapping[int, Place]:
        """Tasks that stay by a person's word."""

    @property
    def now(self) -> int:
        """The minute before which nothing new is placed."""


class AreaSettings(Protocol):
    """What the settings of every area hold (beside its own)."""

    @property
    def id(self) -> str:
        """The site's id."""

    @property
    def name_en(self) -> str:
        """The site's name."""

    @property
    def name_zh(self) -> str:
        """The site's name in Chinese."""

    @property
    def timezone(self) -> str:
        """IANA name."""

    @property
    def num_days(self) -> int:
        """Days planned, from today."""

    @property
    def first_day(self) -> str:
        """ISO date; "" = this week's Monday."""

    @property
    def now(self) -> datetime | None:
        """A fixed present (samples); None = the clock's."""

    @property
    def preset(self) -> str:
        """Name of the weights."""

    @property
    def weights(self) -> Mapping[str, float]:
        """Weights that replace the preset's."""


class AreaSite(Protocol):
    """An area's data: a frozen dataclass of ``settings`` and one tuple a table (``intake.schema``)."""

    @property
    def settings(self) -> Any:
        """AreaSettings with the area's own."""

    @property
    def bookings(self) -> tuple[Booking, ...]:
        """What the hospital's own system has promised."""


SiteT = TypeVar("SiteT", bound=AreaSite)
ProblemT = TypeVar("ProblemT", bound=AreaProblem)
LeftOut = Mapping[str, float]
"""Task (or request, where all its visits are left out) -> points it costs."""


KEEPING = 10.0
"""Where only need moves anybody, every visit moved is that many times dearer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the plan's workbook: ``planning.column_<id>`` above, ``cell(about, language)`` below."""

    id: str
    cell: Callable[[RequestView, str], object]


class Area(ABC, Generic[SiteT, ProblemT]):
    """One area's answers. Everything here is a function of its arguments: nothing is kept, no clock is read."""

    name: ClassVar[str]
    request_kind: ClassVar[str]
    """Kind of table whose rows are the requests."""
    samples: ClassVar[tuple[str, ...]]
    """Names of the samples, the usual one first."""
    presets: ClassVar[tuple[str, ...]] = ("standard",)
    columns: ClassVar[tuple[Column, ...]] = ()
    """What the plan's workbook says of each request, before place and time."""

    # --- data

    @abstractmethod
    def requests(self, site: SiteT) -> Mapping[str, Any]:
        """The site's requests by id; each has a ``patient`` (for a patient's own series, say so in ``patient_of``)."""

    def patient_of(self, request: Any) -> str:
        """The pseudonym behind a request."""
        return str(request.patient)

    def is_kept(self, request: str) -> bool:
        """True where an appointment of that request stands although ``requests`` does not know it (it was recorded by a change)."""
        del request
        return False

    @abstractmethod
    def sample(self, name: str) -> SiteT:
        """The sample of that name."""

    # --- the problem

    @abstractmethod
    def build(
        self,
        site: SiteT,
        *,
        now: datetime,
        changes: Sequence[Change] = (),
        said_at: Sequence[datetime] = (),
        num_settled: int = 0,
    ) -> ProblemT:
        """The site's problem at ``now``, changes (made at ``said_at``) applied in order; ``site.bookings`` is the plan in force, which has
        honoured the first ``num_settled`` of them. Must work for a site without any rows. Raises UnknownId, WrongState for a change that
        means nothing here."""

    def resolved(
        self, site: SiteT, changes: Sequence[Change], *, now: datetime, before: Sequence[Change]
    ) -> tuple[Change, ...]:
        """Changes as they are to be kept, after those ``before``: whatever they narrow by present appointments turned into ids."""
        del site, now, before
        return tuple(changes)

    @abstractmethod
    def weights(self, preset_name: str, overrides: Mapping[str, float]) -> Any:
        """The preset as a dataclass of numbers. Raises BadSettings."""

    def task_id(self, row: Appointment) -> str:
        """The task that an appointment is a visit of."""
        return row.request

    def request_of(self, task_id: str) -> str:
        """The request that a task (or the request itself) belongs to."""
        return task_id

    def plan_of(self, problem: ProblemT, rows: Iterable[Appointment], *, ignore_unknown: bool = False) -> Plan:
        """Appointments as a plan. Raises UnknownId (or leaves the unknown out), BadInput for a task that stands there twice."""
        places: list[Place | None] = [None] * len(problem.task_ids)
        for row in rows:
            name = self.task_id(row)
            task, resource = problem.task_of.get(name), problem.resource_of.get(row.resource)
            if task is None or resource is None:
                if ignore_unknown:
                    continue
                if task is None:
                    raise UnknownId("unknown_request", id=name)
                raise UnknownId("unknown_scanner", id=row.resource, expected=", ".join(problem.resource_ids))
            if places[task] is not None:
                raise BadInput("request_twice", id=name)
            places[task] = Place(resource, problem.clock.minute(row.start))
        return Plan(tuple(places))

    @abstractmethod
    def appointments_of(self, problem: ProblemT, plan: Plan) -> tuple[Appointment, ...]:
        """The plan's appointments in the order of the problem's tasks, in the site's own time."""

    def decided(self, problem: ProblemT, plan: Plan) -> ProblemT:
        """The problem in which this very plan is to be judged: the same, but where a plan decides something that its rules then hold it to
        (a course's promised linac and days). A function of problem and plan alone, so that it can be made again at any time."""
        del plan
        return problem

    def verified(self, problem: ProblemT, plan: Plan) -> VerifiedPlan:
        """The plan, verified. Raises PlanRefused."""
        return verify(self.decided(problem, plan), plan)

    # --- solving

    @abstractmethod
    def solve(
        self,
        problem: ProblemT,
        settings: Settings,
        seed: int,
        *,
        progress: Callable[[Progress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Outcome:
        """The best verified plan found in time; what a worker's child calls. Its plan is one of ``problem``'s tasks."""

    @abstractmethod
    def keeping(self, problem: ProblemT) -> ProblemT:
        """The same problem with every move from the plan in force so much dearer that only need moves anybody."""

    # --- what a plan is worth

    @abstractmethod
    def figures(self, problem: ProblemT, plan: Plan) -> dict[str, Any]:
        """The figures people know the area by, JSON-ready. At least ``num_moved`` and ``num_planned``."""

    def left_out(self, problem: ProblemT, plan: Plan) -> LeftOut:
        """What has no place and what that costs, in points, in the order of the tasks."""
        absent = [problem.task_ids[task] for task, place in enumerate(plan.places) if place is None]
        prices: dict[str, float] = {}
        for rule in problem.rules:
            if rule.id == "unplanned":
                for match in rule.check(problem, plan):
                    prices[match.requests[0]] = match.price / POINT
        return {name: prices.get(name, 0.0) for name in absent}

    def reasons(self, problem: ProblemT, plan: Plan, names: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """The rules in the way of what is left out (keys of ``left_out``)."""
        from scheduler.kernel.blocking import unplanned_reasons

        tasks = [problem.task_of[name] for name in names]
        return {problem.task_ids[task]: rules for task, rules in unplanned_reasons(problem, plan, tasks).items()}

    # --- advice

    def slots(self, problem: ProblemT, plan: Plan, name: str, *, count: int, max_moved: int) -> tuple[SlotView, ...]:
        """The cheapest places of one task or of a whole request."""
        from planning.areas.advice import kernel_slots

        return kernel_slots(problem, plan, name, count=count, max_moved=max_moved)

    def preview(self, problem: ProblemT, plan: Plan, task: int, place: Place) -> Preview:
        """A drag before letting go, quick enough for the moving mouse. ``plan`` is one of the decided ``problem``."""
        from scheduler.explain.preview import preview_at

        return preview_at(problem, plan, task, place)

    def why(self, problem: ProblemT, plan: Plan, name: str) -> tuple[Fact, ...]:
        """Why a task is where it is, or has no place."""
        from scheduler.explain import why

        return tuple(why(problem, plan, name))

    def why_not(
        self,
        problem: ProblemT,
        plan: Plan,
        name: str,
        *,
        resource: str | None,
        start: datetime | None,
        seconds: float,
    ) -> WhyNot:
        """The alternative forced and solved again."""
        from scheduler.explain import why_not

        return why_not(problem, plan, name, scanner=resource, start=start, seconds=seconds)

    # --- what pages show

    @abstractmethod
    def abouts(self, situation: Situation) -> Callable[[str], RequestView | None]:
        """What is known of a task or request by its id; None where neither data nor changes know it. What is joined here is joined once a
        situation; the function is asked once a key."""

    def about_gone(self, situation: Situation, row: Appointment) -> RequestView | None:
        """What is still known of a promised appointment that the problem does not speak of and ``abouts`` does not know."""
        del situation, row
        return None

    @abstractmethod
    def resources(self, situation: Situation) -> tuple[ResourceView, ...]:
        """The rows of a timeline, in the problem's order, with everything that colours their background."""

    def target_min(self, problem: ProblemT, task: int) -> int | None:
        """The minute by which a task should begin; None where nobody promised one."""
        del problem, task
        return None

    @abstractmethod
    def open_spans(self, problem: ProblemT) -> Sequence[Sequence[Span]]:
        """By resource the spans in which it is open and usable, overtime left aside."""

    @abstractmethod
    def groups(self, problem: ProblemT) -> Mapping[str, Sequence[int]]:
        """Resources under the name of what stands in for one another (modality, beam-matched group, zone)."""

    def down_until(self, problem: ProblemT) -> Mapping[str, int]:
        """Resources that are closed at this moment for maintenance or a failure, and until which minute."""
        del problem
        return {}

    def row_figures(self, reading: PlanReading) -> tuple[RowFigure, ...]:
        """Two or three figures of the area's row on the Operations page."""
        del reading
        return ()

    def alerts(self, situation: Situation, reading: PlanReading) -> tuple[AlertView, ...]:
        """What somebody must do and only this area knows of (``planning.alert_<id>``)."""
        del situation, reading
        return ()


def horizon(settings: AreaSettings, now: datetime) -> tuple[date, int]:
    """First day and number of days where the settings name no first day: from this week's Monday, so that the week's history stays in
    sight, to ``num_days`` from today."""
    if settings.first_day:
        return date.fromisoformat(settings.first_day), settings.num_days
    today = now.astimezone(ZoneInfo(settings.timezone)).date()
    return today - timedelta(days=today.weekday()), settings.num_days + today.weekday()
