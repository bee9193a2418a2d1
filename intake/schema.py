"""The contract of columns: one table for each kind of file. Read by intake, the templates and the sample's README alike."""

from __future__ import annotations

from hospital.plans import Booking
from hospital.requests import Changeover, Examination, Gap, Request
from hospital.resources import Closure, OpeningWindow, Reservation, Scanner, Shift
from intake.fields import Field, FieldType, Table

_DAY_MIN = 1440
_REQUEST_IDS = (
    "申请编号",
    "申请单号",
    "检查申请号",
    "申请号",
    "request_id",
    "request",
    "order number",
    "accession number",
    "id",
    "编号",
)


def _scanner_ref() -> Field:
    aliases = ("设备编号", "设备", "机器", "机房", "resource", "machine", "device", "扫描设备")
    return Field(
        name="scanner", type=FieldType.ID, aliases=aliases, is_required=True, refers_to="scanners", example="CT1"
    )


def _site(example: str = "main") -> Field:
    return Field(
        name="site", type=FieldType.ID, aliases=("院区", "分院", "campus", "location", "地点"), example=example
    )


def _when() -> tuple[Field, ...]:
    """Weekday or date, and the hours: shared by opening, reservations and staff."""
    return (
        Field(
            name="weekday",
            type=FieldType.WEEKDAYS,
            aliases=("星期", "周几", "weekdays", "day of week", "每周"),
            example="Mon",
        ),
        Field(name="day", type=FieldType.DAY, aliases=("日期", "date", "特定日期")),
        Field(
            name="from",
            type=FieldType.TIME,
            attribute="from_min",
            aliases=("开始时间", "开始", "start", "from time", "自", "起"),
            is_required=True,
            example="08:00",
        ),
        Field(
            name="to",
            type=FieldType.TIME,
            attribute="to_min",
            aliases=("结束时间", "结束", "end", "to time", "until", "止", "至"),
            is_required=True,
            example="20:00",
        ),
    )


