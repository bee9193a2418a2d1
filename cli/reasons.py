"""why and why-not: facts in words, and the verified cost of the alternative."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.areas import commands_of
from cli.doing import answer, answer_json, words
from cli.opening import Ask, read_moment
from cli.shapes import plain
from cli.terminal import terminal_language
from hospital.texts import say
from hospital.wording import with_times, written

if TYPE_CHECKING:
    from hospital.clock import Clock
    from hospital.facts import Fact


def why(ask: Ask, plan_file: Path, request: str, *, as_json: bool) -> None:
    """Why the request is where it is."""
    area = commands_of(ask.area)
    verified = area.verified_plan(area.opened(with_history(ask, plan_file)), plan_file)
    facts = area.facts(verified, request)
    clock = verified.problem.clock
    if as_json:
        answer_json({"request": request, "facts": [fact_json(fact, clock) for fact in facts]})
    else:
        answer(sentence(fact, clock) for fact in facts)


def why_not(
    ask: Ask,
    plan_file: Path,
    request: str,
    *,
    scanner: str | None,
    start: str | None,
    seconds: float,
    as_json: bool,
) -> None:
    """Why it is not elsewhere: the alternative is forced and solved again."""
    area = commands_of(ask.area)
    there = area.opened(with_history(ask, plan_file))
    verified = area.verified_plan(there, plan_file)
    moment = None if start is None else read_moment(start, there.site.settings.timezone)
    found = area.forced(verified, request, resource=scanner, start=moment, seconds=seconds)
    clock = verified.problem.clock
    if as_json:
        answer_json(
            {
                "request": request,
                "is_possible": found.is_possible,
                "cost_before": found.cost_before,
                "cost_after": found.cost_after,
                "facts": [fact_json(fact, clock) for fact in found.facts],
            }
        )
        return
    answer(_told(found.facts, clock))
    if found.is_possible and found.cost_after is not None:
        answer([words("why_not_cost", before=f"{found.cost_before:.1f}", after=f"{found.cost_after:.1f}")])


def with_history(ask: Ask, plan_file: Path) -> Ask:
    """Of a series' plan what has begun is history, so without another plan in force it is the plan itself."""
    return ask if ask.area != "dialysis" or ask.reference else replace(ask, reference=plan_file)


def fact_json(fact: Fact, clock: Clock) -> dict[str, Any]:
    """A fact with its values and its sentence."""
    return {"id": fact.text_id, "values": plain(fact.values), "sentence": sentence(fact, clock)}


def sentence(fact: Fact, clock: Clock) -> str:
    """The fact in words."""
    return say(
        f"facts.{fact.text_id}",
        terminal_language(),
        **written(with_times(fact.values, clock.moment), terminal_language()),
    )


def _told(facts: Iterable[Fact], clock: Clock) -> list[str]:
    return [sentence(fact, clock) for fact in facts]
