"""What the pages know of a dialysis session beyond what every area knows of a visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planning.views.plan import RequestView


@dataclass(frozen=True, slots=True, kw_only=True)
class DialysisRequestView(RequestView):
    """A session of a patient's series; ``group`` is its zone, ``rclass`` unstable, new or stable.

    ``due`` is its day of the pattern; ``shift`` and ``station`` the patient's own ("" = none yet), ``weekdays`` (0 = Monday) those on which
    the patient comes. ``has_lost_place``: closed, or missed, so that it must be given elsewhere.
    """

    due: date | None
    weekdays: tuple[int, ...]
    shift: str
    station: str
    is_hdf: bool
    needs_bed: bool
    transport: str
    has_lost_place: bool = False
