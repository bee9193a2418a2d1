"""What a text may speak of at a site: the things of its areas' situations, by id and by the names people give them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from llm_planner.context import Context, Thing
from llm_planner.sites import context_of
from planning.areas import AREAS
from planning.desk import Desk
from planning.situation import Situation

_KEPT = 8
_lock = Lock()
_contexts: OrderedDict[tuple[Any, ...], Context] = OrderedDict()


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a site's texts are read against: the areas that have data, and the context of the page's area and its present."""

    situations: dict[str, Situation]
    context: Context

    @property
    def timezone(self) -> str:
        """The site's zone."""
        return str(next(iter(self.situations.values())).problem.clock.timezone)


def ground_of(desk: Desk, area: str) -> Ground:
    """The ground of a text typed on the page of ``area``. Raises UnknownId."""
    desk.check_area(area)
    there = {name: desk.situation(name) for name in dict.fromkeys((area, *AREAS))}
    loaded = {name: one for name, one in there.items() if one.problem.resource_ids}
    return Ground(situations=loaded or {area: there[area]}, context=_context(desk, area, there, loaded))


def _context(desk: Desk, area: str, there: dict[str, Situation], loaded: dict[str, Situation]) -> Context:
    versions = tuple(row.number for row in desk.work.versions.list(desk.site_id, area))
    key = (desk.site_id, versions, *((name, one.built_from, one.now) for name, one in there.items()))
    with _lock:
        found = _contexts.get(key)
    if found is None:
        things = _merged(thing for one in loaded.values() for thing in _things(one))
        plans = _plans(versions, there[area].built_from.published)
        here = there[area]
        now = here.now.astimezone(ZoneInfo(here.problem.clock.timezone))
        found = Context(now=now, things=(*things, *plans))
        with _lock:
            _contexts[key] = found
            while len(_contexts) > _KEPT:
                _contexts.popitem(last=False)
    return found


def _merged(things: Iterable[Thing]) -> list[Thing]:
    """Each id once; a patient of two areas belongs to none of them."""
    known: dict[str, Thing] = {}
    for thing in things:
        before = known.get(thing.id)
        known[thing.id] = thing if before is None or before.area == thing.area else replace(before, area=None)
    return list(known.values())


def _things(there: Situation) -> list[Thing]:
    """The area's own things; a request called R1 is left to its patient, for MR1 does not speak of it."""
    plan = [row.appointment for row in there.reference]
    found = context_of(there.site, now=there.now, plan=plan).things
    inside = " ".join(there.problem.resource_ids)
    return [thing for thing in found if thing.kind != "plan" and (thing.kind != "patient" or thing.id not in inside)]


def _plans(versions: tuple[int, ...], published: int | None) -> Iterator[Thing]:
    for number in versions:
        names = [f"plan {number}", f"version {number}", f"方案{number}", f"版本{number}", f"第{number}版"]
        if number == published:
            names += [
                "current plan",
                "present plan",
                "the published plan",
                "plan in force",
                "当前方案",
                "现行方案",
                "已发布方案",
            ]
        yield Thing(id=f"V{number}", kind="plan", names=tuple(names))
