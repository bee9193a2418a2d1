"""Why a course does not begin elsewhere, or a session is not elsewhere: the alternative is forced and planned again, or what forbids it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic

from hospital.errors import PlanRefused, UnknownId
from hospital.facts import Fact, Match
from scheduler.explain.places import minute_of, place_fact, resource_of
from scheduler.explain.reasons import conflict_facts, price_facts
from scheduler.explain.why_not import Conflict, WhyNot
from scheduler.kernel.conflict import Core, core_at, core_of_day
from scheduler.kernel.cpsat_statements import Statements
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.verify import VerifiedPlan, verify
from scheduler.radiotherapy.booking.diary import Diary, day_minutes
from scheduler.radiotherapy.booking.search import Offer, offers
from scheduler.radiotherapy.build import decided
from scheduler.radiotherapy.problem import Promise, RadiotherapyProblem
from scheduler.radiotherapy.rules import terms
from scheduler.radiotherapy.slots import with_promise
from scheduler.radiotherapy.times import plan_of

_MOST_NAMED = 6
_MOST_DAYS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What is asked: the course, the session that is to be elsewhere, and where. ``minute`` None: any time of ``day``; None: any day."""

    course: int
    task: int
    linac: int | None
    day: int | None
    minute: int | None

    @property
    def is_told(self) -> bool:
        """True where a linac or a day is named; otherwise anywhere but here is meant."""
        return self.linac is not None or self.day is not None

    def holds(self, problem: RadiotherapyProblem, place: Place) -> bool:
        """Whether a place is what is wished for."""
        return (
            self.linac in (None, place.resource)
            and self.day in (None, terms.day_of(problem, place))
            and self.minute in (None, place.start)
        )


def why_not_course(
    problem: RadiotherapyProblem,
    plan: Plan,
    name: str,
    *,
    linac: str | None = None,
    start: datetime | None = None,
    seconds: float = 10.0,
) -> WhyNot:
    """Force a course (or one of its sessions, named as in C-7/3) onto a linac, to a day and hour, or both, and plan its days anew.

    A start at midnight means the whole day. Everybody else keeps linac and day; times of day may give way. The costs are those of two
    verified plans. Raises UnknownId, and PlanRefused where the plan itself breaks a rule.
    """
    judged = decided(problem, plan)
    before = verify(judged, plan)
    wish = _wish(judged, name, linac, start)
    here, cost = plan.places[wish.task], before.score.points
    if here is not None and wish.is_told and wish.holds(judged, here):
        fact = place_fact("already_there", judged, wish.task, here)
        return WhyNot(is_possible=True, cost_before=cost, cost_after=cost, facts=(fact,), conflict=None, after=before)
    if wish.task in judged.frozen:
        history = Fact(text_id="is_history", values={"request": judged.task_ids[wish.task]})
        nothing = Conflict(rules=(), requests=(), is_proven=True, ways_out=())
        return WhyNot(is_possible=False, cost_before=cost, cost_after=None, facts=(history,), conflict=nothing)
    after, broken = _forced(judged, plan, wish, problem.promised)
    if after is None:
        return _refused(judged, before, wish, broken, monotonic() + seconds)
    facts = (*_alternative(judged, before, after, wish), *price_facts(before, after))
    return WhyNot(
        is_possible=True, cost_before=cost, cost_after=after.score.points, facts=facts, conflict=None, after=after
    )


def _wish(problem: RadiotherapyProblem, name: str, linac: str | None, start: datetime | None) -> _Wish:
    task = problem.task_of.get(name)
    course = problem.course_index.get(name) if task is None else problem.course_of_task[task]
    if course is None:
        raise UnknownId("unknown_request", id=name)
    if task is None:
        ahead = [task for task in terms.tasks(problem, course) if task not in problem.frozen]
        task = ahead[0] if ahead else problem.first_task[course]
    minute = None if start is None else minute_of(problem, start)
    is_whole_day = minute is not None and problem.clock.time_of_day(minute) == 0
    return _Wish(
        course=course,
        task=task,
        linac=None if linac is None else resource_of(problem, linac),
        day=None if minute is None else problem.clock.day_of(minute),
        minute=None if is_whole_day else minute,
    )


