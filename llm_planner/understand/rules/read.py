"""The rules' reading of a text: always there, no model, some milliseconds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hospital.changes.fields import Intent
from llm_planner.context import Context, Kind
from llm_planner.intents import CHANGE_NAMES, Clarify, Confirm, OutOfScope, Undo, WhatIf, build, intent_to_json
from llm_planner.understand.reading import Item, Reading
from llm_planner.understand.rules import scope
from llm_planner.understand.rules.choose import NEEDS, chosen
from llm_planner.understand.rules.clause import Clause, World, clauses, sentences
from llm_planner.understand.rules.correct import corrected
from llm_planner.understand.rules.finish import asked, finished
from llm_planner.understand.rules.frames import FILL, questions
from llm_planner.understand.rules.link import Linked, link
from llm_planner.understand.rules.mention import LETTER, MARK
from llm_planner.understand.rules.numerals import in_digits
from llm_planner.understand.rules.spelling import spelled
from llm_planner.understand.rules.text import Text
from llm_planner.understand.rules.triggers import scores
from llm_planner.understand.rules.words import KPI, every, which
from llm_planner.understand.times import Moment, Said, find, moment_of

MOST_CHARACTERS = 2000
_PRINCIPAL: tuple[Kind, ...] = ("patient", "resource", "staff", "ward", "drug", "supplier", "road", "base", "facility")
_POLITE = re.compile(
    r"^\W*(?:please |hi |so )?(?:can|could|may|might|would)(?![a-z])|能不能|可不可以|可否|能否|可以.{0,20}吗"
)
_WORDS = re.compile(
    r"[\u4e00-\u9fff]{2,}|(?<![a-z])(?!(?:starting|start|from|by|on|at|until|till|to|for|and|the|in|please|thanks|thank|you|only|just|all)(?![a-z]))[a-z]{2,}"
)
_OTHERS = re.compile(
    r"其他|其它|其余|别的|剩下的|(?<![a-z])(?:others?|the rest|everything else|everyone else|all else)(?![a-z])"
)
_BORROWS: dict[str, tuple[Kind, ...]] = {
    "unlock": ("patient", "resource", "staff"),
    "load_limit": ("staff", "resource"),
    "cap_overtime": ("resource", "staff"),
}
_DETAILS = {
    "insert_urgent": ("change_duration", "set_priority", "add_request", "insert_urgent"),
    "add_request": ("change_duration", "set_priority", "add_request", "insert_urgent"),
    "resource_downtime": (
        "resource_restore",
        "change_duration",
        "opening_hours",
        "resource_downtime",
        "lock",
        "reoptimise",
    ),
    "set_objective_weight": ("kpi_query", "set_objective_weight"),
    "staff_absence": ("resource_downtime", "staff_absence"),
    "diversion": ("resource_downtime", "diversion", "insert_urgent"),
    "road_closure": ("resource_downtime", "diversion", "change_duration"),
}
"""What a clause with no name of its own adds to the one before, whatever it sounds like alone."""
_QUESTIONS = frozenset({"compare_plans", "why", "why_not", "schedule_query", "kpi_query", "forecast_query"})


@dataclass(slots=True)
class _Group:
    """Clauses that say one thing."""

    name: str
    clause: Clause


def read(text: str, context: Context) -> Reading:
    """What the text says, by rules alone. At least one item: what is not understood is asked."""
    original = text[:MOST_CHARACTERS]
    folded = Text.of(original)
    own, is_tainted = scope.legitimate(folded.value)
    items = list(_items(Text(own, folded.origin), original, context)) if own.strip(" ,.;:!?\"'()\n") else []
    if len(items) > 1:
        items = [item for item in items if item.intent != OutOfScope(category="chitchat")] or items[:1]
    if is_tainted:
        items = [item for item in items if _is_worth(item, own)]
        items.append(Item(intent=OutOfScope(category="injection"), phrase=original))
    return Reading(items=tuple(items) or (Item(intent=_not_understood(None), phrase=original),))


def _is_worth(item: Item, own: str) -> bool:
    """Beside an order that is refused, what is left must be a request of its own: never half of one."""
    return not isinstance(item.intent, Clarify | OutOfScope | Confirm | Undo) and len(own.strip()) > 3


def _items(text: Text, original: str, context: Context) -> Iterator[Item]:
    linked = link(in_digits(spelled(text)), context)
    moment = moment_of_cached(context)
    times = _marked_times(linked, moment)
    masked = corrected(linked.text.value)
    world = World(context=context, moment=moment, mentions=linked.mentions, times=times)
    seen: list[Clause] = []
    for item, clause in _read_all(masked, world, seen):
        yield replace(item, phrase=_phrase(clause.text, linked, original))


_MOMENTS: dict[int, tuple[Context, Moment]] = {}


def moment_of_cached(context: Context) -> Moment:
    """The context's moment, its calendar looked up once."""
    known = _MOMENTS.get(id(context))
    if known is None or known[0] is not context:
        if len(_MOMENTS) > 16:
            _MOMENTS.clear()
        known = _MOMENTS[id(context)] = (context, moment_of(context))
    return known[1]


