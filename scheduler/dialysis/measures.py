"""The figures people know a dialysis unit by, each defined once. Read from problem and plan alone, independent of any price."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Figures of one plan.

    ``hours_met`` of ``hours_prescribed``, and their share by the patients' weights. Of the sessions placed, the shares on the patient's own
    day, shift and station. ``sessions_by_shift`` and ``nurses_by_shift`` (by ratio) stand by the shift's start in ISO 8601. Against the
    plan in force, history apart: ``num_moved`` stand elsewhere, ``num_dropped`` are left out. ``on_duty_by_shift`` are the nurses there.
    """

    num_sessions: int
    num_planned: int
    hours_prescribed: float
    hours_met: float
    met_share: float
    day_kept: float
    shift_kept: float
    station_kept: float
    sessions_by_shift: Mapping[str, int]
    nurses_by_shift: Mapping[str, float]
    on_duty_by_shift: Mapping[str, float]
    num_moved: int
    num_dropped: int

    def as_dict(self) -> dict[str, Any]:
        """The figures as JSON-ready values."""
        return asdict(self)


def measures(problem: DialysisProblem, plan: Plan) -> Measures:
    """All figures of the plan."""
    sessions, placed = problem.sessions, list(terms.placed(plan))
    away = [
        task for task, home in problem.reference.items() if task not in problem.frozen and plan.places[task] != home
    ]
    met = {task: min(sessions[task].minutes, sessions[task].prescribed) for task, _ in placed}
    weights = [patient.weight for patient in problem.patient_of]
    wanted = sum(weight * session.prescribed for weight, session in zip(weights, sessions, strict=True))
    loads, nurses = _by_shift(problem, plan)
    return Measures(
        num_sessions=len(sessions),
        num_planned=len(placed),
        hours_prescribed=sum(session.prescribed for session in sessions) / 60,
        hours_met=sum(met.values()) / 60,
        met_share=_share(sum(weights[task] * minutes for task, minutes in met.items()), wanted),
        day_kept=_share(sum(problem.day_of(place.start) == sessions[task].due for task, place in placed), len(placed)),
        shift_kept=_share(
            sum(
                sessions[task].shift in ("", shift.name)
                for task, place in placed
                if (shift := problem.shift_at.get(place.start)) is not None
            ),
            len(placed),
        ),
        station_kept=_share(
            sum(sessions[task].station in ("", problem.resource_ids[place.resource]) for task, place in placed),
            len(placed),
        ),
        sessions_by_shift=loads,
        nurses_by_shift=nurses,
        on_duty_by_shift=_on_duty(problem),
        num_moved=sum(plan.places[task] is not None for task in away),
        num_dropped=sum(plan.places[task] is None for task in away),
    )


def _by_shift(problem: DialysisProblem, plan: Plan) -> tuple[dict[str, int], dict[str, float]]:
    needs, share = terms.nurse_needs(problem), terms.nurse_share(problem)
    num, needed = Counter[int](), Counter[int]()
    for task, place in terms.placed(plan):
        shift = problem.shift_at.get(place.start)
        if shift is not None:
            num[shift.start] += 1
            needed[shift.start] += needs[task]
    names = {shift.start: problem.clock.moment(shift.start).isoformat() for shift in problem.shifts}
    return {name: num[start] for start, name in names.items()}, {
        name: round(needed[start] / share, 2) for start, name in names.items()
    }


def _on_duty(problem: DialysisProblem) -> dict[str, float]:
    """Nurses on duty by the shift's start; none where no roster says."""
    share = terms.nurse_share(problem)
    levels = terms.on_duty(problem) if problem.nurses else ()
    return {problem.clock.moment(start).isoformat(): count / share for start, _, count in levels}


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 1.0
