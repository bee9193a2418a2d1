"""What was found in a text: a mark stands in the text where each thing, time or amount was read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from llm_planner.context import Kind

LETTER: Mapping[Kind, str] = MappingProxyType(
    {
        "resource": "R",
        "patient": "P",
        "staff": "S",
        "ward": "W",
        "facility": "F",
        "base": "B",
        "road": "L",
        "supplier": "U",
        "drug": "D",
        "plan": "N",
    }
)
"""The letter of a kind's mark: ``<R3>`` is the text's third mark and stands for a resource."""
MARK = re.compile(r"<([A-Z])(\d+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name in the text. ``ids`` is what it stands for (several: a list or a group); empty where it is not known, then ``candidates``
    are the ids it could be (none = unknown). ``surface`` is the phrase as typed, ``span`` its place in the original."""

    kind: Kind
    ids: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    surface: str = ""
    span: tuple[int, int] = (0, 0)
    is_group: bool = field(default=False)

    @property
    def is_known(self) -> bool:
        """Whether it stands for ids."""
        return bool(self.ids)


def marks_in(text: str, letters: str = "RPSWFBLUDN") -> list[int]:
    """Numbers of the marks in a masked text, in order."""
    return [int(match[2]) for match in MARK.finditer(text) if match[1] in letters]