def _marked_times(linked: Linked, moment: Moment) -> list[Said]:
    """The times of the text, each now standing as a mark in it."""
    found = [said for said in find(linked.text.value, moment) if not said.is_only_now]
    value, origin = linked.text.value, linked.text.origin
    for number in reversed(range(len(found))):
        first, last = found[number].start, found[number].end
        mark, source = f"<T{number}>", linked.text.source((first, last))
        value, origin = value[:first] + mark + value[last:], (*origin[:first], *([source] * len(mark)), *origin[last:])
    linked.text = Text(value, tuple(origin))
    return found


def _phrase(clause: str, linked: Linked, original: str) -> str:
    """The phrase of the original that a clause came from, first to last of its parts."""
    value = linked.text.value
    places = [place for part in clause.split(" , ") if (place := value.find(part)) >= 0]
    if not places:
        return original
    spans = [
        linked.text.source((place, place + len(part)))
        for part in clause.split(" , ")
        if (place := value.find(part)) >= 0
    ]
    return original[min(first for first, _ in spans) : max(last for _, last in spans)].strip(" ,.;，。；\n")


def _read_all(masked: str, world: World, seen: list[Clause]) -> Iterator[tuple[Item, Clause]]:
    groups: list[_Group] = []
    pending: Clause | None = None
    done: list[tuple[Item, Clause]] = []
    for sentence in sentences(masked):
        whole = Clause(text=sentence, world=world, whole=masked, before=tuple(seen))
        if questions.WHAT_IF.search(sentence) and (supposed := _supposed(whole)) is not None:
            groups.append(_Group("what_if", whole))
            done.append((Item(intent=supposed), whole))
            seen.append(whole)
            continue
        for part in _parts(sentence):
            clause = Clause(text=part, world=world, whole=masked, before=tuple(seen))
            if pending is not None:
                clause, pending = pending + clause, None
            pending = _taken(clause, groups, seen)
    if pending is not None:
        if groups and groups[-1].name != "what_if":
            groups[-1].clause = groups[-1].clause + pending
        else:
            groups.append(_Group(_guess(pending), pending))
    supposed_items = iter(done)
    for group in _joined(groups):
        yield next(supposed_items) if group.name == "what_if" else (Item(intent=_intent(group)), group.clause)


def _parts(sentence: str) -> list[str]:
    parts = clauses(sentence)
    if len(parts) < 2:
        return parts
    if {"confirm", "undo"} & set(scores(sentence)) and not MARK.search(sentence):
        return [sentence.strip()]
    return (
        [sentence.strip(" ,.;?!\n")]
        if questions.COMPARE.search(sentence) and len(re.findall(r"<N\d+>", sentence)) > 1
        else parts
    )


def _guess(clause: Clause) -> str:
    return scope.category(clause.text) or questions.asked(clause) or (chosen(clause) or ("unclear", 0.0))[0]


def _taken(clause: Clause, groups: list[_Group], seen: list[Clause]) -> Clause | None:
    """Put a clause where it belongs: a new group, the one before, or (returned) in front of the next."""
    name, sure = _named(clause)
    own = clause
    if name is None and groups and not _WORDS.search(MARK.sub(" ", clause.text)):
        groups[-1].clause = groups[-1].clause + clause
        return None
    borrowed = clause if clause.mentioned(*_PRINCIPAL) or _OTHERS.search(clause.text) else _with_borrowed(clause, seen)
    if borrowed is not clause:
        other, surer = _named(borrowed)
        if other is not None and (name is None or surer > sure):
            name, sure, clause = other, surer, borrowed
    if name is None:
        if groups and _is_aside(clause, groups[-1]):
            seen.append(clause)
            return None
        if groups and groups[-1].name not in ("what_if", *scope.CATEGORIES):
            groups[-1].clause = groups[-1].clause + clause
            return None
        return clause
    if groups and _continues(groups[-1], name, own, sure):
        groups[-1].clause = groups[-1].clause + own
        return None
    if name in NEEDS and not _OTHERS.search(clause.text):
        clause = _with_borrowed(clause, seen, NEEDS[name])
    elif name in _BORROWS and seen and clause.area() is None:
        clause = _with_borrowed(clause, seen[-1:], _BORROWS[name])
    groups.append(_Group(name, clause))
    seen.append(clause)
    return None


def _is_aside(clause: Clause, group: _Group) -> bool:
    """``冯婷顶上``: somebody else is named and nothing is asked for; what comes next may be about her."""
    return any(clause.mentioned(kind) and group.clause.mentioned(kind) for kind in ("staff", "patient")) and bool(
        _WORDS.search(MARK.sub(" ", clause.text))
    )


