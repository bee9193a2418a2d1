"""Fields of the changes that one area knows: dialysis, radiotherapy, beds, ambulances, pharmacy."""

from __future__ import annotations

import re
from typing import Any

from hospital.when import WEEKDAYS, When
from llm_planner.understand.rules import amounts
from llm_planner.understand.rules.clause import Clause
from llm_planner.understand.rules.frames.capacity import stretch
from llm_planner.understand.rules.words import CASE_CLASS, SERIES, which

Fields = dict[str, Any]


def dialysis_pattern(clause: Clause) -> Fields:
    """Days, shift, times a week, from when."""
    days: tuple[str, ...] = ()
    from_date = None
    for said in clause.said_times():
        if said.recurring:
            days = tuple(WEEKDAYS[day] for day in said.recurring)
        if said.days is not None and (said.relation in ("from", "after", None)):
            from_date = said.days[0].isoformat()
    times = amounts.counted(clause.text, r"次|times|x(?![a-z])|sessions?|treatments?")
    if times is None and clause.says(r"(?<![a-z])once (?:a|per) week"):
        times = 1
    if times is None and clause.says(r"(?<![a-z])twice"):
        times = 2
    if times is None and clause.says(r"(?<![a-z])thrice"):
        times = 3
    return {
        "patient_ids": clause.ids("patient"),
        "days": days,
        "shift": _shift(clause),
        "sessions_per_week": times,
        "from_date": from_date,
    }


def _shift(clause: Clause) -> str | None:
    text = clause.text + " " + " ".join(_part_names(clause))
    if re.search(r"早班|上午|早上|白班|morning|early shift|(?<![a-z])m shift|shift m(?![a-z])|am shift", text):
        return "M"
    if re.search(r"中班|下午|午班|afternoon|(?<![a-z])a shift|shift a(?![a-z])|pm shift|midday", text):
        return "A"
    return (
        "E"
        if re.search(r"晚班|晚上|夜班|夜间|evening|late shift|night|(?<![a-z])e shift|shift e(?![a-z])", text)
        else None
    )


def _part_names(clause: Clause) -> list[str]:
    parts = clause.world.context.parts
    names = {
        parts.morning: "morning",
        parts.afternoon: "afternoon",
        parts.evening: "evening",
        parts.night: "night",
        parts.noon: "midday",
    }
    return [names.get(said.part, "") for said in clause.said_times() if said.part]


def fraction_rule(clause: Clause) -> Fields:
    """Gaps and numbers of fractions."""
    text = clause.text
    fields: Fields = {"patient_ids": clause.ids("patient")}
    gap = re.search(r"(?:间隔|隔|gap|between|apart|interval|break|after)", text)
    is_most = re.search(r"(?:最多|不超过|不能超过|max|at most|no more than|longest|maximum)", text)
    if gap or is_most:
        hours, days = amounts.hours(text), amounts.days(text)
        if is_most and days is not None and re.search(r"间隔|gap|break|apart|between|interval|隔", text):
            fields["max_gap_days"] = days
        elif hours is not None:
            fields["min_gap_h"] = hours
        elif days is not None:
            fields["min_gap_h"] = days * 24
    if re.search(r"隔天|every other day|alternate days", text):
        fields["min_gap_h"] = 48
    week = re.search(
        r"(?:每周|1周|一周)(?:照|做|放疗|治疗|打)?\s*(\d+)\s*次|(\d+)\s*(?:fractions?|times|treatments?|x|sessions?)?\s*(?:a|per|each|/|every) ?week",
        text,
    )
    day = re.search(
        r"(?:每天|每日|1天|一天|每<T\d+>)(?:照|做|放疗|治疗)?\s*(\d+)\s*次|(\d+)\s*(?:fractions?|times|treatments?|x)?\s*(?:a|per|each|/|every) ?day",
        text,
    )
    total = re.search(
        r"(?:共|总(?:共|数|次数)?)(?:计|照|做|为)?\s*(\d+)\s*次|(\d+) (?:fractions? )?(?:in (?:all|total)|altogether|overall)|total(?: of)? (\d+)|(\d+) fractions?(?!s| (?:a|per|each|/))(?!/)|(?:改|增|减|调)(?:为|成|到|至)\s*(\d+)\s*次",
        text,
    )
    if clause.says(r"twice (?:a|per) day|twice daily|bid(?![a-z])|<T\d+>两次|每天两次"):
        fields["fractions_per_day"] = 2
    for name, found in (("fractions_per_week", week), ("fractions_per_day", day), ("total_fractions", total)):
        if found:
            fields[name] = int(next(group for group in found.groups() if group))
    return fields


