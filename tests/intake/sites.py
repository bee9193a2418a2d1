"""A tiny named hospital with asymmetric numbers, and random ones for property tests."""

from __future__ import annotations

import string
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from hospital.plans import Appointment, AppointmentStatus, Booking
from hospital.requests import Changeover, Examination, Gap, Mobility, Request, RequestClass
from hospital.resources import Closure, ClosureKind, Modality, OpeningWindow, Reservation, Scanner, Shift
from hospital.sites import ImagingSite, SiteSettings

ZONE = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026 in Shanghai."""
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


def request(number: int, **changes: Any) -> Request:
    """Request R<number>: an outpatient for a CT head."""
    values: dict[str, Any] = {
        "id": f"R{number}",
        "patient": f"P{number}",
        "examination": "CT-HEAD",
        "rclass": RequestClass.OUTPATIENT,
        "requested": at(1, 16, 20),
        "earliest": at(2, 8),
    }
    return Request(**values | changes)


def small_site() -> ImagingSite:
    """Everything filled in once, each number different."""
    return ImagingSite(
        settings=SiteSettings(
            id="west", now=at(2, 7), weights={"moved": 12.5}, notice_h=36.0, walk_min={"walking": 11}
        ),
        scanners=(
            Scanner(id="CT1", name="一号 CT", modality=Modality.CT, features=frozenset({"cardiac"}), turnover_min=5),
            Scanner(
                id="MR1",
                name="=HYPERLINK(1)",
                modality=Modality.MR,
                field_strength_t=1.5,
                overtime_max_min=45,
                site="east",
            ),
        ),
        opening=(
            OpeningWindow(scanner="CT1", weekday=0, from_min=480, to_min=1440),
            OpeningWindow(scanner="MR1", day=date(2026, 3, 4), from_min=485, to_min=720, is_extra=True),
        ),
        closures=(
            Closure(scanner="CT1", start=at(3, 12), end=None, kind=ClosureKind.DOWNTIME, reason="球管, 故障"),
            Closure(scanner="MR1", start=at(3, 12), end=at(3, 14)),
        ),
        reservations=(Reservation(scanner="CT1", weekday=2, from_min=600, to_min=665, release_h=1.5),),
        examinations=(
            Examination(id="CT-HEAD", name_zh="头颅CT", modality=Modality.CT, median_min=10, p90_min=15),
            Examination(
                id="MR-CE",
                modality=Modality.MR,
                median_min=25,
                p90_min=40,
                family="head",
                is_fasting=True,
                min_field_strength_t=1.5,
                staff=("contrast_nurse", "anaesthetist"),
                tags=frozenset({"contrast"}),
            ),
        ),
        changeovers=(Changeover(from_family="head", to_family="body", minutes=7),),
        gaps=(Gap(first="contrast", then="*", hours=48.0),),
        shifts=(Shift(role="contrast_nurse", day=date(2026, 3, 5), from_min=480, to_min=720, count=-2),),
        requests=(
            request(1, windows=((at(2, 8), at(2, 12)), (at(3, 13), at(3, 17))), mobility=Mobility.BED),
            request(2, rclass=RequestClass.EMERGENCY, latest=at(4, 20), is_isolated=True, minutes=35),
            request(3, examination="MR-CE", target=at(3, 9), site="east", ward="=W3"),
        ),
        bookings=(
            Booking(
                appointment=Appointment(request="R1", resource="CT1", start=at(2, 9), end=at(2, 9, 10)),
                is_locked=True,
                status=AppointmentStatus.ARRIVED,
            ),
        ),
    )


def request_csv(rows: list[list[str]], header: str = "id,patient,examination,class,requested,earliest") -> bytes:
    """A request file of plain cells."""
    return ("\n".join([header, *(",".join(row) for row in rows)]) + "\n").encode()


GOOD_ROW = ["R1", "P1", "CT-HEAD", "outpatient", "2026-03-01 16:20", "2026-03-02 08:00"]

WORD = st.text(string.ascii_letters + string.digits + "-_=@+'", min_size=1, max_size=8).filter(
    lambda word: not word.isspace() and word.strip() == word
)
_HANZI = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
PRINTED = st.text(st.one_of(st.sampled_from(list("ab ,;\"'=+-@\t\n＝")), _HANZI), max_size=10).map(str.strip)
FREE_WORD = st.sampled_from(["sedation", "cardiac", "gate", "nurse2", "Kopfspule"])
MINUTE_OF_DAY = st.integers(0, 1439)
MOMENT = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001
    lambda when: when.replace(microsecond=0, second=when.second if when.minute % 7 == 0 else 0)
)


@st.composite
def day_hours(draw: Any) -> dict[str, Any]:
    """Weekday or date with a span of the day."""
    start = draw(MINUTE_OF_DAY)
    when: dict[str, Any] = (
        {"weekday": draw(st.integers(0, 6))}
        if draw(st.booleans())
        else {"day": draw(st.dates(date(2025, 1, 1), date(2027, 1, 1)))}
    )
    return when | {"from_min": start, "to_min": draw(st.integers(start + 1, 1440))}


@st.composite
def random_sites(draw: Any) -> ImagingSite:
    """Any site whose rows this door accepts, in a zone with clock changes."""

    def moment() -> datetime:
        wall: datetime = draw(MOMENT).replace(tzinfo=BERLIN)
        return wall.astimezone(ZoneInfo("UTC")).astimezone(BERLIN)

    def after(when: datetime, least: int = 1) -> datetime:
        later = when.astimezone(ZoneInfo("UTC")) + timedelta(minutes=draw(st.integers(least, 9000)))
        return later.astimezone(BERLIN)

    scanner_ids = draw(st.lists(WORD, min_size=1, max_size=3, unique=True))
    examination_ids = draw(st.lists(WORD, min_size=1, max_size=3, unique=True))
    request_ids = draw(st.lists(WORD, max_size=4, unique=True))
    scanner = st.sampled_from(scanner_ids)
    words = st.frozensets(FREE_WORD, max_size=3)
    closures = []
    for _ in range(draw(st.integers(0, 2))):
        start = moment()
        end = after(start) if draw(st.booleans()) else None
        closures.append(
            Closure(
                scanner=draw(scanner),
                start=start,
                end=end,
                kind=draw(st.sampled_from(ClosureKind)),
                reason=draw(PRINTED),
            )
        )
    examinations = []
    for id_ in examination_ids:
        median = draw(st.integers(1, 700))
        examinations.append(
            Examination(
                id=id_,
                name_en=draw(PRINTED),
                name_zh=draw(PRINTED),
                modality=draw(st.sampled_from(Modality)),
                region=draw(PRINTED),
                median_min=median,
                p90_min=draw(st.integers(median, 1440)),
                family=draw(PRINTED),
                is_fasting=draw(st.booleans()),
                preparation_min=draw(st.integers(0, 700)),
                min_field_strength_t=draw(st.floats(0, 19, allow_nan=False)),
                features=draw(words),
                staff=tuple(draw(st.lists(FREE_WORD, max_size=3))),
                tags=draw(words),
            )
        )
    requests = []
    for id_ in request_ids:
        earliest = moment()
        windows = []
        for _ in range(draw(st.integers(0, 2))):
            start = moment()
            windows.append((start, after(start)))
        requests.append(
            Request(
                id=id_,
                patient=draw(WORD),
                examination=draw(st.sampled_from(examination_ids)),
                rclass=draw(st.sampled_from(RequestClass)),
                ward=draw(PRINTED),
                requested=moment(),
                earliest=earliest,
                target=draw(st.none() | st.just(after(earliest, 0))),
                latest=draw(st.none() | st.just(after(earliest, 0))),
                windows=tuple(windows),
                mobility=draw(st.sampled_from(Mobility)),
                is_isolated=draw(st.booleans()),
                is_sedated=draw(st.booleans()),
                site=draw(st.just("") | WORD),
                minutes=draw(st.none() | st.integers(1, 720)),
            )
        )
    bookings = []
    for id_ in request_ids[:2]:
        start = moment()
        bookings.append(
            Booking(
                appointment=Appointment(
                    request=id_,
                    session=draw(st.integers(1, 500)),
                    resource=draw(scanner),
                    start=start,
                    end=after(start),
                ),
                is_locked=draw(st.booleans()),
                status=draw(st.sampled_from(AppointmentStatus)),
                late_min=draw(st.integers(0, 720)),
            )
        )
    hours = day_hours()
    return ImagingSite(
        settings=SiteSettings(
            id=draw(WORD),
            name_zh=draw(PRINTED.filter(bool)),
            timezone="Europe/Berlin",
            grid_min=draw(st.sampled_from([1, 5, 15])),
            now=draw(st.none() | st.just(moment())),
            weights=draw(st.dictionaries(st.sampled_from(["moved", "load"]), st.floats(0, 1e6), max_size=2)),
            first_day=draw(st.sampled_from(["", "2026-03-02"])),
        ),
        scanners=tuple(
            Scanner(
                id=id_,
                name=draw(PRINTED),
                modality=draw(st.sampled_from(Modality)),
                site=draw(WORD),
                field_strength_t=draw(st.floats(0, 20, allow_nan=False)),
                features=draw(words),
                turnover_min=draw(st.integers(0, 480)),
                overtime_max_min=draw(st.integers(0, 1440)),
            )
            for id_ in scanner_ids
        ),
        opening=tuple(OpeningWindow(scanner=draw(scanner), **draw(hours)) for _ in range(draw(st.integers(0, 2)))),
        closures=tuple(closures),
        reservations=tuple(
            Reservation(
                scanner=draw(scanner),
                rclass=draw(st.sampled_from(RequestClass)),
                release_h=draw(st.floats(0, 720)),
                **draw(hours),
            )
            for _ in range(draw(st.integers(0, 2)))
        ),
        examinations=tuple(examinations),
        changeovers=(Changeover(from_family="A", to_family="B", minutes=draw(st.integers(0, 480))),),
        gaps=(Gap(first="contrast", then="*", hours=draw(st.floats(0, 8784))),),
        shifts=tuple(
            Shift(role=draw(FREE_WORD), site=draw(WORD), count=draw(st.integers(-500, 500)), **draw(hours))
            for _ in range(draw(st.integers(0, 2)))
        ),
        requests=tuple(requests),
        bookings=tuple(bookings),
    )
