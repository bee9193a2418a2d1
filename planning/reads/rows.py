"""Engine values and kept rows as the views of pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from weakref import WeakKeyDictionary, ref

from hospital.clock import Span, subtract
from hospital.facts import POINT, Match
from hospital.plans import Appointment
from hospital.requests import Mobility, Request, RequestClass
from hospital.resources import ClosureKind
from planning.rows import RecordedChange, Version
from planning.situation import Situation, change_of
from planning.views import ChangeRow, MatchView, PlaceView, RequestView, ScannerView, SpanView, VersionRow, match_view
from scheduler.imaging.drafting.demand import MADE
from scheduler.imaging.problem import Case, Room


def place_view(row: Appointment) -> PlaceView:
    """Where and when an appointment is."""
    return PlaceView(scanner=row.resource, start=row.start, end=row.end)


def version_row(version: Version) -> VersionRow:
    """A version in a list."""
    return VersionRow(
        number=version.number,
        base=version.base,
        status=version.status,
        origin=version.origin,
        author=version.author,
        created=version.created,
        reason=version.reason,
        approver=version.approver or (version.publisher if version.is_same_day else None),
        published=version.published,
        is_same_day=version.is_same_day,
        is_reviewed=version.reviewed is not None,
        cost=version.cost,
        num_planned=version.num_planned,
        num_unplanned=version.num_unplanned,
        num_moved=version.num_moved,
    )


def change_row(row: RecordedChange, situation: Situation) -> ChangeRow:
    """A recorded change with its value."""
    return ChangeRow(
        id=row.id,
        change=change_of(row),
        intent=row.intent,
        author=row.author,
        author_id=row.author_id,
        reason=row.reason,
        at=row.at,
        is_active=row.is_active,
        undone_by=row.undone_by,
        is_void=row.id in situation.void,
    )


def match_rows(situation: Situation, matches: Iterable[Match]) -> tuple[MatchView, ...]:
    """Matches of the engine with datetimes and points."""
    moment = situation.problem.clock.moment
    return tuple(match_view(match, moment, POINT) for match in matches)


class Abouts:
    """What is known of each request, joined once for a situation."""

    def __init__(self, situation: Situation) -> None:
        self._find = ref(situation)
        self._known: dict[str, RequestView | None] = {}

    def of(self, request_id: str) -> RequestView | None:
        """The request's view; None where neither data nor changes know it."""
        if request_id not in self._known:
            self._known[request_id] = self._join(request_id)
        return self._known[request_id]

    def _join(self, request_id: str) -> RequestView | None:
        situation = self._find()
        if situation is None:
            return None
        problem = situation.problem
        task = problem.task_of.get(request_id)
        case = None if task is None else problem.cases[task]
        request = situation.requests.get(request_id)
        if case is not None:
            return _of_case(situation, case, request)
        return None if request is None else _of_request(situation, request)


_JOINED: WeakKeyDictionary[Situation, Abouts] = WeakKeyDictionary()


def abouts_of(situation: Situation) -> Abouts:
    """What is known of the requests of a situation, kept as long as the situation is."""
    return _JOINED.setdefault(situation, Abouts(situation))


def _of_case(situation: Situation, case: Case, request: Request | None) -> RequestView:
    moment = situation.problem.clock.moment
    examination = situation.examinations.get(case.examination)
    return RequestView(
        request=case.id,
        patient=case.patient,
        examination=case.examination,
        examination_en=case.examination if examination is None else examination.name_en or examination.id,
        examination_zh=case.examination if examination is None else examination.name_zh or examination.id,
        modality=case.modality.value,
        rclass=case.rclass.value,
        ward=case.ward,
        minutes=case.minutes,
        requested=None if request is None else request.requested,
        earliest=moment(case.earliest),
        target=None if case.target is None else moment(case.target),
        latest=None if case.latest is None else moment(case.latest),
        mobility=case.mobility.value,
        is_isolated=case.is_isolated,
        is_sedated="sedation" in case.features,
        is_fasting=case.is_fasting,
    )


