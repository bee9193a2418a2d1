"""Columns of what there is: scanners, their hours, and the people they need."""

from __future__ import annotations

from hospital.resources import Closure, OpeningWindow, Reservation, Scanner, Shift
from intake.fields import FieldType, Table, column

SCANNER = column(
    "scanner",
    FieldType.ID,
    "设备编号|设备|机器|机房|resource|machine|device|扫描设备",
    is_required=True,
    refers_to="scanners",
    example="CT1",
)
SITE = column("site", FieldType.ID, "院区|分院|campus|location|地点", example="main")
HOURS = (
    column("weekday", FieldType.WEEKDAYS, "星期|周几|weekdays|day of week|每周", example="Mon"),
    column("day", FieldType.DAY, "日期|date|特定日期"),
    column(
        "from",
        FieldType.TIME,
        "开始时间|开始|start|from time|自|起",
        attribute="from_min",
        is_required=True,
        example="08:00",
    ),
    column(
        "to",
        FieldType.TIME,
        "结束时间|结束|end|to time|until|止|至",
        attribute="to_min",
        is_required=True,
        example="20:00",
    ),
)
"""When something holds: on weekdays or on one date, from one time of day to another."""

SCANNERS = Table(
    kind="scanners",
    attribute="scanners",
    type=Scanner,
    aliases=("扫描设备", "设备", "检查设备", "机房", "scanner", "machines", "devices"),
    key=("id",),
    fields=(
        column("id", FieldType.ID, "设备编号|编号|scanner|scanner_id|设备号|machine", is_required=True, example="CT1"),
        column("name", FieldType.TEXT, "设备名称|名称|scanner name", example="CT 1"),
        column(
            "modality",
            FieldType.CODE,
            "设备类型|检查类型|类型|模态|type",
            is_required=True,
            codes="modality",
            example="CT",
        ),
        SITE,
        column("field_strength_t", FieldType.NUMBER, "场强|磁场强度|field strength", unit="t", high=20),
        column("features", FieldType.CODES, "功能|特性|设备功能", codes="feature", example="sedation"),
        column(
            "turnover_min", FieldType.WHOLE, "周转时间|换床时间|turnover|周转分钟", unit="min", high=480, example="5"
        ),
        column(
            "overtime_max_min",
            FieldType.WHOLE,
            "最长加班|加班上限|允许加班|max overtime|overtime max",
            unit="min",
            high=1440,
            example="60",
        ),
    ),
)

OPENING = Table(
    kind="opening",
    attribute="opening",
    type=OpeningWindow,
    aliases=("开放时间", "开机时间", "营业时间", "opening hours", "hours"),
    fields=(
        SCANNER,
        *HOURS,
        column("is_extra", FieldType.YES_NO, "追加|额外开放|是否加开|加开|extra", example="no"),
    ),
)

CLOSURES = Table(
    kind="closures",
    attribute="closures",
    type=Closure,
    aliases=("设备停机", "停机", "维护", "closure", "downtime", "maintenance"),
    fields=(
        SCANNER,
        column(
            "start", FieldType.MOMENT, "开始时间|开始|停机开始|from|begin", is_required=True, example="2026-03-04 12:00"
        ),
        column("end", FieldType.MOMENT, "结束时间|结束|停机结束|to|until", is_end=True, example="2026-03-04 14:00"),
        column("kind", FieldType.CODE, "停机类型|类型|种类|type", codes="closure", example="maintenance"),
        column("reason", FieldType.TEXT, "原因|备注|note|comment"),
    ),
)

RESERVATIONS = Table(
    kind="reservations",
    attribute="reservations",
    type=Reservation,
    aliases=("占位预留", "预留", "急诊预留", "reservation", "reserved"),
    fields=(
        SCANNER,
        *HOURS,
        column(
            "class",
            FieldType.CODE,
            "预留类别|类别|患者类别|rclass|request class",
            attribute="rclass",
            codes="class",
            example="emergency",
        ),
        column(
            "release_h",
            FieldType.NUMBER,
            "提前释放|释放|提前释放小时|release|release hours",
            unit="h",
            high=720,
            example="2",
        ),
    ),
)

STAFF = Table(
    kind="staff",
    attribute="shifts",
    type=Shift,
    aliases=("人员", "人员排班", "排班", "班次", "shifts", "roster"),
    fields=(
        column(
            "role", FieldType.CODE, "岗位|角色|人员类别|职务", is_required=True, codes="role", example="contrast_nurse"
        ),
        SITE,
        *HOURS,
        column("count", FieldType.WHOLE, "人数|数量|number|people", is_required=True, low=-500, high=500, example="3"),
    ),
)
