"""Codes and the words hospitals use for them. Closed lists refuse anything else; open ones keep an unknown word as it is."""

from __future__ import annotations

from collections.abc import Mapping

from hospital.pharmacy import Criticality
from hospital.plans import AppointmentStatus
from hospital.requests import Mobility, RequestClass
from hospital.resources import ClosureKind, Modality
from intake.names import plain

_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "class": {
        RequestClass.EMERGENCY: ("急诊", "急", "急症", "ER", "ED", "A&E", "emerg", "stat"),
        RequestClass.INPATIENT: ("住院", "住院病人", "病房", "IP", "in-patient", "ward"),
        RequestClass.OUTPATIENT: ("门诊", "门诊病人", "OP", "out-patient", "clinic"),
        RequestClass.CHECK_UP: ("体检", "健康体检", "checkup", "health check", "physical", "screening"),
    },
    "modality": {
        Modality.CT: ("计算机断层", "CT扫描"),
        Modality.MR: ("MRI", "核磁", "磁共振", "核磁共振", "NMR"),
        Modality.PETCT: ("PET-CT", "PET/CT", "PET", "派特", "PT"),
        Modality.RF: ("透视", "胃肠", "数字胃肠", "胃肠造影", "fluoroscopy", "造影", "XF"),
        Modality.US: ("超声", "B超", "彩超", "ultrasound", "ultrasonography"),
        Modality.DR: ("X光", "X线", "平片", "X-ray", "radiography", "DX", "CR", "X线摄影"),
    },
    "mobility": {
        Mobility.WALKING: ("步行", "自行", "自行步行", "行走", "可行走", "walk", "ambulatory"),
        Mobility.WHEELCHAIR: ("轮椅", "wheel chair", "chair"),
        Mobility.BED: ("平车", "卧床", "推床", "担架", "stretcher", "trolley", "gurney", "bedridden"),
    },
    "closure": {
        ClosureKind.MAINTENANCE: ("维护", "保养", "检修", "设备维护", "service", "PM"),
        ClosureKind.DOWNTIME: ("停机", "故障", "设备停机", "down", "fault", "breakdown"),
        ClosureKind.HOLIDAY: ("节假日", "放假", "假日", "休息", "public holiday"),
    },
    "status": {
        AppointmentStatus.PLANNED: ("已预约", "已计划", "预约", "booked", "scheduled"),
        AppointmentStatus.ARRIVED: ("已到", "已到检", "到达", "已签到", "签到", "checked in"),
        AppointmentStatus.LATE: ("迟到",),
        AppointmentStatus.STARTED: ("检查中", "已开始", "in progress"),
        AppointmentStatus.DONE: ("已完成", "完成", "已检查", "completed", "finished"),
        AppointmentStatus.NO_SHOW: ("未到", "爽约", "未到检", "noshow", "did not attend", "DNA"),
    },
    "feature": {
        "sedation": ("镇静", "镇静支持", "sedation support"),
        "large_bore": ("大孔径", "large bore", "wide bore"),
        "cardiac": ("心脏", "心脏检查", "heart"),
        "contrast": ("增强", "高压注射器", "injector"),
    },
    "role": {
        "anaesthetist": ("麻醉医生", "麻醉医师", "麻醉师", "麻醉", "anesthetist", "anesthesiologist"),
        "contrast_nurse": ("增强护士", "造影护士", "注射护士", "contrast nurse"),
        "pharmacist": ("放射药师", "药师", "核药师", "radiopharmacist"),
    },
    "zone": {
        "clean": ("清洁", "清洁区", "普通", "普通区", "阴性", "阴性区", "negative"),
        "HBV": ("乙肝", "乙肝区", "乙型肝炎", "hepatitis B", "HBsAg+"),
        "HCV": ("丙肝", "丙肝区", "丙型肝炎", "hepatitis C"),
        "other": ("其他隔离", "其他", "隔离", "隔离区", "isolation"),
    },
    "dialysis_shift": {
        "morning": ("早班", "上午", "上午班", "第一班", "白班", "AM"),
        "afternoon": ("中班", "下午", "下午班", "第二班", "PM"),
        "evening": ("晚班", "晚上", "夜班", "第三班"),
    },
    "skill": {
        "isolation": ("隔离", "隔离区", "感染", "感染区"),
    },
    "technique": {
        "3DCRT": ("三维适形", "适形", "conformal", "3D-CRT"),
        "IMRT": ("调强", "调强放疗"),
        "VMAT": ("容积调强", "旋转调强", "RapidArc"),
        "SBRT": ("立体定向体部", "体部立体定向", "SABR"),
        "SRS": ("立体定向放射外科", "立体定向", "radiosurgery"),
        "electrons": ("电子线", "电子束", "electron"),
    },
    "ved": {
        Criticality.VITAL: ("急救", "急救必备", "必备", "抢救", "vital"),
        Criticality.ESSENTIAL: ("常用", "基本", "重要", "essential"),
        Criticality.DESIRABLE: ("一般", "辅助", "desirable"),
    },
    "tag": {
        "contrast": ("增强", "对比剂", "造影剂"),
        "barium": ("钡剂", "钡餐", "钡"),
        "isotope": ("同位素", "核素", "放射性药物"),
        "*": ("任何", "任意", "any", "all"),
    },
}
LISTS = tuple(_WORDS)
"""The names of all lists."""
OPEN = frozenset({"technique", "feature", "role", "tag", "zone", "dialysis_shift", "skill"})
"""Lists a hospital may extend with its own words."""

_YES = ("yes", "y", "true", "t", "1", "是", "有", "需", "需要", "√", "✓", "对")
_NO = ("no", "n", "false", "f", "0", "否", "无", "不", "不需要", "×", "没有")
YES_NO: Mapping[str, bool] = {plain(word): True for word in _YES} | {plain(word): False for word in _NO}
"""Comparable word -> truth."""

WEEKDAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""How weekdays are written, Monday first."""
_FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ZH_DAYS = "一二三四五六日"


def _weekdays() -> dict[str, int]:
    words: dict[str, int] = {}
    for day, short in enumerate(WEEKDAY_NAMES):
        zh = [prefix + _ZH_DAYS[day] for prefix in ("周", "星期", "礼拜")]
        for word in (short, _FULL_DAYS[day], _FULL_DAYS[day][:4], str(day + 1), *zh):
            words[plain(word)] = day
    return words | {"周天": 6, "星期天": 6, "礼拜天": 6, "thurs": 3, "tues": 1}


WEEKDAYS: Mapping[str, int] = _weekdays()
"""Comparable word -> weekday, 0 = Monday. A plain number counts from 1 = Monday to 7 = Sunday."""


def _lookup(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    table: dict[str, str] = {}
    for code, aliases in words.items():
        for word in (str(code), *aliases):
            table[plain(word) or word] = str(code)
    return table


_CODES: Mapping[str, Mapping[str, str]] = {name: _lookup(words) for name, words in _WORDS.items()}


def code_of(codes: str, word: str) -> str | None:
    """The code a word stands for in a list; None where it is unknown."""
    return _CODES[codes].get(plain(word) or word)


def codes_of(codes: str) -> tuple[str, ...]:
    """All codes of a list, as they are written."""
    return tuple(str(code) for code in _WORDS[codes])


def words_of(codes: str) -> Mapping[str, tuple[str, ...]]:
    """Code -> the other words understood for it."""
    return {str(code): words for code, words in _WORDS[codes].items()}
