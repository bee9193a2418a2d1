"""Whether a text says nothing but what the facts say: numbers, units, names, times, directions and causes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from llm_planner.context import Context
from llm_planner.guard import concepts
from llm_planner.guard.figures import Figure, facts_of_pairs, held, is_supported, stated
from llm_planner.understand.rules.link import Linked, link
from llm_planner.understand.rules.mention import MARK
from llm_planner.understand.rules.numerals import in_digits
from llm_planner.understand.rules.text import Text
from llm_planner.understand.times.days import moment_of
from llm_planner.understand.times.scan import Atom, atoms_in

Fault = Literal["name", "time", "number", "direction", "cause"]
_CODE = re.compile(r"(?<![a-z0-9])[a-z]{1,6}-?\d{2,}(?![\d%])|(?<![a-z0-9])p-?\d{3,}")
_CLAUSE = re.compile(
    r"[,;.!?\n](?!\d)|(?<![a-z])(?:but|and|while|because|since|so|whereas)(?![a-z])|但|而|且|因为|由于|所以"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One statement of a text that the facts do not support, as it stands there."""

    fault: Fault
    phrase: str


def findings(text: str, facts: Mapping[str, Any], context: Context, *, question: str = "") -> list[Finding]:
    """Everything the text says that the facts do not support; empty = it may be shown."""
    return list(_Check(text, facts, context, question).all())


