"""Answers to questions: the existing facts and figures, each filled into a template in the language of the question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Any, cast
from zoneinfo import ZoneInfo

from hospital.errors import NotAllowed, WrongState
from hospital.texts import catalogue, say
from hospital.when import When
from hospital.wording import with_times, written
from llm_planner.intents import ComparePlans, KpiQuery, ScheduleQuery, WhatIf, Why, WhyNot, intent_from_json
from planning import queries as q
from planning.asking.preview import MOST_SECONDS, on_newest, preview_of
from planning.asking.views import AnswerView, Card
from planning.desk import Desk
from planning.permissions import may
from planning.views import AppointmentView, PlanPage, RequestView

_MOST_LINES = 12


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A question with the newest plan of its area at hand."""

    desk: Desk
    page: PlanPage
    language: str

    def say(self, key: str, **values: Any) -> str:
        """A sentence of the planner's own."""
        return say(f"asking.{key}", self.language, **values)

    def time(self, moment: datetime) -> str:
        """Weekday, date and time of day in the site's zone."""
        local = moment.astimezone(ZoneInfo(self.page.timezone))
        return f"{say(f'dashboard.weekday_{local.weekday()}', self.language)} {local:%m-%d %H:%M}"

    def facts(self, facts: Iterable[Any]) -> list[str]:
        """The sentences of the engine's facts."""
        moment = self.desk.situation(self.page.area).problem.clock.moment
        return [self._fact(fact, moment) for fact in facts]

    def _fact(self, fact: Any, moment: Callable[[int], datetime]) -> str:
        values = with_times(fact.values, moment)
        said = {name: self.time(value) if isinstance(value, datetime) else value for name, value in values.items()}
        return say(f"facts.{fact.text_id}", self.language, **written(said, self.language))

    def ask(self, query: q.Query) -> Any:
        """Another question, with the rights of the person. Raises NotAllowed."""
        from planning.reads import READS

        if not may(self.desk.actor, type(query)):
            role = f"role_{self.desk.actor.role.value}"
            raise NotAllowed("role_may_not", role=role, action=type(query).__name__)
        return READS[type(query)](self.desk, query)

    @property
    def number(self) -> int:
        """The version that is spoken of; 0 = what was booked before any."""
        return 0 if self.page.version is None else self.page.version.number


def answer(desk: Desk, card: Card, language: str) -> AnswerView:
    """The answer to a question's card. Raises WrongState for a card that asks nothing, NotAllowed."""
    if card.kind != "question":
        raise WrongState("card_without_question")
    from planning.reads import READS

    asking = Asking(desk=desk, page=READS[q.PlanView](desk, q.PlanView(card.area)), language=language)
    intent = intent_from_json(dict(card.said))
    told = _ANSWERS.get(type(intent), _elsewhere)(asking, intent)
    if isinstance(told, AnswerView):
        return told
    return AnswerView(sentences=tuple(told[:_MOST_LINES]), more=max(0, len(told) - _MOST_LINES))


def _elsewhere(asking: Asking, _intent: Any) -> list[str]:
    return [asking.say("answer_elsewhere")]


def _meant(asking: Asking, intent: Any) -> list[AppointmentView]:
    """The appointments that a question narrows to, by time."""
    rows = [row for row in asking.page.appointments if _is_meant(row.about, intent.patient_ids)]
    if intent.resource_ids:
        rows = [row for row in rows if row.resource in intent.resource_ids]
    if intent.when is not None:
        rows = [row for row in rows if _is_within(asking, row, intent.when)]
    return sorted(rows, key=lambda row: (row.start, row.resource))


def _is_meant(about: RequestView, names: Iterable[str]) -> bool:
    wanted = tuple(names)
    return not wanted or bool({about.patient, about.request, about.task} & set(wanted))


def _is_within(asking: Asking, row: AppointmentView, when: When) -> bool:
    clock = asking.desk.situation(asking.page.area).problem.clock
    start, end = clock.minute(row.start), clock.minute(row.end)
    if when.is_instant:
        return row.start <= cast(datetime, when.start) < row.end
    return any(start < last and first < end for first, last in when.spans(clock))


def _schedule(asking: Asking, intent: ScheduleQuery) -> list[str]:
    if not (intent.patient_ids or intent.resource_ids or intent.when):
        num = {"num": len(asking.page.appointments), "unplanned": len(asking.page.unplanned)}
        return [asking.say("answer_whole_plan", **num)]
    rows = _meant(asking, intent)
    lines = [_line(asking, row) for row in rows]
    if intent.patient_ids:
        left = [row.about for row in asking.page.unplanned if _is_meant(row.about, intent.patient_ids)]
        lines += [asking.say("answer_no_place", patient=about.patient, title=_title(asking, about)) for about in left]
    return [asking.say("answer_num", num=len(rows)), *lines] if lines else [asking.say("answer_nothing")]


def _line(asking: Asking, row: AppointmentView) -> str:
    return asking.say(
        "answer_line",
        patient=row.about.patient,
        title=_title(asking, row.about),
        resource=row.resource,
        start=asking.time(row.start),
        end=asking.time(row.end)[-5:],
    )


def _title(asking: Asking, about: RequestView) -> str:
    return about.title_zh if asking.language == "zh" else about.title_en


def _why(asking: Asking, intent: Why) -> list[str]:
    if not intent.patient_ids:
        return [asking.say("answer_name_patient")]
    tasks = _tasks(asking, intent)
    if not tasks:
        return [asking.say("answer_nothing")]
    return [line for task in tasks for line in asking.facts(asking.ask(q.Why(asking.page.area, asking.number, task)))]


