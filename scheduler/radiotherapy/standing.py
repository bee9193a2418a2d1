"""Where each course stands: what is booked of it is promised, what was missed is to be made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hospital.clock import Clock
from hospital.errors import UnknownId
from hospital.plans import Appointment, AppointmentStatus, Booking
from scheduler.kernel.plan import Place
from scheduler.radiotherapy.problem import Course, Promise


@dataclass
class Standing:
    """Courses in order with their promises, and the places of their tasks, as the problem will have them."""

    clock: Clock
    now: int
    linacs: dict[str, int]
    courses: list[Course] = field(default_factory=list)
    promised: dict[int, Promise] = field(default_factory=dict)
    missed: dict[int, frozenset[int]] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    locked: dict[int, Place] = field(default_factory=dict)
    past: list[Appointment] = field(default_factory=list)
    num_tasks: int = 0

    def add(self, course: Course, bookings: Sequence[Booking]) -> None:
        """One course with what is booked of it. What is booked binds; a course of which nothing is booked is still to be answered.

        A session that was missed has lost its number; as many further ones stand at the end, to be made up. A course whose bookings
        all lie outside the horizon is no part of the problem. Raises UnknownId for a linac or a session that stands for nothing.
        """
        rows = sorted(((row, self._place(row)) for row in bookings), key=lambda pair: pair[0].appointment.session)
        self.past += [row.appointment for row, place in rows if place.start < 0]
        inside = [(row, place) for row, place in rows if 0 <= place.start < self.clock.end]
        if rows and not inside:
            return
        if inside:
            course = self._promised(course, inside)
        self.courses.append(course)
        self.num_tasks += len(course.minutes)

    def _place(self, row: Booking) -> Place:
        name = row.appointment.resource
        if name not in self.linacs:
            raise UnknownId("unknown_scanner", id=name, expected=", ".join(self.linacs))
        return Place(self.linacs[name], self.clock.minute(row.appointment.start))

    def _promised(self, course: Course, inside: Sequence[tuple[Booking, Place]]) -> Course:
        """The course's sessions as they are booked, and its promise."""
        given = [(row, place) for row, place in inside if row.status is not AppointmentStatus.NO_SHOW]
        gone = [place for row, place in inside if row.status is AppointmentStatus.NO_SHOW]
        numbers = [row.appointment.session for row, _ in given]
        num, first, last = len(course.minutes), inside[0][0].appointment.session, inside[-1][0].appointment.session
        num_made_up = sum(number > num for number in numbers)
        if num_made_up > first - 1 + len(set(range(first, num + 1)).difference(numbers)):
            raise UnknownId("unknown_request", id=f"{course.id}/{last}")
        num_missing = max(0, len(gone) - num_made_up)
        numbers += range(max(num, last) + 1, max(num, last) + 1 + num_missing)
        places = [place for _, place in given] + gone[len(gone) - num_missing :]
        index = len(self.courses)
        self.promised[index] = Promise(
            tuple(place.resource for place in places), tuple(self.clock.day_of(place.start) for place in places)
        )
        if num_missing:
            self.missed[index] = frozenset(range(len(given), len(numbers)))
        for at, (row, place) in enumerate(given):
            self.places[self.num_tasks + at] = place
            if row.is_locked and place.start >= self.now:
                self.locked[self.num_tasks + at] = place
        return _numbered(course, numbers)


def _numbered(course: Course, numbers: Sequence[int]) -> Course:
    """The course with these of its sessions; one beyond its planned number is as long as a later one."""
    in_a_row = tuple(range(numbers[0], numbers[0] + len(numbers)))
    return replace(
        course,
        minutes=tuple(course.minutes[min(number, len(course.minutes)) - 1] for number in numbers),
        first_session=numbers[0],
        numbers=() if tuple(numbers) == in_a_row else tuple(numbers),
    )
