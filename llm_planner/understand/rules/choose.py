"""Which intent a clause is: what its words point at, weighed with what is named in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from llm_planner.context import Kind
from llm_planner.understand.rules.clause import Clause
from llm_planner.understand.rules.services import service_in
from llm_planner.understand.rules.triggers import scores
from llm_planner.understand.rules.words import CASE_CLASS, INFECTION, PATIENT_CLASS, SERIES, TERM, which

NEEDS: Mapping[str, tuple[Kind, ...]] = MappingProxyType(
    {
        "resource_downtime": ("resource",),
        "resource_restore": ("resource",),
        "opening_hours": ("resource",),
        "reserve_capacity": ("resource",),
        "staff_absence": ("staff",),
        "cancel_request": ("patient",),
        "move_request": ("patient",),
        "swap_requests": ("patient",),
        "set_priority": ("patient",),
        "dialysis_pattern": ("patient",),
        "fraction_rule": ("patient",),
        "road_closure": ("road",),
        "reposition": ("base",),
        "supply_delay": ("drug", "supplier"),
        "stock_update": ("drug",),
        "bed_change": ("ward",),
        "set_preference": ("patient", "staff"),
    }
)
"""The kinds of which one must be named, here or just before."""
_LEAST = 4.6
_MISSING = 1.7


def chosen(clause: Clause) -> tuple[str, float] | None:
    """The intent and how sure; None where nothing is sure enough."""
    found = {name: weight + _fit(name, clause) for name, weight in scores(clause.text).items()}
    if "dialysis_pattern" not in found and _is_pattern(clause):
        found["dialysis_pattern"] = 6.9
    best = max(found, key=lambda name: found[name], default=None)
    return None if best is None or found[best] < _LEAST else (best, found[best])


def _is_pattern(clause: Clause) -> bool:
    """Weekdays said of a dialysis patient are the patient's pattern."""
    patients = [clause.world.context.by_id[name] for name in clause.ids("patient")]
    is_pattern = bool(patients) and all(one.area == "dialysis" for one in patients)
    return (
        is_pattern
        and any(said.recurring for said in clause.said_times())
        and not clause.says(r"not|avoid|prefer|别|不|最好|尽量|希望|never|rather|lock|锁")
    )


def _fit(name: str, clause: Clause) -> float:
    """Points for and against, by what the clause names."""
    points = 0.0
    kinds = NEEDS.get(name, ())
    if kinds and not clause.mentioned(*kinds):
        points -= _MISSING if name != "bed_change" else 0.4
    rule = _FITS.get(name)
    return points + (rule(clause) if rule else 0.0)


def _has(clause: Clause, *kinds: Kind) -> bool:
    return bool(clause.mentioned(*kinds))


def _downtime(clause: Clause) -> float:
    return -1.0 * _has(clause, "patient") - 2.0 * clause.says(r"<T\d+>(?:才)?(?:开放|加开)|重开")


def _isolation(clause: Clause) -> float:
    return (0.8 if _has(clause, "patient", "resource", "ward") else 0) - (
        0 if which(INFECTION, clause.text) or _has(clause, "patient") else 1
    )


def _beds(clause: Clause) -> float:
    if not re.search(r"床|(?<![a-z])beds?(?![a-z])|<W\d+>.{0,12}\d+\s*张", clause.text):
        return -3.0
    return (-1.6 if _has(clause, "patient") else 0.6) - 1.5 * bool(re.search(r"移到|挪|转到", clause.text))


def _cap(clause: Clause) -> float:
    return (
        0.6
        if clause.says(r"\d|不许|禁止|不准|零|不得|不能|杜绝|别|不要|不再|no |zero|without|ban|forbid|must not|stop")
        else -2.5
    )


def _load(clause: Clause) -> float:
    return -2.0 * clause.says(r"加班|overtime|overrun|间隔|预算|budget|库存|元|yuan|床|beds?(?![a-z])|号源")


def _need_percent(clause: Clause) -> float:
    return 0.5 if clause.says(r"\d\s*%|一半|half") else -2.5


def _budget(clause: Clause) -> float:
    is_other = clause.says(
        r"加班|overtime|分钟|minutes?|台|patients|cases|利用率|utili|\d\s*(?:盒|支|瓶|袋|天|vials?|pens?|bottles?|box|bags?|ampoules?|syringes?|days?)"
    )
    return -3.0 if is_other or not clause.says(r"\d{3,}") else 0.4


def _demand(clause: Clause) -> float:
    is_amount = clause.says(r"\d\s*%|翻(?:一)?番|翻倍|doubl|halv|一半|减半")
    is_time = clause.says(r"时长|分钟|slots?|durations?|时间") or _has(clause, "resource", "staff")
    return (0.5 if is_amount and (which(SERIES, clause.text) or _has(clause, "drug")) else -3.0) - 1.5 * is_time


