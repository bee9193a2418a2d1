"""Machines by number: ``3号CT``, ``OR 2``, ``HD05-08``, ``the second linac``, ``all three CTs``; a number there is not is marked as unknown."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from llm_planner.context import Context, Thing
from llm_planner.understand.rules.services import NOUNS, area_in

if TYPE_CHECKING:
    from llm_planner.understand.rules.link import Linked

_AND = r"(?:、|,|和|与|及|跟|/|&|\+|and|以及)"
_NOT_AN_AMOUNT = (
    r"(?![\d.%]|\s*(?::\d|月|日|点|小时|分|天|周(?![一二三四五六日天末])|台|个|例|次|人|名|%|min|h\b|hours?|hrs?|days?|weeks?|more|extra|patients?|cases?"
    r"|slots?|times?|nurses?|am\b|pm\b|st\b|nd\b|rd\b|th\b|o'clock|of\b|machines?|stations?|percent))"
)
_ALL = r"(?:所有的?|全部的?|全体|整个|各台|all (?:the |of the |our )?|both (?:the |of the )?)"
_FOLLOWING = re.compile(
    rf"(<R(\d+)>)\s*{_AND}\s*(?:no\.?\s*|第)?0*(\d{{1,2}})(?:号(?!病人|患者))?(?![\d号])" + _NOT_AN_AMOUNT
)
_LEADING = re.compile(rf"(?<![\d:.月-])0*(\d{{1,2}})号?\s*{_AND}\s*(<R(\d+)>)")
_BEFORE_RANGE = re.compile(r"(?<![\d:.月])0*(\d{1,2})(?:号|#)?\s*(?:到|至|-|~)\s*<R(\d+)>")
_UP_TO = re.compile(r"<R(\d+)>\s*(?:-|~|至|through|thru|到|to)\s*(?:<R(\d+)>|0*(\d{1,2})(?:号)?(?![\d:.点月日]))")


class Numbered:
    """Marks the machines of one text."""

    def __init__(self, linked: Linked, context: Context) -> None:
        self.linked, self.context = linked, context
        self.by_number: dict[tuple[str, int], str] = {}
        self.of_service: dict[str, list[Thing]] = {}
        for thing in context.of_kind("resource"):
            if thing.service is not None:
                self.of_service.setdefault(thing.service, []).append(thing)
                if found := re.search(r"(\d+)$", thing.id):
                    self.by_number[thing.service, int(found[1])] = thing.id

    def mark_all(self) -> None:
        """Mark single machines, lists, ranges and groups."""
        for service in (name for name in NOUNS if name in self.of_service):
            self._single(service, NOUNS[service])
        self._by_place()
        self._only_number()
        self._lists()
        self._ranges()
        self._leading()
        self._leading_ranges()
        for service in (name for name in NOUNS if name in self.of_service):
            self._groups(service, NOUNS[service])

    def _single(self, service: str, noun: str) -> None:
        head = r"(?<![a-z<])"
        after = (
            rf"{head}(?:{noun})\s*[-#]?\s*(?:no\.?|number|num|#|第)?\s*0*(\d{{1,2}})(?:号(?:机|间|室|台)?)?"
            + _NOT_AN_AMOUNT
        )
        before = rf"(?:(?<![\d.:])0*(\d{{1,2}})(?:号|#|(?<=第\d)台)\s*的?|(?<![\d.:])0*(\d{{1,2}})(?:st|nd|rd|th) )(?:{noun})(?![a-z])"
        direct = rf"(?<![a-z0-9<])(?:{service.lower()})[\s-]?0*(\d{{1,2}})(?!\d)" + _NOT_AN_AMOUNT
        for pattern in (direct, before, after):
            self.linked.text = self.linked.text.sub(re.compile(pattern), lambda match: self._marked(service, match))

    def _marked(self, service: str, match: re.Match[str]) -> str | None:
        number = int(next(part for part in match.groups() if part is not None))
        if service == "OR" and re.match(r"or\s+\d", match[0]) and not self._is_theatre(match):
            return None
        found = self.by_number.get((service, number))
        return self.linked.mark("resource", match, ids=(found,) if found else ())

    def _is_theatre(self, match: re.Match[str]) -> bool:
        """``OR 2`` is a theatre, ``1 or 2`` and ``or 2 days`` are not."""
        before = self.linked.text.value[: match.start()].rstrip()
        return not before[-1:].isdigit()

    def _by_place(self) -> None:
        """``the machine in bay 5``, ``5号间``, ``7号车``, ``room 3``."""
        for service, pattern in (
            ("OR", r"(?<![\d.:])0*(\d{1,2})号(?:间|术间|手术台)|(?<![a-z])room 0*(\d{1,2})(?!\d)"),
            (
                "AMB",
                r"(?<![\d.:])0*(\d{1,2})号(?:车|急救车)|(?<![a-z<])(?:car|vehicle|unit|truck|crew) 0*(\d{1,2})(?!\d)|(?<![a-z0-9<])a0(\d)(?!\d)",
            ),
            ("HD", r"(?<![\d.:])0*(\d{1,2})号(?:透析|血透)(?:机|位|床)?|(?<![a-z])(?:bay|chair) 0*(\d{1,2})(?!\d)"),
        ):
            if service in self.of_service:
                self.linked.text = self.linked.text.sub(re.compile(pattern), partial(self._marked, service))

    def _only_number(self) -> None:
        """``2号机``: the machine of that number in the area spoken of; several areas fit where none is."""
        area = area_in(self.linked.text.value)

        def marked(match: re.Match[str]) -> str:
            ids = tuple(
                name
                for (service, number), name in self.by_number.items()
                if number == int(match[1] or match[2])
                and service not in ("OR", "AMB")
                and area in (None, self.context.by_id[name].area)
            )
            return self.linked.mark(
                "resource", match, ids=ids if len(ids) == 1 else (), candidates=ids if len(ids) > 1 else ()
            )

        self.linked.text = self.linked.text.sub(
            re.compile(
                r"(?<![\d.:])0*(\d{1,2})号(?:机器|机)(?!构|制)|(?<![a-z])machine (?:no\.? ?|number )?0*(\d{1,2})(?!\d)"
            ),
            marked,
        )

    def _service_of(self, mark: str) -> str | None:
        ids = self.linked.mentions[int(mark)].ids
        return self.context.by_id[ids[-1]].service if ids else None

    def _lists(self) -> None:
        """``CT1、2``: the next number is of the same kind."""

        def more(match: re.Match[str]) -> str | None:
            service = self._service_of(match[2])
            if service is None or (service, int(match[3])) not in self.by_number:
                return None
            return f"{match[1]}、{self._marked(service, _Part(match, 3))}"  # type: ignore[arg-type]

        for _ in range(6):
            before = self.linked.text
            self.linked.text = before.sub(_FOLLOWING, more)
            if self.linked.text.value == before.value:
                return

    def _leading(self) -> None:
        """``1、2号CT``: so is the number before."""

        def more(match: re.Match[str]) -> str | None:
            service = self._service_of(match[3])
            if service is None or (service, int(match[1])) not in self.by_number:
                return None
            return f"{self._marked(service, _Part(match, 1))}、{match[2]}"  # type: ignore[arg-type]

        for _ in range(4):
            self.linked.text = self.linked.text.sub(_LEADING, more)

    def _leading_ranges(self) -> None:
        """``5号到8号透析机``: the first number is of the same kind."""

        def spread(match: re.Match[str]) -> str | None:
            service = self._service_of(match[2])
            last = self.linked.mentions[int(match[2])].ids
            number = re.search(r"\d+$", last[-1]) if last else None
            if service is None or number is None:
                return None
            ids = [self.by_number.get((service, one)) for one in range(int(match[1]), int(number[0]) + 1)]
            return self.linked.mark("resource", match, ids=tuple(ids)) if len(ids) > 1 and None not in ids else None

        self.linked.text = self.linked.text.sub(_BEFORE_RANGE, spread)

    def _ranges(self) -> None:
        """``HD05-08``; where a patient is spoken of, ``CT1 to CT2`` is a move."""
        is_move = "<P" in self.linked.text.value

        def spread(match: re.Match[str]) -> str | None:
            service = self._service_of(match[1])
            joined = re.search(r"到|to", match[0].replace("through", ""))
            if service is None or (is_move and joined):
                return None
            last = self.linked.mentions[int(match[2])].ids[-1:] if match[2] else ()
            first_number = int(re.search(r"\d+$", self.linked.mentions[int(match[1])].ids[-1])[0])  # type: ignore[index]
            last_number = int(match[3]) if match[3] else int(re.search(r"\d+$", last[0])[0]) if last else 0  # type: ignore[index]
            ids = [self.by_number.get((service, number)) for number in range(first_number, last_number + 1)]
            if len(ids) < 2 or None in ids:
                return None
            return self.linked.mark("resource", match, ids=tuple(ids))

        self.linked.text = self.linked.text.sub(_UP_TO, spread)

    def _groups(self, service: str, noun: str) -> None:
        """``所有CT``, ``both linacs``, ``all three CTs``: every machine of the service."""
        ids = tuple(thing.id for thing in self.of_service[service])
        count = rf"(?:{len(ids)})"
        every = rf"(?:{_ALL}(?:{count}\s*[台个间辆]?\s*)?|(?:全部|这|那|the )?{count}\s*[台间辆]\s*|the {count} |{'两[台间]' if len(ids) == 2 else '(?!)'})"
        pattern = re.compile(rf"{every}(?:{noun})(?![a-z])(?:都|全部?)?|(?<![a-z])(?:{noun})(?:全部|全都|都要?全)")
        self.linked.text = self.linked.text.sub(
            pattern, lambda match: self.linked.mark("resource", match, ids=ids, is_group=True)
        )


class _Part:
    """One group of a match, as a match of its own."""

    def __init__(self, match: re.Match[str], group: int) -> None:
        self._match, self._group = match, group

    def __getitem__(self, group: int) -> str:
        return str(self._match[self._group])

    def groups(self) -> tuple[str, ...]:
        """The number alone."""
        return (str(self._match[self._group]),)

    def span(self) -> tuple[int, int]:
        """Where the group stands."""
        return self._match.span(self._group)

    def start(self) -> int:
        """Where the group begins."""
        return self._match.start(self._group)
