"""A made-up hospital of all seven areas, for reading requests against."""

from __future__ import annotations

from typing import Any

from llm_planner.context import Context, context_from_json

_MACHINES = (
    ("CT1", "CT", "1号CT", ["急诊CT", "ED CT"]), ("CT2", "CT", "2号CT", ["门诊CT"]), ("CT3", "CT", "3号CT", ["cardiac CT"]),
    ("MR1", "MR", "1号磁共振", ["一号核磁", "核磁1", "MRI1"]), ("MR2", "MR", "2号磁共振", ["二号核磁", "核磁2", "MRI2"]),
    ("PETCT1", "PETCT", "PET-CT", ["PETCT"]), ("US1", "US", "一号超声", ["1号彩超"]), ("US2", "US", "二号超声", ["2号彩超"]),
    ("DR1", "DR", "DR室", ["X-ray"]), ("LINAC1", "LINAC", "一号直线加速器", ["直加1"]), ("LINAC2", "LINAC", "二号直线加速器", ["直加2"]),
    ("TOMO1", "TOMO", "螺旋断层放疗机", ["TOMO"]),
)  # fmt: skip
_OPEN = "Mon-Fri 08:00-18:00"
_AREAS = {"LINAC": "radiotherapy", "TOMO": "radiotherapy", "HD": "dialysis", "OR": "theatre", "AMB": "ambulance"}
_PEOPLE = (
    ("S-1", "宋志远", "Song Zhiyuan", "surgeon", ["宋主任"]), ("S-2", "韩雪", "Han Xue", "surgeon", []),
    ("S-3", "邓洁", "Deng Jie", "surgeon", ["邓主任", "邓医生"]), ("S-4", "高峰", "Gao Feng", "surgeon", ["Dr Gao"]),
    ("S-5", "沈莹", "Shen Ying", "surgeon", ["Dr Shen"]), ("S-6", "吕涛", "Lu Tao", "surgeon", ["Dr Lu"]),
    ("A-1", "梁悦", "Liang Yue", "anaesthetist", ["Dr Liang"]), ("A-2", "姚军", "Yao Jun", "anaesthetist", []),
    ("T-1", "袁亮", "Yuan Liang", "technician", ["小袁"]), ("T-2", "曹丹", "Cao Dan", "technician", ["小曹"]),
    ("T-3", "彭凯", "Peng Kai", "technician", ["小彭"]), ("F-1", "石翔", "Shi Xiang", "physicist", ["石工"]),
    ("N-1", "汪莉", "Wang Li", "nurse", ["汪护士长"]), ("N-2", "潘婷", "Pan Ting", "nurse", []),
    ("D-1", "夏鹏", "Xia Peng", "driver", ["夏师傅"]),
)  # fmt: skip
_WARDS = (
    ("W-ICU", "重症医学科", "ICU"), ("W-ORT", "骨科病房", "Orthopaedic ward"), ("W-GS", "普外病房", "General surgery ward"),
    ("W-NEU", "神经外科病房", "Neurosurgery ward"), ("W-ONC", "肿瘤病房", "Oncology ward"), ("W-NEP", "肾内病房", "Renal ward"),
    ("W-RES", "呼吸病房", "Respiratory ward"), ("W-OBS", "急诊留观", "ED observation"),
)  # fmt: skip
_WARD_NAMES = {
    "W-NEU": ["神外", "neuro"],
    "W-ONC": ["肿瘤科"],
    "W-RES": ["呼吸科"],
    "W-OBS": ["留观", "obs"],
    "W-ORT": ["ortho"],
}
_DRUGS = (
    ("D-CEF", "头孢曲松 1g", "Ceftriaxone 1 g", "vial"), ("D-HEP", "肝素", "Heparin", "vial"), ("D-INS", "胰岛素", "Insulin", "pen"),
    ("D-IOH", "碘海醇", "Iohexol", "bottle"), ("D-PRO", "丙泊酚", "Propofol", "ampoule"), ("D-EPO", "促红素", "EPO", "syringe"),
    ("D-OSE", "奥司他韦", "Oseltamivir", "box"), ("D-ALB", "白蛋白", "Albumin", "bottle"), ("D-NS", "盐水", "Saline", "bag"),
)  # fmt: skip
_DRUG_NAMES = {"D-IOH": ["造影剂", "contrast"], "D-OSE": ["达菲"]}
_IMAGING = {"P-2001": ("MR2", "03T10:00"), "P-2002": ("CT2", "02T14:20"), "P-2003": ("PETCT1", "04T09:00"), "P-2005": ("MR1", "06T15:00"),
            "P-2027": ("US1", "02T10:30"), "P-2004": ("", ""), "P-2029": ("", "")}  # fmt: skip
