"""Changes of what matters: wishes of patients, weights of the plan."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from hospital.changes import Reoptimise, SetObjectiveWeight, SetPreference
from hospital.clock import Span, subtract
from hospital.errors import BadInput, WrongState
from scheduler.imaging.drafting.draft import Draft, Wish
from scheduler.imaging.drafting.terms import refuse_fields
from scheduler.imaging.presets import Weights, preset

LEVELS = {"slight": 1.5, "strong": 3.0}
"""What a level multiplies a weight by (or divides it by, for less); unsaid is slight."""

BAND = 10.0
"""All changes together stay within a tenth and ten times of the preset's weight."""

_WAITS = tuple(field.name for field in fields(Weights) if field.name.startswith("wait_"))
WEIGHTS_OF_TERM: dict[str, tuple[str, ...]] = {
    "wait_time": _WAITS,
    "overtime": ("overtime",),
    "idle_time": ("short_gap",),
    "utilisation": ("short_gap", "load"),
    "unscheduled": ("unplanned_h",),
    "lateness": ("late_factor",),
    "stability": ("moved", "moved_soon", "displaced"),
    "fairness": ("fairness",),
    "preference": ("preference",),
}
"""The weights that a term means. Lateness and unplanned are multiples of waiting, so where waiting changes they are
divided by the same factor: their own price stays."""


def set_preference(draft: Draft, change: SetPreference) -> None:
    """A wish of patients for times or scanners: ``require`` and ``forbid`` narrow what is allowed, ``prefer`` and ``avoid`` are priced."""
    refuse_fields(change, "subject_staff_ids", "staff_ids")
    if not change.patient_ids:
        raise BadInput("change_missing_field", where=f"{change.intent}.patient_ids")
    if (change.when is None) == (not change.resource_ids):
        raise BadInput("change_one_of", where=change.intent, expected="when, resource_ids")
    draft.room_drafts(change.resource_ids)
    for request in draft.request_ids(change.patient_ids):
        wish = draft.wish(request)
        if change.when is not None:
            _wish_time(draft, request, wish, change.polarity, change.when.spans(draft.clock))
        else:
            _wish_scanners(draft, request, wish, change.polarity, frozenset(change.resource_ids))


def set_weights(draft: Draft, change: SetObjectiveWeight) -> None:
    """Terms count more or less by the level's factor."""
    if not change.increase and not change.decrease:
        raise BadInput("change_one_of", where=change.intent, expected="increase, decrease")
    factor = LEVELS[change.level or "slight"]
    for terms, times in ((change.increase, factor), (change.decrease, 1 / factor)):
        for term in terms:
            if term not in WEIGHTS_OF_TERM:
                raise WrongState("term_not_in_imaging", found=term, expected=", ".join(WEIGHTS_OF_TERM))
            for name in WEIGHTS_OF_TERM[term]:
                _multiply(draft, name, times)
            if term == "wait_time":
                _multiply(draft, "late_factor", 1 / times)
                _multiply(draft, "unplanned_h", 1 / times)


def reoptimise(draft: Draft, change: Reoptimise) -> None:
    """A new solve changes nothing in the problem itself."""


def weights(draft: Draft, name: str) -> Weights:
    """The preset's weights, the site's own on top, times the factors of the changes."""
    base = preset(name, draft.site.settings.weights)
    scaled = {
        weight: getattr(base, weight) * factor for weight, factor in draft.factors.items() if weight != "preference"
    }
    return preset(name, {**draft.site.settings.weights, **scaled})


def _multiply(draft: Draft, name: str, times: float) -> None:
    draft.factors[name] = min(max(draft.factors.get(name, 1.0) * times, 1 / BAND), BAND)


def _wish_time(draft: Draft, request: str, wish: Wish, polarity: str, spans: tuple[Span, ...]) -> None:
    whole: list[Span] = [(0, draft.clock.end)]
    rest = subtract(whole, spans)
    if polarity in ("prefer", "avoid"):
        wish.preferred_starts.append((spans if polarity == "prefer" else rest, draft.preference))
        return
    own = wish.windows or tuple(_minutes(draft, window) for window in draft.requests[request].windows) or tuple(whole)
    wish.windows = subtract(own, rest if polarity == "require" else spans)
    if not wish.windows:
        raise WrongState("no_time_left", id=request)


def _wish_scanners(draft: Draft, request: str, wish: Wish, polarity: str, named: frozenset[str]) -> None:
    others = frozenset(draft.rooms) - named
    if polarity in ("prefer", "avoid"):
        wish.preferred_scanners.append((named if polarity == "prefer" else others, draft.preference))
        return
    allowed = wish.scanners if wish.scanners is not None else frozenset(draft.rooms)
    wish.scanners = allowed & (named if polarity == "require" else others)
    if not wish.scanners:
        raise WrongState("no_scanner_left", id=request)


def _minutes(draft: Draft, window: tuple[datetime, datetime]) -> Span:
    return draft.clock.minute(window[0]), draft.clock.minute(window[1])