def _forced(
    problem: RadiotherapyProblem, plan: Plan, wish: _Wish, told: Mapping[int, Promise]
) -> tuple[VerifiedPlan | None, tuple[Match, ...]]:
    """The cheapest verified plan in which the wish is fulfilled and all others keep linac and day, and where there is none the rules that
    the last try broke; ``told`` is what patients know."""
    best: VerifiedPlan | None = None
    broken: tuple[Match, ...] = ()
    for promise, task in _candidates(problem, wish):
        locked = {
            other: place for other, place in problem.locked.items() if problem.course_of_task[other] != wish.course
        }
        if wish.minute is not None:
            at = task - problem.first_task[wish.course]
            locked[task] = Place(promise.linacs[at], wish.minute)
        changed = replace(with_promise(problem, plan, wish.course, promise, told=told), locked=locked)
        try:
            found = verify(changed, plan_of(changed))
        except PlanRefused as refused:
            broken = tuple(refused.matches)
            continue
        if found.plan.places[task] is not None and (best is None or found.score.total < best.score.total):
            best = found
    return best, broken


def _candidates(problem: RadiotherapyProblem, wish: _Wish) -> Iterator[tuple[Promise, int]]:
    """Promises that fulfil the wish, each with the session that does."""
    promise = problem.promised.get(wish.course)
    if promise is None or _is_start(problem, wish):
        now = None if promise is None else (promise.linacs[0], promise.days[0])
        for offer in _offers(problem, wish, 1 if wish.is_told else 2):
            if wish.is_told or (offer.promise.linacs[0], offer.promise.days[0]) != now:
                yield offer.promise, problem.first_task[wish.course]
        return
    at = wish.task - problem.first_task[wish.course]
    visits = list(zip(promise.days, promise.linacs, strict=True))
    old = visits.pop(at)
    for day in _days(problem, wish, old[0]):
        visit = (day, old[1] if wish.linac is None else wish.linac)
        if visit != old:
            new = sorted([*visits, visit])
            days, linacs = zip(*new, strict=True)
            yield Promise(tuple(linacs), tuple(days)), problem.first_task[wish.course] + new.index(visit)


def _is_start(problem: RadiotherapyProblem, wish: _Wish) -> bool:
    """True where the course's beginning is asked for: its first session, and nothing of it has begun."""
    return wish.task == problem.first_task[wish.course] and terms.begins_here(problem, wish.course)


def _days(problem: RadiotherapyProblem, wish: _Wish, old: int) -> Iterator[int]:
    """The days to try for one session: the one that is named, its own for another linac, else those around it from tomorrow on."""
    if wish.day is not None or wish.linac is not None:
        yield old if wish.day is None else wish.day
        return
    free = Diary(problem).free_for(wish.course)
    home = terms.own_linac(problem, wish.course, problem.promised[wish.course])
    minutes = max(day_minutes(problem.courses[wish.course]))
    near = sorted(problem.workdays.position, key=lambda day: (abs(day - old), day))
    room = (day for day in near if day > problem.today and free[home, problem.workdays.position[day]] >= minutes)
    yield from (day for day, _ in zip(room, range(_MOST_DAYS), strict=False))


def _offers(problem: RadiotherapyProblem, wish: _Wish, num: int) -> tuple[Offer, ...]:
    linacs = None if wish.linac is None else (wish.linac,)
    return offers(problem, wish.course, num, linacs=linacs, day=wish.day)


def _alternative(
    problem: RadiotherapyProblem, before: VerifiedPlan, after: VerifiedPlan, wish: _Wish
) -> Iterator[Fact]:
    """Where the course would be, and whose times would change."""
    decided_after = after.problem
    assert isinstance(decided_after, RadiotherapyProblem)
    promise = decided_after.promised[wish.course]
    first = after.plan.places[problem.first_task[wish.course]]
    if first is not None:
        yield place_fact("alternative", problem, problem.first_task[wish.course], first)
    yield Fact(
        text_id="course_alternative",
        values={
            "course": problem.courses[wish.course].id,
            "num": len(promise.days),
            "linac": problem.resource_ids[promise.linacs[0]],
            "first": _date(problem, promise.days[0]),
            "last": _date(problem, promise.days[-1]),
        },
    )
    own = set(terms.tasks(problem, wish.course))
    pairs = enumerate(zip(before.plan.places, after.plan.places, strict=True))
    others = [(task, old, new) for task, (old, new) in pairs if task not in own and old != new]
    if not others:
        yield Fact(text_id="nobody_moves")
    for task, old, new in others[:_MOST_NAMED]:
        if old is not None and new is not None:
            yield place_fact(
                "would_move",
                problem,
                task,
                new,
                from_scanner=problem.resource_ids[old.resource],
                from_at=problem.clock.moment(old.start),
            )
        elif old is not None:
            yield place_fact("would_drop", problem, task, old)
    if len(others) > _MOST_NAMED:
        yield Fact(text_id="more_move", values={"num_more": len(others) - _MOST_NAMED})


