"""Numbers as people write and say them, in Chinese and English, turned into digits where a measure or a unit follows."""

from __future__ import annotations

import re

from llm_planner.understand.rules.text import Text

_DIGITS = {mark: value for value, mark in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
    "幺": 1,
    "○": 0,
}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fifteenth": 15, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip

ZH = "零〇一二两俩三四五六七八九十百千万亿幺"
MEASURES = (
    "号|台|个|张|间|例|次|天|日|小时|钟头|钟|分钟|分|点|刻|周|星期|礼拜|月|年|人|名|位|盒|支|瓶|袋|箱|件|万|成|倍|班|床|组|辆|步"
    "|条|元|块|针|剂|份|秒|班次|场|段|根|组|排|季度|人次|台次|单|批|包|片|mg|gy|h|min|ml|ct|mr|%"
)
_ZH_RUN = re.compile(rf"(?<![周期拜第初统专唯][{ZH}])(?<![周期拜统专唯])([{ZH}]+)(?=\s*(?:多|来|几)?(?:{MEASURES}))")
_AFTER_WEEKDAY = re.compile(rf"(?<=[周期拜][一二三四五六日天])([{ZH}]+)(?=[点时])")
_ZH_LARGE = re.compile(
    rf"(?<![周期拜{ZH}])([十一二两三四五六七八九][{ZH}]*[十百千万][{ZH}]*|十[一二三四五六七八九])(?![{ZH}])"
)
_TIMES_A_WEEK = re.compile(rf"(?<=[每一1个]周)([{ZH}])(?=[次回趟])")
_ZH_ORDINAL = re.compile(rf"第([{ZH}]+)(?=[台个间张号辆批])")
_ZH_SPOKEN = re.compile(r"[零〇一二三四五六七八九幺]{3,}")
_PERCENT = re.compile(rf"百分之(\d+(?:\.\d+)?|[{ZH}]+)(?:点([{ZH}]))?")
_TENTHS = re.compile(r"(?<![年月])((?<!\d)\d|[一二两三四五六七八九])成(半)?(?![功为本立])")
_FRACTION = re.compile(rf"([{ZH}]+|(?<!\d)\d+)分之([{ZH}]+|\d+)")
_EN_RUN = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b(?:[\s-]+(?:and[\s-]+)?(?:{'|'.join(_WORDS)}|hundred|thousand)\b)*")
_EN_ORDINAL = re.compile(rf"\b(?:(twenty|thirty)[\s-])?({'|'.join(_ORDINALS)})\b")
_SPOKEN_ID = re.compile(rf"\bp[\s-]*((?:(?:{'|'.join(list(_WORDS)[:10])}|oh|o|\d)[\s-]*){{3,}})\b")


