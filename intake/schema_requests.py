"""Columns of what is asked for and promised: the catalogue, its rules of succession, requests, appointments."""

from __future__ import annotations

from dataclasses import replace

from hospital.plans import Booking
from hospital.requests import Changeover, Examination, Gap, Request
from intake.fields import FieldType, Table, column
from intake.records import booking
from intake.schema_resources import SITE

EXAMINATIONS = Table(
    kind="examinations",
    attribute="examinations",
    type=Examination,
    aliases=("检查项目", "项目目录", "检查目录", "catalogue", "catalog", "examination", "procedures"),
    key=("id",),
    fields=(
        column(
            "id",
            FieldType.ID,
            "项目编号|检查项目编号|编号|项目代码|examination|examination_id|code|procedure code",
            is_required=True,
            example="CT-HEAD",
        ),
        column("name_en", FieldType.TEXT, "英文名称|英文名|name|english name", example="CT head"),
        column("name_zh", FieldType.TEXT, "中文名称|名称|项目名称|检查项目|chinese name", example="头颅CT"),
        column(
            "modality",
            FieldType.CODE,
            "设备类型|检查类型|类型|模态|type",
            is_required=True,
            codes="modality",
            example="CT",
        ),
        column("region", FieldType.TEXT, "检查部位|部位|body region|body part", example="head"),
        column(
            "median_min",
            FieldType.WHOLE,
            "时长中位数|中位时长|检查时长|时长|median|minutes|duration",
            is_required=True,
            unit="min",
            low=1,
            high=720,
            example="10",
        ),
        column(
            "p90_min",
            FieldType.WHOLE,
            "时长九成|九成时长|90分位时长|时长90分位|p90|90th percentile",
            unit="min",
            low=1,
            high=1440,
            example="15",
        ),
        column("family", FieldType.TEXT, "准备组|线圈组|换线圈组|线圈|setup family|set-up family", example="head"),
        column("is_fasting", FieldType.YES_NO, "空腹|是否空腹|需空腹|fasting", example="no"),
        column(
            "preparation_min",
            FieldType.WHOLE,
            "准备时间|检查前准备|preparation|prep",
            unit="min",
            high=720,
            example="0",
        ),
        column(
            "min_field_strength_t",
            FieldType.NUMBER,
            "最低场强|所需场强|min field strength|minimum field strength",
            unit="t",
            high=20,
        ),
        column("features", FieldType.CODES, "所需功能|需要的设备功能|功能|required features", codes="feature"),
        column("staff", FieldType.CODES, "所需人员|人员|需要人员|required staff|roles", codes="role"),
        column("tags", FieldType.CODES, "标签|检查标签|特征|tag", codes="tag"),
    ),
)

CHANGEOVERS = Table(
    kind="changeovers",
    attribute="changeovers",
    type=Changeover,
    aliases=("换线圈", "切换时间", "准备切换", "changeover"),
    key=("from_family", "to_family"),
    fields=(
        column("from_family", FieldType.TEXT, "原准备组|原线圈组|由|from|自", is_required=True, example="head"),
        column("to_family", FieldType.TEXT, "新准备组|新线圈组|到|to|换为", is_required=True, example="body"),
        column(
            "minutes",
            FieldType.WHOLE,
            "切换分钟|切换时间|换线圈时间|分钟|时间|changeover",
            is_required=True,
            unit="min",
            high=480,
            example="10",
        ),
    ),
)

GAPS = Table(
    kind="gaps",
    attribute="gaps",
    type=Gap,
    aliases=("检查间隔", "间隔", "gap", "intervals"),
    key=("first", "then"),
    fields=(
        column(
            "first", FieldType.CODE, "先做|前一检查|前项标签|before", is_required=True, codes="tag", example="contrast"
        ),
        column(
            "then", FieldType.CODE, "后做|后一检查|后项标签|after", is_required=True, codes="tag", example="contrast"
        ),
        column(
            "hours",
            FieldType.NUMBER,
            "间隔小时|最短间隔|间隔|gap|小时",
            is_required=True,
            unit="h",
            high=8784,
            example="48",
        ),
    ),
)