def _tasks(asking: Asking, intent: Any) -> list[str]:
    """The visits a why is about, at most three; those without a place where none has one."""
    placed = [row.about.task for row in _meant(asking, intent)] if not isinstance(intent, WhyNot) else []
    if not placed:
        rows = asking.page.appointments
        placed = [row.about.task for row in rows if _is_meant(row.about, intent.patient_ids)]
    left = [row.about.task for row in asking.page.unplanned if _is_meant(row.about, intent.patient_ids)]
    return (placed or left)[:3]


def _why_not(asking: Asking, intent: WhyNot) -> list[str]:
    if not intent.patient_ids:
        return [asking.say("answer_name_patient")]
    tasks = _tasks(asking, intent)
    if not tasks:
        return [asking.say("answer_nothing")]
    start = None if intent.when is None else intent.when.start
    resource = intent.resource_ids[0] if intent.resource_ids else None
    told = asking.ask(
        q.WhyNot(asking.page.area, asking.number, tasks[0], resource=resource, start=start, seconds=MOST_SECONDS)
    )
    facts = asking.facts(told.facts)
    if not told.is_possible:
        return [asking.say("answer_impossible"), *facts]
    more = (told.cost_after or 0.0) - (told.cost_before or 0.0)
    key = "answer_same" if abs(more) < 0.05 else "answer_dearer" if more > 0 else "answer_cheaper"
    return [asking.say(key, price=f"{abs(more):,.1f}"), *facts]


def _what_if(asking: Asking, intent: WhatIf) -> AnswerView:
    preview = preview_of(on_newest(asking.desk, asking.page.area), intent.changes, seconds=MOST_SECONDS)
    return AnswerView(sentences=(), preview=preview)


def _compare(asking: Asking, intent: ComparePlans) -> list[str]:
    numbers = [int(name[1:]) for name in intent.plan_ids]
    lines = []
    for other in numbers[1:]:
        told = asking.ask(q.Compare(asking.page.area, numbers[0], other))
        lines.append(
            asking.say(
                "answer_compare",
                a=numbers[0],
                b=other,
                moved=len(told.moved),
                added=len(told.added),
                dropped=len(told.dropped),
                before=f"{told.cost_before:,.1f}",
                after=f"{told.cost_after:,.1f}",
            )
        )
    return lines


def _kpis(asking: Asking, intent: KpiQuery) -> list[str]:
    lines = []
    for kpi in intent.kpis:
        told = _FIGURES.get(kpi)
        found = None if told is None else told(asking, intent)
        lines.append(
            found or asking.say("answer_no_figure", kpi=catalogue(asking.language).get(f"planner.value.{kpi}", kpi))
        )
    return lines


def _unscheduled(asking: Asking, _: KpiQuery) -> str:
    return asking.say("figure_unscheduled", num=len(asking.page.unplanned))


def _wait(asking: Asking, intent: KpiQuery) -> str | None:
    waits = [row.wait_h for row in _narrowed(asking, intent)]
    if not waits:
        return None
    return asking.say("figure_wait", mean=f"{fmean(waits):.1f}", most=f"{max(waits):.1f}", num=len(waits))


def _late(asking: Asking, intent: KpiQuery) -> str:
    late = [row.late_min for row in _narrowed(asking, intent) if row.late_min > 0]
    return asking.say("figure_late", num=len(late), most=max(late, default=0))


def _throughput(asking: Asking, intent: KpiQuery) -> str:
    return asking.say("figure_planned", num=len(_narrowed(asking, intent)))


def _moved(asking: Asking, _: KpiQuery) -> str:
    return asking.say("figure_moved", num=sum(row.is_moved for row in asking.page.appointments))


def _cost(asking: Asking, _: KpiQuery) -> str:
    return asking.say("figure_cost", cost=f"{asking.page.cost:,.1f}")


def _utilisation(asking: Asking, intent: KpiQuery) -> str | None:
    return _by_resource(asking, intent, "utilisation_by_", "figure_utilisation", lambda value: f"{100 * value:.0f}")


def _overtime(asking: Asking, intent: KpiQuery) -> str | None:
    return _by_resource(asking, intent, "overtime_min_by_", "figure_overtime", lambda value: f"{value:.0f}")


def _by_resource(
    asking: Asking, intent: KpiQuery, prefix: str, key: str, written_as: Callable[[float], str]
) -> str | None:
    """Figures that the area's measures give a resource; None where it has none, or where a time is asked that they do not tell apart."""
    values: dict[str, float] = next(
        (dict(value) for name, value in asking.page.figures.items() if name.startswith(prefix)), {}
    )
    shown = {name: value for name, value in values.items() if not intent.resource_ids or name in intent.resource_ids}
    if not shown or intent.when is not None:
        return None
    return asking.say(key, values=", ".join(f"{name} {written_as(value)}" for name, value in shown.items()))


def _narrowed(asking: Asking, intent: KpiQuery) -> list[AppointmentView]:
    return _meant(asking, ScheduleQuery(**_narrowing(intent)))


def _narrowing(intent: KpiQuery) -> dict[str, Any]:
    said = {"resource_ids": intent.resource_ids, "when": intent.when}
    return {name: value for name, value in said.items() if value}


_FIGURES: dict[str, Callable[[Asking, KpiQuery], str | None]] = {
    "unscheduled": _unscheduled,
    "wait_time": _wait,
    "lateness": _late,
    "throughput": _throughput,
    "stability": _moved,
    "cost": _cost,
    "objective": _cost,
    "utilisation": _utilisation,
    "overtime": _overtime,
}
_ANSWERS: dict[type[Any], Callable[[Asking, Any], list[str] | AnswerView]] = {
    ScheduleQuery: _schedule,
    KpiQuery: _kpis,
    Why: _why,
    WhyNot: _why_not,
    WhatIf: _what_if,
    ComparePlans: _compare,
}
