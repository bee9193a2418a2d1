"""People by family name and title: ``王医生``, ``Dr Wang``, ``小何``. One fits: that one; several: candidates; none: unknown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from llm_planner.context import Context, Thing

if TYPE_CHECKING:
    from llm_planner.understand.rules.link import Linked

FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
_TITLES = "医生|主任|大夫|医师|教授|老师|护士长|护士|技师|技术员|师傅|司机|物理师|麻醉师|麻醉医生|院长|组长|工(?=请|休|明|今|后|周|下|不|这)"
_ZH_TITLED = re.compile(
    rf"(?<![\u4e00-\u9fff])?([{FAMILY}])([\u4e00-\u9fff]{{0,2}}?)(?:{_TITLES})|(?:小|老)([{FAMILY}])(?=[^\u4e00-\u9fff]|请|休|明|今|后|周|下|不|这|生|病|去|要|每|最|有|上|在|出|他|她|和|跟)"
)
_EN_TITLED = re.compile(
    r"(?<![a-z])(?:dr|doctor|prof|professor|nurse|mr|mrs|ms|surgeon)\.? ([a-z]{2,}(?: [a-z]{2,})?)(?:'s)?"
)
_EN_STOP = frozenset(
    [
        "is",
        "are",
        "was",
        "has",
        "will",
        "can",
        "on",
        "in",
        "at",
        "to",
        "for",
        "from",
        "the",
        "and",
        "or",
        "off",
        "out",
        "away",
        "only",
        "no",
        "not",
        "with",
        "needs",
        "wants",
        "must",
        "should",
        "may",
        "call",
        "next",
        "this",
        "today",
        "tomorrow",
        "room",
        "station",
        "please",
        "team",
        "have",
        "get",
    ]
)
_TITLE_AFTER = re.compile(rf"(<S\d+>)\s*(?:{_TITLES})")


def titled(linked: Linked, context: Context) -> None:
    """Mark people said by family name and title."""
    staff = context.of_kind("staff")
    linked.text = linked.text.sub(_TITLE_AFTER, lambda match: match[1])
    linked.text = linked.text.sub(
        re.compile(r"(?<![a-z])(?:dr|doctor|prof|nurse|mr|ms|mrs)\.? (<S\d+>)"), lambda match: match[1]
    )

    def chinese(match: re.Match[str]) -> str | None:
        family, given = match[1] or match[3], match[2] or ""
        if match[1] and match.start() and given == "" and linked.text.value[match.start() - 1] in "小老":
            return None
        return _marked(linked, match, [one for one in staff if _is_called(one, family + given)])

    def english(match: re.Match[str]) -> str | None:
        words = [word for word in match[1].split() if word not in _EN_STOP]
        if not words or match[1].split()[0] in _EN_STOP:
            return None
        fitting = [
            one for one in staff if set(words) & {word for name in one.names for word in name.lower().split()[:1]}
        ]
        marked = _marked(linked, match, fitting)
        return (
            marked
            if marked == match[0]
            else marked + (match[1].removeprefix(words[0]) if len(words) < len(match[1].split()) else "")
        )

    linked.text = linked.text.sub(_ZH_TITLED, chinese)
    linked.text = linked.text.sub(_EN_TITLED, english)


def _is_called(one: Thing, name: str) -> bool:
    return any(other.startswith(name) for other in one.names)


def _marked(linked: Linked, match: re.Match[str], fitting: list[Thing]) -> str:
    ids = tuple(one.id for one in fitting)
    if len(ids) == 1:
        return linked.mark("staff", match, ids=ids)
    if not ids and re.match(r"(?:mr|ms|mrs)\.? ", match[0]):
        return match[0]
    return linked.mark("staff", match, candidates=ids)