def _refused(
    problem: RadiotherapyProblem, before: VerifiedPlan, wish: _Wish, broken: Sequence[Match], until: float
) -> WhyNot:
    """What forbids the wish: a smallest set of rules for that session, else those that the plan with it would break, else the days that
    have no room for the course's others."""
    own = {problem.task_ids[task] for task in terms.tasks(problem, wish.course)}
    is_of_others = bool(broken) and not any(own.intersection(match.requests) for match in broken)
    core = None if is_of_others else _core(problem, before.plan, wish, until)
    facts: tuple[Fact, ...]
    if core is not None:
        names = tuple(problem.task_ids[task] for task in core.tasks)
        conflict = Conflict(rules=core.rules, requests=names, is_proven=core.is_proven, ways_out=())
        facts = conflict_facts(problem, before.plan, wish.task, core, ())[
            :-1
        ]  # setting rules aside is not offered here
    elif broken:
        rules = tuple(dict.fromkeys(match.rule for match in broken))
        names = tuple(dict.fromkeys(name for match in broken for name in match.requests))
        conflict = Conflict(rules=rules, requests=names, is_proven=False, ways_out=())
        pairs = dict.fromkeys((match.requests[0], match.rule) for match in broken if match.requests)
        facts = tuple(Fact(text_id="forbidden_by", values={"request": name, "rule": rule}) for name, rule in pairs)
    else:
        conflict = Conflict(rules=("linac_one_at_a_time",), requests=(), is_proven=False, ways_out=())
        facts = tuple(_full_days(problem, wish))
    return WhyNot(
        is_possible=False,
        cost_before=before.score.points,
        cost_after=None,
        facts=(*facts, *_instead(problem, wish)),
        conflict=conflict,
    )


def _core(problem: RadiotherapyProblem, plan: Plan, wish: _Wish, until: float) -> Core | None:
    """What forbids the session at its wish while all others stay; the rest of its course gives way where the start is asked for."""
    if _is_start(problem, wish):
        for task in terms.tasks(problem, wish.course):
            plan = plan.placed(task, None)
    free = replace(problem, promised={at: kept for at, kept in problem.promised.items() if at != wish.course})
    statements = Statements.of(free)
    if wish.linac is not None and wish.minute is not None:
        return core_at(statements, plan, wish.task, Place(wish.linac, wish.minute), until=until)
    return core_of_day(statements, plan, wish.task, lambda place: wish.holds(problem, place), until=until)


def _full_days(problem: RadiotherapyProblem, wish: _Wish) -> Iterator[Fact]:
    """Of the soonest days for all sessions from the wished one on, those without room, on the linac with the fewest of them."""
    diary, asked = Diary(problem), problem.courses[wish.course]
    if wish.course in diary.promises:
        diary.give_back(wish.course)
    free, start = diary.free_for(wish.course), diary.days.at_or_after(max(problem.today + 1, wish.day or 0))
    linacs = [at for at, fit in enumerate(problem.fit[wish.course]) if fit >= 0 and wish.linac in (None, at)]
    full = {
        linac: [
            (int(diary.days.day[start + at]), int(free[linac, start + at]), minutes)
            for at, minutes in enumerate(day_minutes(asked))
            if start + at < len(diary.days.day) and free[linac, start + at] < minutes
        ]
        for linac in linacs
    }
    if not full:
        return
    linac = min(full, key=lambda at: (len(full[at]), at))
    for day, left, minutes in full[linac][:_MOST_NAMED]:
        yield Fact(
            text_id="course_day_full",
            values={
                "linac": problem.resource_ids[linac],
                "day": _date(problem, day),
                "left_min": left,
                "needed_min": minutes,
            },
        )


def _instead(problem: RadiotherapyProblem, wish: _Wish) -> Iterator[Fact]:
    """The cheapest start there is, and the cheapest on the wished linac."""
    if not terms.begins_here(problem, wish.course) or problem.first_task[wish.course] in problem.frozen:
        return
    seen = set()
    for linacs in (None, None if wish.linac is None else (wish.linac,)):
        for offer in offers(problem, wish.course, 1, linacs=linacs):
            values = {
                "course": problem.courses[wish.course].id,
                "linac": problem.resource_ids[offer.promise.linacs[0]],
                "day": _date(problem, offer.promise.days[0]),
                "points": offer.points,
            }
            if values["linac"] not in seen:
                seen.add(values["linac"])
                yield Fact(text_id="course_instead", values=values)


def _date(problem: RadiotherapyProblem, day: int) -> str:
    return (problem.clock.first_day + timedelta(days=day)).isoformat()
