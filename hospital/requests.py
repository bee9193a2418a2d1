"""What is asked for: the examination catalogue and the requests of pseudonymous patients."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hospital.resources import Modality


class RequestClass(StrEnum):
    """The class given by clinicians; the planner never changes it."""

    EMERGENCY = "emergency"
    INPATIENT = "inpatient"
    OUTPATIENT = "outpatient"
    CHECK_UP = "check_up"


class Mobility(StrEnum):
    """How a patient moves between rooms."""

    WALKING = "walking"
    WHEELCHAIR = "wheelchair"
    BED = "bed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """One entry of the catalogue.

    ``median_min`` and ``p90_min`` are minutes on the scanner; ``family`` is the set-up (coil, contrast, isotope) whose change
    costs time; ``tags`` (contrast, barium, isotope ...) are what gap rules speak of; ``preparation_min`` is spent in the department
    right before the scan (glucose check and uptake of a PET); ``staff`` are the roles needed during the scan.
    """

    id: str
    name_en: str = ""
    name_zh: str = ""
    modality: Modality
    region: str = ""
    median_min: int
    p90_min: int
    family: str = ""
    is_fasting: bool = False
    preparation_min: int = 0
    min_field_strength_t: float = 0.0
    features: frozenset[str] = frozenset()
    staff: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changeover:
    """Minutes to change a scanner from one set-up family to another; modality empty = any."""

    from_family: str
    to_family: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A patient's examination tagged ``then`` may begin no sooner than ``hours`` after one tagged ``first`` has ended.
    The tag ``*`` means any examination; two contrast examinations: first = then = contrast, 48 h; barium last: barium, *, 72 h."""

    first: str
    then: str
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One wanted examination. Times are aware; ``windows`` are the spans in which the patient can come (none = any time).
    Sedation adds the feature ``sedation`` and the role ``anaesthetist``; isolation puts the patient at the end of a session."""

    id: str
    patient: str
    examination: str
    rclass: RequestClass
    ward: str = ""
    requested: datetime
    earliest: datetime
    target: datetime | None = None
    latest: datetime | None = None
    windows: tuple[tuple[datetime, datetime], ...] = ()
    mobility: Mobility = Mobility.WALKING
    is_isolated: bool = False
    is_sedated: bool = False
    site: str = ""
    minutes: int | None = None
