"""Columns of a dialysis unit's files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hospital import dialysis as words
from hospital.requests import Mobility
from intake.fields import FieldType, Table, column
from intake.quarantine import Refused
from intake.records import Record, daily, spanned
from intake.schema_requests import BOOKED
from intake.schema_resources import HOURS

STATION = column(
    "station", FieldType.ID, "机位|机位号|床位|透析机位|chair|bed|machine", refers_to="stations", example="S01"
)
PATIENT = column(
    "patient",
    FieldType.ID,
    "患者编号|患者|病人|透析号|patient_id",
    is_required=True,
    refers_to="patients",
    example="P001",
)
ZONE = column("zone", FieldType.CODE, "分区|区域|透析区|隔离区|area", codes="zone", example="clean")
NAME = column(
    "name", FieldType.CODE, "班次|班|班次名称|shift", is_required=True, codes="dialysis_shift", example="morning"
)
SHIFTS_NAMED = column("shifts", FieldType.CODES, "班次|开班|照常班次", codes="dialysis_shift", example="morning")
START = column("start", FieldType.MOMENT, "开始时间|开始|自|from|begin", is_required=True, example="2026-06-03 06:00")
END = column(
    "end", FieldType.MOMENT, "结束时间|结束|至|to|until", is_required=True, is_end=True, example="2026-06-03 22:00"
)
MINUTES = column(
    "session_min", FieldType.WHOLE, "时长|透析时长|每次分钟|分钟|minutes", unit="min", low=30, high=900, example="240"
)


def _days(record: Record, *, table: str, first: str, last: str) -> None:
    """The last of two days is not before the first. Raises Refused."""
    if record[last] < record[first]:
        other, limit = f"intake.column.{table}.{first}", record[first].isoformat()
        raise Refused("not_before", record[last].isoformat(), field=last, other=other, limit=limit)


def _nurses(table: Table, record: Record) -> tuple[Any, ...]:
    """A row for each weekday named."""
    return tuple(table.type(weekday=weekday, **record) for weekday in record.pop("weekday"))


def _holiday(table: Table, record: Record) -> tuple[Any, ...]:
    """The shifts as a set."""
    return (table.type(day=record["day"], shifts=frozenset(record.get("shifts", ()))),)


def _patient(table: Table, record: Record) -> tuple[Any, ...]:
    """As many weekdays as sessions a week, or none. Raises Refused."""
    pattern = tuple(sorted(record.get("pattern", ())))
    per_week = record.setdefault("per_week", len(pattern) or 3)
    if pattern and len(pattern) != per_week:
        raise Refused("as_many_days", str(len(pattern)), field="pattern", count=per_week)
    if "mobility" in record:
        record["mobility"] = Mobility(record["mobility"])
    record["wished_shifts"] = frozenset(record.get("wished_shifts", ()))
    return (table.type(**record | {"pattern": pattern}),)


def _absence(table: Table, record: Record) -> tuple[Any, ...]:
    _days(record, table=table.kind, first="first_day", last="last_day")
    return (table.type(**record),)


def _one_off(table: Table, record: Record) -> tuple[Any, ...]:
    record.setdefault("last_day", record["day"])
    _days(record, table=table.kind, first="day", last="last_day")
    return (table.type(**record),)


STATIONS = Table(
    kind="stations",
    area="dialysis",
    attribute="stations",
    type=words.DialysisStation,
    aliases=("机位", "透析机位", "透析机", "床位", "station", "chairs"),
    key=("id",),
    fields=(
        column("id", FieldType.ID, "机位号|机位|机位编号|编号|station|床号", is_required=True, example="S01"),
        ZONE,
        column("is_hdf", FieldType.YES_NO, "血液透析滤过|HDF|是否HDF|hemodiafiltration", example="no"),
        column("has_bed", FieldType.YES_NO, "床位|是否床位|有床|bed", example="no"),
        column("loop", FieldType.ID, "水路|供水回路|water loop|水处理", example="A"),
    ),
)
SHIFTS = Table(
    kind="unit_shifts",
    area="dialysis",
    file="shifts",
    attribute="shifts",
    type=words.ShiftHours,
    aliases=("班次", "透析班次", "班次时间", "shift", "unit shifts"),
    make=daily,
    fields=(
        NAME,
        *HOURS,
        column("every_min", FieldType.WHOLE, "上机间隔|间隔分钟|every", unit="min", high=480, example="0"),
    ),
)
HOLIDAYS = Table(
    kind="unit_holidays",
    area="dialysis",
    file="holidays",
    attribute="holidays",
    type=words.Holiday,
    aliases=("节假日", "放假", "holiday"),
    key=("day",),
    make=_holiday,
    fields=(column("day", FieldType.DAY, "日期|date", is_required=True, example="2026-06-19"), SHIFTS_NAMED),
)
CLOSURES = Table(
    kind="station_closures",
    area="dialysis",
    file="closures",
    attribute="closures",
    type=words.StationClosure,
    aliases=("机位停用", "停用", "停机", "维护", "closure", "downtime"),
    make=spanned,
    fields=(
        column("resource", FieldType.ID, "机位或水路|机位|水路|设备|station|loop", is_required=True, example="S01"),
        START,
        END,
        column("reason", FieldType.TEXT, "原因|备注|note|comment"),
    ),
)
RELEASES = Table(
    kind="releases",
    area="dialysis",
    attribute="releases",
    type=words.ZoneRelease,
    aliases=("分区放行", "改区放行", "放行", "release"),
    make=spanned,
    fields=(
        replace(STATION, is_required=True),
        replace(ZONE, is_required=True),
        START,
        END,
        column("by", FieldType.TEXT, "放行人|批准人|released by", is_required=True, example="护士长"),
    ),
)
NURSES = Table(
    kind="nurses",
    area="dialysis",
    attribute="nurses",
    type=words.NurseDuty,
    aliases=("护士", "护士排班", "护理排班", "nurse roster"),
    make=_nurses,
    fields=(
        column("weekday", FieldType.WEEKDAYS, "星期|周几|weekdays", is_required=True, example="Mon"),
        column("shift", FieldType.CODE, "班次|班", is_required=True, codes="dialysis_shift", example="morning"),
        column("skill", FieldType.CODE, "资质|技能|专长", codes="skill", example="isolation"),
        column("on_duty", FieldType.WHOLE, "在岗|在岗人数|当班人数|on duty", is_required=True, high=500, example="4"),
        column("on_call", FieldType.WHOLE, "备班|备班人数|听班|on call", high=500, example="1"),
    ),
)
PATIENTS = Table(
    kind="patients",
    area="dialysis",
    attribute="patients",
    type=words.DialysisPatient,
    aliases=("患者", "透析患者", "病人", "patient"),
    key=("id",),
    make=_patient,
    fields=(
        column("id", FieldType.ID, "患者编号|透析号|编号|patient|patient_id", is_required=True, example="P001"),
        column("per_week", FieldType.WHOLE, "每周次数|周次数|次数|per week", low=1, high=6, example="3"),
        MINUTES,
        column("pattern", FieldType.WEEKDAYS, "透析日|固定日|星期|days|weekdays", example="Mon"),
        column("shift", FieldType.CODE, "固定班次|班次|班", codes="dialysis_shift", example="morning"),
        STATION,
        ZONE,
        column("is_hdf", FieldType.YES_NO, "血液透析滤过|HDF|是否HDF", example="no"),
        column("mobility", FieldType.CODE, "行动方式|行动能力|行动", codes="mobility", example="walking"),
        column("group", FieldType.ID, "同车组|接送组|班车|transport group|transport", example="bus1"),
        column("is_unstable", FieldType.YES_NO, "病情不稳|不稳定|病情不稳定|unstable", example="no"),
        column("is_new", FieldType.YES_NO, "新患者|新入|新病人|new", example="no"),
        column("wished_shifts", FieldType.CODES, "希望班次|意愿班次|wishes", codes="dialysis_shift", example="morning"),
        column("weight", FieldType.NUMBER, "权重|优先系数", high=100, example="1"),
    ),
)
ABSENCES = Table(
    kind="absences",
    area="dialysis",
    attribute="absences",
    type=words.Absence,
    aliases=("请假", "外出", "暂停透析", "absence"),
    make=_absence,
    fields=(
        PATIENT,
        column("first_day", FieldType.DAY, "开始日期|起始日|first day|from", is_required=True, example="2026-06-10"),
        column("last_day", FieldType.DAY, "结束日期|截止日|last day|to", is_required=True, example="2026-06-14"),
    ),
)
ONE_OFFS = Table(
    kind="one_offs",
    area="dialysis",
    attribute="one_offs",
    type=words.OneOff,
    aliases=("临时透析", "加透", "补透", "one-off", "extra sessions"),
    make=_one_off,
    fields=(
        PATIENT,
        column("day", FieldType.DAY, "日期|最早日期|date", is_required=True, example="2026-06-11"),
        column("last_day", FieldType.DAY, "最晚日期|截止日期|last day|until", example="2026-06-12"),
        replace(MINUTES, is_required=True),
    ),
)
BOOKED_DIALYSIS = replace(
    BOOKED,
    kind="booked_dialysis",
    area="dialysis",
    file="booked",
    aliases=("已排透析", "透析排班", "已排班", "bookings", "appointments", "roster"),
    fields=tuple(
        replace(field, refers_to={"request": "patients", "resource": "stations"}.get(field.name, ""))
        for field in BOOKED.fields
    ),
)

IN_ORDER = (*(STATIONS, SHIFTS, HOLIDAYS, CLOSURES, RELEASES, NURSES, PATIENTS, ABSENCES, ONE_OFFS, BOOKED_DIALYSIS),)
"""What is referred to comes first."""
