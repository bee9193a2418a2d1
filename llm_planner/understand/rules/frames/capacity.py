"""Fields of the changes of machines, hours, people and limits."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from hospital.when import When
from llm_planner.understand.rules import amounts
from llm_planner.understand.rules.clause import Clause
from llm_planner.understand.rules.words import (
    PATIENT_CLASS,
    REASON_RESOURCE,
    REASON_STAFF,
    ROLE,
    ROLE_AREA,
    which,
)

Fields = dict[str, Any]


def stretch(clause: Clause) -> When | None:
    """A window of an outage or an absence: a length begins at the time said or now, a stop at an hour lasts to the day's end."""
    when, length = clause.when(), _length(clause)
    now = clause.world.context.now
    if (
        when is not None
        and when.is_instant
        and clause.says(
            r"<T\d+>\s*(?:左右|前后)?(?:才)?(?:能)?(?:恢复|修好|好|可用|重开|能用)|(?:back|fixed|restored|resumes?|usable|up again|return\w*)(?: again)?(?: in \w+)? (?:at|by|around|from|about)? ?<T\d+>"
        )
    ):
        return When(end=when.start)
    if when is None:
        if length:
            return When(start=now, end=now + timedelta(minutes=length))
        return _at_once(clause)
    if when.is_instant or (when.start is not None and when.end is None and length):
        if length:
            return When(start=when.start, end=when.start + timedelta(minutes=length))  # type: ignore[operator]
        return _from_an_hour(clause, when)
    if length and length >= 1440 and when.start is not None and when.end is not None:
        return When(start=when.start, end=max(when.end, when.start + timedelta(minutes=length)))
    return when


def _from_an_hour(clause: Clause, when: When) -> When:
    """``stops at noon``, ``只开到中午``: the rest of that day; ``from 2pm``: open."""
    said = clause.said_times()[0]
    if said.relation in ("from", "after") or said.has_now or when.start is None:
        return when
    if not clause.says(
        r"(?:stop|clos|finish|shut|end)\w* (?:early )?(?:at )?<T|clos\w* early|finish\w* early|提前(?:关|下班|结束)|只开到|就关|关门|下班|收工"
    ):
        return when
    return When(start=when.start, end=_midnight_after(when))


def _midnight_after(when: When) -> Any:
    assert when.start is not None
    return when.start.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _at_once(clause: Clause) -> When | None:
    """Something is broken and no time is said: from now on."""
    is_now = clause.says(
        r"坏了|故障|报错|报警|漏|死机|宕|罢工|趴窝|停了|用不了|不能用|暂停|broke|fail|fault|down|dead|leak|out of|offline|not working|unavailable|error|off sick|病了|生病|closed|封(?:了|路|闭)|堵|不通|淹|塌"
    )
    return When(start=clause.world.context.now) if is_now else None


def _length(clause: Clause) -> int | None:
    """A length beside the time: ``停2小时``, ``for three days``."""
    text = re.sub(r"(?:每|every|提前|推迟).{0,8}", "", clause.text)
    found = re.search(
        r"(?:停(?:机|用|开|诊)?|关(?:闭)?|封(?:闭)?|休(?:息|假)?|请(?:了)?(?:假|病假|年假|事假)?|修|检修|维护|保养|持续|大约|约|需要?|要|for|about|takes?|last(?:s|ing)?|another|off|out|down|of|again)?\s*(\d+(?:\.\d+)?)\s*-?\s*(?:个)?(天|日|周|星期|礼拜|小时|钟头|分钟|days?|weeks?|hours?|hrs?|h(?![a-z])|min)",
        text,
    )
    if not found:
        return 240 if re.search(r"半天|half (?:a )?day", text) and not clause.said_times() else None
    unit = found[2]
    factor = (
        10080
        if re.match("周|星|礼|week", unit)
        else 1440
        if re.match("天|日|day", unit)
        else 1
        if re.match("分|min", unit)
        else 60
    )
    return round(float(found[1]) * factor)


def resource_downtime(clause: Clause) -> Fields:
    """Machines, window, reason."""
    return {
        "resource_ids": clause.ids("resource"),
        "when": stretch(clause),
        "reason": which(REASON_RESOURCE, clause.text),
    }


def resource_restore(clause: Clause) -> Fields:
    """Machines and from when: one instant, nothing where it is now."""
    when = clause.when()
    if when is not None and when.start is not None and (when.start <= clause.world.context.now):
        when = None
    if when is not None and when.start is not None:
        when = When(start=when.start)
    elif when is not None and when.end is not None:
        when = When(start=when.end)
    return {"resource_ids": clause.ids("resource"), "when": when}


_SET_HOURS = r"改(?:为|成|到|至)|调(?:整)?(?:为|成|到)|变(?:为|成)|固定|开放时间|工作时间|营业时间|运行时间|开机时间|hours? .{0,16}(?:are|become|change|to)|new hours|runs? (?!an extra|late|over)|opening hours|working hours|operates|instead|start(?:s)? at"
_EXTRA = r"加班|加开|增开|多开|延长|延时|额外|临时|也开|照常|extra|additional|extend|stay|late|overtime|as well|too(?![a-z])|longer|another|also"


