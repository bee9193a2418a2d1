"""What people call the services and their machines, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from hospital.changes.fields import Area

NOUNS: Mapping[str, str] = MappingProxyType(
    {
        "PETCT": r"pet[\s/-]?ct(?:机|室)?s?|派特",
        "SIM": r"ct[\s-]?sim(?:ulator)?s?|模拟定位机?|定位机|simulators?",
        "CT": r"ct(?:机房|机器|机|室)?(?: ?scanners?| ?machines?| ?rooms?)?s?",
        "MR": r"mri?(?:机房|机器|机|室)?(?: ?scanners?| ?machines?)?s?|核磁(?:共振)?(?:机房|机|室)?|磁共振(?:机房|机|室)?",
        "US": r"彩超(?:机|室)?|b超(?:机|室)?|超声(?:机|室)?|ultrasounds?(?: ?rooms?| ?machines?| ?scanners?)?|us(?=\d)",
        "DR": r"dr(?=\d|室|机|拍)(?:室|机)?|x[\s-]?ray(?: ?rooms?)?|拍片(?:机|室)?",
        "LINAC": r"linacs?|直线加速器|加速器|直加|linear accelerators?|la(?=\d)",
        "TOMO": r"tomo(?:therapy)?(?:机)?|拓姆",
        "HD": r"hd[\s-]?(?=\d)|血透机|透析机器?|透析机位|透析位|血透位|透析床|dialysis (?:stations?|machines?|chairs?)|(?:hd )?stations?"
        r"|hd (?:machines?|chairs?)",
        "OR": r"or(?=\s?-?\d)|手术间|手术室|术间|(?:operating )?theat(?:re|er)s?|operating rooms?|or rooms?|ors\b",
        "AMB": r"amb(?=\s?-?\d)|救护车|急救车|120车|ambulances?|units?(?= ?\d)",
    }
)
"""What a machine of the service is called; the number beside it makes the id."""

MENTIONED: Mapping[str, str] = MappingProxyType(
    {
        "PETCT": r"pet[\s/-]?ct|派特",
        "SIM": r"ct[\s-]?sim|模拟定位|定位ct|simulation",
        "CT": r"(?<![a-z])ct(?:s|a)?(?![a-z])|coronary|冠脉",
        "MR": r"(?<![a-z])mris?(?![a-z])|(?<![a-z])mrs?(?![a-z])|核磁|磁共振",
        "US": r"超声|彩超|b超|ultrasound|sonograph",
        "DR": r"x[\s-]?ray|拍片|胸片|平片|(?<![a-z])dr(?=检查|室|片)",
        "LINAC": r"linac|直线加速器|加速器|直加",
        "TOMO": r"(?<![a-z])tomo|拓姆",
        "HD": r"透析|血透|dialysis|h(?:a)?emodialysis|(?<![a-z])hd(?![a-z])",
        "OR": r"手术|theat(?:re|er)|operat(?:ion|ing)|surg(?:ery|ical|eries)|开刀|laparotomy|craniotomy|caesarean|c-section|"
        r"appendectomy|阑尾|剖宫产|剖腹|开颅|\w+ectomy|\w+plasty|knee replacement|hip replacement|置换|清创|laparoscop|切除",
        "BED": r"床位?|(?<![a-z])beds?(?![a-z])|入院|admission|admit",
        "AMB": r"救护车|ambulance|急救车|转运|出车|transfer(?=.*hospital)",
    }
)
"""Words that name a service without naming a machine."""

AREA_OF: Mapping[str, Area] = MappingProxyType(
    {
        "CT": "imaging", "MR": "imaging", "PETCT": "imaging", "US": "imaging", "DR": "imaging", "RF": "imaging",
        "LINAC": "radiotherapy", "TOMO": "radiotherapy", "SIM": "radiotherapy", "HD": "dialysis", "OR": "theatre",
        "BED": "beds", "AMB": "ambulance",
    }
)  # fmt: skip
"""The area a service belongs to."""

AREA_WORDS: Mapping[Area, str] = MappingProxyType(
    {
        "imaging": r"影像|放射科(?!治疗)|imaging|radiology|扫描|检查|拍片|(?<![a-z])scans?(?![a-z])|scanners?|scanning",
        "radiotherapy": r"放疗|radiotherapy|radiation|(?<![a-z])rt(?![a-z])|加速器|直加|fractions?",
        "dialysis": r"透析|血透|dialysis|h(?:a)?emodialysis|hd unit",
        "theatre": r"手术|theat(?:re|er)s?|operating|surger(?:y|ies)|surgical|(?<![a-z])ors(?![a-z])|麻醉",
        "beds": r"床位|病床|住院部|入院|beds?(?![a-z])|admissions?|wards?",
        "ambulance": r"救护车|急救|院前|ambulances?|派车|出车|调度车|120(?!\d)|ems",
        "pharmacy": r"药房|药库|药品|药学|采购|pharmacy|drugs?|medicines?|medication|purchasing|stock",
    }
)
"""Words that name an area."""

_MENTIONED = {name: re.compile(pattern) for name, pattern in MENTIONED.items()}
_AREAS = {name: re.compile(pattern) for name, pattern in AREA_WORDS.items()}


def service_in(text: str) -> str | None:
    """The service a text speaks of, the most particular first; None where it names none."""
    return next((name for name, pattern in _MENTIONED.items() if pattern.search(text)), None)


def area_in(text: str) -> Area | None:
    """The area a text speaks of, by its own words or by a service's; None where it names none."""
    named = next((area for area, pattern in _AREAS.items() if area != "imaging" and pattern.search(text)), None)
    service = service_in(text)
    if named in (None, "beds") and service is not None and service != "BED":
        return AREA_OF[service]
    if named is None and _AREAS["imaging"].search(text):
        return "imaging"
    return named