SCANNERS = Table(
    kind="scanners",
    attribute="scanners",
    type=Scanner,
    aliases=("扫描设备", "设备", "检查设备", "机房", "scanner", "machines", "devices"),
    key=("id",),
    fields=(
        Field(
            name="id",
            type=FieldType.ID,
            aliases=("设备编号", "编号", "scanner", "scanner_id", "设备号", "machine"),
            is_required=True,
            example="CT1",
        ),
        Field(name="name", type=FieldType.TEXT, aliases=("设备名称", "名称", "scanner name"), example="CT 1"),
        Field(
            name="modality",
            type=FieldType.CODE,
            codes="modality",
            aliases=("设备类型", "检查类型", "类型", "模态", "type"),
            is_required=True,
            example="CT",
        ),
        _site(),
        Field(
            name="field_strength_t",
            type=FieldType.NUMBER,
            unit="t",
            high=20,
            aliases=("场强", "磁场强度", "field strength"),
        ),
        Field(
            name="features",
            type=FieldType.CODES,
            codes="feature",
            aliases=("功能", "特性", "设备功能"),
            example="sedation",
        ),
        Field(
            name="turnover_min",
            type=FieldType.WHOLE,
            unit="min",
            high=480,
            aliases=("周转时间", "换床时间", "turnover", "周转分钟"),
            example="5",
        ),
        Field(
            name="overtime_max_min",
            type=FieldType.WHOLE,
            unit="min",
            high=_DAY_MIN,
            aliases=("最长加班", "加班上限", "允许加班", "max overtime", "overtime max"),
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
        _scanner_ref(),
        *_when(),
        Field(
            name="is_extra",
            type=FieldType.YES_NO,
            aliases=("追加", "额外开放", "是否加开", "加开", "extra"),
            example="no",
        ),
    ),
)

CLOSURES = Table(
    kind="closures",
    attribute="closures",
    type=Closure,
    aliases=("设备停机", "停机", "维护", "closure", "downtime", "maintenance"),
    fields=(
        _scanner_ref(),
        Field(
            name="start",
            type=FieldType.MOMENT,
            aliases=("开始时间", "开始", "停机开始", "from", "begin"),
            is_required=True,
            example="2026-03-04 12:00",
        ),
        Field(
            name="end",
            type=FieldType.MOMENT,
            is_end=True,
            aliases=("结束时间", "结束", "停机结束", "to", "until"),
            example="2026-03-04 14:00",
        ),
        Field(
            name="kind",
            type=FieldType.CODE,
            codes="closure",
            aliases=("停机类型", "类型", "种类", "type"),
            example="maintenance",
        ),
        Field(name="reason", type=FieldType.TEXT, aliases=("原因", "备注", "note", "comment")),
    ),
)

RESERVATIONS = Table(
    kind="reservations",
    attribute="reservations",
    type=Reservation,
    aliases=("占位预留", "预留", "急诊预留", "reservation", "reserved"),
    fields=(
        _scanner_ref(),
        *_when(),
        Field(
            name="class",
            type=FieldType.CODE,
            attribute="rclass",
            codes="class",
            aliases=("预留类别", "类别", "患者类别", "rclass", "request class"),
            example="emergency",
        ),
        Field(
            name="release_h",
            type=FieldType.NUMBER,
            unit="h",
            high=720,
            aliases=("提前释放", "释放", "提前释放小时", "release", "release hours"),
            example="2",
        ),
    ),
)

EXAMINATIONS = Table(
    kind="examinations",
    attribute="examinations",
    type=Examination,
    aliases=("检查项目", "项目目录", "检查目录", "catalogue", "catalog", "examination", "procedures"),
    key=("id",),
    fields=(
        Field(
            name="id",
            type=FieldType.ID,
            aliases=(
                "项目编号",
                "检查项目编号",
                "编号",
                "项目代码",
                "examination",
                "examination_id",
                "code",
                "procedure code",
            ),
            is_required=True,
            example="CT-HEAD",
        ),
        Field(
            name="name_en",
            type=FieldType.TEXT,
            aliases=("英文名称", "英文名", "name", "english name"),
            example="CT head",
        ),
        Field(
            name="name_zh",
            type=FieldType.TEXT,
            aliases=("中文名称", "名称", "项目名称", "检查项目", "chinese name"),
            example="头颅CT",
        ),
        Field(
            name="modality",
            type=FieldType.CODE,
            codes="modality",
            aliases=("设备类型", "检查类型", "类型", "模态", "type"),
            is_required=True,
            example="CT",
        ),
        Field(
            name="region", type=FieldType.TEXT, aliases=("检查部位", "部位", "body region", "body part"), example="head"
        ),
        Field(
            name="median_min",
            type=FieldType.WHOLE,
            unit="min",
            low=1,
            high=720,
            aliases=("时长中位数", "中位时长", "检查时长", "时长", "median", "minutes", "duration"),
            is_required=True,
            example="10",
        ),
        Field(
            name="p90_min",
            type=FieldType.WHOLE,
            unit="min",
            low=1,
            high=_DAY_MIN,
            aliases=("时长九成", "九成时长", "90分位时长", "时长90分位", "p90", "90th percentile"),
            example="15",
        ),
        Field(
            name="family",
            type=FieldType.TEXT,
            aliases=("准备组", "线圈组", "换线圈组", "线圈", "setup family", "set-up family"),
            example="head",
        ),
        Field(
            name="is_fasting", type=FieldType.YES_NO, aliases=("空腹", "是否空腹", "需空腹", "fasting"), example="no"
        ),
        Field(
            name="preparation_min",
            type=FieldType.WHOLE,
            unit="min",
            high=720,
            aliases=("准备时间", "检查前准备", "preparation", "prep"),
            example="0",
        ),
        Field(
            name="min_field_strength_t",
            type=FieldType.NUMBER,
            unit="t",
            high=20,
            aliases=("最低场强", "所需场强", "min field strength", "minimum field strength"),
        ),
        Field(
            name="features",
            type=FieldType.CODES,
            codes="feature",
            aliases=("所需功能", "需要的设备功能", "功能", "required features"),
        ),
        Field(
            name="staff",
            type=FieldType.CODES,
            codes="role",
            aliases=("所需人员", "人员", "需要人员", "required staff", "roles"),
        ),
        Field(name="tags", type=FieldType.CODES, codes="tag", aliases=("标签", "检查标签", "特征", "tag")),
    ),
)

CHANGEOVERS = Table(
    kind="changeovers",
    attribute="changeovers",
    type=Changeover,
    aliases=("换线圈", "切换时间", "准备切换", "changeover"),
    key=("from_family", "to_family"),
    fields=(
        Field(
            name="from_family",
            type=FieldType.TEXT,
            aliases=("原准备组", "原线圈组", "由", "from", "自"),
            is_required=True,
            example="head",
        ),
        Field(
            name="to_family",
            type=FieldType.TEXT,
            aliases=("新准备组", "新线圈组", "到", "to", "换为"),
            is_required=True,
            example="body",
        ),
        Field(
            name="minutes",
            type=FieldType.WHOLE,
            unit="min",
            high=480,
            aliases=("切换分钟", "切换时间", "换线圈时间", "分钟", "时间", "changeover"),
            is_required=True,
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
        Field(
            name="first",
            type=FieldType.CODE,
            codes="tag",
            aliases=("先做", "前一检查", "前项标签", "before"),
            is_required=True,
            example="contrast",
        ),
        Field(
            name="then",
            type=FieldType.CODE,
            codes="tag",
            aliases=("后做", "后一检查", "后项标签", "after"),
            is_required=True,
            example="contrast",
        ),
        Field(
            name="hours",
            type=FieldType.NUMBER,
            unit="h",
            high=8784,
            aliases=("间隔小时", "最短间隔", "间隔", "gap", "小时"),
            is_required=True,
            example="48",
        ),
    ),
)

STAFF = Table(
    kind="staff",
    attribute="shifts",
    type=Shift,
    aliases=("人员", "人员排班", "排班", "班次", "shifts", "roster"),
    fields=(
        Field(
            name="role",
            type=FieldType.CODE,
            codes="role",
            aliases=("岗位", "角色", "人员类别", "职务"),
            is_required=True,
            example="contrast_nurse",
        ),
        _site(),
        *_when(),
        Field(
            name="count",
            type=FieldType.WHOLE,
            low=-500,
            high=500,
            aliases=("人数", "数量", "number", "people"),
            is_required=True,
            example="3",
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
        Field(name="id", type=FieldType.ID, aliases=_REQUEST_IDS, is_required=True, example="R0001"),
        Field(
            name="patient",
            type=FieldType.ID,
            aliases=("患者编号", "患者", "病人编号", "患者id", "病人", "假名", "pseudonym", "patient_id"),
            is_required=True,
            example="P0001",
        ),
        Field(
            name="examination",
            type=FieldType.ID,
            aliases=("检查项目编号", "检查项目", "项目编号", "项目代码", "exam", "procedure", "examination_id"),
            is_required=True,
            refers_to="examinations",
            example="CT-HEAD",
        ),
        Field(
            name="class",
            type=FieldType.CODE,
            attribute="rclass",
            codes="class",
            aliases=(
                "患者类别",
                "患者来源",
                "病人来源",
                "就诊类型",
                "类别",
                "rclass",
                "request class",
                "patient class",
            ),
            is_required=True,
            example="outpatient",
        ),
        Field(
            name="ward",
            type=FieldType.TEXT,
            aliases=("病区", "科室", "申请科室", "开单科室", "病房", "department"),
            example="W1",
        ),
        Field(
            name="requested",
            type=FieldType.MOMENT,
            aliases=("申请时间", "开单时间", "申请日期", "requested_at", "ordered", "order time"),
            is_required=True,
            example="2026-03-01 16:20",
        ),
        Field(
            name="earliest",
            type=FieldType.MOMENT,
            aliases=("最早时间", "最早检查时间", "最早", "earliest time", "not before"),
            is_required=True,
            example="2026-03-02 08:00",
        ),
        Field(
            name="target",
            type=FieldType.MOMENT,
            is_end=True,
            aliases=("目标时间", "期望时间", "期望完成时间", "target time", "due"),
        ),
        Field(
            name="latest",
            type=FieldType.MOMENT,
            is_end=True,
            aliases=(
                "最晚时间",
                "最迟时间",
                "最晚检查时间",
                "截止时间",
                "最晚",
                "latest time",
                "not after",
                "deadline",
            ),
            example="2026-03-06 20:00",
        ),
        Field(
            name="windows",
            type=FieldType.WINDOWS,
            aliases=("可来时间", "患者可来时间", "可检查时段", "时段", "window", "available", "availability"),
        ),
        Field(
            name="mobility",
            type=FieldType.CODE,
            codes="mobility",
            aliases=("行动方式", "转运方式", "行动能力", "transport"),
            example="walking",
        ),
        Field(
            name="is_isolated",
            type=FieldType.YES_NO,
            aliases=("隔离", "是否隔离", "需隔离", "isolation", "isolated"),
            example="no",
        ),
        Field(
            name="is_sedated",
            type=FieldType.YES_NO,
            aliases=("镇静", "是否镇静", "需镇静", "sedation", "sedated"),
            example="no",
        ),
        _site(""),
        Field(
            name="minutes",
            type=FieldType.WHOLE,
            unit="min",
            low=1,
            high=720,
            aliases=("检查时长", "预计时长", "时长", "duration", "planned minutes"),
        ),
    ),
)

BOOKED = Table(
    kind="booked",
    attribute="bookings",
    type=Booking,
    aliases=("已预约", "已约", "预约", "检查预约", "bookings", "appointments", "plan"),
    key=("request", "session"),
    fields=(
        Field(
            name="request",
            type=FieldType.ID,
            aliases=_REQUEST_IDS,
            is_required=True,
            refers_to="requests",
            example="R0001",
        ),
        Field(
            name="session",
            type=FieldType.WHOLE,
            low=1,
            high=500,
            aliases=("次数", "第几次", "疗程次", "no"),
            example="1",
        ),
        Field(
            name="resource",
            type=FieldType.ID,
            aliases=("设备编号", "设备", "机房", "机器", "scanner", "machine", "device"),
            is_required=True,
            refers_to="scanners",
            example="CT1",
        ),
        Field(
            name="start",
            type=FieldType.MOMENT,
            aliases=("开始时间", "开始", "预约时间", "检查时间", "begin", "from"),
            is_required=True,
            example="2026-03-02 09:00",
        ),
        Field(
            name="end",
            type=FieldType.MOMENT,
            is_end=True,
            aliases=("结束时间", "结束", "to", "until"),
            is_required=True,
            example="2026-03-02 09:10",
        ),
        Field(
            name="is_locked",
            type=FieldType.YES_NO,
            aliases=("锁定", "是否锁定", "已锁定", "locked", "lock"),
            example="no",
        ),
        Field(
            name="status",
            type=FieldType.CODE,
            codes="status",
            aliases=("状态", "预约状态", "检查状态", "state"),
            example="planned",
        ),
    ),
)

TABLES = {
    table.kind: table
    for table in (
        SCANNERS,
        EXAMINATIONS,
        OPENING,
        CLOSURES,
        RESERVATIONS,
        CHANGEOVERS,
        GAPS,
        STAFF,
        REQUESTS,
        BOOKED,
    )
}
"""All kinds of files, in the order in which they are read: what is referred to comes first."""
