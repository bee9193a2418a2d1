"""Fields of the changes of requests, their places, their order, and of what matters."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hospital.when import When
from llm_planner.understand.rules import amounts
from llm_planner.understand.rules.clause import Clause
from llm_planner.understand.rules.mention import MARK
from llm_planner.understand.rules.services import service_in
from llm_planner.understand.rules.words import INFECTION, PATIENT_CLASS, PRIORITY, TERM, every, which

Fields = dict[str, Any]


def add_request(clause: Clause) -> Fields:
    """What, for whom, where, when."""
    area, service = clause.area_and_service()
    if clause.ids("ward") and not clause.ids("resource") and service in (None, "BED", "OR"):
        area, service = "beds", "BED"
    is_priority = clause.says(r"加急|urgent|优先|routine|常规|low priority|不急|high priority")
    has_patients = bool(clause.ids("patient"))
    return {
        "problem": area, "service": service, "ward_id": clause.one("ward") if area == "beds" else None, "patient_ids": clause.ids("patient"),
        "resource_ids": clause.ids("resource"), "staff_ids": clause.ids("staff"), "when": clause.when(), "duration_min": _length(clause),
        "priority": which(PRIORITY, clause.text) if is_priority else None, "count": None if has_patients else _count(clause),
        "sessions": _sessions(clause) if area in ("dialysis", "radiotherapy") else None,
    }  # fmt: skip


def _length(clause: Clause) -> int | None:
    text = re.sub(r"(?:within|in the next|未来)\s*\d+\s*\S+|\d+\s*(?:小时|分钟)(?:之|以)?内", "", clause.text)
    return amounts.minutes(text)


def _count(clause: Clause) -> int | None:
    found = amounts.counted(
        clause.text,
        r"ct|mri?|核磁|磁共振|超声|彩超|scans?|exams?|检查|手术|台|例|cases?|patients?|个?病人|患者|透析|sessions?|operations?|pet|床|beds?|slots?|ambulances?|x-?rays?|ultrasounds?|admissions?|surger",
    )
    return (
        found
        if found is not None
        else 1
        if clause.says(
            r"(?<![a-z])(?:an?|one|1) (?:\w+ ){0,2}(?:ct|mri?|scan|case|patient|operation|session|bed|ultrasound|slot|laparotomy|c-section|craniotomy)|[一1]\s*[台个例张]"
        )
        else None
    )


def _sessions(clause: Clause) -> int | None:
    found = amounts.counted(clause.text, r"次|sessions?|fractions?|treatments?")
    return found if found is not None else 1 if clause.says(r"1-off|one-off|single|一次|once|单次|临时") else None


def insert_urgent(clause: Clause) -> Fields:
    """What, for whom, where, latest start, how long."""
    area, service = clause.area_and_service()
    count = (
        None
        if clause.ids("patient")
        else amounts.counted(clause.text, r"急诊|emergenc|台|例|cases?|ct|mri?|手术|patients?|urgent")
    )
    when = clause.when()
    if when is not None and when.start is not None and when.end is None and when.start <= clause.world.context.now:
        when = None
    return {
        "problem": area, "service": service, "patient_ids": clause.ids("patient"), "resource_ids": clause.ids("resource"),
        "staff_ids": clause.ids("staff"), "when": when, "duration_min": _length(clause), "count": count if count and count > 1 else None,
    }  # fmt: skip


def cancel_request(clause: Clause) -> Fields:
    """Who; when only where one session of several is dropped."""
    is_series = any(
        one.start is None and one.is_planned and one.area in ("dialysis", "radiotherapy")
        for one in clause.things("patient")
    )
    return {"patient_ids": clause.ids("patient"), "when": clause.when() if is_series else None}


_FROM = re.compile(
    r"(?:from|从|由|原(?:定|来|排)?(?:在|的)?|把|将|for|off)\s*$|^\s*(?:的(?!<)|那次|这次|那班|那一?次|session|slot|appointment|treatment|fraction)"
)
_TO = re.compile(r"(?:to|到|至|成|为|去|在|于|入|给|until|till|for|on|->)\s*$")


def move_request(clause: Clause) -> Fields:
    """Who, to when, where; which session where two times are said."""
    from_when, to_when = _from_and_to(clause)
    machines = _target_ids(clause, "R")
    direction = None
    if to_when is None and (moved := _by_length(clause)) is not None:
        to_when = moved
    if to_when is None or clause.says(r"(?:\d+\s*(?:分钟|小时|天|min|hour|day))"):
        direction = _direction(clause.text) if to_when is None else None
    if direction is None and to_when is None and not machines and not clause.ids("ward"):
        direction = _direction(clause.text)
    if (
        to_when is not None
        and direction is None
        and clause.says(r"(?:earlier|later)(?! than)|早一?[点些]|晚一?[点些]|靠[前后]")
        and _is_day(to_when)
    ):
        direction = _direction(clause.text)
    wards = _target_ids(clause, "W")
    return {
        "patient_ids": clause.ids("patient"), "from_when": from_when, "to_ward_id": wards[-1] if wards else None, "to_when": to_when,
        "to_resource_ids": machines, "direction": direction,
    }  # fmt: skip


def _is_day(when: When) -> bool:
    return when.start is not None and when.end is not None and (when.end - when.start).total_seconds() >= 86400


def _by_length(clause: Clause) -> When | None:
    """``往后推一天`` of one who has a time: that much later or earlier."""
    minutes, days = amounts.minutes(clause.text), amounts.days(clause.text)
    patients, direction = clause.things("patient"), _direction(clause.text)
    if (
        len(patients) != 1
        or patients[0].start is None
        or direction is None
        or (minutes is None and days is None)
        or clause.said_times()
    ):
        return None
    length = timedelta(minutes=minutes or 0, days=days or 0)
    return When(start=patients[0].start + length if direction == "later" else patients[0].start - length)


def _direction(text: str) -> str | None:
    if re.search(r"提前|往前|前移|早(?:一?点|些)|靠前|earlier|forward|sooner|advance|ahead", text):
        return "earlier"
    return "later" if re.search(r"推|延|往后|后移|晚|靠后|later|postpon|push|defer|delay|back", text) else None


def _from_and_to(clause: Clause) -> tuple[When | None, When | None]:
    said = clause.said_times()
    windows = [clause.window(one) for one in said]
    if len(said) < 2:
        only = windows[0] if windows else None
        if said and said[0].days_to is not None and said[0].clock is None and clause.says(r"<T\d+>"):
            return None, only
        return None, only
    places = [match for match in MARK.finditer(clause.text) if match[1] == "T"]
    first = places[0]
    if said[0].relation == "from" and said[1].relation in (None, "until"):
        return clause.window(replace(said[0], relation=None)), clause.window(replace(said[1], relation=None))
    is_from = _FROM.search(clause.text[: first.start()]) or _FROM.search(clause.text[first.end() :])
    last_to = _TO.search(clause.text[: places[-1].start()])
    if is_from or last_to:
        return windows[0], windows[-1]
    return None, windows[0]


def _target_ids(clause: Clause, letter: str) -> tuple[str, ...]:
    """The ids it goes to: those after "to", or all but one it comes from."""
    found = [
        (match, clause.world.mentions[int(match[2])]) for match in MARK.finditer(clause.text) if match[1] == letter
    ]
    if not found:
        return ()
    goal = [
        mention
        for match, mention in found
        if not re.search(
            r"(?:from|off|out of|从|由|instead of|而不是|原(?:来|定)?(?:在)?)\s*(?:the )?$",
            clause.text[: match.start()],
        )
        and not re.match(r"\s*(?:上的|的<P|里的)", clause.text[match.end() :])
    ]
    return tuple(dict.fromkeys(name for mention in goal for name in mention.ids))


def swap_requests(clause: Clause) -> Fields:
    """The two."""
    return {"patient_ids": clause.ids("patient")}


def lock(clause: Clause) -> Fields:
    """What stays; the fields hold together."""
    has_all = clause.ids("patient") or clause.ids("resource") or clause.ids("staff")
    return {
        "patient_ids": clause.ids("patient"), "resource_ids": clause.ids("resource"), "staff_ids": clause.ids("staff"),
        "when": None if clause.ids("patient") and not clause.says(r"<T\d+>.*(?:session|这次|那次)") else clause.when(),
        "problem": None if has_all else clause.area(),
    }  # fmt: skip


def set_priority(clause: Clause) -> Fields:
    """Who and how urgent."""
    text = clause.text
    to = re.search(r"(?:to|into|为|成|到|至|as)\s*([^,]*)$", text)
    priority = (which(PRIORITY, to[1]) if to else None) or which(PRIORITY, text)
    if priority is None and re.search(r"提高|raise|bump up|升|escalate|expedite|prioriti[sz]e|优先", text):
        priority = "urgent"
    if priority is None and re.search(r"降低|lower|drop|降", text):
        priority = "low"
    if re.search(r"no longer urgent|不再(?:那么)?急|没那么急|not (?:that |so )?urgent", text) and not re.search(
        r"low|低", text
    ):
        priority = "routine"
    return {"patient_ids": clause.ids("patient"), "priority": priority}


_SOFT = r"最好|尽量|尽可能|希望|想|喜欢|倾向|方便的话|可以的话|优先|愿意|建议|偏好|prefer|rather|ideally|would like|if possible|try|wish|likes?(?![a-z])|better|happier|where possible|when possible|as far as possible|if you can"
_NOT = r"不(?!是|过)|别|勿|避|禁|没法|少(?:排|安排)|avoid|never|not(?![a-z])|n't|no (?:<|evening|morning|night|afternoon|weekend|more)|off(?![a-z])|away from|without|out of|free of|cannot|refuse|except|forbid|forbidden|hates?"


def set_preference(clause: Clause) -> Fields:
    """Who wants or must what."""
    text = clause.text
    is_soft = re.search(_SOFT, text) or re.search(r"避免|避开|avoid|keep .{0,30}off|少(?:排|安排)", text)
    only = re.search(r"只(?:能|要|做|上|用|排|在|可以|值|接受|许)|only|非.{0,10}不", text)
    is_not = re.search(
        _NOT, re.sub(r"非.{0,10}不|不得不|不要紧|can(?:not|'t) (?:only )?(?=come before)|not only", "", text)
    ) and not (only and not re.search(r"不能只", text))
    soft = bool(is_soft) and not re.search(r"必须|一定|务必|绝|must|禁止|has to|have to", text)
    polarity = ("avoid" if soft else "forbid") if is_not else ("prefer" if soft else "require")
    staff = clause.ids("staff")
    has_patient = bool(clause.ids("patient"))
    return {
        "polarity": polarity, "patient_ids": clause.ids("patient"), "subject_staff_ids": () if has_patient else staff[:1],
        "when": clause.when(recurs=True) or _shift(clause), "resource_ids": clause.ids("resource"), "staff_ids": staff if has_patient else staff[1:],
    }  # fmt: skip


def _shift(clause: Clause) -> When | None:
    """A shift by name: the hours of the day's part."""
    parts = clause.world.context.parts
    for pattern, part in (
        (r"早班|白班|上午班", parts.morning),
        (r"夜班|大夜", parts.night),
        (r"晚班|小夜", parts.evening),
        (r"中班|下午班", parts.afternoon),
    ):
        if clause.says(pattern):
            first, last = part
            return When(
                from_time=f"{first // 60:02d}:{first % 60:02d}", to_time=f"{last % 1440 // 60:02d}:{last % 60:02d}"
            )
    return None


