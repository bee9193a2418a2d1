"""Questions: which one a clause asks, and its fields."""

from __future__ import annotations

import re
from typing import Any

from llm_planner.understand.rules import amounts
from llm_planner.understand.rules.clause import Clause
from llm_planner.understand.rules.mention import MARK
from llm_planner.understand.rules.words import ASPECT, KPI, SERIES, every, which

Fields = dict[str, Any]

WHY = re.compile(
    r"为什么|为何|为啥|怎么(?!样|办|处理|回事|用|走|做到|改|算|弄)(?=.{0,12}(?:被|挪|调|推|排|安排|放|空|没|会|这么|那么|到|在|是|不|订|晚|派|多|少|改|加班|还|又))|凭什么|什么原因|原因(?:是|在)|咋(?!样|办)(?=.{0,10}(?:排|没|空|不|这么|到|会))|怎么回事|何以|啥原因|什么道理"
    r"|(?<![a-z])why(?![a-z])|how come|(?:what(?:'s| is| was)|tell me) the reason|reason (?:for|why|that)|what (?:pushed|moved|delayed|kept|put|made|makes|caused|causes|explains|keeps|stops|prevents)|explain"
)
_NOT = re.compile(r"不(?!到|是因|得不|同)|没(?!人|病人)|别|not(?![a-z])|n't|instead|rather than|而是|却")
WHAT_IF = re.compile(
    r"(?:要是|如果|假如|假设|假使|倘若|万一|若是|若(?!干)|设想).*(?:呢|吗|会|怎么|怎样|如何|多少|影响|够不够|来得及|行不行|结果|后果|能不能|咋样|还能|是否|哪些|\?)|(?:会|有)(?:什么|啥|多大|哪些)(?:影响|后果|变化)|试算|推演|模拟一下|影响(?:多大|有多大|如何)|会怎(?:样|么样)"
    r"|what if|what (?:would|will|happens?|changes|would happen|is the effect|is the impact|does it (?:cost|do)).{0,60}(?<![a-z])(?:if|when)(?![a-z])|(?:suppose|supposing|imagine|assuming|say) .*\?|(?<![a-z])if(?![a-z]).{0,80}(?:what|how (?:much|many|long|would|does|will|bad)|would|will (?:we|it|the|that|there)|can we|do we|does)|(?:how (?:much|many|long|would)|would|could we cope|can we cope|do we|does|will (?:we|it|the|there)|who).{0,80}(?<![a-z])if(?![a-z])|(?:effect|impact|consequence)s? of|simulate|try out"
)
COMPARE = re.compile(
    r"对比|比较|相比|比起|比.{0,16}(?:好|差|多|少|强|省|如何|怎么样|优)|区别|差别|差异|不同|哪个(?:好|更)|vs|versus|compar|against|differ|better|worse|side by side|than|between|which (?:plan|one)"
)
FORECAST = re.compile(
    r"预测|预计|预估|估计|预期|大概(?:会|要|有|得)?.{0,8}(?:多少|几)|会(?:有|来|用|做|接|到)?(?:多少|几)|将(?:有|来|用)?(?:多少|几)|(?:多少|几)(?:个|例|台|人|支|盒|瓶|次)?.{0,8}(?:预计|预测)|未来.{0,14}(?:量|多少|几)"
    r"|forecast|expect|predict|project(?:ed|ion)|anticipat|(?:how many|how much|what) .{0,50}(?:will|going to|likely|should we|can we expect|do you think|are we looking)|likely (?:number|demand|volume)|outlook|estimate (?:the|of|for)"
)
ASKS = re.compile(
    r"\?|吗|呢$|多少|几(?!张|台$|天后|点前)|哪|谁|什么|啥|怎么样|咋样|如何|是否|有没有|能不能看|(?<![检探筛普复])查(?:一?下|询|看|查)?(?!出|体)|看(?:一?下|看)|显示|列(?:出|一下|表)|告诉我|给我看|报一下|汇总|统计|多久|多长|多高|多大|多满|空档|空位|有空|咋(?!办)"
    r"|^\W*(?:(?:and|so|please|hi|hey|ok(?:ay)?|hello|well|then|now|but|for <[A-Z]\d+>|on <[A-Z]\d+>|<T\d+>)\W+)*(?:what|when|where|which|who|whose|how|is|are|does|do(?! not|n't)|did|has|have|was|were|any(?! more))(?![a-z])|(?<![a-z])(?:what(?:'s| is| are| time)|how (?:much|many|long|full|busy|far|often)|which|who(?:'s| is| has))(?![a-z])|(?:^|please |you |me |and |to |just |quick )(?:show|list|tell me|give me (?:the|a|an|all)|display|look up|report|check|find out|see|get me|pull up|summar\w+|remind me|status)(?![a-z])"
)
_ORDER = re.compile(
    r"^\W*(?:请(?!问)|麻烦|帮我|帮忙|please |can you |could you |能不能|可否|能否|is it possible to |would you |can we |could we )"
)
_LOOKUP = re.compile(
    r"哪(?:天|台|间|一?个|位|些|儿|里)|几点|什么时候|何时|啥时候|排(?:到|在)(?:哪|什么|几)|谁(?:在|做|的|值|上)?|有(?:哪些|什么|啥|谁|几)|空档|空位|有(?:没有)?空|列(?:出|表|一下)?|看(?:一?下|看)|查(?:一?下|询|看)?|显示|安排情况|排程表|日程|做什么|是什么|多少(?:张|台)?(?:空|床)|还有.{0,8}(?:空|床|位)|有(?:手术|检查|病人|人|安排|透析)|到哪|订(?:了|单)?.{0,4}(?:多少|什么|几)|什么时间|下单|手术(?:单|安排)|今天.{0,6}安排|有(?:位|号)|排了(?:谁|什么|哪些|几|吗)|在哪|到货"
    r"|(?<![a-z])(?:when|where|which|who|what(?:'s| is| are| time| do we| does)|show|list|display|look up|pull up|any (?:free|open|empty|gaps?|slots?|room|space|bed)|free (?:slots?|time|beds?)|is .{0,30}(?:free|booked|available|planned|scheduled|open|on|in)|are .{0,30}(?:free|booked|open|planned|on|in|available)|does .{0,24}have|schedule|how many (?:free|beds|slots|empty|open)|status|slots?|check|see|tell me)(?![a-z])"
)


