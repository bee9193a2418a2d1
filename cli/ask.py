"""ask: what a sentence means for a folder's plan, as cards; nothing is changed. Questions of why are answered at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.doing import answer, answer_json
from cli.opening import Ask, read_plan
from cli.terminal import terminal_language
from hospital.errors import BadInput, CaretableError

if TYPE_CHECKING:
    from hospital.changes.fields import Intent
    from llm_planner.context import Context
    from llm_planner.understand.model import Server
    from llm_planner.understand.reading import Reading

_MARKS = {"scanners.csv": "imaging", "stations.csv": "dialysis", "linacs.csv": "radiotherapy"}
"""The file by which a folder's area is known."""


def ask(text: str, *, problem: Path, plan: Path | None, now: str | None, as_json: bool) -> None:
    """Print a card for each intent of the text, and its changes as ``replan --changes`` takes them. Raises BadInput."""
    from llm_planner.cards import cards
    from llm_planner.intents import intent_to_json
    from llm_planner.understand import understand

    about = Ask(area=_area(problem), folder=problem, now=now)
    context = _context(about, plan)
    reading = understand(text, context, _server())
    shown = cards(reading, context, terminal_language())
    answers = [_answered(intent, about, plan) for intent in reading.intents]
    if as_json:
        rows = [
            {**card.as_dict(), "intent": intent_to_json(intent), "answer": told}
            for card, intent, told in zip(shown, reading.intents, answers, strict=True)
        ]
        answer_json({"area": about.area, "reader": reading.reader, "cards": rows, "changes": _changes(reading)})
        return
    for card, told in zip(shown, answers, strict=True):
        answer([f"{card.title}  \u201c{card.phrase}\u201d", *(f"  {label}: {value}" for label, value in card.fields)])
        answer([f"  {line}" for line in (card.says, *told) if line])


def _server() -> Server | None:
    """The model server of the environment, None without one."""
    import os

    from llm_planner.understand.model import Server, settings_of

    settings = settings_of(os.environ)
    return Server(settings) if settings.base_url else None


def _changes(reading: Reading) -> list[dict[str, Any]]:
    from llm_planner.intents import CHANGE_NAMES, intent_to_json

    said = [intent_to_json(intent) for intent in reading.intents]
    return [one for one in said if one["intent"] in CHANGE_NAMES]


def _area(folder: Path) -> str:
    found = next((area for name, area in _MARKS.items() if (folder / name).is_file()), None)
    if found is None:
        raise BadInput("no_such_place", where=str(folder / " | ".join(_MARKS)))
    return found


def _context(about: Ask, plan: Path | None) -> Context:
    from cli.areas import commands_of
    from llm_planner.sites import context_of

    there = commands_of(about.area).opened(about)
    clock = there.problem.clock
    rows = read_plan(plan, there.site.settings.timezone) if plan is not None else ()
    return context_of(there.site, now=clock.moment(there.problem.now), plan=rows)


def _answered(intent: Intent, about: Ask, plan: Path | None) -> list[str]:
    """The sentences that answer a question of why; none for anything else, or without a plan."""
    if plan is None or getattr(intent, "intent", "") != "why" or about.area == "radiotherapy":
        return []
    return [line for name in getattr(intent, "patient_ids", ()) for line in _why(name, about, plan)]


def _why(name: str, about: Ask, plan: Path) -> Iterator[str]:
    from cli.areas import commands_of
    from cli.reasons import sentence, with_history

    area = commands_of(about.area)
    try:
        verified = area.verified_plan(area.opened(with_history(about, plan)), plan)
        for fact in area.facts(verified, name):
            yield sentence(fact, verified.problem.clock)
    except CaretableError as error:
        yield error.sentence(terminal_language())
