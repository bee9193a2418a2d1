"""Bytes to text: UTF-8 with or without BOM, UTF-16 with BOM, GB18030. Anything else is refused with the byte's place."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from hospital.errors import BadInput

_SURE_SHARE = 0.7
"""Share of the non-ASCII characters that must be everyday ones before GB18030 is taken for granted."""

_SURE_CHARACTERS = 8
"""So many valid UTF-8 characters beyond ASCII before a wrong byte make it a damaged UTF-8 file, not one in another encoding."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, what it was read as, and whether that is in doubt (Latin-1 bytes often pass for rare Chinese characters)."""

    text: str
    encoding: str
    is_unsure: bool = False


def decode(content: bytes, where: str) -> Decoded:
    """The bytes of the file ``where`` as text.

    Raises BadInput naming the first byte that fits neither UTF-8 nor GB18030, or the first NUL.
    """
    decoded = _decode_marked(content, where) or _decode_plain(content, where)
    nul = decoded.text.find("\0")
    if nul >= 0:
        raise BadInput("not_text", where=where, offset=len(decoded.text[:nul].encode("utf-8", "surrogatepass")))
    return decoded


def _decode_marked(content: bytes, where: str) -> Decoded | None:
    marks = (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"\x84\x31\x95\x33", "gb18030"),
    )
    for mark, encoding in marks:
        if content.startswith(mark):
            try:
                return Decoded(content[len(mark) :].decode(encoding), encoding)
            except UnicodeDecodeError as problem:
                raise _undecodable(where, len(mark) + problem.start, content, encoding) from None
    return None


def _decode_plain(content: bytes, where: str) -> Decoded:
    failures: dict[str, int] = {}
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as problem:
            failures[encoding] = problem.start
            if encoding == "utf-8" and _is_damaged_utf8(content[: problem.start]):
                break
        else:
            return Decoded(text, encoding, encoding == "gb18030" and not _is_everyday(text))
    encoding = max(failures, key=lambda name: failures[name])
    raise _undecodable(where, failures[encoding], content, encoding)


def _is_damaged_utf8(before: bytes) -> bool:
    """True where what stands before the wrong byte is UTF-8 beyond doubt: other encodings do not give many such characters in a row."""
    return sum(byte >= 0xC0 for byte in before) >= _SURE_CHARACTERS


def _undecodable(where: str, offset: int, content: bytes, encoding: str) -> BadInput:
    found = content[offset : offset + 2].hex(" ").upper()
    return BadInput("undecodable", where=where, offset=offset, found=found, encoding=encoding)


def _is_everyday(text: str) -> bool:
    """True where most Chinese characters are of the common set GB 2312; other encodings misread as GB18030 rarely are."""
    foreign = [char for char in text if ord(char) > 127]
    if not foreign:
        return True
    everyday = len("".join(foreign).encode("gb2312", "ignore")) // 2
    return everyday >= _SURE_SHARE * len(foreign)