REQUESTS = Table(
    kind="requests",
    attribute="requests",
    type=Request,
    aliases=("检查申请", "申请单", "申请", "检查预约申请", "request", "orders"),
    key=("id",),
    fields=(
        column(
            "id",
            FieldType.ID,
            "申请编号|申请单号|检查申请号|申请号|request_id|request|order number|accession number|id|编号",
            is_required=True,
            example="R0001",
        ),
        column(
            "patient",
            FieldType.ID,
            "患者编号|患者|病人编号|患者id|病人|假名|pseudonym|patient_id",
            is_required=True,
            example="P0001",
        ),
        column(
            "examination",
            FieldType.ID,
            "检查项目编号|检查项目|项目编号|项目代码|exam|procedure|examination_id",
            is_required=True,
            refers_to="examinations",
            example="CT-HEAD",
        ),
        column(
            "class",
            FieldType.CODE,
            "患者类别|患者来源|病人来源|就诊类型|类别|rclass|request class|patient class",
            attribute="rclass",
            is_required=True,
            codes="class",
            example="outpatient",
        ),
        column("ward", FieldType.TEXT, "病区|科室|申请科室|开单科室|病房|department", example="W1"),
        column(
            "requested",
            FieldType.MOMENT,
            "申请时间|开单时间|申请日期|requested_at|ordered|order time",
            is_required=True,
            example="2026-03-01 16:20",
        ),
        column(
            "earliest",
            FieldType.MOMENT,
            "最早时间|最早检查时间|最早|earliest time|not before",
            is_required=True,
            example="2026-03-02 08:00",
        ),
        column("target", FieldType.MOMENT, "目标时间|期望时间|期望完成时间|target time|due", is_end=True),
        column(
            "latest",
            FieldType.MOMENT,
            "最晚时间|最迟时间|最晚检查时间|截止时间|最晚|latest time|not after|deadline",
            is_end=True,
            example="2026-03-06 20:00",
        ),
        column("windows", FieldType.WINDOWS, "可来时间|患者可来时间|可检查时段|时段|window|available|availability"),
        column("mobility", FieldType.CODE, "行动方式|转运方式|行动能力|transport", codes="mobility", example="walking"),
        column("is_isolated", FieldType.YES_NO, "隔离|是否隔离|需隔离|isolation|isolated", example="no"),
        column("is_sedated", FieldType.YES_NO, "镇静|是否镇静|需镇静|sedation|sedated", example="no"),
        replace(SITE, example=""),
        column(
            "minutes", FieldType.WHOLE, "检查时长|预计时长|时长|duration|planned minutes", unit="min", low=1, high=720
        ),
    ),
)

BOOKED = Table(
    kind="booked",
    attribute="bookings",
    make=booking,
    type=Booking,
    aliases=("已预约", "已约", "预约", "检查预约", "bookings", "appointments"),
    key=("request", "session"),
    fields=(
        column(
            "request",
            FieldType.ID,
            "申请编号|申请单号|检查申请号|申请号|request_id|request|order number|accession number|id|编号",
            is_required=True,
            refers_to="requests",
            example="R0001",
        ),
        column("session", FieldType.WHOLE, "次数|第几次|疗程次|no", low=1, high=99_991_231, example="1"),
        column(
            "resource",
            FieldType.ID,
            "设备编号|设备|机房|机器|scanner|machine|device",
            is_required=True,
            refers_to="scanners",
            example="CT1",
        ),
        column(
            "start",
            FieldType.MOMENT,
            "开始时间|开始|预约时间|检查时间|begin|from",
            is_required=True,
            example="2026-03-02 09:00",
        ),
        column(
            "end", FieldType.MOMENT, "结束时间|结束|to|until", is_required=True, is_end=True, example="2026-03-02 09:10"
        ),
        column("is_locked", FieldType.YES_NO, "锁定|是否锁定|已锁定|locked|lock", example="no"),
        column("status", FieldType.CODE, "状态|预约状态|检查状态|state", codes="status", example="planned"),
        column("late_min", FieldType.WHOLE, "迟到分钟|迟到|late|minutes late", unit="min", high=720),
    ),
)
