"""One clause of a text: what is said in it, with marks where names and times stood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hospital.changes.fields import Area
from hospital.when import When
from llm_planner.context import Context, Kind, Thing
from llm_planner.understand.rules.mention import LETTER, MARK, Mention
from llm_planner.understand.rules.services import AREA_OF, area_in, service_in
from llm_planner.understand.times import Moment, Said, resolve, together


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What every clause of one text shares."""

    context: Context
    moment: Moment
    mentions: Sequence[Mention]
    times: Sequence[Said]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """``text`` is masked; ``whole`` is the whole masked text, for words that hold for all of it; ``before`` what was said before."""

    text: str
    world: World
    whole: str = ""
    before: tuple[Clause, ...] = field(default=())

    def __add__(self, other: Clause) -> Clause:
        return replace(self, text=f"{self.text} , {other.text}")

    def mentioned(self, *kinds: Kind) -> list[Mention]:
        """The mentions of these kinds in the clause."""
        letters = "".join(LETTER[kind] for kind in kinds)
        return [self.world.mentions[int(match[2])] for match in MARK.finditer(self.text) if match[1] in letters]

    def ids(self, kind: Kind) -> tuple[str, ...]:
        """The known ids of one kind, each once."""
        return tuple(dict.fromkeys(name for mention in self.mentioned(kind) for name in mention.ids))

    def one(self, kind: Kind) -> str | None:
        """The first known id of a kind."""
        return next(iter(self.ids(kind)), None)

    def things(self, kind: Kind) -> list[Thing]:
        """The things of one kind said here."""
        return [self.world.context.by_id[name] for name in self.ids(kind)]

    def says(self, pattern: str) -> bool:
        """Whether a pattern stands in the clause."""
        return re.search(pattern, self.text) is not None

    def said_times(self) -> list[Said]:
        """The times of the clause; those that complete each other as one."""
        found: list[Said] = []
        for match in MARK.finditer(self.text):
            if match[1] != "T":
                continue
            said = self.world.times[int(match[2])]
            whole = together(found[-1], said) if found else None
            found = [*found[:-1], whole] if whole is not None else [*found, said]
        return found

    def when(self, *, recurs: bool = False) -> When | None:
        """The window of the clause's first time; its hours on the day of an earlier clause where it says "then"."""
        for said in self.said_times():
            found = self.window(said, recurs=recurs)
            if found is not None:
                return found
        if self.before and self.says(r"meanwhile|in the meantime|during that time|期间|同期|这段时间|其间"):
            return self.before[-1].when(recurs=recurs)
        return None

    def window(self, said: Said, *, recurs: bool = False) -> When | None:
        """The window of one time."""
        if said.is_hours_only and not recurs and self.says(r"\bthen\b|那天|当天|同一?天|same day|届时"):
            days = next(
                (time.days for clause in reversed(self.before) for time in reversed(clause.said_times()) if time.days),
                None,
            )
            said = replace(said, days=days) if days else said
        return resolve(said, self.world.moment, recurs=recurs)

    def area(self) -> Area | None:
        """The area it speaks of: by its things, else by its words, else by the whole text's."""
        for kind in ("resource", "patient", "ward", "road", "base", "drug", "supplier"):
            for thing in self.things(kind):
                if thing.area is not None:
                    return thing.area
        return area_in(self.text) or self._area_of_staff()

    def _area_of_staff(self) -> Area | None:
        for person in self.things("staff"):
            if person.role in ("surgeon", "anaesthetist"):
                return "theatre"
            if person.role == "driver":
                return "ambulance"
            if found := area_in(person.specialty.lower()):
                return found
        return None

    def service(self) -> str | None:
        """The service it speaks of."""
        said = [thing.service for thing in self.things("resource") if thing.service]
        found = said[0] if said else service_in(self.text)
        return found or next((thing.service for thing in self.things("patient") if thing.service), None)

    def area_and_service(self) -> tuple[Area | None, str | None]:
        """Both, each from the other where only one is said."""
        service = self.service()
        area = AREA_OF.get(service) if service else None
        return area or self.area(), service


_SENTENCE = re.compile(r"(?<=[?!;\n])|(?<=[.。])(?!\d)")
_CUT = re.compile(
    r"[,;.?!\n](?!\d)|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])|:\s(?!\d)|、(?=请|把|同时|另)|(?<![a-z])(?:and then|and also|and please|but|so that|so(?= <| the| we| please)|also|plus|then(?= <| move| put| cancel| add| tell| give)|while(?= <)|and(?= (?:please )?(?:"
    r"move|put|cancel|drop|remove|lock|unlock|freeze|make|set|swap|add|book|schedule|tell|show|give|open|close|keep|reserve|hold|raise|"
    r"lower|mark|re-?run|re-?solve|recalculate|solve|shift|postpone|bring|take|insert|let|compare|undo|publish|send|email|text|call|notify|"
    r"what|why|how|when|which|who|order|<[RSPWL]\d+> (?:is|are|has|will|goes|needs|must|can|should|stops?|back|out|down|off|closed|also|to|moves?|on|in|at|from)))|as well as(?= mov| cancel| put))(?![a-z])"
    r"|(?:并且?(?!发)|同时|另外|然后|顺便|还有(?=,|把|请|让|给|<[PSRW]\d+>)|此外|接着(?!<T)|再(?=把|给|让|加|将|看|告诉)|也(?=把|帮)|而且|所以|因此|不过|但是?(?!书))"
)


def sentences(text: str) -> list[str]:
    """The sentences of a masked text."""
    return [part for part in _SENTENCE.split(text) if part.strip()]


def clauses(text: str) -> list[str]:
    """A sentence cut where another statement may begin."""
    mark = " ?" if "?" in text else ""
    return [part.strip() + mark for part in _CUT.split(text) if part and part.strip()]
