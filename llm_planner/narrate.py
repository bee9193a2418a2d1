"""Sentences over facts: from the catalogues' templates, or a model's rewording that the guard lets through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from hospital.facts import Fact
from hospital.texts import say
from hospital.wording import Moment, with_times, written
from llm_planner.context import Context
from llm_planner.guard import findings
from llm_planner.understand.rules.link import link
from llm_planner.understand.rules.mention import MARK
from llm_planner.understand.rules.text import Text

if TYPE_CHECKING:
    from llm_planner.understand.model import Server

_ASK = "Reword the text in its own language, in one or two plain sentences. Change no number, time, mark like [P0], or reason. Add nothing."
_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["text"],
    "properties": {"text": {"type": "string", "maxLength": 1200}},
}


def narrate(facts: Iterable[Fact], language: str, moment: Moment) -> str:
    """The facts in the catalogues' words, one sentence each; ``moment`` turns their minutes into local times."""
    sentences = (
        say(f"facts.{fact.text_id}", language, **written(with_times(fact.values, moment), language)) for fact in facts
    )
    return ("" if language == "zh" else " ").join(sentences)


def shown(text: str, template: str, facts: Mapping[str, Any], context: Context, *, question: str = "") -> str:
    """The text where every statement in it stands in the facts, else the template."""
    return template if findings(text, facts, context, question=question) else text


def reworded(template: str, facts: Mapping[str, Any], context: Context, server: Server, *, question: str = "") -> str:
    """A model's rewording of a template that the guard lets through; the template where there is none in time. Names go out as marks."""
    linked = link(Text.of(template), context)
    masked = MARK.sub(lambda match: f"[{match[1]}{match[2]}]", linked.text.value)
    messages = [{"role": "system", "content": _ASK}, {"role": "user", "content": masked}]
    answer = server.answer(messages, _SCHEMA, seconds=server.settings.rewording_s)
    text = answer.get("text") if isinstance(answer, Mapping) else None
    if not isinstance(text, str) or not text.strip():
        return template
    names = {f"[{letter}{at}]": linked.mentions[int(at)].surface for letter, at in MARK.findall(linked.text.value)}
    plain = re.sub(r"\[[A-Z]\d+\]", lambda match: names.get(match[0], match[0]), text)
    return shown(plain, template, facts, context, question=question)
