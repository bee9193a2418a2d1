"""What pages know of a course beside what every request has."""

from __future__ import annotations

from dataclasses import dataclass

from planning.views.plan import RequestView


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseView(RequestView):
    """One session of a course, or the course. ``target`` is that of its first session, ``target_days`` what it is in calendar days from
    ``earliest``; ``follows`` is the course that must have ended before it begins ("" = none)."""

    target_days: int
    follows: str
