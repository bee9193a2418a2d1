"""Names compared as people mean them: width, case, spaces, punctuation and units in brackets do not count."""

from __future__ import annotations

import re
import unicodedata

_NOISE = re.compile(r"[\s_\-–—./\\:：*、·'\"#?？]+")
_BRACKETS = re.compile(r"[(\[{<【〔「（](.*?)[)\]}>】〕」）]")
_UNITS = {
    "min": ("min", "mins", "minute", "minutes", "分", "分钟"),
    "h": ("h", "hr", "hrs", "hour", "hours", "时", "小时"),
    "t": ("t", "tesla", "特斯拉"),
    "s": ("s", "sec", "second", "seconds", "秒"),
    "day": ("d", "day", "days", "天", "日"),
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}


def plain(text: str) -> str:
    """The text in its comparable form: NFKC, case folded, without spaces and punctuation."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())


def header_name(header: str) -> tuple[str, str]:
    """A column's comparable name without its brackets, and the unit the brackets name (``min``, ``h``, ``t``, ``s``, ``day`` or "")."""
    flat = unicodedata.normalize("NFKC", header)
    units = [_UNIT_OF[plain(inner)] for inner in _BRACKETS.findall(flat) if plain(inner) in _UNIT_OF]
    return plain(_BRACKETS.sub("", flat)), units[0] if units else ""


def unit_of(word: str) -> str:
    """The unit a word stands for, "" for none."""
    return _UNIT_OF.get(plain(word), "")
