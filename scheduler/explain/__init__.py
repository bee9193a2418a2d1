"""Why an appointment is where it is, why it is not elsewhere, what a drag would do, how two plans differ. Facts, never prose: sentences
are made from the catalogues by ``hospital.wording``."""

from __future__ import annotations

from scheduler.explain.compare import Difference, Moved, Stand, compare
from scheduler.explain.preview import Preview, preview
from scheduler.explain.ways import WayOut
from scheduler.explain.why import why
from scheduler.explain.why_not import Conflict, WhyNot, why_not

__all__ = [
    "Conflict",
    "Difference",
    "Moved",
    "Preview",
    "Stand",
    "WayOut",
    "WhyNot",
    "compare",
    "preview",
    "why",
    "why_not",
]