def opening_hours(clause: Clause) -> Fields:
    """Machines, window, whether the hours are added or set."""
    is_set = clause.says(_SET_HOURS) and not clause.says(_EXTRA)
    when = clause.when(recurs=is_set)
    if when is not None and when.is_instant and clause.says(r"until|till|extend|开到|延长到|延到|open .{0,8}to"):
        when = When(end=when.start)
    if when is not None and when.end is not None and when.start is None and not is_set:
        when = _longer(clause, when)
    return {"resource_ids": clause.ids("resource"), "when": when, "mode": "set" if is_set else "extra"}


def _longer(clause: Clause, when: When) -> When:
    """``open until 20:00``: from the regular closing time (else the afternoon's end); the hours before are open anyway."""
    assert when.end is not None
    closing = next(
        (found for one in clause.things("resource") if (found := re.search(r"-(\d\d):(\d\d)", one.hours))), None
    )
    minute = int(closing[1]) * 60 + int(closing[2]) if closing else clause.world.context.parts.afternoon[1]
    start = when.end.replace(hour=0, minute=0) + timedelta(minutes=minute)
    return When(start=start, end=when.end) if when.end > start else when


def reserve_capacity(clause: Clause) -> Fields:
    """Machines, how much, for whom, when."""
    return {
        "resource_ids": clause.ids("resource"),
        "when": clause.when(recurs=clause.says(r"每|every|daily|weekdays|mornings|afternoons|工作日")),
        "share_pct": amounts.percent(clause.text),
        "slots": amounts.counted(
            clause.text, r"(?:时段|号源?|位置?|名额|空位|空档|slots?|appointments?|places?|spaces?|机位)(?!床)"
        )
        or amounts.counted(clause.text, r"台|例"),
        "for_class": which(PATIENT_CLASS, clause.text),
        "staff_ids": clause.ids("staff"),
    }


def staff_absence(clause: Clause) -> Fields:
    """Who, when, why."""
    return {"staff_ids": clause.ids("staff"), "when": stretch(clause), "reason": which(REASON_STAFF, clause.text)}


def extra_staff(clause: Clause) -> Fields:
    """Role, how many, when."""
    role = which(ROLE, clause.text)
    count = (
        amounts.counted(clause.text, ROLE[role].pattern + r"|.{0,6}(?:" + ROLE[role].pattern + ")") if role else None
    )
    if (
        count is None
        and role
        and clause.says(
            r"(?<![a-z])(?:an?|another|one) (?:extra|additional|more|second)?|(?:extra|another|additional|second) \w+|多(?:来|派|排)?个|一[个名位]"
        )
    ):
        count = 1
    return {"role": role, "count": count, "when": clause.when(), "problem": clause.area() or ROLE_AREA.get(role or "")}


def load_limit(clause: Clause) -> Fields:
    """Most, of what, in which time, for whom."""
    text = clause.text
    found = re.search(
        r"(\d+)\s*(?:个|名|位)?\s*(台|例|cases?|operations?|surger|procedures?|手术|calls?|趟|单|个?病人|病人|患者|人|patients?|scans?|exams?|小时|hours?|h(?![a-z])|钟头|次|sessions?|treatments?|trips?|runs?|个)",
        text,
    )
    unit = None
    if found:
        unit = (
            "hours"
            if re.match(r"小时|hour|h|钟", found[2])
            else "cases"
            if re.match(r"台|例|case|op|surg|proc|手术|call|趟|单|trip|run|次|sess|treat", found[2])
            else "patients"
        )
        if re.match(r"scan|exam", found[2]):
            unit = "cases"
    return {
        "max_count": int(found[1]) if found else None, "unit": unit, "per": per(text), "staff_ids": clause.ids("staff"),
        "resource_ids": clause.ids("resource"), "problem": clause.area(),
    }  # fmt: skip


def per(text: str) -> str:
    """Day, week or shift; day where none is said."""
    if re.search(r"每周|一周|1周|每个?星期|每礼拜|(?:per|a|each|every|/) ?week|weekly|单周", text):
        return "week"
    return "shift" if re.search(r"每班|每个班|一班|单班|(?:per|a|each|every|/) ?shift", text) else "day"


def cap_overtime(clause: Clause) -> Fields:
    """Most minutes, in which time, for what."""
    length = amounts.minutes(clause.text)
    return {
        "max_min": length if length is not None else 0, "per": per(clause.text), "problem": clause.area(), "resource_ids": clause.ids("resource"),
        "staff_ids": clause.ids("staff"), "when": clause.when(),
    }  # fmt: skip


def min_utilisation(clause: Clause) -> Fields:
    """At least, for what, when."""
    return {
        "min_pct": amounts.percent(clause.text),
        "problem": clause.area(),
        "resource_ids": clause.ids("resource"),
        "when": clause.when(),
    }