def bed_change(clause: Clause) -> Fields:
    """What happens to how many beds of which ward."""
    text = clause.text
    if re.search(
        r"关|停用|减|封(?!控)|撤|停|clos|shut|block|lose|cut|take .{0,12}out|out of use|fewer|(?<![a-z])(?:down|short)(?![a-z])",
        text,
    ):
        action = "close"
    elif re.search(
        r"释放|放出|归还|还给|退(?:出|还)|不(?:再|用)(?:预)?留|取消预留|releas|give back|free|unreserve|return|no longer (?:reserve|hold|keep)|let go",
        text,
    ):
        action = "release"
    elif re.search(r"预?留|空出|空\d|空.{0,6}出|腾|备|reserve|hold|keep|set aside|save|earmark|put aside", text):
        action = "reserve"
    else:
        action = "open"
    count = amounts.counted(text, r"张|床|beds?|places?|isolation beds|<W\d+>")
    if count is None and re.search(r"(?<![a-z])(?:a|one) (?:\w+ )?bed(?!s)|1\s*张", text):
        count = 1
    return {
        "action": action,
        "ward_id": clause.one("ward"),
        "count": count,
        "when": clause.when(),
        "patient_ids": clause.ids("patient"),
    }


def road_closure(clause: Clause) -> Fields:
    """Which roads, when."""
    return {"road_ids": clause.ids("road"), "when": stretch(clause) or When(start=clause.world.context.now)}


_OURS = r"(?:(?<![a-z])we(?![a-z])|本院|我院|我们(?:医院|这)?|这里|(?<![a-z])(?:here|us|our (?:hospital|ed)|this hospital)(?![a-z]))"


def diversion(clause: Clause) -> Fields:
    """From where to where, which cases, when."""
    sides = list(dict.fromkeys(name for mention in clause.mentioned("facility") for name in mention.ids))
    goal = re.search(
        r"(?:改送|转送|分流到?|分流至|改去|送(?:到|去|往|至)?|去|to|instead (?:to|at))\s*(?:the )?<F(\d+)>(?!.{0,8}(?:full|满))",
        clause.text,
    )
    is_no = re.search(r"(?:别|不要|停止|暂停|勿|不再|先不|禁止|no|not|stop|don't).{0,34}<F\d+>", clause.text)
    ours = _ours(clause)
    to = None
    if goal and not (is_no and len(sides) < 2):
        to = next(iter(clause.world.mentions[int(goal[1])].ids), None)
    if (
        to is None
        and ours
        and sides
        and sides[0] != ours
        and re.search(r"(?:come|bring|here|to us|来|送(?:到|来)?)", clause.text)
        and not re.search(r"(?:别|不要|勿).{0,8}" + _OURS, clause.text)
    ):
        to = ours
    if ours and sides and re.search(r"(?:别|不要|勿|停止|不再|not|no|don't).{0,14}" + _OURS, clause.text):
        return {
            "from_facility": ours,
            "to_facility": next((one for one in sides if one != ours), None),
            "case_class": which(CASE_CLASS, clause.text) or "all",
            "when": stretch(clause) or _now(clause),
        }
    source = next((name for name in sides if name != to), None) or (ours if ours != to else None)
    return {
        "from_facility": source,
        "to_facility": to,
        "case_class": which(CASE_CLASS, clause.text) or "all",
        "when": stretch(clause) or _now(clause),
    }


def _ours(clause: Clause) -> str | None:
    """The hospital that speaks: the first facility."""
    own = clause.world.context.of_kind("facility")
    return own[0].id if own and (re.search(_OURS, clause.text) or len(clause.mentioned("facility")) < 2) else None


def _now(clause: Clause) -> When:
    return When(start=clause.world.context.now)


