"""Columns of a radiotherapy department's files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hospital import radiotherapy as words
from intake.fields import FieldType, Table, column
from intake.quarantine import Refused
from intake.records import Record, daily, spanned
from intake.schema_requests import BOOKED
from intake.schema_resources import HOURS, SITE

LINAC = column(
    "linac",
    FieldType.ID,
    "加速器编号|加速器|设备编号|设备|机器|machine|resource|linac_id",
    is_required=True,
    refers_to="linacs",
    example="LA1",
)
TECHNIQUES = column("techniques", FieldType.CODES, "技术|治疗技术|technique", codes="technique", example="IMRT")
ENERGIES = column("energies", FieldType.IDS, "能量|射线能量|射束能量|energy|beams", example="6X")
_SETS = ("techniques", "energies", "allowed", "preferred")


def _linac(table: Table, record: Record) -> tuple[Any, ...]:
    """Techniques and energies as sets."""
    return (table.type(**_as_sets(record)),)


def _protocol(table: Table, record: Record) -> tuple[Any, ...]:
    """The least sessions a week are not more than the most; a preferred linac is an allowed one. Raises Refused."""
    record = _as_sets(record)
    protocol: words.TreatmentProtocol = table.type(**record)
    if protocol.least_a_week > protocol.most_a_week and "least_a_week" in record:
        other, limit = "intake.column.protocols.least_a_week", protocol.least_a_week
        raise Refused("at_least", protocol.most_a_week, field="most_a_week", other=other, limit=limit)
    if protocol.least_a_week > protocol.most_a_week:  # the usual five, of a protocol that gives fewer
        protocol = replace(protocol, least_a_week=protocol.most_a_week)
    if protocol.allowed and not protocol.preferred <= protocol.allowed:
        found = " ".join(sorted(protocol.preferred - protocol.allowed))
        raise Refused("known_id", found, field="preferred", kind="intake.kind.linacs")
    return (protocol,)


def _as_sets(record: Record) -> Record:
    return {name: frozenset(value) if name in _SETS else value for name, value in record.items()}


LINACS = Table(
    kind="linacs",
    area="radiotherapy",
    attribute="linacs",
    type=words.TreatmentLinac,
    aliases=("加速器", "直线加速器", "设备", "linac", "machines"),
    key=("id",),
    make=_linac,
    fields=(
        column("id", FieldType.ID, "加速器编号|设备编号|编号|linac|linac_id|machine", is_required=True, example="LA1"),
        column("name", FieldType.TEXT, "名称|加速器名称|设备名称|linac name", example="直线加速器1"),
        SITE,
        TECHNIQUES,
        ENERGIES,
        column("matched", FieldType.ID, "匹配组|束流匹配组|束流匹配|matched group|beam matched|twins", example="A"),
        column(
            "overtime_max_min",
            FieldType.WHOLE,
            "最长加班|加班上限|允许加班|max overtime|overtime max",
            unit="min",
            high=600,
            example="60",
        ),
    ),
)
LINAC_HOURS = Table(
    kind="linac_hours",
    area="radiotherapy",
    file="hours",
    attribute="hours",
    type=words.LinacHours,
    aliases=("开放时间", "开机时间", "治疗时间", "opening", "opening hours"),
    make=daily,
    fields=(LINAC, *HOURS),
)
LINAC_CLOSURES = Table(
    kind="linac_closures",
    area="radiotherapy",
    file="closures",
    attribute="closures",
    type=words.LinacClosure,
    aliases=("停机", "设备停机", "维护", "质控", "closure", "downtime", "maintenance", "QA"),
    make=spanned,
    fields=(
        LINAC,
        column(
            "start", FieldType.MOMENT, "开始时间|开始|停机开始|from|begin", is_required=True, example="2026-06-12 08:00"
        ),
        column(
            "end",
            FieldType.MOMENT,
            "结束时间|结束|停机结束|to|until",
            is_required=True,
            is_end=True,
            example="2026-06-12 11:30",
        ),
        column("reason", FieldType.TEXT, "原因|备注|note|comment", example="QA"),
    ),
)
LINAC_HOLIDAYS = Table(
    kind="linac_holidays",
    area="radiotherapy",
    file="holidays",
    attribute="holidays",
    type=words.LinacHoliday,
    aliases=("节假日", "放假", "holiday", "public holidays"),
    key=("day",),
    fields=(column("day", FieldType.DAY, "日期|date", is_required=True, example="2026-06-19"),),
)
PROTOCOLS = Table(
    kind="protocols",
    area="radiotherapy",
    attribute="protocols",
    type=words.TreatmentProtocol,
    aliases=("治疗方案", "方案", "放疗方案", "protocol"),
    key=("id",),
    make=_protocol,
    fields=(
        column("id", FieldType.ID, "方案编号|方案|编号|protocol|protocol_id", is_required=True, example="BREAST-15"),
        column("priority", FieldType.WHOLE, "优先级|紧急程度|urgency", is_required=True, low=1, high=3, example="3"),
        column(
            "sessions",
            FieldType.WHOLE,
            "次数|照射次数|分次数|fractions|number of fractions",
            is_required=True,
            low=1,
            high=60,
            example="15",
        ),
        column(
            "first_min",
            FieldType.WHOLE,
            "首次时长|首次分钟|first session|first minutes",
            is_required=True,
            unit="min",
            low=1,
            high=480,
            example="30",
        ),
        column(
            "later_min",
            FieldType.WHOLE,
            "后续时长|后续分钟|每次时长|later sessions|later minutes",
            is_required=True,
            unit="min",
            low=1,
            high=480,
            example="15",
        ),
        column(
            "least_a_week", FieldType.WHOLE, "每周最少次数|每周最少|least a week|minimum per week", high=14, example="5"
        ),
        column(
            "most_a_week",
            FieldType.WHOLE,
            "每周最多次数|每周最多|most a week|maximum per week",
            low=1,
            high=14,
            example="5",
        ),
        column("a_day", FieldType.WHOLE, "每日次数|每天次数|per day|a day", low=1, high=2, example="1"),
        column(
            "gap_h", FieldType.NUMBER, "间隔小时|最短间隔|两次间隔|smallest gap|gap", unit="h", high=168, example="6"
        ),
        column("start_weekdays", FieldType.WEEKDAYS, "可开始星期|开始星期|起始星期|start days", example="Mon"),
        column(
            "preparation_days",
            FieldType.WHOLE,
            "准备天数|定位计划天数|preparation|pre-treatment days",
            high=90,
            example="5",
        ),
        TECHNIQUES,
        ENERGIES,
        column("allowed", FieldType.IDS, "可用加速器|允许加速器|allowed linacs", refers_to="linacs", example="LA1"),
        column("preferred", FieldType.IDS, "首选加速器|优选加速器|preferred linacs", refers_to="linacs", example="LA1"),
    ),
)
COURSES = Table(
    kind="courses",
    area="radiotherapy",
    attribute="courses",
    type=words.TreatmentCourse,
    aliases=("疗程", "放疗申请", "疗程申请", "course", "requests", "orders"),
    key=("id",),
    fields=(
        column(
            "id",
            FieldType.ID,
            "疗程编号|疗程|编号|申请编号|course|course_id|request",
            is_required=True,
            example="C-0001",
        ),
        column(
            "patient",
            FieldType.ID,
            "患者编号|患者|病人|放疗号|patient_id|pseudonym",
            is_required=True,
            example="P-0001",
        ),
        column(
            "protocol",
            FieldType.ID,
            "方案编号|治疗方案|方案|protocol_id",
            is_required=True,
            refers_to="protocols",
            example="BREAST-15",
        ),
        column(
            "requested", FieldType.DAY, "申请日期|申请时间|requested on|ordered", is_required=True, example="2026-06-01"
        ),
        column("ready", FieldType.DAY, "就绪日期|最早开始|可开始日期|ready on|earliest", example="2026-06-08"),
        column("target_days", FieldType.WHOLE, "目标天数|目标等待天数|target", high=365, example="14"),
        column("sessions", FieldType.WHOLE, "次数|照射次数|分次数|fractions", low=1, high=60, example="15"),
        column(
            "hours", FieldType.HOURS, "可来时段|患者可来时段|时段|times of day|patient hours", example="08:00-11:30"
        ),
        column("follows", FieldType.ID, "接续疗程|前一疗程|接在|after course", example="C-0000"),
        column("is_over", FieldType.YES_NO, "已结束|是否结束|结束|over|finished", example="no"),
    ),
)
BOOKED_SESSIONS = replace(
    BOOKED,
    kind="booked_sessions",
    area="radiotherapy",
    file="booked",
    aliases=("已约照射", "已排照射", "已预约", "bookings", "appointments", "booked"),
    fields=tuple(
        replace(field, refers_to={"request": "courses", "resource": "linacs"}.get(field.name, ""))
        for field in BOOKED.fields
    ),
)

IN_ORDER = (*(LINACS, LINAC_HOURS, LINAC_CLOSURES, LINAC_HOLIDAYS, PROTOCOLS, COURSES, BOOKED_SESSIONS),)
"""What is referred to comes first."""
