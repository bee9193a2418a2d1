"""Named sets of weights. Points outside (a day, a minute, each), integer units of 1/POINT point inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scheduler.kernel.presets import read_preset


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Prices in points, and the few figures behind the price of a linac's minute.

    By priority (1 most urgent): ``wait_*`` a calendar day from the earliest possible first session; a start later than ``target_*`` days
    costs ``late`` such days more, and each day past it ``past`` more. ``stretch`` a calendar day by which a course lasts longer than
    without skipped days; ``not_preferred`` a course on a linac its protocol only allows; ``left_out`` a session without a place; ``switch``
    two sessions in a row on different linacs; ``same_hour`` two in a row more than ``same_hour_min`` minutes apart in the day;
    ``patient_hours`` a session outside the hours the patient asked for; ``moved`` a promised visit given up; ``overtime`` a
    minute; ``load`` a minute of a linac beyond ``load_slack`` times its fair share.

    Limits: ``most_stretch_days`` of one course, ``most_skipped_running`` working days skipped in a row, ``stretch_each_days``
    all courses together, a course. Booking: ``course_min`` minutes to be free for a course to begin, ``followed_*`` working days
    over which a course pushed away is followed, ``waste_min`` minutes of a linac-day nothing fits into, ``half_life_days`` (days
    with requests) of what is learned of arrivals, ``looks`` how often each of a day's courses is placed anew among the others.
    """

    wait_1: float
    wait_2: float
    wait_3: float
    target_1: int
    target_2: int
    target_3: int
    late: float
    past: float
    stretch: float
    not_preferred: float
    left_out: float
    switch: float
    same_hour: float
    same_hour_min: int
    patient_hours: float
    moved: float
    overtime: float
    load: float
    load_slack: float
    most_stretch_days: int
    most_skipped_running: int
    stretch_each_days: float
    course_min: float
    followed_1: int
    followed_2: int
    followed_3: int
    waste_min: int
    half_life_days: float
    looks: int

    def wait(self, priority: int) -> float:
        """Points a calendar day waited."""
        return float(getattr(self, f"wait_{priority}"))

    def target(self, priority: int) -> int:
        """Calendar days from the earliest possible first session within which a course should begin."""
        return int(getattr(self, f"target_{priority}"))


def preset(name: str, overrides: Mapping[str, float] | None = None) -> Weights:
    """The preset of that name with some weights replaced. Raises BadSettings for unknown names, keys and values below zero."""
    return read_preset(Weights, Path(__file__).parent, name, overrides)
