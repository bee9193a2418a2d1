"""A time expression set against the calendar: absolute windows, deadlines, instants, or a recurring window. Not sure = None."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hospital.when import WEEKDAYS, When
from llm_planner.understand.times.days import Moment
from llm_planner.understand.times.said import Clock, Said

_DAY_MIN = 1440


def resolve(said: Said, now: Moment, *, recurs: bool = False) -> When | None:
    """The window, or None where the expression bounds nothing. ``recurs``: hours without a day hold every day (a rule, a wish)."""
    try:
        return _Resolving(said, now).when(recurs=recurs)
    except (ValueError, OverflowError):
        return None


class _Resolving:
    def __init__(self, said: Said, now: Moment) -> None:
        self.said, self.now = said, now

    def when(self, *, recurs: bool) -> When | None:
        said = self.said
        if said.is_listed and not recurs and said.recurring:
            return self._listed(said.recurring)
        if said.recurring is not None or (
            recurs and said.is_hours_only and said.relation not in ("until", "by", "within")
        ):
            return self._recurring()
        if said.relation in ("within", "next", "past"):
            return self._span_from_now()
        if said.relation in ("until", "by", "before"):
            end = self._end()
            return (
                None
                if end is None
                else When(start=self.now.now if said.has_now and end > self.now.now else None, end=end)
            )
        if said.relation in ("from", "after"):
            return self._open()
        return self._window()

    def _at(self, day: date, minute: float) -> datetime:
        midnight = datetime.combine(day, time(), tzinfo=self.now.now.tzinfo)
        return midnight + timedelta(minutes=minute)

    def _clock(self, clock: Clock, *, day: date | None, part: tuple[int, int] | None, after: int | None = None) -> int:
        """The minute of the day; morning or afternoon by the part of the day said, by what it must follow, by what is still ahead."""
        minute, is_open = clock
        if not is_open:
            return minute
        if part is not None:
            return _in_part(minute, part)
        if after is not None:
            return minute if minute > after else minute + 720 if minute + 720 > after and minute <= 720 else minute
        if minute < 420:
            minute += 720
        is_past = (day is None or day == self.now.today) and self._at(self.now.today, minute) <= self.now.now
        return minute + 720 if is_past and minute < 720 else minute

    def _listed(self, weekdays: tuple[int, ...]) -> When | None:
        """Weekdays listed without "every" are those of one week where they follow each other: a single stretch of whole days."""
        said = self.said
        if said.clock or said.part or said.relation or list(weekdays) != list(range(weekdays[0], weekdays[-1] + 1)):
            return self._recurring()
        monday = said.days[0] if said.days else self.now.today
        first = monday + timedelta(days=(weekdays[0] - monday.weekday()) % 7)
        if said.days is None and first == self.now.today:
            first += timedelta(weeks=1)
        return When(start=self._at(first, 0), end=self._at(first, (weekdays[-1] - weekdays[0] + 1) * _DAY_MIN))

    def _recurring(self) -> When | None:
        said = self.said
        first, last = self._hours()
        names = tuple(WEEKDAYS[day] for day in said.recurring or ())
        from_date = until_date = None
        if said.days is not None:
            if said.relation in ("from", "after"):
                from_date = said.days[0]
            elif said.relation in ("until", "by", "before"):
                until_date = said.days[1 if said.relation != "before" else 0] - timedelta(days=1)
            else:
                from_date, until_date = said.days[0], (said.days_to or said.days)[1] - timedelta(days=1)
        if not (names or first or last or from_date or until_date):
            return None
        return When(days=names, from_time=first, to_time=last, from_date=from_date, until_date=until_date)

    def _hours(self) -> tuple[str | None, str | None]:
        """From and to of a recurring window as HH:MM."""
        said = self.said
        if said.clock is None:
            return (_wall(said.part[0]), _wall(said.part[1])) if said.part else (None, None)
        first = _in_part(said.clock[0], said.part) if said.clock[1] and said.part else self._daily(said.clock)
        if said.clock_to is not None:
            return _wall(first), _wall(self._clock(said.clock_to, day=date.min, part=said.part, after=first))
        if said.minutes is not None and said.minutes < _DAY_MIN:
            return _wall(first), _wall(first + int(said.minutes))
        if said.relation in ("until", "by", "before") and said.days is None:
            return None, _wall(first)
        return _wall(first), None

    def _daily(self, clock: Clock) -> int:
        """Hours of a rule are hours a hospital is open: one to six is afternoon."""
        return (
            clock[0] + 720
            if clock[1]
            and clock[0] < 420
            and not (self.said.clock_to and self.said.clock_to[0] < 720 and clock[0] >= 360)
            else clock[0]
        )

    def _span_from_now(self) -> When | None:
        said, now = self.said, self.now.now
        if said.minutes is None:
            if said.days is None:
                return None
            if said.grain == "months":
                return When(start=now, end=self._at(said.days[1], 0))
            if said.grain in ("day", "weekday", "tonight"):
                return self._window()
            return When(start=self._at(said.days[0], 0), end=self._at(said.days[1], 0))
        length = timedelta(minutes=said.minutes)
        if said.relation == "past":
            return (
                When(start=self._at(self.now.today, -said.minutes), end=self._at(self.now.today, 0))
                if said.minutes >= _DAY_MIN
                else When(start=now - length, end=now)
            )
        start = now
        if said.clock is not None or said.days is not None:
            found = self._start()
            start = found if found is not None else now
        if said.relation == "next" and said.minutes >= _DAY_MIN and said.days is None:
            return When(start=self._at(self.now.today, 0), end=self._at(self.now.today, said.minutes))
        return When(start=start, end=start + length)

    def _start(self) -> datetime | None:
        said = self.said
        if said.has_now and said.days is None and said.clock is None:
            return self.now.now
        day = said.days[0] if said.days else None
        if said.clock is not None:
            minute = self._clock(said.clock, day=day, part=said.part)
            moment = self._at(day or self.now.today, minute)
            return (
                moment + timedelta(days=1)
                if day is None
                and moment < self.now.now
                and said.clock_to is None
                and self.said.relation not in ("from", "after")
                else moment
            )
        if said.part is not None:
            return self._at(day or self.now.today, said.part[0])
        return self._at(day, 0) if day is not None else None

    def _end(self) -> datetime | None:
        """A deadline: ``before`` a day or a part excludes it, ``by`` and ``until`` include it."""
        said = self.said
        is_included = said.relation != "before"
        if said.grain in ("monthend", "weekend_of") and said.days:
            return self._at(said.days[1], 0)
        if said.clock is not None:
            found = self._start()
            if found is not None and said.clock[0] == 0 and is_included and said.days:
                return found
            return found
        if said.part is not None:
            return self._at(said.days[0] if said.days else self.now.today, said.part[1 if is_included else 0])
        if said.days is not None:
            return self._at(said.days[1], 0) if is_included else self._at(said.days[0], 0)
        return None

    def _open(self) -> When | None:
        said = self.said
        if said.days is not None and said.grain == "day" and (said.days[1] - said.days[0]).days > 1:
            return self._window()
        if said.relation == "after" and said.days is not None and said.clock is None and said.part is None:
            return When(start=self._at(said.days[1], 0))
        start = (
            self._start()
            if not (said.relation == "after" and said.part and not said.clock)
            else self._at((said.days or (self.now.today,))[0], said.part[1])
        )
        if start is None:
            return None
        if said.minutes is not None:
            return When(start=start, end=start + timedelta(minutes=said.minutes))
        if said.clock is not None and said.clock_to is not None:
            return self._window()
        return When(start=start)

    def _window(self) -> When | None:
        said = self.said
        start = self._start()
        if (
            said.has_now
            and said.days is None
            and said.clock is None
            and said.part is None
            and said.days_to is None
            and said.clock_to is None
        ):
            return When(
                start=self.now.now, end=self.now.now + timedelta(minutes=said.minutes) if said.minutes else None
            )
        if start is None:
            return None
        if said.clock_to is not None or said.days_to is not None or said.part_to is not None:
            return self._range(start)
        if said.minutes is not None:
            return (
                When(start=start, end=start + timedelta(minutes=said.minutes))
                if said.clock or (said.part is None and said.minutes >= _DAY_MIN)
                else self._plain(start)
            )
        return self._plain(start)

    def _plain(self, start: datetime) -> When:
        said = self.said
        if said.clock is not None:
            return When(start=start)
        day = said.days[0] if said.days else self.now.today
        if said.part is not None:
            return When(start=start, end=self._at(day, said.part[1]))
        assert said.days is not None
        return When(start=start, end=self._at(said.days[1], 0))

    def _range(self, start: datetime) -> When | None:
        said = self.said
        if said.clock_to is not None:
            day = (said.days_to or said.days or (self.now.today,))[0]
            after = start.hour * 60 + start.minute if said.days_to is None else None
            part = said.part_to or (said.part if said.days_to is None and said.clock is not None else None)
            minute = self._clock(
                said.clock_to,
                day=day,
                part=part if part and _in_part(said.clock_to[0], part) > (after or 0) else None,
                after=after,
            )
            end = self._at(day, minute)
            return When(start=start, end=end if end > start else end + timedelta(days=1))
        if said.part_to is not None:
            return When(start=start, end=self._at((said.days_to or said.days or (self.now.today,))[0], said.part_to[1]))
        assert said.days_to is not None
        days_to = said.days_to
        if days_to[1] <= start.date():
            days_to = (days_to[0] + timedelta(weeks=1), days_to[1] + timedelta(weeks=1))
        return When(start=start, end=self._at(days_to[1], 0))


def _in_part(minute: int, part: tuple[int, int]) -> int:
    """The hour as it is meant within a part of the day: 3 in the afternoon, 11 in the evening, 2 at night."""
    if part[0] >= 720 and minute < 720 and not (part[1] > _DAY_MIN and minute <= part[1] - _DAY_MIN):
        return minute + 720
    if part[1] > _DAY_MIN and minute <= part[1] - _DAY_MIN:
        return minute + _DAY_MIN
    if part[0] >= 1080 and minute == 720:
        return _DAY_MIN
    return 0 if part[0] == 0 and minute == 720 else minute


def _wall(minute: int) -> str:
    return "24:00" if minute == _DAY_MIN else f"{minute % _DAY_MIN // 60:02d}:{minute % 60:02d}"