_LESS = r"缩短|减(?:少|去)?|少(?=\s*\d|用|给|做|排|留)|压缩|短|shorten|cut|reduce|shorter|less|fewer|trim|quicker|faster|shrink|decrease|down by|lower"
_MORE = r"多(?!少)|加(?!速|急)|延长|增|长(?!期|安)|longer|more|extra|additional|add|extend|lengthen|increase|stretch|up by|another|plus|slower"


def change_duration(clause: Clause) -> Fields:
    """What takes how long, or how much longer or shorter."""
    text = re.sub(r"<[A-Z]\d+>", " ", clause.text)
    fields: Fields = {
        "patient_ids": clause.ids("patient"),
        "resource_ids": clause.ids("resource"),
        "staff_ids": clause.ids("staff"),
    }
    if not (fields["patient_ids"] or fields["resource_ids"]):
        fields["service"] = service_in(clause.text) if not fields["staff_ids"] else None
    length, share = amounts.minutes(text), amounts.percent(text)
    is_to = re.search(r"(?:延长|缩短|增加|减少|压缩|加长|放宽)(?:到|至|为)|(?:to|at|from \S+ to) \d", text)
    sign = 0 if is_to else -1 if re.search(_LESS, text) else 1 if re.search(_MORE, text) else 0
    if share is not None and length is None:
        return {**fields, "delta_pct": share * (sign or 1)}
    if length is not None and sign:
        return {**fields, "delta_min": sign * length}
    return {**fields, "duration_min": length}


