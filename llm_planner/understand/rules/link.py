"""Names to ids: everything in the text that stands for something of the loaded data is found and marked before anything else is read.

A name that fits nothing or several things never becomes an id: it is marked as unknown, or with its candidates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from llm_planner.context import Context, Kind
from llm_planner.understand.rules import link_people, link_places
from llm_planner.understand.rules.link_numbered import Numbered
from llm_planner.understand.rules.link_patients import patient_ids
from llm_planner.understand.rules.mention import LETTER, Mention
from llm_planner.understand.rules.names import Lexicon, folded, lexicon, one_slip
from llm_planner.understand.rules.text import Text


@dataclass(slots=True)
class Linked:
    """The text with a mark for every mention, and the mentions by the number of their mark."""

    text: Text
    mentions: list[Mention] = field(default_factory=list)

    def mark(self, kind: Kind, phrase: re.Match[str], **known: object) -> str:
        """Keep a mention and give its mark."""
        span = self.text.source(phrase.span())
        mention = Mention(kind=kind, surface=phrase[0].strip(), span=span, **known)  # type: ignore[arg-type]
        self.mentions.append(mention)
        return f"<{LETTER[kind]}{len(self.mentions) - 1}>"


def link(text: Text, context: Context) -> Linked:
    """Mark every name of the context in the text, the surest way of looking first."""
    linked = Linked(text)
    patient_ids(linked, context)
    _names(linked, context, lexicon(context))
    Numbered(linked, context).mark_all()
    link_people.titled(linked, context)
    _slips(linked, context, lexicon(context))
    link_places.unknown(linked)
    _merged(linked)
    return linked


def _names(linked: Linked, context: Context, names: Lexicon) -> None:
    def marked(match: re.Match[str]) -> str | None:
        ids = names.ids.get(folded(match[0]))
        if not ids or _is_only_a_service(linked.text.value, match, context.by_id[ids[0]].kind):
            return None
        kind = context.by_id[ids[0]].kind
        return linked.mark(kind, match, ids=ids) if len(ids) == 1 else linked.mark(kind, match, candidates=ids)

    linked.text = linked.text.sub(names.pattern, marked)


_COUNTED = re.compile(r"(?:\d\s*[台个例次]|加台|排台|来台|做台|插台|\b(?:an|a|1|another|one)\s)$")


def _is_only_a_service(text: str, match: re.Match[str], kind: Kind) -> bool:
    """``one emergency CT`` wants an examination, not the scanner of that name."""
    if kind != "resource":
        return False
    if re.fullmatch(r"[\s-]*(?:dr|x[\s-]?ray)[\s-]*", match[0]) and re.match(r"\.?\s+[a-z]", text[match.end() :]):
        return True
    return bool(_COUNTED.search(text[: match.start()])) and not re.search(r"\d", match[0])


def _slips(linked: Linked, context: Context, names: Lexicon) -> None:
    """Names with one letter wrong, where only one thing's name is that near."""

    def marked(match: re.Match[str]) -> str | None:
        near = {ids for name, ids in names.long_names.items() if match[0] != name and one_slip(match[0], name)}
        if len(near) != 1:
            return None
        (ids,) = near
        return linked.mark(context.by_id[ids[0]].kind, match, ids=ids) if len(ids) == 1 else None

    linked.text = linked.text.sub(re.compile(r"(?<![a-z<])[a-z]{6,}(?![a-z])"), marked)
    for size in (4, 3):
        wide = {name: ids for name, ids in names.long_names.items() if len(name) == size and not name.isascii()}
        _chinese_slips(linked, context, wide, size)


def _chinese_slips(linked: Linked, context: Context, names: dict[str, tuple[str, ...]], size: int) -> None:
    for name, ids in names.items():
        if context.by_id[ids[0]].kind not in ("drug", "road", "facility", "supplier") or len(ids) > 1:
            continue
        forms = "|".join(
            re.escape(name[:at]) + r"[\u4e00-\u9fff]" + re.escape(name[at + 1 :])
            for at in range(1 if size < 4 else 0, size)
        )
        linked.text = linked.text.sub(
            re.compile(forms),
            lambda match, ids=ids: linked.mark(context.by_id[ids[0]].kind, match, ids=ids),  # type: ignore[misc]
        )


_SAME = re.compile(r"<([A-Z])(\d+)>\s*[(]\s*<\1(\d+)>\s*[)]")


def _merged(linked: Linked) -> None:
    """``Linac 2 (LINAC2)`` is said once."""

    def one(match: re.Match[str]) -> str | None:
        same = linked.mentions[int(match[2])].ids == linked.mentions[int(match[3])].ids
        return f"<{match[1]}{match[2]}>" if same else None

    linked.text = linked.text.sub(_SAME, one)