def _of_request(situation: Situation, request: Request) -> RequestView:
    examination = situation.examinations.get(request.examination)
    return RequestView(
        request=request.id,
        patient=request.patient,
        examination=request.examination,
        examination_en=request.examination if examination is None else examination.name_en or examination.id,
        examination_zh=request.examination if examination is None else examination.name_zh or examination.id,
        modality="" if examination is None else examination.modality.value,
        rclass=request.rclass.value,
        ward=request.ward,
        minutes=request.minutes or (0 if examination is None else examination.median_min),
        requested=request.requested,
        earliest=request.earliest,
        target=request.target,
        latest=request.latest,
        mobility=request.mobility.value,
        is_isolated=request.is_isolated,
        is_sedated=request.is_sedated,
        is_fasting=examination is not None and examination.is_fasting,
    )


def recorded_here(situation: Situation, row: Appointment) -> RequestView | None:
    """What is still known of a request that was recorded here and is no longer planned, because its patient did not come: the
    mark must stay in sight, and it must be possible to take it back. None for any other request."""
    room = next((room for room in situation.problem.rooms if room.id == row.resource), None)
    if room is None or not row.request.startswith(MADE):
        return None
    return RequestView(
        request=row.request,
        patient="",
        examination=room.modality.value,
        examination_en=room.modality.value,
        examination_zh=room.modality.value,
        modality=room.modality.value,
        rclass=RequestClass.EMERGENCY.value,
        ward="",
        minutes=int((row.end - row.start).total_seconds() // 60),
        requested=None,
        earliest=row.start,
        target=None,
        latest=None,
        mobility=Mobility.WALKING.value,
        is_isolated=False,
        is_sedated=False,
        is_fasting=False,
    )


def scanner_views(situation: Situation) -> tuple[ScannerView, ...]:
    """The timeline's rows with everything that colours their background."""
    scanners = {scanner.id: scanner for scanner in situation.site.scanners}
    reasons = _closure_reasons(situation)
    views = []
    for room in situation.problem.rooms:
        scanner = scanners.get(room.id)
        views.append(
            ScannerView(
                id=room.id,
                name=room.id if scanner is None else scanner.name or room.id,
                modality=room.modality.value,
                site=room.site,
                features=tuple(sorted(room.features)),
                spans=_spans(situation, room, reasons.get(room.id, ())),
            )
        )
    return tuple(views)


Reason = tuple[int, int, str, str]


def _spans(situation: Situation, room: Room, reasons: Iterable[Reason]) -> tuple[SpanView, ...]:
    moment = situation.problem.clock.moment

    def view(span: Span, kind: str, reason: str = "") -> SpanView:
        return SpanView(start=moment(span[0]), end=moment(span[1]), kind=kind, reason=reason)

    told = [(low, high, kind, reason) for low, high, kind, reason in reasons]
    spans = [view(span, "open") for span in room.sessions]
    spans += [view(span, "overtime") for span in room.overtime]
    spans += [view((low, high), "reserved", rclass.value) for low, high, rclass in room.reserved]
    for low, high, kind, reason in told:
        spans += [
            view((max(low, start), min(high, end)), kind, reason)
            for start, end in room.closed
            if max(low, start) < min(high, end)
        ]
    rest = subtract(room.closed, [(low, high) for low, high, _, _ in told])
    spans += [view(span, ClosureKind.DOWNTIME.value) for span in rest]
    return tuple(sorted(spans, key=lambda span: (span.start, span.kind)))


def _closure_reasons(situation: Situation) -> Mapping[str, tuple[Reason, ...]]:
    clock = situation.problem.clock
    found: dict[str, tuple[Reason, ...]] = {}
    for closure in situation.site.closures:
        end = clock.end if closure.end is None else clock.minute(closure.end)
        row = (clock.minute(closure.start), end, closure.kind.value, closure.reason)
        found[closure.scanner] = (*found.get(closure.scanner, ()), row)
    return found


def hours_between(start: datetime, end: datetime) -> float:
    """Hours from start to end, two decimals."""
    return round((end - start).total_seconds() / 3600, 2)
