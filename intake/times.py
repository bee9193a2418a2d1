"""Dates and times as hospitals write them. What could mean two things (3/2/2026, 26-3-2) is refused, never guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from intake.cells import Cell, NoValue
from intake.quarantine import Refused

FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Years a hospital plans in; anything else is a slip of the pen."""

_DATE = r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
_CLOCK = (
    r"(?P<half>上午|下午|中午|凌晨|晚上|[AaPp]\.?[Mm]\.?)?\s*(?P<hour>\d{1,2})"
    r"(?:\s*[:时点]\s*(?:(?P<half_hour>半)|(?P<quarter>一刻)|(?P<minute>\d{1,2})\s*分?)?"
    r"(?:\s*[:分]?\s*(?P<second>\d{1,2})(?:\.\d{1,6})?\s*秒?)?)?\s*(?P<after>[AaPp]\.?[Mm]\.?)?"
)
_OFFSET = r"(?P<offset>[Zz]|[+-]\d{2}:?\d{2})?"
_WEEKDAY = r"(?:\s*[((]?(?:周|星期)[一二三四五六日天][))]?)?"
_MOMENT = re.compile(rf"{_DATE}{_WEEKDAY}(?:\s*[Tt,]?\s*{_CLOCK})?\s*{_OFFSET}")
_TIME = re.compile(_CLOCK)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[ T]?(\d{2}):?(\d{2})(?::?(\d{2}))?)?")
_AFTERNOON = ("下午", "晚上", "p")
_DAY_MIN = 1440


def read_moment(cell: Cell | NoValue, zone: ZoneInfo, *, is_end: bool = False) -> datetime:
    """A cell as an aware datetime of the site's zone.

    A time without offset is the site's local time; a date alone is its midnight, or the following midnight with ``is_end``.
    Raises Refused for anything unclear, for a local time that a clock change skips and for years outside 2000 to 2099.
    """
    if type(cell) is str:
        text = cell.strip()
        if len(text) > 10 and text[4] == "-" == text[7] and text[10] in "T ":
            try:
                return _placed(datetime.fromisoformat(text), zone, cell)
            except ValueError:
                pass
        return _from_text(text, zone, is_end)
    if isinstance(cell, datetime):
        return _placed(cell, zone, cell)
    if isinstance(cell, date):
        return _midnight(cell, zone, is_end)
    raise Refused("moment", cell)


def _placed(when: datetime, zone: ZoneInfo, cell: object) -> datetime:
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise Refused("year", cell, first=FIRST_YEAR, last=LAST_YEAR)
    if when.tzinfo is not None:
        return when.astimezone(zone)
    local = when.replace(tzinfo=zone)
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) != when.replace(fold=0):
        raise Refused("skipped_time", cell)
    return local


def _midnight(day: date, zone: ZoneInfo, is_end: bool) -> datetime:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused("year", day, first=FIRST_YEAR, last=LAST_YEAR)
    return datetime.combine(day + timedelta(days=1) if is_end else day, time(0), zone)


def _from_text(text: str, zone: ZoneInfo, is_end: bool) -> datetime:
    flat = unicodedata.normalize("NFKC", text)
    if match := _COMPACT.fullmatch(flat):
        year, month, day, hour, minute, second = match.groups()
        minute_of_day = None if hour is None else _minute(int(hour), int(minute), text)
        return _joined((year, month, day), minute_of_day, int(second or 0), None, text=text, zone=zone, is_end=is_end)
    match = _MOMENT.fullmatch(flat)
    if match is None:
        raise Refused("moment", text)
    minute_of_day = _minute_of(match, text) if match["hour"] else None
    if match["hour"] and ":" not in flat and "时" not in flat and "点" not in flat:
        raise Refused("moment", text)
    parts = (match["year"], match["month"], match["day"])
    return _joined(
        parts, minute_of_day, int(match["second"] or 0), match["offset"], text=text, zone=zone, is_end=is_end
    )


def _joined(
    parts: tuple[str, str, str],
    minute_of_day: int | None,
    second: int,
    offset: str | None,
    *,
    text: str,
    zone: ZoneInfo,
    is_end: bool,
) -> datetime:
    """Date, minute of day (24:00 is the next midnight) and offset put together and checked against the calendar."""
    try:
        day = date(*(int(part) for part in parts))
    except ValueError:
        raise Refused("moment", text) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused("year", text, first=FIRST_YEAR, last=LAST_YEAR)
    if minute_of_day is None and not offset:
        return _midnight(day, zone, is_end)
    if minute_of_day is None or second > 59:
        raise Refused("moment", text)
    wall = datetime.combine(day, time(0)) + timedelta(minutes=minute_of_day, seconds=second)
    if offset:
        mark = "+00:00" if offset in "Zz" else offset
        try:
            wall = datetime.fromisoformat(wall.isoformat() + mark)
        except ValueError:
            raise Refused("moment", text) from None
    return _placed(wall, zone, text)