def sequence_rule(clause: Clause) -> Fields:
    """Who comes first or last, where."""
    is_last = clause.says(r"最后|末|压轴|靠后|尾|收尾|结尾|后做|last|end|bottom|back|after (?:all|every|the)")
    return {
        "position": "last" if is_last else "first",
        "for_class": None if clause.ids("patient") else which(PATIENT_CLASS, clause.text) or ("infectious" if which(INFECTION, clause.text) else None),
        "patient_ids": clause.ids("patient"), "resource_ids": clause.ids("resource"), "problem": clause.area(), "when": clause.when(),
    }  # fmt: skip


def isolation_rule(clause: Clause) -> Fields:
    """A patient's status, or what a machine or a ward is kept for."""
    text = clause.text
    patients = clause.ids("patient")
    infection = which(INFECTION, text)
    if infection is None:
        infection = next(
            (
                found
                for one in clause.things("patient" if patients else "resource")
                if (found := which(INFECTION, one.note.lower()))
            ),
            "unknown" if patients else None,
        )
    is_over = re.search(
        r"阴(?:性)?|转阴|解除|取消|结束|不再|释放|排除|恢复(?:普通|正常)|negative|(?<![a-z])neg(?![a-z])|clear|no longer|release|off isolation|out of isolation|end|ruled out|not (?:needed|positive)|lift|free|back to (?:normal|standard|general)|recovered",
        text,
    )
    if patients:
        action = "clear_status" if is_over else "set_status"
        return {"action": action, "infection": infection, "patient_ids": patients}
    return {
        "action": "release" if is_over else "dedicate",
        "infection": infection,
        "resource_ids": clause.ids("resource"),
        "ward_id": clause.one("ward"),
    }


