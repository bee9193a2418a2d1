"""A text whose characters remember where in the original they stood, so that every reading can show the phrase it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Text:
    """``value`` as read now; ``origin[i]`` is the half-open span of the original that character i came from."""

    value: str
    origin: tuple[Span, ...]

    @classmethod
    def of(cls, original: str) -> Text:
        """The original in one width and one case, without marks that cannot be seen."""
        value, origin = [], []
        for place, mark in enumerate(original):
            if unicodedata.category(mark) in ("Cf", "Cc") and mark not in "\n\t":
                continue
            for part in unicodedata.normalize("NFKC", _PLAIN.get(mark, mark)).lower():
                value.append(part)
                origin.append((place, place + 1))
        return cls("".join(value), tuple(origin))

    def sub(self, pattern: re.Pattern[str], written: Callable[[re.Match[str]], str | None]) -> Text:
        """Every match rewritten (None = left as it is); new characters come from the whole match."""
        value: list[str] = []
        origin: list[Span] = []
        at = 0
        for match in pattern.finditer(self.value):
            new = written(match)
            if new is None or match.start() == match.end():
                continue
            value.append(self.value[at : match.start()] + new)
            origin += [*self.origin[at : match.start()], *[self.source(match.span())] * len(new)]
            at = match.end()
        return Text("".join(value) + self.value[at:], tuple(origin) + self.origin[at:])

    def source(self, span: Span) -> Span:
        """The span of the original that a span of the value came from."""
        inside = self.origin[span[0] : span[1]]
        return (min(first for first, _ in inside), max(last for _, last in inside)) if inside else (0, 0)


_PLAIN = {
    "，": ",", "。": ".", "；": ";", "：": ":", "？": "?", "！": "!", "（": "(", "）": ")", "“": '"', "”": '"', "「": '"',
    "」": '"', "‘": "'", "’": "'", "～": "~", "〜": "~", "—": "-", "–": "-", "－": "-", "−": "-", "→": "->", "【": "[",
    "】": "]", "《": '"', "》": '"', "<": "‹", ">": "›", "…": ".",
}  # fmt: skip
"""One writing for marks that people write in several; angle brackets are ours (they mark what was linked)."""