def _duration(clause: Clause) -> float:
    is_amount = clause.says(r"\d\s*(?:分|min|小时|hour|h(?![a-z])|%|hrs?|个?钟头)")
    points = 0.3 if is_amount else -3.0
    if clause.says(
        r"加班|overtime|overrun|间隔|apart|between|fractions?|内(?:做|完成|开|送)|within|推迟|延后|提前|postpone|delay|之间|隔|利用率|utili|需求|demand|usage|用量|留给|reserve"
    ):
        points -= 2.5
    if not (_has(clause, "patient", "resource", "staff") or service_in(clause.text)):
        points -= 1.0
    return points


def _sequence(clause: Clause) -> float:
    is_who = which(PATIENT_CLASS, clause.text) or which(INFECTION, clause.text) or _has(clause, "patient")
    return 0.4 if is_who else -2.5


def _weight(clause: Clause) -> float:
    return (0.6 if which(TERM, clause.text) else -3.0) - 1.2 * _has(clause, "patient")


def _priority(clause: Clause) -> float:
    return 0.5 * _has(clause, "patient") - 0.5 * clause.says(r"<[RST]\d+>")


def _preference(clause: Clause) -> float:
    if not _has(clause, "patient", "staff"):
        return -0.5
    is_what = clause.says(r"<[RT]\d+>|上午|下午|晚|morning|afternoon|evening|night|夜班|早班") or len(
        clause.mentioned("staff")
    ) > (not _has(clause, "patient"))
    is_modal = clause.says(
        r"最好|尽量|希望|必须|只能|一定|务必|不要|不能|别|prefer|ideally|if possible|must|only|never|avoid"
    ) and not clause.says(r"挪|改(?!善)|调|移|推|换|提前|延|move|resched|shift|postpone|bring|push|swap")
    return (
        (0.25 if is_what else -2.0)
        + 0.4 * is_modal * is_what
        + (
            0.5
            if _has(clause, "staff")
            and not _has(clause, "patient")
            and clause.says(r"尽量|别|不要|avoid|prefer|try|希望|最好")
            else 0
        )
    )


def _move(clause: Clause) -> float:
    return (
        0.2 * clause.says(r"<P\d+>.*<[TRW]\d+>")
        - 1.5 * clause.says(r"<B\d+>|<L\d+>|<U\d+>|<D\d+>")
        - (
            0.8
            if not any(clause.world.context.by_id[name].is_planned for name in clause.ids("patient"))
            and clause.ids("patient")
            else 0
        )
    )


def _add(clause: Clause) -> float:
    points = 0.0
    patients = [clause.world.context.by_id[name] for name in clause.ids("patient")]
    if patients:
        points += 0.5 if not any(one.is_planned for one in patients) else -0.4
    elif not (service_in(clause.text) or _has(clause, "resource")):
        points -= 2.0
    points -= 3.0 * clause.says(
        r"(?:不|别|勿|不要|停止)(?:再)?(?:给)?(?:安?排|加|收|约)|(?:no|not|n't|never) (?:book|schedul|add|more)"
    )
    return (
        points
        - 1.5 * (_has(clause, "drug", "supplier"))
        - 1.0
        * clause.says(
            r"护士|技师|nurses?|technicians?|司机|drivers?|radiographers?|porters?|an(?:a)?esthetists?|physicists?|pharmacists?|surgeons?|护工|麻醉医生|药师|物理师"
        )
    )


def _urgent(clause: Clause) -> float:
    planned = [one for one in clause.ids("patient") if clause.world.context.by_id[one].is_planned]
    points = 0.5 * clause.says(r"现在|马上|立刻|立即|急诊|now(?![a-z])|immediately|emergency|stat(?![a-z])")
    points += 0.3 if service_in(clause.text) or _has(clause, "resource", "staff", "facility") else -1.2
    return (
        points
        - 2.0 * bool(planned)
        - 1.5 * _has(clause, "base", "drug")
        - 2.0 * bool(_has(clause, "facility") and clause.says(r"divert|分流|改送|绕行|no ambul|别送"))
        - 1.5
        * clause.says(
            r"留|reserve|keep|hold|block|protect|set aside|earmark|优先级|priority|锁|护士|技师|司机|nurse|driver|technician|最后|1th|first|last"
        )
    )


def _reserve(clause: Clause) -> float:
    is_for = which(PATIENT_CLASS, clause.text) or _has(clause, "staff") or clause.says(r"%|slots?|个号|个位")
    return (
        (0.6 if is_for else -1.0)
        - 1.5 * _has(clause, "patient")
        - 0.8 * bool(which(INFECTION, clause.text) and clause.says(r"hd|透析|<R\d+>"))
    )