def set_objective_weight(clause: Clause) -> Fields:
    """What counts more and what less."""
    text = clause.text
    more, less = _by_contrast(text) or _by_side(text)
    strong = re.search(r"大幅|大大|强|明显|非常|特别|much|a lot|strongly|far more|significantly|heavily", text)
    slight = re.search(r"稍|略|一点|点(?!名)|slight|a bit|a little|somewhat", text)
    return {
        "problem": clause.area() if re.search(r"影像|放疗|透析|手术|床位|救护|药|imaging|radiotherapy|dialysis|theat|bed|ambulance|pharmacy|surg", text) else None,
        "increase": more, "decrease": tuple(one for one in less if one not in more), "level": "strong" if strong else "slight" if slight else None,
    }  # fmt: skip


_CONTRASTS = (
    (r"(?:宁可|宁愿|宁肯)(.*?)(?:,|也)(.*)", 1, 0),
    (r"rather (?:have |accept |take |some |more |allow )*(.*?) than (.*)", 1, 0),
    (r"prefer (.*?) (?:over|to|rather than) (.*)", 0, 1),
    (r"(.*?)(?:matters? more|more important|counts? more|weigh\w* more|comes? before|goes before|(?:first)?,? ahead of|takes? (?:priority|precedence) over|over|before)(?: than)?(.*)", 0, 1),
    (r"(?:trade|accept|tolerate|allow|sacrifice|give up|ok with) (.*?) (?:for|to (?:get|cut|reduce|lower|improve|keep)|if)(.*)", 1, 0),
    (r"(.*?)(?:matters? less|less important|counts? less)(?: than)(.*)", 1, 0),
    (r"(.*?)(?:at the (?:expense|cost) of|even if(?: (?:it|that) (?:means|costs))?|即使|哪怕|就算)(.*)", 0, 1),
    (r"(.*?)比(.*?)(?:更|还)?(?:重要|要紧|优先|关键)", 0, 1),
    (r"(?:用|拿|牺牲)(.*?)(?:换|来)(.*)", 1, 0),
    (r"(.*?)优先于(.*)", 0, 1),
    (r"(.*?)(?:为主|优先|第一|放在首位|首位),?(.*?)(?:为辅|次要|其次|无所谓|没关系|靠后|可以放)", 0, 1),
)  # fmt: skip


