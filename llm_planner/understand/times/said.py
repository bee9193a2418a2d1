"""What one time expression says, before it is set against the calendar; expressions that complete each other are put together."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from llm_planner.understand.times.days import Range

Clock = tuple[int, bool]
"""Minutes since midnight, and whether morning or afternoon was left open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """``days`` to ``days_to`` are calendar days, ``recurring`` weekdays (() = every day), ``part`` a part of the day, ``clock`` to
    ``clock_to`` hours, ``minutes`` a length. ``relation`` is how they bound a window: None (at), from, after, until, by, before,
    within, next, past; ``has_now`` and ``has_forever`` say so. ``is_listed`` marks weekdays that were listed without "every"."""

    days: Range | None = None
    days_to: Range | None = None
    grain: str | None = None
    recurring: tuple[int, ...] | None = None
    part: tuple[int, int] | None = None
    part_to: tuple[int, int] | None = None
    clock: Clock | None = None
    clock_to: Clock | None = None
    minutes: float | None = None
    relation: str | None = None
    has_now: bool = False
    has_forever: bool = False
    is_listed: bool = False
    is_all_day: bool = False
    start: int = 0
    end: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing by itself (a bare length or relation)."""
        return (
            self.days is None
            and self.recurring is None
            and self.part is None
            and self.clock is None
            and not (
                self.has_now
                or self.has_forever
                or self.is_all_day
                or (self.minutes and self.relation in ("within", "next", "past"))
            )
        )

    @property
    def is_only_now(self) -> bool:
        """Whether it says no more than "now" or "from now on"."""
        return (
            (self.has_now or self.has_forever)
            and self.days is None
            and self.recurring is None
            and self.part is None
            and self.clock is None
            and (self.minutes is None and self.clock_to is None and self.days_to is None)
        )

    @property
    def is_hours_only(self) -> bool:
        """Whether it names hours or a part of the day but no day."""
        return self.days is None and self.recurring is None and (self.part is not None or self.clock is not None)


def together(first: Said, second: Said) -> Said | None:
    """The two as one where they complete each other (a day and hours, a start and an end); None where they are two times."""
    if first.relation in ("from", "after") and second.relation in ("until", "by", "before"):
        return replace(
            first, relation=None, days_to=second.days, clock_to=second.clock, part_to=second.part, start=min(first.start, second.start),
            end=max(first.end, second.end),
        )  # fmt: skip
    if (
        first.relation is None
        and second.relation == "until"
        and second.is_hours_only
        and (first.part or first.clock)
        and not first.clock_to
    ):
        return replace(
            first, clock_to=second.clock, part_to=None if second.clock else second.part, end=max(first.end, second.end)
        )
    if (
        first.relation
        and second.relation
        and first.relation != second.relation
        and "from" not in (first.relation, second.relation)
    ):
        return None
    merged = {}
    for field in fields(Said):
        mine, other = getattr(first, field.name), getattr(second, field.name)
        if field.name in ("start", "end"):
            merged[field.name] = min(mine, other) if field.name == "start" else max(mine, other)
        elif field.name in ("has_now", "has_forever", "is_listed", "is_all_day"):
            merged[field.name] = mine or other
        elif mine is not None and other is not None and mine != other:
            if field.name == "grain":
                merged[field.name] = mine
                continue
            if field.name == "part" and (first.clock is None) != (second.clock is None):
                merged[field.name] = mine if first.clock is not None else other
                continue
            return None
        else:
            merged[field.name] = mine if mine is not None else other
    return Said(**merged)
