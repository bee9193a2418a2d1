"""Amounts with their units: minutes, shares, counts, money, quantities, infections' and drugs' numbers."""

from __future__ import annotations

import re

_N = r"(\d+(?:\.\d+)?)"
_MINUTES = re.compile(rf"{_N}\s*(?:个\s*)?(?:分钟|分(?!次|之)|min(?:ute)?s?(?![a-z]))")
_HOURS = re.compile(rf"{_N}[\s-]*(?:个\s*)?(?:小时|钟头|hours?|hrs?|h(?![a-z]))")
_DAYS = re.compile(rf"{_N}\s*(?:天|日(?!间)|days?(?![a-z]))")
_WEEKS = re.compile(rf"{_N}\s*(?:个?星期|个?礼拜|周|weeks?)(?!末)")
_SECONDS = re.compile(rf"{_N}\s*(?:秒|s(?![a-z])|secs?|seconds?)")
_PCT = re.compile(rf"{_N}\s*%")
_MONEY = re.compile(rf"(?:¥|￥|rmb|cny)\s*{_N}|{_N}\s*(?:块|元|yuan|cny|rmb|¥)")
_MILLION = re.compile(rf"{_N}\s*(?:million|m(?= (?:yuan|cny|rmb)))")
QTY_UNITS = r"盒|支|瓶|袋|箱|针|粒|片|包|vials?|pens?|bottles?|box(?:es)?|bags?|ampoules?|amps?|syringes?|units?|packs?"
_QTY = re.compile(rf"{_N}\s*(?:more )?(?:{QTY_UNITS})")
_ANY = re.compile(rf"(?<![A-Za-z<\d.]){_N}")


def minutes(text: str) -> int | None:
    """A length in minutes, hours and minutes added up."""
    hours, mins = _HOURS.search(text), _MINUTES.search(text)
    if hours is None and mins is None:
        return None
    is_one = hours is not None and mins is not None and 0 <= mins.start() - hours.end() <= 5
    if hours is not None and mins is not None and not is_one:
        return round(
            float(min((hours, mins), key=lambda found: found.start())[1]) * (60 if hours.start() < mins.start() else 1)
        )
    total = (float(hours[1]) * 60 if hours else 0) + (float(mins[1]) if mins else 0)
    return round(total)


def number(pattern: re.Pattern[str], text: str) -> float | None:
    """The first number a pattern finds."""
    found = pattern.search(text)
    return None if found is None else float(next(group for group in found.groups() if group is not None))


def hours(text: str) -> float | None:
    """Hours."""
    return number(_HOURS, text)


def days(text: str) -> float | None:
    """Days; weeks count seven."""
    found = number(_DAYS, text)
    weeks = number(_WEEKS, text)
    return found if found is not None else weeks * 7 if weeks is not None else None


def seconds(text: str) -> int | None:
    """Seconds, of minutes too."""
    found = number(_SECONDS, text)
    if found is not None:
        return int(found)
    length = minutes(text)
    return length * 60 if length is not None else None


def percent(text: str) -> float | None:
    """A share in percent."""
    found = number(_PCT, text)
    if found is not None:
        return found
    if re.search(r"一半|半数|\bhalf(?: of)?\b|\bhalve|减半", text):
        return 50.0
    return 100.0 if re.search(r"翻(?:一)?番|翻倍|加倍|\bdoubl", text) else None


def money(text: str) -> float | None:
    """Yuan."""
    found = number(_MILLION, text)
    if found is not None:
        return found * 10**6
    found = number(_MONEY, text)
    return found if found is not None else max((float(match[1]) for match in _ANY.finditer(text)), default=None)


def quantity(text: str) -> float | None:
    """An amount in a drug's unit."""
    return number(_QTY, text)


def quantities(text: str) -> list[tuple[int, float]]:
    """All amounts in a drug's unit, with their places."""
    return [(match.start(), float(match[1])) for match in _QTY.finditer(text)]


def any_number(text: str) -> float | None:
    """The first number of any kind."""
    return number(_ANY, text)


def counted(text: str, units: str) -> int | None:
    """The number before one of these units or nouns (``3 more beds``, ``3张床``)."""
    pattern = rf"(?<![\d.:<A-Za-z]){_N}\s*(?:个|张|名|位|台|例|人|[\u4e00-\u9fff]{{1,5}}?(?=ct|mr|核磁|超声|手术|透析|病人|患者|床)|more |extra |additional |another |further |empty |spare |reserved |new |isolation |of the |of its |ct |mr |chest |urgent |emergency |<[A-Z]\d+> )*\s*(?:[a-z]{{3,}} ){{0,2}}(?:{units})"
    found = re.search(pattern, text)
    return int(float(found[1])) if found else None