def _by_contrast(text: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    for pattern, more, less in _CONTRASTS:
        if found := re.search(pattern, text):
            sides = (every(TERM, found[1]), every(TERM, found[2]))
            if sides[0] and sides[1]:
                return sides[more], sides[less]
    return None


_LIGHT = r"少考虑|不在乎|没那么重要|不那么重要|不重要|次要|无所谓|没关系|没事|放宽|看轻|可以忍|(?:matters?|counts?|weighs?|cares?|caring) less|less (?:weight|important|emphasis|focus|concern)|lower weight|down-?weight|don't (?:mind|care|worry)|not (?:so |that |very )?important|unimportant|never mind|tolerate|relax|secondary|reduce the weight|降低.{0,8}(?:权重|要求)|轻一点|少看重|不用(?:太)?(?:管|考虑)|低点|高点也|多(?:一)?[点些](?:也)?(?:可以|行|没事|没关系|无妨)|(?:is|are) (?:fine|ok|acceptable)|doesn't matter|可以接受"
_HEAVY_LESS = r"(?:care|worry) less|less (?:weight|emphasis|important|concern|focus)|lower weight"


def _by_side(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    more: list[str] = []
    less: list[str] = []
    for part in re.split(r"[,;.]|但是?|(?<![a-z])(?:and|but|while)(?![a-z])", text):
        found = every(TERM, part)
        (less if re.search(_LIGHT, part) or re.search(_HEAVY_LESS, part) else more).extend(found)
    return tuple(more), tuple(less)


def reoptimise(clause: Clause) -> Fields:
    """What is solved again, how long, with how few changes."""
    few = clause.says(
        r"少(?:改|动|变)|改动(?:最)?(?:少|小)|尽量(?:不|少)|变动(?:最)?(?:少|小)|最小(?:改|变)动|few(?:er|est)? (?:changes|moves)|minim\w+ (?:changes|disruption|moves)|little chang|as (?:few|little)|without (?:moving|changing) (?:too )?(?:much|many)|changes (?:small|few|minimal|to a minimum)|least (?:change|disruption)|keep .{0,20}stable"
    )
    return {
        "problem": clause.area(),
        "when": clause.when(),
        "time_limit_s": amounts.seconds(clause.text),
        "min_changes": True if few else None,
    }