class _Check:
    def __init__(self, text: str, facts: Mapping[str, Any], context: Context, question: str) -> None:
        self.facts, self.context = facts, context
        self.linked = self._link(text)
        self.moment = moment_of(context)
        self.said = json.dumps(facts, ensure_ascii=False)
        self.known = {*re.findall(r"[A-Za-z][\w-]*\d[\w-]*|[A-Z]+-[A-Z0-9]+", self.said)}
        self.asked = {name for mention in self._link(question).mentions for name in mention.ids}
        self.plain, self.atoms = self._without_times()

    def _link(self, text: str) -> Linked:
        return link(in_digits(Text.of(text)), self.context)

    def all(self) -> Iterator[Finding]:
        """What is not supported, kind by kind."""
        yield from self._names()
        yield from self._times()
        yield from self._numbers()
        yield from self._directions()
        yield from self._causes()

    def _names(self) -> Iterator[Finding]:
        """Every name stands in the facts or in the question."""
        for mention in self.linked.mentions:
            if not mention.is_known or not set(mention.ids) <= self.known | self.asked | self._areas():
                yield Finding(fault="name", phrase=mention.surface)
        for code in _CODE.findall(MARK.sub(" ", self.linked.text.value)):
            if code.upper() not in self.known and code.upper().replace("-", "") not in self.known:
                yield Finding(fault="name", phrase=code)

    def _areas(self) -> set[str]:
        """Things that stand for a whole area or ward of the facts, and a resource's home place."""
        return {
            name
            for name in (
                str(self.facts.get("ward", "")),
                str(self.facts.get("drug", "")),
                str(self.facts.get("plan", "")),
            )
            if name
        }

    def _without_times(self) -> tuple[str, list[Atom]]:
        text = self.linked.text.value
        atoms = [
            atom
            for atom in atoms_in(text, self.moment)
            if atom.kind in ("day", "clock", "hours", "weekday", "part", "week", "month")
        ]
        for atom in atoms:
            text = text[: atom.start] + "\0" * (atom.end - atom.start) + text[atom.end :]
        return MARK.sub(lambda match: "\0" * len(match[0]), text), atoms

    def _times(self) -> Iterator[Finding]:
        """Every date, weekday and hour stands in the facts."""
        moments = re.findall(r"(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d))?", self.said)
        dates = {date for date, _, _ in moments}
        clocks = {int(hour) * 60 + int(minute) for _, hour, minute in moments if hour}
        text = self.linked.text.value
        for atom in self.atoms:
            is_relative = re.search(r"天|tomorrow|today|yesterday", text[atom.start : atom.end])
            if (
                atom.kind in ("day", "weekday")
                and atom.value
                and not is_relative
                and dates
                and atom.value[0].isoformat() not in dates
                and not self._is_weekday_of(atom, dates)
            ):
                yield Finding(fault="time", phrase=text[atom.start : atom.end])
            for clock in (atom.value,) if atom.kind == "clock" else atom.value[:2] if atom.kind == "hours" else ():
                if clock and not {clock[0], (clock[0] + 720) % 1440 if clock[1] else clock[0]} & clocks:
                    yield Finding(fault="time", phrase=text[atom.start : atom.end])

    def _is_weekday_of(self, atom: Atom, dates: set[str]) -> bool:
        from datetime import date

        return atom.kind == "weekday" and any(
            date.fromisoformat(one).weekday() == atom.value[0].weekday() for one in dates
        )

    def _numbers(self) -> Iterator[Finding]:
        """Every number follows from the facts, and one that is called something from the fact of that name."""
        known = list(held(self.facts))
        for figure in stated(self.plain):
            is_rough = bool(concepts.ROUGH.search(self.plain[: figure.place]))
            named = self._named(figure, known)
            if not is_supported(figure, known, is_rough=is_rough) or (
                named and not is_supported(figure, named, is_rough=is_rough)
            ):
                yield Finding(fault="number", phrase=self.plain[figure.place : figure.place + 12].replace("\0", ""))

    def _named(self, figure: Figure, known: list[Figure]) -> list[Figure]:
        """The figures of the fact whose name stands right after or before the number; empty where none does."""
        if re.search(r"(?:of|out of|/|中的?)\s*$", self.plain[: figure.place]):
            return []
        after = re.split(_CLAUSE, self.plain[figure.place :])[0]
        for key, words in concepts.FIGURES:
            if re.search(rf"^[-+]?[\d.]+\W*(?:[^\W\d]+\s){{0,3}}?(?:{words})", after) and key in (
                "discharge",
                "elective|admission",
                "booked",
                "occupied",
            ):
                return [one for one in known if re.search(key, one.key.lower())]
        return []

    def _directions(self) -> Iterator[Finding]:
        """What is said to fall fell, what is said to rise rose; ``from A to B`` runs from the baseline to the value."""
        pairs = list(facts_of_pairs(self.facts))
        for clause in _CLAUSE.split(self.plain):
            for key, words in concepts.FIGURES:
                changes = [(value, baseline) for name, value, baseline in pairs if re.search(key, name.lower())]
                if not changes or not re.search(words, clause):
                    continue
                value, baseline = changes[0]
                is_wrong = (concepts.DOWN.search(clause) and not concepts.UP.search(clause) and value > baseline) or (
                    concepts.UP.search(clause) and not concepts.DOWN.search(clause) and value < baseline
                )
                order = re.search(r"(?:从|由|from)\D{0,3}([\d.]+).{0,8}?(?:到|至|to)\D{0,3}([\d.]+)", clause)
                if is_wrong or (
                    order
                    and baseline != value
                    and float(order[1].rstrip(".")) == value
                    and float(order[2].rstrip(".")) == baseline
                ):
                    yield Finding(fault="direction", phrase=clause.replace("\0", "").strip())

    def _causes(self) -> Iterator[Finding]:
        """Every reason given is one of the facts' reasons."""
        held_names = self.said.lower()
        for key, words in concepts.CAUSES:
            found = re.search(words, self.plain)
            if found and not re.search(key, held_names) and not _is_denied(self.plain, found):
                yield Finding(fault="cause", phrase=found[0].replace("\0", ""))


def _is_denied(text: str, found: re.Match[str]) -> bool:
    return bool(re.search(r"(?:没有|并非|不是|not because of|not due to|no )\s*$", text[: found.start()]))
