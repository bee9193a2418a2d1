"""The smallest pieces that times in text are made of, in both languages: a table of patterns and what each says by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from llm_planner.understand.times import days
from llm_planner.understand.times.days import Moment

DAY_NAMES = {
    "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6, "一": 0, "二": 1, "三": 2, "四": 3, "五": 4,
    "六": 5, "日": 6, "天": 6, "1": 0, "2": 1, "3": 2, "4": 3, "5": 4, "6": 5,
}  # fmt: skip
_EN_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EN_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_ZW = "[一二三四五六日天]"


Reader = Callable[[re.Match[str], Moment], Any]


def _day(shift: int) -> Reader:
    return lambda match, now: days.one(now.today + timedelta(days=shift))


def _week(shift: int) -> Reader:
    return lambda match, now: days.week(now.today, shift)


def _month(shift: int) -> Reader:
    return lambda match, now: days.month(now.today, shift)


def _const(value: Any) -> Reader:
    return lambda match, now: value


def _zh_weekday(match: re.Match[str], now: Moment) -> Any:
    shift = {"": None, "本": 0, "这": 0, "这个": 0, "下": 1, "下个": 1, "下下": 2, "上": -1, "上个": -1}[match[1] or ""]
    return days.weekday(now.today, DAY_NAMES[match[2]], shift)


def _en_weekday(match: re.Match[str], now: Moment) -> Any:
    said = (match[1] or "").strip()
    shift = {"next": 1, "last": -1}.get(said)
    if match[3]:
        shift = {"next": 1, "after next": 2}.get(match[3].strip(), shift)
    return days.weekday(now.today, DAY_NAMES[match[2][:3]], shift)


def _next_days(match: re.Match[str], now: Moment) -> Any:
    first, last = (DAY_NAMES[name if not name.isascii() else name[:3]] for name in (match[1], match[2]))
    monday = days.week(now.today, 1)[0]
    follows = last == first + 1 or (last > first and re.search(r"到|至|-| to | through ", match[0]))
    return (monday + timedelta(days=first), monday + timedelta(days=last + 1)) if follows else None


def _zh_days(match: re.Match[str], now: Moment) -> Any:
    return tuple(sorted({DAY_NAMES[mark] for mark in re.findall(_ZW, match[1])}))


def _en_days(match: re.Match[str], now: Moment) -> Any:
    return tuple(sorted({DAY_NAMES[word[:3]] for word in re.findall(_EN_DAY, match[0])}))


def _letters(match: re.Match[str], now: Moment) -> Any:
    return {"mwf": (0, 2, 4), "tts": (1, 3, 5), "tths": (1, 3, 5), "tthsa": (1, 3, 5), "tth": (1, 3)}.get(
        match[0].replace("/", ""), ()
    )


def _span_days(match: re.Match[str], now: Moment) -> Any:
    names = re.findall(_ZW if re.search(_ZW, match[0]) else _EN_DAY, match[0].replace("周末", ""))
    first, last = (DAY_NAMES[name[:3] if name.isascii() else name] for name in names[:2])
    return tuple(range(first, last + 1)) if first <= last else ()


def _iso(match: re.Match[str], now: Moment) -> Any:
    return days.date_of(now.today, year=int(match[1]), month=int(match[2]), day=int(match[3]))


def _zh_date(match: re.Match[str], now: Moment) -> Any:
    shift = {"下月": 1, "下个月": 1, "本月": 0, "这个月": 0, "这月": 0}.get(match[2] or "")
    month = (
        None
        if shift is None and not match[3]
        else int(match[3])
        if match[3]
        else (now.today.month - 1 + (shift or 0)) % 12 + 1
    )
    year = int(match[1]) if match[1] else None
    return days.date_of(now.today, year=year, month=month, day=int(match[4]))


def _date_span(match: re.Match[str], now: Moment) -> Any:
    first = days.date_of(now.today, month=int(match[1]) if match[1] else None, day=int(match[2]))
    last = first and days.date_of(now.today, month=first[0].month, day=int(match[3]), year=first[0].year)
    return (first[0], last[1]) if first and last and last[0] >= first[0] else None


def _en_date_span(match: re.Match[str], now: Moment) -> Any:
    numbers = [int(part) for part in match.groups() if part.isdigit()]
    month = _MONTHS.index(next(part for part in match.groups() if not part.isdigit())[:3]) + 1
    first, last = (days.date_of(now.today, month=month, day=number) for number in numbers[:2])
    return (first[0], last[1]) if first and last and last[0] >= first[0] else None


def _slash_date(match: re.Match[str], now: Moment) -> Any:
    return days.date_of(now.today, month=int(match[1]), day=int(match[2]))


def _en_date(match: re.Match[str], now: Moment) -> Any:
    number, word = (match[1], match[2]) if match[1] else (match[4], match[3])
    month = _MONTHS.index(word[:3]) + 1
    return days.date_of(now.today, month=month, day=int(number), year=int(match[5]) if match[5] else None)


def _week_of(match: re.Match[str], now: Moment) -> Any:
    day = _en_date(match, now)
    return days.week(day[0], 0) if day else None


def _ordinal(match: re.Match[str], now: Moment) -> Any:
    return days.date_of(now.today, day=int(match[1]))


def _month_name(match: re.Match[str], now: Moment) -> Any:
    word = match[1]
    number = int(word) if word.isdigit() else _MONTHS.index(word[:3]) + 1
    return days.month_of(now.today, number) if 1 <= number <= 12 else None


def _relative_days(match: re.Match[str], now: Moment) -> Any:
    unit = 7 if re.search("周|星期|礼拜|week", match[0]) else 1
    return days.one(now.today + timedelta(days=unit * int(match[1])))


def _part(name: str) -> Reader:
    return lambda match, now: getattr(now.parts, name)


def _clock(match: re.Match[str], now: Moment) -> Any:
    hour, minute = int(match["hour"]), 0
    if match["half"]:
        minute = 30
    elif match["quarter"]:
        minute = 15 * (1 if match["quarter"] in "1一" else 3)
    elif match["minute"]:
        minute = int(match["minute"])
    if hour > 24 or minute > 59:
        return None
    return (hour * 60 + minute, hour <= 12 and not (match["colon"] and match["hour"].startswith("0")))


def _en_clock(match: re.Match[str], now: Moment) -> Any:
    hour, minute = int(match[1]), int(match[2] or 0)
    if hour > 24 or minute > 59:
        return None
    meridiem = (match[3] or "").replace(".", "").replace(" ", "")
    if meridiem.startswith("a"):
        return (hour % 12 * 60 + minute, False) if hour <= 12 else None
    if meridiem.startswith("p"):
        return (hour % 12 * 60 + 720 + minute, False) if hour <= 12 else (hour * 60 + minute, False)
    return (hour * 60 + minute, hour <= 12 and not match[1].startswith("0"))


def _past(match: re.Match[str], now: Moment) -> Any:
    shift = {"half past": 30, "quarter past": 15, "quarter to": -15}[match[1]]
    return (int(match[2]) * 60 + shift, True)


def _military(match: re.Match[str], now: Moment) -> Any:
    hour, minute = int(match[1]), int(match[2])
    return (hour * 60 + minute, False) if hour < 24 and minute < 60 else None


_UNITS = (
    r"min|hour|hr|h\b|day|week|month|%|patient|case|slot|bed|nurse|driver|tech|vial|pen|bottle|box|bag|ampoule|syringe|unit|yuan|cny|more|extra|less"
    r"|台|个|例|次|人|名|张|天|周|分钟|小时|月|日|号|盒|支|瓶|袋|元|万|fraction|session|time|station|machine|pct|second|s\b|porter|physicist|surgeon|th\b|st\b"
)


def _hours(match: re.Match[str], now: Moment) -> Any:
    first, first_min, first_half, last, last_min, last_half = match.groups()
    if int(first) > 24 or int(last) > 24 or int(first_min or 0) > 59 or int(last_min or 0) > 59:
        return None
    is_sure = bool(first_min or last_min or first_half or last_half) and first != last
    end = _meridiem(int(last), last_half) * 60 + int(last_min or 0)
    half = first_half or (last_half if int(first) % 12 < int(last) % 12 or (int(last) == 12 and last_half) else None)
    start = _meridiem(int(first), half) * 60 + int(first_min or 0)
    open_start = half is None and int(first) <= 12 and not first.startswith("0")
    open_end = last_half is None and int(last) <= 12 and not last.startswith("0")
    if first_half is None and half and half[0] == "p" and start >= end:
        start -= 720
    return ((start, open_start), (end, open_end), is_sure)


def _meridiem(hour: int, half: str | None) -> int:
    if half is None or hour > 12:
        return hour
    return hour % 12 + (12 if half.startswith("p") else 0)


def _military_hours(match: re.Match[str], now: Moment) -> Any:
    start, end = (int(match[at]) * 60 + int(match[at + 1]) for at in (1, 3))
    return ((start, False), (end, False), True)


def _zh_hours(match: re.Match[str], now: Moment) -> Any:
    first, first_min, first_half, _, last, last_min, last_half, last_more = match.groups()
    if int(first) > 24 or int(last) > 24:
        return None
    start = int(first) * 60 + int(first_min or (30 if first_half else 0))
    end = int(last) * 60 + int(last_min or last_more or (30 if last_half else 0))
    if re.search("次日|第二天", match[0]):
        return ((start, int(first) <= 12 and not first.startswith("0")), (end, False), True)
    return (
        (start, int(first) <= 12 and not first.startswith("0")),
        (end, int(last) <= 12 and not last.startswith("0")),
        True,
    )


_MINUTES = {"分": 1, "min": 1, "小": 60, "钟": 60, "h": 60, "hour": 60, "hr": 60, "天": 1440, "日": 1440, "day": 1440, "周": 10080,
            "星": 10080, "礼": 10080, "week": 10080, "fort": 20160}  # fmt: skip


def _duration(match: re.Match[str], now: Moment) -> Any:
    total = 0.0
    for number, unit in re.findall(r"(\d+(?:\.\d+)?)\s*个?\s*([a-z]+|分钟?|小时|钟头|天|日|周|星期|礼拜)", match[0]):
        key = next((name for name in sorted(_MINUTES, key=len, reverse=True) if unit.startswith(name)), None)
        if key is None:
            return None
        total += float(number) * _MINUTES[key]
    return total or None


def _months_long(match: re.Match[str], now: Moment) -> Any:
    return days.months_later(now.today, int(match[1]))


_HOUR_ZH = r"(?<![\d.:])(?P<hour>\d{1,2})(?:(?P<colon>:)(?P<minute>\d{2})(?!\d)|[点时](?!间|段|候|差)(?:(?P<half>半)|(?P<quarter>[13一三])刻|(?P<minute2>\d{1,2})分?)?钟?整?)"


def _hour(match: re.Match[str], now: Moment) -> Any:
    parts = match.groupdict()
    return _clock(_Groups({**parts, "minute": parts["minute"] or parts["minute2"]}), now)  # type: ignore[arg-type]


class _Groups(dict[str, Any]):
    """Named groups with one name for both ways to write minutes."""


_DUR_ZH = r"\d+(?:\.\d+)?\s*个?\s*(?:小时|钟头|分钟)(?:\s*\d+\s*分钟?)?|\d+(?:\.\d+)?\s*(?:天|个?(?:星期|礼拜)|周)(?!前|后|以后|之后|[一二三四五六日天末\d])"
_DUR_EN = r"(?<![\d.:])\d+(?:\.\d+)?[\s-]*(?:minutes?|mins?|hours?|hrs?|h(?![a-z])|days?|weeks?|fortnights?)(?:\s*(?:and )?\d+\s*(?:minutes?|mins?))?(?![a-z])"
TABLE: tuple[tuple[str, str, Reader], ...] = (
    ("days", rf"(?:每|逢|各)(?:个|逢)?(?:周|星期|礼拜)((?:{_ZW}(?:[、,和与及/]|(?:周|星期|礼拜))?)*{_ZW})(?:至|到|-|~)?(?!次|台|小时)", _zh_days),
    ("day", rf"(?<![a-z])next ({_EN_DAY})(?: and | & | to | through | ?- ?)({_EN_DAY})(?![a-z])", _next_days),
    ("day", rf"下(?:个)?(?:周|星期|礼拜)({_ZW})(?:和|、|与|及|到|至|-)?(?:下?(?:个)?(?:周|星期|礼拜))?({_ZW})(?!次)", _next_days),
    ("weekend", r"(?<![下每])(?:周六(?:、|和|与)?(?:周)?[日天])(?!次)|(?<![a-z])(?<!next )sat(?:urday)?(?: and | & |/|-| to )sun(?:day)?(?![a-z])", lambda m, now: days.weekend(now.today, 0)),
    ("span_days", rf"(?:每)?(?<![下本上这个])(?:周|星期|礼拜){_ZW}\s*(?:至|到|-|~)\s*(?:周|星期|礼拜)?{_ZW}", _span_days),
    ("days", rf"(?:周|星期|礼拜)({_ZW}(?:、|和|与|及|/)(?:(?:周|星期|礼拜)?{_ZW}(?:、|和|与|及|/))*(?:周|星期|礼拜)?{_ZW})", _zh_days),
    ("days", rf"((?:(?:周|星期|礼拜){_ZW}){{2,}})", _zh_days),
    ("days", rf"(?:周|星期|礼拜)({_ZW}{_ZW}+)", _zh_days),
    ("days", r"(?<![\d一-龥])([一二三四五六]{2,4})(?=早|上|中|下|晚|的|班|透|做|来|,|\.|;|$|\s)", _zh_days),
    ("days", r"(一三五|二四六|一四|二五|三六)", _zh_days),
    ("everyday", r"每个?工作日|工作日|平日|平时每天|(?<![a-z])(?:every )?(?:week|work(?:ing)? ?)days?(?![a-z])", _const((0, 1, 2, 3, 4))),
    ("span_days", rf"(?<![a-z]){_EN_DAY}s?(?: ?- ?| through | thru ){_EN_DAY}s?(?![a-z])|(?<![a-z])mon(?:day)?s? to fri(?:day)?s?(?![a-z])", _span_days),
    ("everyday", r"每个?周末|every weekend|(?<![a-z])(?:at |on )?weekends(?![a-z])", _const((5, 6))),
    ("everyday", r"每天|每日|天天|(?<![a-z])(?:every ?day|daily|each day|every single day)(?![a-z])", _const(())),
    ("everynight", r"每晚|每天晚上|(?<![a-z])(?:every|each) (?:evening)(?![a-z])", _part("evening")),
    ("everynight", r"每夜|夜班|夜里值班|(?<![a-z])(?:every|each) night|(?<![a-z])nights(?![a-z])|night (?:work|shifts?|duty|duties)", _part("night")),
    ("everynight", r"每天上午|每天早上|(?<![a-z])(?:every|each) morning|(?<![a-z])mornings(?![a-z])", _part("morning")),
    ("everynight", r"每天下午|(?<![a-z])(?:every|each) afternoon|(?<![a-z])afternoons(?![a-z])", _part("afternoon")),
    ("everynight", r"(?<![a-z])evenings(?![a-z])", _part("evening")),
    ("letters", r"(?<![a-z])(?:mwf|m/w/f|tts|t/t/s|tth?sa?|t/th/s)(?![a-z])", _letters),
    ("days", rf"(?<![a-z])(?:every|each|on) {_EN_DAY}s?(?:(?:, ?| ?and | ?& ?|/){_EN_DAY}s?)+(?![a-z])", _en_days),
    ("days", rf"(?<![a-z]){_EN_DAY}s?(?:(?:, ?|/){_EN_DAY}s?)+(?:,? ?(?:and|&) ?{_EN_DAY}s?)?(?![a-z])", _en_days),
    ("days", rf"(?<![a-z])(?:every|each) {_EN_DAY}(?![a-z])", _en_days),
    ("days", r"(?<![a-z])(?:mon|tues|wednes|thurs|fri|satur|sun)days(?:(?:, ?| ?and | ?& ?)(?:mon|tues|wednes|thurs|fri|satur|sun)days)*(?![a-z])", _en_days),
    ("days", rf"(?<![a-z]){_EN_DAY}(?: and | & |/){_EN_DAY}(?! (?:from|between|at))(?![a-z])", _en_days),
    # dates
    ("week", rf"(?<![a-z])(?:the )?week (?:of|commencing|beginning|starting) (?:the )?(?:(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({_EN_MONTH})|({_EN_MONTH}) (\d{{1,2}}))()(?![a-z\d])", _week_of),
    ("day", r"明后(?:两|2)?天", lambda m, now: (now.today + timedelta(days=1), now.today + timedelta(days=3))),
    ("day", r"今明(?:两|2)?天|(?<![a-z])today and tomorrow(?![a-z])", lambda m, now: (now.today, now.today + timedelta(days=2))),
    ("nextday", r"(?<=[到至~-])(?:次日|第二天|翌日)|(?<=to )(?:the )?next (?:day|morning)|(?<=until )(?:the )?next (?:day|morning)", _const(True)),
    ("day", r"(?<![\d.:])(\d{1,2})月(\d{1,2})(?:日|号)?\s*(?:-|~|到|至)\s*(\d{1,2})(?:日|号)", _date_span),
    ("day", r"(?<![\d.:月])()(\d{1,2})(?:日|号)?\s*(?:-|~|到|至)\s*(\d{1,2})(?:日|号)(?!机|间|车|楼|病|床|台|线|直|ct|透|手)", _date_span),
    ("day", rf"(?<![\d.:])(\d{{1,2}})(?:st|nd|rd|th)?\s?(?:-|to|until|till|through|and)\s?(?:the )?(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({_EN_MONTH})(?![a-z])", _en_date_span),
    ("day", rf"(?<![a-z])({_EN_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?\s?(?:-|to|until|till|through)\s?(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]| ?[ap]m)", _en_date_span),
    ("day", r"(?<!\d)(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?!\d)(?:t(?=\d\d:))?", _iso),
    ("day", r"(?:(20\d\d)年)?(下个?月|本月|这个?月)?(?:(\d{1,2})月(?:份)?)?(?<!\d)(\d{1,2})(?:日|号)(?!机|间|车|楼|病|床|台|线|直|ct|透|位)", _zh_date),
    ("day", r"(?:(20\d\d)年)?(下个?月|本月|这个?月)?(?:(?<!\d)(\d{1,2})月)(\d{1,2})(?!\d)", _zh_date),
    ("day", rf"(?<![\d.:])(?:(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({_EN_MONTH})|({_EN_MONTH}) (?:the )?(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]))(?:,? (20\d\d))?(?![a-z])", _en_date),
    ("day", r"(?<![\d/.])(1[0-2]|0?[1-9])/([12]\d|3[01]|0?[1-9])(?![\d/%])", _slash_date),
    ("day", r"(?<![a-z])(?:on |by |before |until |till |to |from )?the (\d{1,2})(?:st|nd|rd|th)(?! (?:linac|ct|mr|or|theatre|case|machine|station|shift|slot|scanner|patient|floor|one|time))(?![a-z])", _ordinal),
    ("day", r"大后天|(?<![a-z])in 3 days(?:' time)?(?![a-z])", _day(3)),
    ("day", r"(?<!最)后天|後天|后日|(?<![a-z])(?:the )?day after tomorrow(?![a-z])|(?<![a-z])in 2 days(?:' time)?(?![a-z])", _day(2)),
    ("day", r"明天|明日|明儿个?|翌日|次日|(?<![a-z])tomorrow(?!\w)|(?<![a-z])tmrw?(?![a-z])|(?<![a-z])tmr(?![a-z])", _day(1)),
    ("day", r"明(?=早|晚|晨|上午|下午|中午|夜)", _day(1)),
    ("day", r"大前天", _day(-3)),
    ("day", r"(?<!之|以|目|提|从|大)前天|(?<![a-z])(?:the )?day before yesterday(?![a-z])", _day(-2)),
    ("day", r"昨天|昨日|昨儿|昨(?=晚|夜|早)|(?<![a-z])yesterday(?![a-z])", _day(-1)),
    ("day", r"今天|今日|今儿个?|当天(?!能|就|加|做)|(?<![a-z])today(?![a-z])|今(?=早|晚|晨|夜)", _day(0)),
    ("tonight", r"(?<![a-z])tonight(?![a-z])", _part("evening")),
    ("this_part", r"(?<![a-z])this (?=morning|afternoon|evening)", _day(0)),
    ("day", r"(?<![a-z])in (\d+) (?:days|weeks)(?:' time)?(?![a-z])|(?<!\d)(\d+)(?:天|周|个?星期|个?礼拜)(?:之|以)?后", lambda m, now: _relative_days(_first(m), now)),
    ("month", rf"(?<![a-z])(?:the )?rest of (?:the |this )?(?:month|{_EN_MONTH})(?![a-z])|(?:本月|这个月)(?:剩下|余下|剩余)(?:的时间|的?日子)?", lambda m, now: (now.today, days.month(now.today, 0)[1])),
    ("week", r"(?<![a-z])(?:the )?rest of (?:the |this )?week(?![a-z])|(?:本周|这周)(?:剩下|余下|剩余)(?:的?时间|几天|的?日子)?", lambda m, now: (now.today, days.week(now.today, 0)[1])),
    ("week", r"下下周|下下个?(?:星期|礼拜)(?![一二三四五六日天])|(?<![a-z])(?:the )?week after next(?![a-z])", _week(2)),
    ("weekday", rf"(本|这个?|下下|下个?|上个?)?(?:周|星期|礼拜)({_ZW})(?!次|台|次数)", _zh_weekday),
    ("weekend", r"下个?周末|下个?星期末|(?<![a-z])next weekend(?![a-z])", lambda m, now: days.weekend(now.today, 1)),
    ("weekend", r"(?:本|这个?)?周末|双休日|(?<![a-z])(?:this |the |over the |at the )?(?:coming )?weekend(?![a-z])", lambda m, now: days.weekend(now.today, 0)),
    ("week", r"(?:下|下个)(?:周|星期|礼拜)|下礼拜|(?<![a-z])(?:next|the coming|the following) week(?![a-z])", _week(1)),
    ("week", r"(?:上|上个)(?:周|星期|礼拜)|(?<![a-z])(?:last|the past|previous) week(?![a-z])", _week(-1)),
    ("week", r"(?:本|这|这个)(?:周|星期|礼拜)|(?<![a-z])(?:this|the current) week(?![a-z])|(?<![a-z])the week(?= (?:end|is out))", _week(0)),
    ("weekday", rf"(?<![a-z])(next |last |this |coming )?({_EN_DAY})(?:'s)?( week| after next|(?= of next week))?(?![a-z])", _en_weekday),
    ("monthend", r"(?:本月|这个月|当月)?月底|月末|(?<![a-z])(?:the )?end of (?:the|this) month(?![a-z])|(?<![a-z])month[\s-]?end(?![a-z])|(?<![a-z])the month is out", lambda m, now: days.month(now.today, 0)),
    ("monthend", r"下个?月底|(?<![a-z])(?:the )?end of next month(?![a-z])", lambda m, now: days.month(now.today, 1)),
    ("weekend_of", r"(?<![a-z])(?:the )?end of (?:the|this) week(?![a-z])|(?<![\d一两])本?周内", lambda m, now: days.week(now.today, 0)),
    ("weekend_of", r"(?<![a-z])(?:the )?end of next week(?![a-z])|下周内", lambda m, now: days.week(now.today, 1)),
    ("monthend", rf"(?<![a-z])(?:the )?end of ({_EN_MONTH})(?![a-z])|(?<!\d)(\d{{1,2}})月底", lambda m, now: _month_name(_first(m), now)),
    ("month", r"下个?月(?!\d)|(?<![a-z])(?:next|the coming) month(?![a-z])", _month(1)),
    ("month", r"上个?月(?!\d)|(?<![a-z])last month(?![a-z])", _month(-1)),
    ("month", r"本月|这个?月|当月|(?<![a-z])(?:this|the current) month(?![a-z])", _month(0)),
    ("quarter", r"本季度?|这个?季度|(?<![a-z])(?:this|the current) quarter(?![a-z])", lambda m, now: days.quarter(now.today, 0)),
    ("quarter", r"下个?季度?|(?<![a-z])next quarter(?![a-z])", lambda m, now: days.quarter(now.today, 1)),
    ("quarter", r"上个?季度?|(?<![a-z])last quarter(?![a-z])", lambda m, now: days.quarter(now.today, -1)),
    ("year", r"今年|本年度?|(?<![a-z])this year(?![a-z])", lambda m, now: days.year(now.today)),
    ("month", rf"(?<![\d第])(1[0-2]|[1-9])月(?:份)?(?!\d)|(?<![a-z])(?:in |for |during |whole of |all )({_EN_MONTH})(?![a-z])", lambda m, now: _month_name(_first(m), now)),
    ("month", r"(?<![a-z])(january|february|april|june|july|august|september|october|november|december)(?![a-z])", _month_name),
    ("part", r"凌晨|后半夜|(?<![a-z])(?:the )?(?:small hours|early hours)(?![a-z])", _part("small_hours")),
    ("part", r"一大早|清晨|早晨|早上|上午|(?<=[今明后天一二三四五六日号])早(?!点|些|班)|晨|(?<![a-z])(?:in the |the )?mornings?(?![a-z])|(?<![a-z\d])(?<!\d )am(?![a-z])|a\.m\.?", _part("morning")),
    ("part", r"中午|午间|(?<![a-z])(?:over )?lunch(?:time)?(?![a-z])", _part("noon")),
    ("part", r"(?<!上)(?:下午|午后)|(?<![a-z])(?:in the |the )?afternoons?(?![a-z])|(?<![a-z\d])(?<!\d )pm(?![a-z])|p\.m\.?", _part("afternoon")),
    ("part", r"晚上|傍晚|晚间|(?<=[今明后天一二三四五六日号昨])晚(?!些|点|班|于)|当晚|(?<![a-z])(?:in the |the )?evenings?(?![a-z])", _part("evening")),
    ("part", r"夜里|夜间|深夜|半夜|通宵|整夜|(?<=[今明后天一二三四五六日号昨])夜|(?<![a-z])(?:over ?night|(?:at |the )?night(?:time)?)(?![a-z])", _part("night")),
    ("allday", r"全天|一整天|整天|一天(?=休|都|停|不|$|[,.])|(?<![a-z])all day(?: long)?(?![a-z])|(?<![a-z])(?:the )?(?:whole|entire|full) day(?![a-z])", _const(True)),
    # hours
    ("hours", r"(?<![\d.:-])([01]\d|2[0-3])([0-5]\d)\s?[-~]\s?([01]\d|2[0-4])([0-5]\d)(?![\d%:])", _military_hours),
    ("hours", rf"(?<![\d.:/a-z<-])(\d{{1,2}})(?::(\d\d))?\s?(a\.?m\.?|p\.?m\.?)?\s?(?:-|~|to|till|until|and)\s?(\d{{1,2}})(?::(\d\d))?\s?(a\.?m\.?|p\.?m\.?)?(?![\d:/%a-z-]|\.\d|\s*(?:{_UNITS}))", _hours),
    ("hours", r"(?<![\d.:])(\d{1,2})(?::(\d\d)|(?:[点时](半)?))?()\s*(?:[-~]|到|至)\s*(?:次日|第二天)?(\d{1,2})(?::(\d\d)|[点时](?:(半)|(\d{1,2})分?)?)(?!\d|间)", _zh_hours),
    ("clock", r"(?<![a-z])(half past|quarter past|quarter to) (\d{1,2})(?!\d)", _past),
    ("clock", r"(?<![\d.:])(\d{1,2})[:.]?(\d{2})?\s*(a\.?m\.?|p\.?m\.?)(?![a-z])", _en_clock),
    ("clock", rf"(?:(?<=at )|(?<=until )|(?<=till )|(?<=til )|(?<=by )|(?<=before )|(?<=after )|(?<=from )|(?<=between )|(?<=since )|(?<=past ))(\d{{1,2}})()()(?![\d:.%/]|-\d|\s*(?:{_UNITS}))", _en_clock),
    ("clock", _HOUR_ZH, _hour),
    ("clock", r"(?<![\d.:])(\d{1,2}):(\d{2})()(?!\d)", _en_clock),
    ("clock", r"(?<![\d.:])(\d{1,2})(?:()) ?(?:o'? ?clock)", lambda m, now: (int(m[1]) * 60, True)),
    ("clock", r"(?<![\d.:-])([01]\d|2[0-3])([0-5]0|[0-5]5) ?(?:h|hrs|hours)(?![a-z])|(?<![\d.:-])(?:(?<=at )|(?<=from )|(?<=until )|(?<=till )|(?<=by ))([01]\d|2[0-3])([0-5][05])(?!\d| ?[a-z]*(?:yuan|units|vials))", lambda m, now: _military(_first2(m), now)),
    ("clock", r"(?<![a-z])noon(?![a-z])|(?<![a-z])midday(?![a-z])|正午", _const((720, False))),
    ("clock", r"(?<![a-z])midnight(?![a-z])|零点|午夜12点|午夜", _const((1440, False))),
    ("now", r"现在|即刻|立刻|立即|马上|眼下|从此刻|即日|(?<![a-z])(?:right )?now(?![a-z])|(?<![a-z])immediately(?![a-z])|(?<![a-z])straight away(?![a-z])|(?<![a-z])asap(?![a-z])|(?<![a-z])at once(?![a-z])", _const(True)),
    ("forever", r"从?今后|以后(?=每|都|所有|凡)|往后|(?<![a-z])(?:from now on|from here on|in (?:the )?future|permanently|for good|going forward|henceforth)(?![a-z])|长期|until further notice|暂无?期限|何时恢复|恢复时间(?:待|另|未|不)\w*", _const(True)),
    ("dur", r"(?<=within )(?:the|this) hour(?![a-z])|(?<=inside )the hour(?![a-z])", _const(60.0)),
    ("dur", rf"{_DUR_ZH}|{_DUR_EN}", _duration),
    ("halfday", r"半天|(?<![a-z])half (?:a )?day(?![a-z])", _const(240)),
    ("months", r"(?<!\d)(\d+)个月(?!前|后)|(?<!\d)(\d+) months?(?![a-z])", lambda m, now: _months_long(_first(m), now)),
    # relations
    ("until", r"直到|截止到?|截至|(?<![a-z])(?:up )?(?:until|till|til|through(?: to)?|thru)(?![a-z])", _const(None)),
    ("by", r"最迟|最晚|不晚于|不迟于|(?<![a-z])(?:by|no later than|not later than|latest(?: by)?|at the latest)(?![a-z])", _const(None)),
    ("after", r"(?<![a-z])(?:after|later than|not before|no earlier than|not earlier than|past)(?![a-z])|不早于|晚于", _const(None)),
    ("before", r"(?<![a-z])(?:before|prior to|ahead of|earlier than)(?![a-z])|早于", _const(None)),
    ("from", r"自从?|从(?!头|没|未|来|不)|打从?|(?<![a-z])(?:from|starting(?: from| on)?|beginning|since|as of|as from|effective)(?![a-z])", _const(None)),
    ("within", r"(?<![a-z])(?:within|inside|in under|in less than)(?: the (?:next|coming)| the(?= \d))?(?![a-z])", _const(None)),
    ("next", r"未来|接下来的?|今后的?|往后|后面|接着|(?<![a-z])(?:over |for |in |during )?the (?:next|coming|following)(?= \d| few)|(?<![a-z])next(?= \d)", _const(None)),
    ("past", r"过去的?|最近的?|近(?=\d)|(?<![a-z])(?:over |in )?the (?:last|past)(?= \d)|(?<![a-z])(?:last|past)(?= \d)", _const(None)),
    ("for", r"(?<![a-z])for(?= )", _const(None)),
    ("within_end", r"之内|以内|内(?!科|镜|分|容|存|部)", _const(None)),
    ("until_end", r"为止|止(?![痛血咳])", _const(None)),
    ("before_end", r"之前|以前|(?<!提|目|空|当|床|术)前(?!台|面|列|后|往|移|挪|提|天|臂|夜)", _const(None)),
    ("from_end", r"开始|起(?!来|床|效|码|搏)|(?<![a-z])on ?wards?(?![a-z])", _const(None)),
    ("after_end", r"以后|之后|过后|(?<=[点午天日号半晚\d])后(?!天|面|台|续|勤)", _const(None)),
    ("to", r"到(?!位|货|底|场|岗|处|达|账|时候|期|了|来)|至(?!少|多|于|今)|(?<=[\d点半分日号午上晚天一二三四五六m\s])\s?[-~](?=\s?\d|\s?[今明后下周晚早上中]|\s?[a-z])|(?<![a-z])to(?![a-z])", _const(None)),
    ("between", r"(?<![a-z])between(?![a-z])", _const(None)),
)  # fmt: skip


class _Chosen:
    """The groups of a match that took part, counted from one."""

    def __init__(self, match: re.Match[str], size: int) -> None:
        self._all = match[0]
        self._groups = [group for group in match.groups() if group is not None][:size]

    def __getitem__(self, group: int) -> str:
        return self._all if group == 0 else self._groups[group - 1]


def _first(match: re.Match[str]) -> Any:
    return _Chosen(match, 1)


def _first2(match: re.Match[str]) -> Any:
    return _Chosen(match, 2)