def _named(clause: Clause) -> tuple[str | None, float]:
    """The intent of a clause (or its category, where it is none of ours) and how sure."""
    change = chosen(clause)
    category = scope.category(clause.text)
    if (
        category == "clinical_advice"
        and change is not None
        and change[1] >= 6
        and not questions.ASKS.search(clause.text)
        and not scope.STRONG.search(clause.text)
    ):
        category = None
    if category is not None and category != "chitchat":
        return category, 9.0
    question = questions.asked(clause)
    is_order = change is not None and (change[1] >= 7.0 or (change[1] >= 6 and bool(_POLITE.search(clause.text))))
    if question is not None and not (is_order and question in ("schedule_query", "kpi_query")):
        return question, 8.0
    if change is not None:
        return change
    if category:
        return category, 9.0
    return ("kpi_query", 5.0) if _is_figure(clause) else (None, 0.0)


def _is_figure(clause: Clause) -> bool:
    """A figure named and nothing done to it (``上周手术准时开台率``)."""
    return (
        bool(which(KPI, MARK.sub(" ", clause.text)))
        and not re.search(r"\d", MARK.sub(" ", clause.text))
        and len(clause.text) < 70
        and not clause.ids("patient")
    )


def _continues(group: _Group, name: str, clause: Clause, sure: float) -> bool:
    """Whether a clause says more of the same thing."""
    if group.name in scope.CATEGORIES or group.name == "what_if":
        return name == group.name
    if name in _DETAILS.get(group.name, ()) and not clause.mentioned(*_PRINCIPAL):
        return True
    kinds = NEEDS.get(name, ())
    has_own = bool(kinds and clause.mentioned(*kinds))
    if name == group.name:
        return not has_own or not group.clause.mentioned(*kinds)
    return sure < 5.0 and not has_own


def _with_borrowed(clause: Clause, seen: list[Clause], kinds: tuple[Kind, ...] = ("patient", "resource")) -> Clause:
    """A clause that names nobody speaks of whom the one before spoke of."""
    if clause.mentioned(*kinds):
        return clause
    letters = "".join(LETTER[kind] for kind in kinds)
    for before in reversed(seen):
        marks = [match[0] for match in MARK.finditer(before.text) if match[1] in letters]
        if marks:
            return replace(clause, text=" ".join([*marks, clause.text]))
    return clause


def _joined(groups: list[_Group]) -> list[_Group]:
    """``why there, why not here`` of one thing is one question."""
    joined: list[_Group] = []
    for group in groups:
        if joined and joined[-1].name == "why" and group.name == "why_not":
            joined[-1] = _Group(
                "why_not",
                group.clause if group.clause.ids("patient") else _with_borrowed(group.clause, [joined[-1].clause]),
            )
        else:
            joined.append(group)
    return joined


def _intent(group: _Group) -> Intent:
    if group.name in scope.CATEGORIES:
        return OutOfScope(category=group.name)
    if group.name not in FILL:
        return _not_understood(group.clause)
    return finished(group.name, FILL[group.name](group.clause), group.clause)


def _not_understood(clause: Clause | None) -> Intent:
    """What was meant is asked, with the names that are not known."""
    unknown = tuple(one.surface for one in clause.mentioned(*LETTER) if not one.is_known) if clause else ()
    about = next((name for kind, name in _ABOUT if clause is not None and clause.mentioned(kind)), "schedule_query")
    return asked(about, unknown=unknown)


_ABOUT: tuple[tuple[Kind, str], ...] = (
    ("patient", "move_request"), ("resource", "resource_downtime"), ("staff", "staff_absence"), ("drug", "order_policy"), ("ward", "bed_change"),
)  # fmt: skip


def _supposed(clause: Clause) -> Intent | None:
    """A ``what_if`` of the changes that are supposed; a question back about the first that is not clear; None where there is none."""
    rest = questions.what_if_rest(clause.text)
    found = [item.intent for item, _ in _read_all(rest, clause.world, list(clause.before))]
    changes = [intent for intent in found if _name(intent) in CHANGE_NAMES]
    if changes:
        head = _question_part(clause.text)
        return build(
            "what_if", changes=tuple(intent_to_json(one) for one in changes), kpis=every(KPI, MARK.sub(" ", head))
        ) or WhatIf(changes=tuple(changes))
    return next(
        (
            intent
            for intent in found
            if isinstance(intent, Clarify) and (intent.missing or intent.unknown or intent.candidates)
        ),
        None,
    )


def _question_part(text: str) -> str:
    """Where a supposition asks for figures: before an ``if``, after the last comma."""
    head = re.split(r"(?<![a-z])(?:if|when)(?![a-z])", text)
    first = head[0] if len(head) > 1 else ""
    last = (
        re.split(r"[,;]", text)[-1]
        if re.search(r"[,;]", text)
        else (re.search(r"(?:对|会(?:让|使)?)(.*(?:影响|多少|怎么样|如何|变).*)", text) or ["", ""])[1]
    )
    return f"{first} {last}"


def _name(intent: Intent) -> str:
    return str(type(intent).model_fields["intent"].default)