_THEATRE = {"P-2016": ("OR3", "03T08:30"), "P-2017": ("OR2", "03T08:30"), "P-2018": ("OR5", "04T08:30"), "P-2019": ("OR4", "05T13:00"),
            "P-2020": ("OR1", "06T08:30"), "P-2021": ("OR6", "05T10:00"), "P-2022": ("", ""), "P-2023": ("OR8", "04T09:00")}  # fmt: skip


def _patients() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for area, table in (("imaging", _IMAGING), ("theatre", _THEATRE)):
        for name, (machine, at) in table.items():
            start = f"2026-03-{at}+08:00" if at else None
            rows.append(
                {
                    "id": name,
                    "problem": area,
                    "resource_id": machine,
                    "start": start,
                    "service": "OR" if area == "theatre" else None,
                }
            )
    course = {"problem": "radiotherapy", "service": "LINAC", "resource_id": "LINAC1"}
    rows += [{"id": f"P-{number}", **course} for number in (2006, 2007, 2009, 2010)]
    rows.append({"id": "P-2008", "problem": "radiotherapy", "service": "TOMO"})
    series = {"problem": "dialysis", "service": "HD", "resource_id": "HD03", "pattern": "weekly"}
    rows += [{"id": f"P-{number}", **series} for number in (2011, 2012, 2013, 2014, 2030)]
    rows.append({"id": "P-2015", "problem": "dialysis", "service": "HD"})
    rows += [{"id": "P-2024", "problem": "beds", "ward_id": "W-ICU"}, {"id": "P-2025", "problem": "beds"}]
    rows += [{"id": "P-2026", "problem": "beds", "ward_id": "W-RES"}]
    return [*rows, {"id": "P-2028", "problem": "ambulance", "service": "AMB", "start": "2026-03-02T15:00+08:00"}]


def _machines() -> list[dict[str, Any]]:
    rows = [(name, service, title, other) for name, service, title, other in _MACHINES]
    rows += [(f"HD{number:02d}", "HD", f"透析机{number}号", []) for number in range(1, 25)]
    rows += [(f"OR{number}", "OR", f"{number}号手术间", []) for number in range(1, 9)]
    rows += [(f"AMB{number:02d}", "AMB", f"{number}号救护车", [f"{number}号车"]) for number in range(1, 7)]
    return [
        {"id": name, "service": service, "name_zh": title, "aliases": other, "problem": _AREAS.get(service, "imaging"), "hours": _OPEN}
        for name, service, title, other in rows
    ]  # fmt: skip


def hospital() -> Context:
    """The hospital on Monday, 2 March 2026, 08:00."""
    names = ("id", "name_zh", "name_en")
    return context_from_json(
        {
            "now": "2026-03-02T08:00:00+08:00",
            "resources": _machines(),
            "staff": [dict(zip((*names, "role", "aliases"), row, strict=True)) for row in _PEOPLE],
            "wards": [{**dict(zip(names, row, strict=True)), "aliases": _WARD_NAMES.get(row[0], [])} for row in _WARDS],
            "drugs": [
                {**dict(zip((*names, "unit"), row, strict=True)), "aliases": _DRUG_NAMES.get(row[0], [])}
                for row in _DRUGS
            ],
            "patients": _patients(),
            "facilities": [
                {"id": "H1", "name_zh": "本院", "name_en": "This hospital", "aliases": ["我院"]},
                {"id": "H2", "name_zh": "市三院", "name_en": "City Third Hospital", "aliases": ["三院", "City Third"]},
                {"id": "H3", "name_zh": "市妇幼医院", "name_en": "Maternity Hospital", "aliases": ["妇幼"]},
            ],
            "bases": [
                {"id": f"B-{side[0]}", "name_zh": f"{sign}站", "name_en": f"{side} base"}
                for side, sign in (("East", "东"), ("West", "西"), ("South", "南"))
            ],
            "roads": [
                {"id": "L-1", "name_zh": "解放路", "name_en": "Jiefang Road"},
                {"id": "L-2", "name_zh": "江滨大桥", "name_en": "Jiangbin Bridge"},
                {"id": "L-3", "name_zh": "南山隧道", "name_en": "Nanshan Tunnel"},
            ],
            "suppliers": [
                {"id": "U-1", "name_zh": "德康医药", "name_en": "Dekang"},
                {"id": "U-2", "name_zh": "东方药业", "name_en": "Dongfang"},
                {"id": "U-3", "name_zh": "仁和医药", "name_en": "Renhe"},
            ],
            "plans": [
                {"id": "PLAN-CUR", "name_zh": "当前方案", "name_en": "the plan on screen"},
                {"id": "PLAN-PUB", "name_zh": "已发布方案", "name_en": "the published plan"},
                {"id": "PLAN-A", "name_zh": "方案A", "name_en": "plan A"},
                {"id": "PLAN-B", "name_zh": "方案B", "name_en": "plan B"},
            ],
            "holidays": [
                {"name_zh": "清明节", "name_en": "Qingming", "from_date": "2026-04-04", "until_date": "2026-04-06"}
            ],
        }
    )