def _diversion(clause: Clause) -> float:
    is_place = _has(clause, "facility") or clause.says(r"here|us(?![a-z])|我们|这里|本院|我院|(?<![a-z])we(?![a-z])")
    return (0.4 if is_place else -2.0) - 1.5 * _has(clause, "patient") + 0.2 * bool(which(CASE_CLASS, clause.text))


def _hours(clause: Clause) -> float:
    return (0.2 if clause.says(r"<T\d+>|\d\s*(?:小时|hours?)") else -1.2) - 1.5 * _has(
        clause, "patient", "staff", "ward"
    )


def _restore(clause: Clause) -> float:
    return -1.5 * _has(clause, "patient") - 2.5 * clause.says(
        r"没修好|未修好|not (?:yet )?(?:fixed|back|repaired)|不能用|恢复时间|还没|用不了|not working"
    )


def _order(clause: Clause) -> float:
    return (0.5 if _has(clause, "drug", "supplier") else -1.2) - 2.0 * clause.says(r"<[RPSW]\d+>")


def _stock(clause: Clause) -> float:
    return (0.3 if clause.says(r"\d") else -1.5) - 1.2 * clause.says(
        r"订|采购|order|safety|安全库存|至少|at least|cover|保持|delay|推迟"
    )


def _delay(clause: Clause) -> float:
    return 0.3 * clause.says(r"\d|<T\d+>") - 1.0 * clause.says(r"<P\d+>|<R\d+>")


def _pattern(clause: Clause) -> float:
    areas = {clause.world.context.by_id[name].area for name in clause.ids("patient")}
    if areas and "dialysis" not in areas:
        return -3.0
    is_more = clause.says(
        r"互换|swap|对调|一次性|one-off|1-off|加透|extra|加一次|加1次|不透|请假|跳过|skip|停一次|停1次|cancel|取消"
    )
    return (0.6 if areas else -0.6) - 3.0 * is_more


def _fraction(clause: Clause) -> float:
    areas = {clause.world.context.by_id[name].area for name in clause.ids("patient")}
    points = -2.5 if areas and "radiotherapy" not in areas else 0.3
    return (
        points
        - (0 if clause.says(r"\d|隔天|twice|every other|两次|bid") else 3.0)
        - 2.0 * clause.says(r"cancel|取消|skip")
    )


def _lock(clause: Clause) -> float:
    is_wish = clause.says(r"(?:尽量|最好|希望|prefer).*<T\d+>")
    is_what = _has(clause, "patient", "resource", "staff") or clause.says(
        r"<T\d+>|所有|全部|everything|anything|plan|schedule|排程|安排|list|方案|手术|检查|透析|放疗|其他|其余|rest|others?(?![a-z])|cases|bookings|appointments"
    )
    return -1.5 * is_wish + (0.3 if is_what else -2.0) - 1.5 * clause.says(r"床|beds?(?![a-z])|库存|stock|<D\d+>")


def _swap(clause: Clause) -> float:
    return 0.3 if len(clause.mentioned("patient")) == 2 else -1.0


def _absence(clause: Clause) -> float:
    return -1.6 * _has(clause, "patient") - 0.6 * clause.says(
        r"night work|夜班|尽量|prefer|avoid|try to|不超过|at most|max"
    )


def _cancel(clause: Clause) -> float:
    return 0.6 * clause.says(r"^\W*(?:please |请|把)?(?:cancel|drop|remove|delete|skip|take|取消)|取消\W*$|不做了")


def _again(clause: Clause) -> float:
    return -2.0 * _has(clause, "patient") - 0.5 * clause.says(r"<R\d+>.*(?:fixed|修好)")


_FITS = {
    "resource_downtime": _downtime, "isolation_rule": _isolation, "bed_change": _beds, "cap_overtime": _cap, "load_limit": _load,
    "min_utilisation": _need_percent, "budget_cap": _budget, "demand_change": _demand, "change_duration": _duration,
    "sequence_rule": _sequence, "set_objective_weight": _weight, "set_priority": _priority, "set_preference": _preference,
    "move_request": _move, "add_request": _add, "insert_urgent": _urgent, "reserve_capacity": _reserve, "diversion": _diversion,
    "opening_hours": _hours, "resource_restore": _restore, "order_policy": _order, "stock_update": _stock, "supply_delay": _delay,
    "dialysis_pattern": _pattern, "fraction_rule": _fraction, "lock": _lock, "swap_requests": _swap, "staff_absence": _absence,
    "reoptimise": _again,
    "cancel_request": _cancel,
}  # fmt: skip
