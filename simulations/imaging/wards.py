"""Who asks for an examination: wards, clinics, the emergency department, the check-up centre."""

from __future__ import annotations

from collections.abc import Mapping

from hospital.requests import RequestClass
from simulations.dice import Dice

_WARDS: Mapping[str, tuple[str, ...]] = {
    "head": ("神经内科", "神经外科"),
    "chest": ("呼吸内科", "胸外科"),
    "abdomen": ("消化内科", "普外科"),
    "pelvis": ("泌尿外科", "妇科"),
    "spine": ("骨科",),
    "limb": ("骨科",),
    "heart": ("心血管内科",),
    "breast": ("乳腺外科",),
    "body": ("肿瘤科",),
}
_CLINICS: Mapping[str, tuple[str, ...]] = {
    "head": ("神经科门诊", "耳鼻喉科门诊"),
    "chest": ("呼吸科门诊", "肿瘤科门诊"),
    "abdomen": ("消化科门诊", "普外科门诊"),
    "pelvis": ("泌尿科门诊", "妇科门诊"),
    "spine": ("骨科门诊",),
    "limb": ("骨科门诊",),
    "heart": ("心内科门诊",),
    "breast": ("乳腺门诊",),
    "body": ("肿瘤科门诊",),
}
_CHILDREN = {RequestClass.INPATIENT: "儿科", RequestClass.OUTPATIENT: "儿科门诊"}
_INTENSIVE_CARE = 0.15


def ward(rclass: RequestClass, region: str, *, is_child: bool, dice: Dice) -> str:
    """The ward or clinic that asks, by class and body region."""
    if rclass is RequestClass.EMERGENCY:
        return "重症医学科" if dice.chance(_INTENSIVE_CARE) else "急诊科"
    if rclass is RequestClass.CHECK_UP:
        return "体检中心"
    if is_child:
        return _CHILDREN[rclass]
    return dice.pick((_WARDS if rclass is RequestClass.INPATIENT else _CLINICS)[region])