def asked(clause: Clause) -> str | None:
    """Which question a clause asks, None where it is none."""
    text = clause.text
    plans = clause.ids("plan")
    if (len(plans) >= 2 or (plans and COMPARE.search(text))) and (
        COMPARE.search(text) or ASKS.search(text) or len(text) < 60
    ):
        return "compare_plans"
    if WHY.search(text):
        return "why_not" if _has_foil(clause) else "why"
    if _not_asked(text):
        return None
    is_order = re.search(r"\d\s*%", text) and not re.search(
        r"\?|多少|几|区间|置信|interval|band|confidence|range|how", text
    )
    if (
        FORECAST.search(text)
        and not is_order
        and (which(SERIES, text) or clause.ids("drug"))
        and not re.search(r"加班|overtime|利用率|utili|等候|wait", text)
    ):
        return "forecast_query"
    if not ASKS.search(text):
        return None
    if _is_expected(clause):
        return "forecast_query"
    is_lookup, has_kpi = _LOOKUP.search(text), which(KPI, _without_marks(text))
    if has_kpi and not (
        is_lookup
        and re.search(r"(?:when|几点|哪天|什么时候|何时|哪台|where|free|空档|空位|which|who|谁|哪些)", text)
        and not re.search(
            r"断货|缺货|哪台.{0,8}(?:利用率|最忙)|which .{0,30}(?:utili|busi|overtime|late|wait|run out)", text
        )
    ):
        return "kpi_query"
    return "schedule_query" if is_lookup else None


def _is_expected(clause: Clause) -> bool:
    """How many there will be, of what nobody plans: a number asked for a time ahead."""
    if not re.search(r"how many|how much|多少|几(?:个|例|台|人|次|位)", clause.text) or re.search(
        r"free|空|剩|left|排了|booked|scheduled|planned|没排|取消|late|overtime|加班|on the list|wait|等|cost|花",
        clause.text,
    ):
        return False
    when = clause.when()
    is_ahead = (
        when is not None
        and (when.end or when.start or clause.world.context.now) > clause.world.context.now
        and not when.is_recurring
    )
    return bool(
        is_ahead
        and not clause.mentioned("patient", "resource", "staff")
        and (which(SERIES, clause.text) or clause.ids("drug"))
    )


def _not_asked(text: str) -> bool:
    return bool(_ORDER.search(text)) and not re.search(
        r"查|看|告诉|列|显示|show|tell|list|check|report|look|find out|see|give me", text
    )


def _without_marks(text: str) -> str:
    return MARK.sub(" ", text)


def _has_foil(clause: Clause) -> bool:
    """``why not``: something is denied, and something it is set against is named."""
    text = clause.text
    match = WHY.search(text)
    rest = text[match.start() if match else 0 :]
    if not _NOT.search(rest) or re.search(
        r"没(?:有)?(?:排|安排|轮)(?:上|进|到|$|\W)|未排|排不(?:上|进|下)|n't .{0,16}(?:scheduled|planned|placed)(?! (?:on|in|at|for|before)|.{0,4}<)|not (?:been )?(?:scheduled|planned|placed)(?! (?:on|in|at|before)|.{0,4}<)|unscheduled|空着不用",
        rest,
    ):
        return bool(
            _NOT.search(rest)
            and re.search(r"<[RSUT]\d+>", rest)
            and re.search(
                r"没(?:有)?(?:安?排)(?:到|在)?.{0,4}<[RST]|(?:scheduled|planned|placed) (?:on|in|at|before|for)? ?<[RST]",
                rest,
            )
        )
    denied = _NOT.search(rest)
    assert denied is not None
    return bool(
        re.search(r"<[RSUT]\d+>", rest[denied.start() :])
        or re.search(r"<[RSUD]\d+>.{0,24}(?:n't|not|不|没)", rest)
        or re.search(r"instead|rather", rest)
    )


