"""Names that sound like a ward, a road, a hospital, a base or a supplier but stand for none that is loaded: marked as unknown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from llm_planner.context import Kind

if TYPE_CHECKING:
    from llm_planner.understand.rules.link import Linked

_ZH = r"[\u4e00-\u9fff]"
_NOT_BEFORE = r"(?:把|给|在|到|去|从|往|和|跟|是|的|由|将|让|请|收进|转到|转入|收到|住进|安排到|今天|明天|后天)"
_UNKNOWN: tuple[tuple[Kind, str], ...] = (
    ("facility", rf"(?<!{_ZH})(?:(?!{_NOT_BEFORE}){_ZH}){{1,5}}医院"),
    (
        "ward",
        rf"(?:(?!{_NOT_BEFORE}|的|床|关|开|留|个|张|放|收|住|进|入|转|各|本|全|哪|该|贵|我|分|停|天|号|周){_ZH}){{1,4}}"
        r"(?:病房|病区|科(?!室|学|主任|长|技|病人|患者|手术|检查))",
    ),
    ("ward", r"(?<![a-z<])(?!(?:the|a|an|this|that|any|each|every|which|what|on|in|to|from|isolation|same|beds?|hospital|observation)\b)[a-z]{3,}(?: (?!ward)[a-z]{4,})? ward(?!s?[a-z])"),
    ("road", rf"(?:(?!{_NOT_BEFORE}|天|午|上|下|一){_ZH}){{1,3}}(?:大道|大街|高架|隧道|大桥|(?<![线道网电水气思半出])路(?!径|线|上|况|程|由))"),
    ("road", r"(?<![a-z<])(?!(?:the|a|this|that|on|by|any|which|main)\b)[a-z']{3,} (?:road|street|avenue|bridge|tunnel|highway|expressway)(?![a-z])"),
    ("base", rf"(?<!{_ZH})(?:去|到|在)?([东南西北中]{{1,2}}站)"),
    ("base", r"(?<![a-z<])(?:north|south|east|west|central|airport)(?:ern)? (?:base|station|post|depot)(?![a-z])"),
    ("supplier", rf"(?:(?!{_NOT_BEFORE}){_ZH}){{2,4}}(?:医药|药业|制药)(?:公司)?"),
    ("plan", r"(?:方案|版本)\s?[a-z](?![a-z])|(?<![a-z])(?:plan|option|version) [b-z](?![a-z0-9<])"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _UNKNOWN)


_NO_WARD = re.compile(
    r"(?:封|修|绕|让|走|马|公|铁|道|问|断|堵|改)路$|(?:本|全|各|分|专|检验|设备|信息|器械|影像|放射|放疗|透析|手术|麻醉|挂号|药剂|医务|护理)科$"
)
"""Departments that have no beds."""


def unknown(linked: Linked) -> None:
    """Mark names of places that are not in the data."""
    for kind, pattern in _PATTERNS:
        linked.text = linked.text.sub(
            pattern,
            lambda match, kind=kind: None if _NO_WARD.search(match[0]) else linked.mark(kind, match),  # type: ignore[misc]
        )
