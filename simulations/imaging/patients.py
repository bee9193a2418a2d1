"""Who comes: orders gathered into patients, each with the times, the way of moving and the care that suit the class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hospital.requests import Mobility, RequestClass
from simulations.dice import Dice
from simulations.imaging.arrivals import DAY_MIN, Arrival, Season, draw_arrival
from simulations.imaging.catalogue import Entry, catalogue
from simulations.imaging.department import Cast
from simulations.imaging.orders import Order
from simulations.imaging.wards import ward

_SECOND = {
    RequestClass.EMERGENCY: 0.08,
    RequestClass.INPATIENT: 0.3,
    RequestClass.OUTPATIENT: 0.2,
    RequestClass.CHECK_UP: 0.25,
}
"""How likely a patient has a second examination; a third one is a quarter as likely."""
_ISOLATED = {RequestClass.EMERGENCY: 0.01, RequestClass.INPATIENT: 0.025}
_MOVING: Mapping[RequestClass, tuple[float, float, float]] = {
    RequestClass.EMERGENCY: (3, 3, 4),
    RequestClass.INPATIENT: (5, 3, 2),
    RequestClass.OUTPATIENT: (19, 1, 0),
    RequestClass.CHECK_UP: (1, 0, 0),
}
_LOOK_AHEAD = 60
_DAYS_TO_SPACE = 4
"""In a shorter sample only the cast has examinations that must lie days apart."""


@dataclass(frozen=True, kw_only=True)
class Patient:
    """One patient with one to three examinations. ``home`` is the site that asks, in a hospital of several; one who ``is_free`` may
    be examined at any of them. ``is_cast``: named in the department's file, never booked beforehand."""

    entries: tuple[Entry, ...]
    rclass: RequestClass
    ward: str
    arrival: Arrival
    mobility: Mobility = Mobility.WALKING
    is_isolated: bool = False
    home: str = ""
    is_free: bool = False
    is_cast: bool = False


def cast_patients(cast: Sequence[Cast], dice: Dice) -> list[Patient]:
    """The patients a department's file names."""
    by_id = {entry.examination.id: entry for entry in catalogue()}
    return [
        Patient(
            entries=tuple(by_id[key] for key in group.examinations),
            rclass=group.rclass,
            ward=group.ward,
            arrival=Arrival(
                requested=group.earliest - dice.whole(1, 3) * DAY_MIN + 5 * dice.whole(0, 100),
                earliest=group.earliest,
                latest=group.latest,
                windows=group.windows,
            ),
            mobility=group.mobility,
            is_isolated=group.is_isolated,
            is_cast=True,
        )
        for group in cast
        for _ in range(group.count)
    ]


def draw_patients(orders: Iterable[Order], season: Season, dice: Dice) -> list[Patient]:
    """Every order in one patient's hands; patients of several examinations where class and person allow it."""
    waiting = list(orders)
    patients: list[Patient] = []
    while waiting:
        first = waiting.pop(0)
        entries = [first.entry]
        if dice.chance(_SECOND[first.rclass]):
            _join(entries, first.rclass, waiting, season)
            if dice.chance(0.25):
                _join(entries, first.rclass, waiting, season)
        patients.append(_patient(tuple(entries), first.rclass, season, dice))
    return patients


def _join(entries: list[Entry], rclass: RequestClass, waiting: list[Order], season: Season) -> None:
    """Move the next order that suits the same person, and the days there are, from ``waiting`` to ``entries``."""
    is_short = season.num_days < _DAYS_TO_SPACE
    for place, order in enumerate(waiting[:_LOOK_AHEAD]):
        if (is_short or rclass is RequestClass.EMERGENCY) and is_spaced([*entries, order.entry]):
            continue
        if order.rclass is rclass and all(_go_together(order.entry, entry) for entry in entries):
            entries.append(waiting.pop(place).entry)
            return


def _go_together(one: Entry, other: Entry) -> bool:
    """Not the same examination, not two of barium, not a man's and a woman's, and children apart."""
    if one is other or {one.who, other.who} == {"man", "woman"} or "child" in (one.who, other.who):
        return False
    return "barium" not in one.examination.tags & other.examination.tags


def is_spaced(entries: Sequence[Entry]) -> bool:
    """True where the patient's examinations must lie days apart: two contrast ones, or barium among others."""
    tagged = [entry.examination.tags for entry in entries]
    return sum("contrast" in tags for tags in tagged) > 1 or (
        len(tagged) > 1 and any("barium" in tags for tags in tagged)
    )


def _patient(entries: tuple[Entry, ...], rclass: RequestClass, season: Season, dice: Dice) -> Patient:
    return Patient(
        entries=entries,
        rclass=rclass,
        ward=ward(rclass, entries[0].examination.region, is_child=entries[0].who == "child", dice=dice),
        arrival=draw_arrival(
            rclass,
            season=season,
            is_spaced=is_spaced(entries) or any(entry.is_sedated for entry in entries),
            is_fasting=any(entry.examination.is_fasting for entry in entries),
            dice=dice,
        ),
        mobility=dice.pick(tuple(Mobility), _MOVING[rclass]),
        is_isolated=dice.chance(_ISOLATED.get(rclass, 0.0)),
    )
