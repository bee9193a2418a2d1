"""Whatever is changed in whatever order: a clear refusal, or a problem whose promises can be kept."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from hospital.changes import change_to_json, changes_from_json
from hospital.errors import CaretableError
from hospital.requests import RequestClass
from scheduler.imaging.build import build
from scheduler.kernel.plan import Plan
from scheduler.kernel.verify import verify
from tests.scheduler.imaging.small_site import at, booking, request, site_with

SITE = site_with(
    [
        request("A", patient="P", rclass=RequestClass.INPATIENT, ward="W1"),
        request("B", "CT-CHEST", patient="P"),
        request("C", "MR-KNEE"),
        request("D", "CT-PLAIN", is_isolated=True),
        request("E", is_sedated=True),
        request("F", "CT-CHEST"),
    ],
    [
        booking("A", "MR1", at(1, 8)),
        booking("B", "CT1", at(1, 9), 10),
        booking("C", "MR1", at(1, 9, 30), 25),
        booking("F", "CT1", at(1, 9), 10),
        booking("E", "MR1", at(3, 10), is_locked=True),
    ],
)

days = some.integers(1, 3)
moments = some.builds(lambda day, hour: at(day, hour).isoformat(), days, some.integers(7, 18))
ends = some.builds(lambda day, hour: at(day, hour, 30).isoformat(), some.integers(3, 4), some.integers(18, 20))
whens: some.SearchStrategy[dict[str, Any]] = some.one_of(
    some.fixed_dictionaries({"start": moments}),
    some.fixed_dictionaries({"end": ends}),
    some.fixed_dictionaries({"start": moments, "end": ends}),
    some.fixed_dictionaries({"days": some.lists(some.sampled_from(["MO", "TU", "WE", "SU"]), max_size=2)}),
    some.fixed_dictionaries({"from_time": some.just("09:00"), "to_time": some.sampled_from(["08:00", "11:30"])}),
)
scanners = some.lists(some.sampled_from(["MR1", "MR2", "CT1"]), min_size=1, max_size=2, unique=True)
people = some.lists(some.sampled_from(["A", "B", "C", "D", "E", "F", "P"]), min_size=1, max_size=2, unique=True)


def said(intent: str, **fields: some.SearchStrategy[Any]) -> some.SearchStrategy[dict[str, Any]]:
    return some.fixed_dictionaries({"intent": some.just(intent), **fields})


changes = some.one_of(
    said("resource_downtime", resource_ids=scanners, when=whens),
    said("resource_restore", resource_ids=scanners, when=whens),
    said("opening_hours", resource_ids=scanners, when=whens, mode=some.sampled_from(["extra", "set"])),
    said("reserve_capacity", resource_ids=scanners, when=whens, share_pct=some.integers(0, 100)),
    said("reserve_capacity", resource_ids=scanners, slots=some.integers(0, 30)),
    said("staff_absence", staff_ids=some.just(["contrast_nurse"]), when=whens),
    said("staff_absence", staff_ids=some.just(["anaesthetist"]), when=whens),
    said("cap_overtime", max_min=some.integers(0, 90), per=some.sampled_from(["day", "week"])),
    said("add_request", problem=some.just("imaging"), service=some.sampled_from(["CT", "MR"]), when=whens),
    said("insert_urgent", problem=some.just("imaging"), patient_ids=people, service=some.sampled_from(["CT", "MR"])),
    said("cancel_request", patient_ids=people, when=whens),
    said("move_request", patient_ids=people, to_when=whens, to_resource_ids=scanners),
    said("move_request", patient_ids=people, direction=some.sampled_from(["earlier", "later"])),
    said("swap_requests", patient_ids=some.just(["A", "C"])),
    said("lock", resource_ids=scanners),
    said("unlock", patient_ids=people),
    said("set_priority", patient_ids=people, priority=some.sampled_from(["emergency", "urgent", "low"])),
    said(
        "set_preference",
        polarity=some.sampled_from(["prefer", "avoid", "require", "forbid"]),
        patient_ids=people,
        when=whens,
    ),
    said("change_duration", patient_ids=people, delta_min=some.integers(-40, 200)),
    said("set_objective_weight", increase=some.just(["overtime"]), decrease=some.just(["wait_time"])),
)


@settings(max_examples=120, deadline=None)
@given(some.lists(changes, max_size=5))
def test_promises_can_be_kept_after_any_changes(listed: list[dict[str, Any]]) -> None:
    """Either the changes are refused in words, or history, locks and short-notice appointments still fit together."""
    asked = changes_from_json(listed)
    assert changes_from_json([change_to_json(change) for change in asked]) == asked
    try:
        problem = build(SITE, changes=asked)
    except CaretableError as refusal:
        said_why = refusal.sentence("zh")
        problem = None
    if problem is None:
        assert said_why
        return
    kept = {task: place for task, place in problem.locked.items() if problem.reference.get(task) == place}
    kept |= {task: problem.reference[task] for task in problem.noticed} | dict(problem.frozen)
    verify(problem, Plan(tuple(kept.get(task) for task in range(len(problem.cases)))))
    assert len(set(problem.task_ids)) == len(problem.task_ids)
