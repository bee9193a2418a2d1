"""Corrections in mid-sentence: ``明天……哦不对，后天`` says only the day after tomorrow."""

from __future__ import annotations

import re

_MARKER = re.compile(
    r"[,.\s]*(?:哦|噢|啊|呃|嗯|等等|等一下)?[,.\s]*(?:不对(?:不对)?|不是不是|说错了?|错了|更正(?:一下|为)?|哦不|啊不|噢不|不不|口误|应该是|应为|我是说|改口|打错了?(?:是)?)[,.:\s]*(?:是|应该是|改(?:成|到|为)|应为)?\s*"
    r"|[,.\s-]*(?<![a-z])(?:no,? wait|wait,? no|oh no|sorry,?(?: i mean(?:t)?)?|i meant?|scratch that|correction|make that|make it|oops|actually,?(?: no)?|or rather|rather,|no,(?= ?(?:<|make|the|it|on|at|to|\d))|not that,?)(?![a-z])[,.:\s]*(?:i mean(?:t)?|it's|make (?:it|that)|on|at|to|until|by|from|for|the)?\s*"
)
_MARK = re.compile(r"<([A-Z])(\d+)>")
_AMOUNT = re.compile(r"\d+(?:\.\d+)?")


def corrected(masked: str) -> str:
    """The masked text with the later of two things of one kind in the earlier's place, where a correction stands between them."""
    for _ in range(4):
        found = next((match for match in _MARKER.finditer(masked) if _correction(masked, match) is not None), None)
        if found is None:
            return masked
        masked = _correction(masked, found) or masked
    return masked


def _correction(masked: str, marker: re.Match[str]) -> str | None:
    head, tail = masked[: marker.start()], masked[marker.end() :]
    new = _MARK.match(tail)
    if new is not None:
        old = next((match for match in reversed(list(_MARK.finditer(head))) if match[1] == new[1]), None)
        return None if old is None else head[: old.start()] + new[0] + head[old.end() :] + " " + tail[new.end() :]
    amount = _AMOUNT.match(tail)
    if amount is None:
        return None
    old = next(
        (
            match
            for match in reversed(list(_AMOUNT.finditer(head)))
            if head[max(0, match.start() - 2) : match.start()][-1:] not in "<RPSTWDUFBLN" or match.start() == 0
        ),
        None,
    )
    return (
        None
        if old is None
        else head[: old.start()]
        + amount[0]
        + head[old.end() :]
        + " "
        + re.sub(r"^\s*[a-z]+|^\s*(?:分钟|天|张|台|个|支|盒|瓶|小时)", "", tail[amount.end() :])
    )