def reposition(clause: Clause) -> Fields:
    """Which vehicle stands by where."""
    bases = clause.ids("base")
    goal = re.search(r"(?:到|去|在|至|往|to|at|in)\s*(?:the )?<B(\d+)>", clause.text)
    base = next(iter(clause.world.mentions[int(goal[1])].ids), None) if goal else bases[-1] if bases else None
    return {"resource_ids": clause.ids("resource"), "base_id": base, "when": clause.when()}


def supply_delay(clause: Clause) -> Fields:
    """What comes later, by how many days or on which date."""
    days = amounts.days(clause.text)
    new_date = None
    for said in clause.said_times():
        if (
            said.days is not None
            and said.days[0] >= clause.world.context.now.date()
            and said.grain not in ("week", "month", "quarter")
        ):
            new_date = said.days[0].isoformat()
    is_date = new_date is not None and days is None
    return {
        "drug_ids": clause.ids("drug"), "supplier_id": clause.one("supplier"), "delay_days": None if is_date else days,
        "new_date": new_date if is_date else None,
    }  # fmt: skip


def demand_change(clause: Clause) -> Fields:
    """How much more or less of what, when."""
    share = amounts.percent(clause.text)
    is_less = clause.says(
        r"减|降|少(?!量)|下浮|下调|跌|fewer|less|lower|drop|fall|decreas|reduc|down|declin|cut|halv|shrink"
    )
    drugs = clause.ids("drug")
    return {
        "delta_pct": None if share is None else -share if is_less else share, "drug_ids": drugs,
        "series": None if drugs else which(SERIES, clause.text), "when": clause.when(),
    }  # fmt: skip


def stock_update(clause: Clause) -> Fields:
    """What is there, what expires when."""
    text = clause.text
    found = amounts.quantities(text)
    expiry = re.search(r"过期|到期|失效|近效期|效期|expir|out of date|go(?:es)? off|best before", text)
    expiry_date = None
    if expiry:
        expiry_date = next(
            (
                said.days[0].isoformat() if said.grain not in ("monthend",) else said.days[1].isoformat()
                for said in clause.said_times()
                if said.days
            ),
            None,
        )
    fields: Fields = {"drug_ids": clause.ids("drug"), "expiry_date": expiry_date}
    if not found:
        number = amounts.any_number(re.sub(r"<[A-Z]\d+>", " ", text))
        found = [] if number is None else [(0, number)]
    if expiry and len(found) == 1:
        fields["expiring_qty"] = found[0][1]
    elif expiry and len(found) > 1:
        near = min(found, key=lambda one: abs(one[0] - expiry.start()))
        fields["expiring_qty"] = near[1]
        fields["on_hand_qty"] = next(one[1] for one in found if one is not near)
    elif found:
        fields["on_hand_qty"] = found[0][1]
    elif re.search(r"没有了|用完|没了|断货|none left|no .{0,12}left|out of", text):
        fields["on_hand_qty"] = 0
    return fields


def order_policy(clause: Clause) -> Fields:
    """One order, or the rules of ordering."""
    text = re.sub(r"<T\d+>", " ", clause.text)
    quantity, days, share = amounts.quantity(text), amounts.days(text), amounts.percent(text)
    fields: Fields = {"drug_ids": clause.ids("drug"), "supplier_id": clause.one("supplier")}
    if share is not None and re.search(r"服务水平|满足率|保障率|service|fill", text):
        fields["service_level_pct"] = share
    if days is not None:
        fields["min_cover_days"] = days
    if quantity is None and days is None and share is None:
        quantity = amounts.any_number(re.sub(r"<[A-Z]\d+>", " ", text))
    if quantity is not None:
        is_most = re.search(
            r"最多|不超过|不要超过|上限|至多|别超过|最大|不能超过|max|at most|no more than|never .{0,12}more|cap|limit|not more than|up to",
            text,
        )
        fields["max_order_qty" if is_most else "order_qty"] = quantity
    return fields


def budget_cap(clause: Clause) -> Fields:
    """How many yuan, for what, when."""
    when = clause.when()
    return {
        "amount_cny": amounts.money(re.sub(r"<[A-Z]\d+>", " ", clause.text)),
        "when": when,
        "drug_ids": clause.ids("drug"),
    }