def what_if_rest(text: str) -> str:
    """The supposed change: the text without the words that suppose and the question about it."""
    text = re.sub(
        r"要是|如果|假如|假设|假使|倘若|万一|若是|(?<!比)若(?!干)|设想|的话|会怎(?:样|么样)|怎么办|呢|吗|试算(?:一下)?|模拟一下|推演一下",
        " ",
        text,
    )
    text = re.sub(
        r"what if|what (?:would|will)? ?happens?(?: to .{0,30}?)? (?:if|when)|(?<![a-z])(?:suppose|supposing|imagine|assuming)(?: that)?|what(?:'s| is) the (?:effect|impact) (?:of|if)|(?:effect|impact)s? of|\?",
        " ",
        text,
    )
    found = re.search(r"(?<![a-z])if(?![a-z])(.*)", text)
    if found and len(found[1].strip()) > 6:
        head = text[: found.start()]
        tail = re.sub(
            r",?\s*(?:how (?:much|many|long|bad)|what (?:would|will|happens|does)|would (?:we|it|the)|will (?:we|it|the)|do we|does (?:it|the)|can we).*$",
            "",
            found[1],
        )
        if len(tail.strip()) > 6 and tail != found[1]:
            return tail
        return found[1] if not MARK.search(head) or re.search(r"how|what|would|will", head) else text
    return text


def compare_plans(clause: Clause) -> Fields:
    """Which plans, in which figures."""
    plans = clause.ids("plan")
    if len(plans) == 1:
        current = clause.world.context.of_kind("plan")
        plans = (*plans, *(one.id for one in current[:1] if one.id not in plans))
    return {"plan_ids": plans, "kpis": every(KPI, _without_marks(clause.text))}


def why(clause: Clause) -> Fields:
    """The reason of what."""
    patients, resources = clause.ids("patient"), clause.ids("resource")
    aspect = which(ASPECT, clause.text) or ("time" if patients else "resource")
    is_own_time = bool(patients) and aspect in ("time", "change", "order", "unscheduled", "resource")
    return {
        "aspect": aspect, "problem": clause.area(), "patient_ids": patients, "resource_ids": resources, "staff_ids": clause.ids("staff"),
        "drug_ids": clause.ids("drug"), "when": None if is_own_time else clause.when(),
    }  # fmt: skip


def why_not(clause: Clause) -> Fields:
    """Why not otherwise; what it is set against: of two machines the one denied."""
    denied = r"(?:not|instead of|rather than|而不(?:是)?)\s*(?:in |on |to |at |用|在|去)?(?:the )?<R(\d+)>"
    foil = re.search(denied, clause.text)
    machines = clause.world.mentions[int(foil[1])].ids if foil else clause.ids("resource")
    return {
        "patient_ids": clause.ids("patient"), "resource_ids": machines, "staff_ids": clause.ids("staff"),
        "drug_ids": clause.ids("drug"), "supplier_id": clause.one("supplier"), "when": clause.when(),
    }  # fmt: skip


def schedule_query(clause: Clause) -> Fields:
    """What of the plan is looked up."""
    return {
        "problem": clause.area(), "patient_ids": clause.ids("patient"), "resource_ids": clause.ids("resource"), "staff_ids": clause.ids("staff"),
        "drug_ids": clause.ids("drug"), "ward_id": clause.one("ward"), "when": clause.when(),
    }  # fmt: skip


def kpi_query(clause: Clause) -> Fields:
    """Which figures, of what."""
    return {
        "kpis": _figures(clause), "problem": clause.area(), "resource_ids": clause.ids("resource"),
        "staff_ids": clause.ids("staff"), "ward_id": clause.one("ward"), "drug_ids": clause.ids("drug"), "when": clause.when(),
    }  # fmt: skip


def _figures(clause: Clause) -> tuple[str, ...]:
    """The figures asked for; "full" means use for a machine, occupancy for a ward."""
    found = every(KPI, _without_marks(clause.text))
    if {"occupancy", "utilisation"} <= set(found):
        drop = "utilisation" if clause.ids("ward") else "occupancy"
        found = tuple(one for one in found if one != drop)
    return found


def forecast_query(clause: Clause) -> Fields:
    """How much of what is expected."""
    drugs = clause.ids("drug")
    return {
        "series": "drug_demand" if drugs else which(SERIES, clause.text), "drug_ids": drugs, "ward_id": clause.one("ward"), "when": clause.when(),
        "interval_pct": amounts.percent(clause.text),
    }  # fmt: skip
