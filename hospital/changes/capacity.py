"""Changes of what there is: machines, hours, people, and the limits set on them."""

from __future__ import annotations

from typing import Literal

from hospital.changes.fields import Area, Count, Ids, Intent, Minutes, PatientClass, Per, Percent, StaffRole
from hospital.when import When


class ResourceDowntime(Intent):
    """Resources not usable; ``when.end`` absent = until further notice. Also shortened hours."""

    intent: Literal["resource_downtime"] = "resource_downtime"
    resource_ids: Ids
    when: When
    reason: Literal["maintenance", "breakdown", "qa", "cleaning", "power", "staffing", "other"] | None = None


class ResourceRestore(Intent):
    """Ends a downtime; ``when.start`` = usable from (absent = now)."""

    intent: Literal["resource_restore"] = "resource_restore"
    resource_ids: Ids
    when: When | None = None


class OpeningHours(Intent):
    """``extra`` adds a window to the present hours, ``set`` replaces the regular hours."""

    intent: Literal["opening_hours"] = "opening_hours"
    resource_ids: Ids
    when: When
    mode: Literal["extra", "set"]


class ReserveCapacity(Intent):
    """Keep capacity for a class of patient or a named surgeon; ``slots`` is per day."""

    intent: Literal["reserve_capacity"] = "reserve_capacity"
    resource_ids: Ids
    when: When | None = None
    share_pct: Percent | None = None
    slots: Count | None = None
    for_class: PatientClass | None = None
    staff_ids: Ids = ()


class StaffAbsence(Intent):
    """People who are away. Imaging knows staff by role: each mention of a role is one person away."""

    intent: Literal["staff_absence"] = "staff_absence"
    staff_ids: Ids
    when: When
    reason: Literal["leave", "sick", "training", "other"] | None = None


class ExtraStaff(Intent):
    """Unnamed additional people."""

    intent: Literal["extra_staff"] = "extra_staff"
    role: StaffRole
    count: Count
    when: When
    problem: Area | None = None


class LoadLimit(Intent):
    """At most so many cases, patients or hours."""

    intent: Literal["load_limit"] = "load_limit"
    max_count: Count
    unit: Literal["cases", "patients", "hours"]
    per: Per
    staff_ids: Ids = ()
    resource_ids: Ids = ()
    problem: Area | None = None


class CapOvertime(Intent):
    """At most so many minutes of overtime; 0 = none."""

    intent: Literal["cap_overtime"] = "cap_overtime"
    max_min: Minutes
    per: Per
    problem: Area | None = None
    resource_ids: Ids = ()
    staff_ids: Ids = ()
    when: When | None = None


class MinUtilisation(Intent):
    """At least so much of the open time used."""

    intent: Literal["min_utilisation"] = "min_utilisation"
    min_pct: Percent
    problem: Area | None = None
    resource_ids: Ids = ()
    when: When | None = None
