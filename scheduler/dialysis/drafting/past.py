"""What is over and was not given is planned no more; only how long ago the last session was still counts."""

from __future__ import annotations

from dataclasses import replace

from scheduler.dialysis.problem import DialysisProblem, Session, only


def without_past(problem: DialysisProblem) -> DialysisProblem:
    """The problem without sessions whose time has passed and that are not in the plan in force.

    The next session of such a patient comes in time after the last one given; where it is too late for that, the series begins anew. Where
    no plan is in force at all, whatever has begun by now was given or not by a plan nobody knows.
    """
    if not problem.now:
        return problem
    today = problem.clock.day_of(problem.now)
    sessions = list(problem.sessions)
    over: set[int] = set()
    for row in problem.series:
        given: int | None = None
        is_gap = False
        for task in row:
            place = problem.reference.get(task)
            if place is None and _is_over(problem, sessions[task], today):
                over.add(task)
                is_gap = True
                continue
            if is_gap and (given is None or given + problem.patient_of[task].most_days < today):
                sessions[task] = replace(sessions[task], after_break=True)
            is_gap = False
            given = given if place is None else problem.day_of(place.start)
    if not over:
        return problem
    return only(replace(problem, sessions=tuple(sessions)), [task for task in range(len(sessions)) if task not in over])


def _is_over(problem: DialysisProblem, session: Session, today: int) -> bool:
    """True where none of its days is left; without any plan in force also where its own shift has begun."""
    if max(session.days) < today:
        return True
    if problem.reference or session.due > today or len(session.days) > 3:
        return False
    own = [shift.start for shift in problem.shifts if (shift.day, shift.name) == (session.due, session.shift)]
    return session.due < today or any(start < problem.now for start in own)
