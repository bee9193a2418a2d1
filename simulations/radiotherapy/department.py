"""The invented department: four linacs in two matched pairs, and the protocols given on them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from hospital.radiotherapy import LinacClosure, LinacHours, TreatmentLinac, TreatmentProtocol
from hospital.sites import SiteSettings

ZONE = "Asia/Shanghai"
NOW = datetime(2026, 6, 1, 7, 0, tzinfo=ZoneInfo(ZONE))
FIRST_PLAYED = date(2026, 3, 9)
HOLIDAYS = (date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 4), date(2026, 5, 5), date(2026, 6, 19))
SETTINGS = SiteSettings(
    id="radiotherapy",
    name_en="Sample radiotherapy department",
    name_zh="示例放疗科",
    timezone=ZONE,
    grid_min=5,
    num_days=84,
    first_day=NOW.date().isoformat(),
    now=NOW,
)
_ALL = frozenset({"3DCRT", "IMRT"})
LINACS = (
    TreatmentLinac(
        id="LA1",
        name="直线加速器1",
        techniques=_ALL | {"VMAT"},
        energies=frozenset({"6X", "10X"}),
        matched="A",
        overtime_max_min=60,
    ),
    TreatmentLinac(
        id="LA2",
        name="直线加速器2",
        techniques=_ALL | {"VMAT"},
        energies=frozenset({"6X", "10X"}),
        matched="A",
        overtime_max_min=60,
    ),
    TreatmentLinac(
        id="LA3",
        name="直线加速器3",
        techniques=_ALL | {"VMAT", "SBRT"},
        energies=frozenset({"6X"}),
        matched="B",
        overtime_max_min=30,
    ),
    TreatmentLinac(
        id="LA4",
        name="直线加速器4",
        techniques=_ALL | {"VMAT", "SBRT"},
        energies=frozenset({"6X"}),
        matched="B",
        overtime_max_min=30,
    ),
)
HOURS = tuple(
    LinacHours(linac=linac.id, weekday=day, from_min=8 * 60, to_min=15 * 60 + 30)
    for linac in LINACS
    for day in range(5)
)
CLOSURES = tuple(
    LinacClosure(
        linac=linac,
        start=datetime(2026, 6, day, 8, 0, tzinfo=ZoneInfo(ZONE)),
        end=datetime(2026, 6, day, 11, 30, tzinfo=ZoneInfo(ZONE)),
        reason="QA",
    )
    for linac, day in (("LA1", 12), ("LA2", 26), ("LA3", 17), ("LA4", 24))
)
_PAIR_A, _PAIR_B = frozenset({"LA1", "LA2"}), frozenset({"LA3", "LA4"})
PROTOCOLS: tuple[tuple[TreatmentProtocol, float], ...] = (
    # the protocol, and how often it is asked for
    (TreatmentProtocol(id="BONE-1", priority=1, sessions=1, first_min=25, later_min=25, preparation_days=1), 14),
    (TreatmentProtocol(id="BONE-5", priority=1, sessions=5, first_min=25, later_min=15, preparation_days=1), 16),
    (
        TreatmentProtocol(
            id="CORD-4",
            priority=1,
            sessions=4,
            first_min=30,
            later_min=15,
            preparation_days=1,
            energies=frozenset({"10X"}),
        ),
        6,
    ),
    (TreatmentProtocol(id="BRAIN-10", priority=1, sessions=10, first_min=25, later_min=15, preparation_days=3), 10),
    (
        TreatmentProtocol(
            id="LUNG-30",
            priority=2,
            sessions=30,
            first_min=30,
            later_min=15,
            preparation_days=8,
            techniques=frozenset({"VMAT"}),
            least_a_week=4,
        ),
        6,
    ),
    (
        TreatmentProtocol(
            id="LIMITED-30",
            priority=2,
            sessions=30,
            first_min=30,
            later_min=15,
            preparation_days=7,
            a_day=2,
            least_a_week=8,
            most_a_week=10,
            allowed=_PAIR_A,
        ),
        2,
    ),
    (
        TreatmentProtocol(
            id="SBRT-5",
            priority=2,
            sessions=5,
            first_min=45,
            later_min=40,
            preparation_days=9,
            techniques=frozenset({"SBRT"}),
            least_a_week=2,
            most_a_week=3,
            gap_h=40,
        ),
        5,
    ),
    (
        TreatmentProtocol(
            id="HEADNECK-33",
            priority=2,
            sessions=33,
            first_min=30,
            later_min=20,
            preparation_days=11,
            techniques=frozenset({"VMAT"}),
            start_weekdays=(0, 1),
            preferred=_PAIR_B,
        ),
        5,
    ),
    (
        TreatmentProtocol(
            id="BREAST-15",
            priority=3,
            sessions=15,
            first_min=30,
            later_min=15,
            preparation_days=9,
            preferred=_PAIR_A,
            least_a_week=4,
        ),
        20,
    ),
    (
        TreatmentProtocol(
            id="BOOST-5", priority=3, sessions=5, first_min=20, later_min=15, preparation_days=9, preferred=_PAIR_A
        ),
        0,
    ),
    (
        TreatmentProtocol(
            id="PROSTATE-20",
            priority=3,
            sessions=20,
            first_min=25,
            later_min=15,
            preparation_days=12,
            techniques=frozenset({"VMAT"}),
            least_a_week=4,
        ),
        12,
    ),
    (
        TreatmentProtocol(
            id="RECTUM-25", priority=3, sessions=25, first_min=25, later_min=15, preparation_days=10, least_a_week=4
        ),
        6,
    ),
)
BOOSTED, BOOST = "BREAST-15", "BOOST-5"