def chinese_number(text: str) -> float | None:
    """The value of a Chinese numeral or of digits with 万 (``三百五``, ``12.5万``); None where it is none."""
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text)
    if text and all(mark in _DIGITS for mark in text):
        return float("".join(str(_DIGITS[mark]) for mark in text))
    total, section, digit, last = 0, 0, 0, 10
    for mark in text:
        if mark in _DIGITS:
            digit = _DIGITS[mark]
        elif mark in _TENS:
            section += (digit or 1) * _TENS[mark]
            digit, last = 0, _TENS[mark]
        elif mark in _MYRIADS:
            total, section, digit, last = (total + section + digit) * _MYRIADS[mark], 0, 0, _MYRIADS[mark]
        else:
            return None
    return float(total + section + (digit * last // 10 if digit and last > 10 and "零" not in text else digit))


def english_number(text: str) -> float:
    """The value of English number words (``two hundred and ten``)."""
    total, section = 0, 0
    for word in re.findall(r"[a-z]+", text):
        if word == "hundred":
            section = (section or 1) * 100
        elif word == "thousand":
            total, section = total + (section or 1) * 1000, 0
        elif word in _WORDS:
            section += _WORDS[word]
    return float(total + section)


def in_digits(text: Text) -> Text:
    """The text with numbers in digits, shares as ``N%``, fractions of an hour or a day as minutes and hours, ids without gaps."""
    for pattern, written in _REWRITES:
        text = text.sub(pattern, lambda match, written=written: _apart(match, written(match)))  # type: ignore[misc]
    return text


def _apart(match: re.Match[str], new: str | None) -> str | None:
    """New digits never join digits before them: ``CT1两成`` is not a hundred and twenty percent."""
    is_joined = (
        new not in (None, "000") and new[:1].isdigit() and match.string[match.start() - 1 : match.start()].isdigit()
    )
    return f" {new}" if is_joined else new


def written(value: float) -> str:
    """A number without a needless decimal point."""
    return (
        f"{value:g}"
        if abs(value) < 10**6 and value != int(value)
        else str(int(value))
        if value == int(value)
        else str(value)
    )


def _zh(match: re.Match[str]) -> str | None:
    value = chinese_number(match[1])
    return None if value is None else written(value)


def _zh_spoken(match: re.Match[str]) -> str:
    return (
        "".join(str(_DIGITS[mark]) for mark in match[0])
        if not re.fullmatch(r"[一二三四五六]{3}", match[0])
        else match[0]
    )


def _percent(match: re.Match[str]) -> str | None:
    value = chinese_number(match[1])
    return None if value is None else f"{written(value)}{'.' + str(_DIGITS[match[2]]) if match[2] else ''}%"


def _tenths(match: re.Match[str]) -> str | None:
    value = chinese_number(match[1])
    return None if value is None else f"{written(10 * value + (5 if match[2] else 0))}%"


def _fraction(match: re.Match[str]) -> str | None:
    below, above = chinese_number(match[1]), chinese_number(match[2])
    return f"{round(100 * above / below, 1):g}%" if below and above and above < below else None


def _english(match: re.Match[str]) -> str:
    return written(english_number(match[0]))


def _en_ordinal(match: re.Match[str]) -> str:
    tens = {"twenty": 20, "thirty": 30}.get(match[1] or "", 0)
    return f"{tens + _ORDINALS[match[2]]}th"


def _spoken_id(match: re.Match[str]) -> str:
    marks = re.findall(r"[a-z]+|\d", match[1])
    return "p-" + "".join(mark if mark.isdigit() else str(_WORDS.get(mark, 0)) for mark in marks) + " "


def _myriads(match: re.Match[str]) -> str:
    return written(float(match[1].replace(",", "")) * (10**8 if match[2] == "亿" else 10**4))


_REWRITES = (
    (re.compile(r"(?<=[少多早晚快慢高低好大小长短松紧严轻重])一点(?!\d|半|钟|到|-)"), lambda match: "些"),
    (
        re.compile(
            r"什么时候.{0,8}(?:不知道|不清楚|不确定|未定|再说|待定|说不准)|(?:不知道|不清楚|不确定)什么时候.{0,6}"
        ),
        lambda match: " ",
    ),
    (_SPOKEN_ID, _spoken_id),
    (re.compile(r"(?<=\d),(?=\d{3}(?!\d))"), lambda match: ""),
    (_PERCENT, _percent),
    (re.compile(r"百分之|per ?cent\b|\bpct\b|个百分点"), lambda match: "%"),
    (_TENTHS, _tenths),
    (_FRACTION, _fraction),
    (
        re.compile(r"(?<![\d月号周期拜个])(?:一)?半个?(?:小时|钟头)|\bhalf (?:an? )?(?:hour|hr)\b"),
        lambda match: "30分钟",
    ),
    (re.compile(r"(?:1|一)刻钟|\b(?:a )?quarter of an hour\b"), lambda match: "15分钟"),
    (re.compile(r"(?:3|三)刻钟|\bthree quarters of an hour\b"), lambda match: "45分钟"),
    (_ZH_ORDINAL, lambda match: "第" + written(chinese_number(match[1]) or 0)),
    (re.compile(r"(\d+(?:\.\d+)?)\s*([万亿])"), _myriads),
    (_AFTER_WEEKDAY, _zh),
    (_TIMES_A_WEEK, _zh),
    (_ZH_RUN, _zh),
    (re.compile(r"(\d+(?:\.\d+)?)\s*([万亿])"), _myriads),
    (_ZH_LARGE, _zh),
    (_ZH_SPOKEN, _zh_spoken),
    (re.compile(r"(\d+)个半(?=小时|钟头|月|天)"), lambda match: f"{match[1]}.5"),
    (re.compile(r"(\d+)(天|周|月)半"), lambda match: f"{match[1]}.5{match[2]}"),
    (re.compile(r"(\d+)(小时|钟头)半"), lambda match: f"{match[1]}.5{match[2]}"),
    (
        re.compile(r"\b(?:an|one|1) hour and (?:a half|30 min(?:ute)?s?)\b|\b(?:one|1) and a half hours?\b"),
        lambda m: "1.5 hours",
    ),
    (
        re.compile(r"\b(\w+) and a half hours?\b"),
        lambda m: f"{english_number(m[1]) or m[1]}.5 hours".replace(".0.5", ".5"),
    ),
    (
        re.compile(
            r"(?:(?<=for )|(?<=in )|(?<=by )|(?<=kes )|(?<=ake )|(?<=out )|(?<=her )|(?<=ter )|(?<=yed )|(?<=ate ))an? (?=hour|day|week|month|minute|fortnight)"
        ),
        lambda match: "1 ",
    ),
    (
        re.compile(r"\b(?:a|one)[ -](fifth|sixth|eighth|tenth)\b"),
        lambda match: {"fifth": "20%", "sixth": "16.7%", "eighth": "12.5%", "tenth": "10%"}[match[1]],
    ),
    (re.compile(r"\ba couple(?: of)?\b|\ba pair of\b"), lambda match: "2"),
    (re.compile(r"\b(?:a |one )?dozen\b"), lambda match: "12"),
    (re.compile(r"\b(?:a|one)[ -]quarter\b(?! (?:past|to))|\bquarter of\b"), lambda match: "25%"),
    (re.compile(r"\b(?:a|one)[ -]third\b"), lambda match: "33.3%"),
    (re.compile(r"\bthree[ -]quarters\b"), lambda match: "75%"),
    (re.compile(r"(?<=\d)\s*k\b(?=\s*(?:yuan|cny|rmb|¥|$|\.|,|for|on|this|next))"), lambda match: "000"),
    (_EN_ORDINAL, _en_ordinal),
    (_EN_RUN, _english),
)