def _minute_of(match: re.Match[str], text: str) -> int:
    """Minutes of day of a matched clock time, with morning and afternoon taken into account."""
    hour = int(match["hour"])
    minute = 30 if match["half_hour"] else 15 if match["quarter"] else int(match["minute"] or 0)
    half = (match["half"] or match["after"] or "").lower()
    if match["half"] and match["after"]:
        raise Refused("time", text)
    if half.startswith(_AFTERNOON):
        if hour > 12 and half.startswith("p") and hour < 24:
            raise Refused("time", text)
        hour += 12 if hour < 12 else 0
    elif half.startswith("a"):
        if hour > 12:
            raise Refused("time", text)
        hour %= 12
    return _minute(hour, minute, text)


def _minute(hour: int, minute: int, text: str) -> int:
    if minute > 59 or hour * 60 + minute > _DAY_MIN:
        raise Refused("time", text)
    return hour * 60 + minute


def read_time(cell: Cell | NoValue) -> int:
    """A cell as minutes of day, 0 to 1440 (24:00)."""
    if isinstance(cell, datetime) or not isinstance(cell, str | time | timedelta):
        raise Refused("time", cell)
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, timedelta):
        minutes, rest = divmod(cell, timedelta(minutes=1))
        if rest or not 0 <= minutes <= _DAY_MIN:
            raise Refused("time", cell)
        return minutes
    flat = unicodedata.normalize("NFKC", cell.strip())
    match = _TIME.fullmatch(flat)
    if match is None or flat.isdigit() or int(match["second"] or 0):
        raise Refused("time", cell)
    return _minute_of(match, cell)


def read_day(cell: Cell | NoValue) -> date:
    """A cell as a date."""
    if isinstance(cell, datetime):
        if cell.time() != time(0):
            raise Refused("day", cell)
        day = cell.date()
    elif isinstance(cell, date):
        day = cell
    elif isinstance(cell, str):
        day = _day_from_text(cell.strip())
    else:
        raise Refused("day", cell)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused("year", cell, first=FIRST_YEAR, last=LAST_YEAR)
    return day


def _day_from_text(text: str) -> date:
    flat = unicodedata.normalize("NFKC", text)
    match = re.fullmatch(_DATE + _WEEKDAY, flat)
    compact = _COMPACT.fullmatch(flat)
    if match:
        parts: tuple[str, ...] = (match["year"], match["month"], match["day"])
    elif compact and not compact[4]:
        parts = (compact[1], compact[2], compact[3])
    else:
        raise Refused("day", text)
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        raise Refused("day", text) from None


_BETWEEN = re.compile(r"\s*(?:~|至|到|–|—| - )\s*")


def read_window(text: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """``start/end``, also with ~ 至 到 between; an end that is only a time lies on the start's day."""
    first, slash, last = text.strip().partition("/")
    if slash and len(first) > 10 and len(last) > 10 and "/" not in last and "-" == first[4] == last[4]:
        return _in_order(read_moment(first, zone), read_moment(last, zone), text)
    flat = unicodedata.normalize("NFKC", text).strip()
    parts = _BETWEEN.split(flat)
    if len(parts) == 1:
        slashes = [place for place, char in enumerate(flat) if char == "/"]
        if len(slashes) % 2 == 0:
            raise Refused("window", text)
        middle = slashes[len(slashes) // 2]
        parts = [flat[:middle], flat[middle + 1 :]]
    if len(parts) != 2:
        raise Refused("window", text)
    start = read_moment(parts[0], zone)
    return _in_order(start, _window_end(parts[1].strip(), start, zone), text)


def _in_order(start: datetime, end: datetime, text: str) -> tuple[datetime, datetime]:
    if end <= start:
        raise Refused("window", text)
    return start, end


def _window_end(text: str, start: datetime, zone: ZoneInfo) -> datetime:
    if _TIME.fullmatch(text) and not text.isdigit():
        wall = datetime.combine(start.date(), time(0)) + timedelta(minutes=read_time(text))
        return _placed(wall, zone, text)
    return read_moment(text, zone, is_end=True)


def iso(when: datetime) -> str:
    """ISO 8601 with offset, to the minute where nothing finer is there."""
    return when.isoformat(timespec="auto" if when.second or when.microsecond else "minutes")


def clock_time(minute_of_day: int) -> str:
    """Minutes of day as HH:MM, 24:00 for the day's end."""
    return f"{minute_of_day // 60:02d}:{minute_of_day % 60:02d}"
