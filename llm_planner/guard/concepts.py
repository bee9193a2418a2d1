"""What figures are called and what causes are called, in both languages, beside the names facts use."""

from __future__ import annotations

import re

FIGURES = (
    (r"discharge", r"出院|离院|discharg|(?:should|will|to|expected to|are going to) (?:leave|go home)|leav(?:e|ing)"),
    (r"elective|admission", r"择期|入院|新收|收治|elective|admission|admitted"),
    (r"occupied", r"已占|占用(?!率)|在住|occupied|in use|taken"),
    (r"booked", r"已约|已排|预约了|booked"),
    (r"overtime", r"加班|超时|overtime|overrun"),
    (r"wait", r"等候|等待|wait"),
    (r"utilisation", r"利用率|使用率|utili"),
    (r"response", r"响应|response"),
    (r"within_", r"到达率|以内到达|内到达|达标率|arriv\w* within|reached within|within \d+ ?min"),
    (r"cancel", r"取消|停台|cancel"),
    (r"travel", r"行驶|路程|车程|travel|driving"),
    (r"occupancy", r"占用率|占床率|occupancy"),
    (r"unscheduled|left_out", r"未排|没排|排不上|unscheduled|left out"),
    (r"idle", r"空闲|闲置|idle"),
    (r"unit_price|price", r"单价|每(?:盒|支|瓶|袋)|unit price|per (?:box|vial|pen|bottle|bag)|each(?= costs)"),
    (r"budget", r"预算|budget"),
    (r"order_qty|order", r"订(?!阅)|采购|order(?!ed by)"),
    (r"on_hand|stock", r"库存|现有|on hand|in stock"),
    (r"cover", r"够用|可用|last(?:s)? for|cover"),
    (r"shortfall", r"缺口|不足|shortfall|short by"),
    (r"limit", r"上限|限额|limit|cap(?![a-z])"),
    (r"gap", r"间隔|gap|between (?:fractions|sessions)"),
)
"""Names of figures in facts, and the words of a text that speak of them."""

CAUSES = (
    (
        r"downtime|down|maintenance|breakdown|closed_resource|out_of_service",
        r"停机|停用|维护|维修|检修|故障|坏了|保养|(?:is|was|are|were|being|been|goes?|went|with .{0,24}) (?:down|off|broken|out)(?![a-z])|downtime|out of (?:service|order)|maintenance|broke|breakdown|repair|fault|servic(?:ed|ing)",
    ),
    (
        r"absen|leave|sick|staff_absence|unavailable_staff",
        r"请假|休假|生病|病假|没有主刀|不在岗|出差|缺勤|没有(?:医生|技师|护士|麻醉)|on leave|sick|absent|(?<![a-z])ill(?![a-z])|on holiday|away|no surgeon|(?:surgeon|doctor|nurse|technician|anaesthetist) (?:is|was) (?:not )?(?:off|away|unavailable|available)|called in",
    ),
    (
        r"staff|nurse|technician|anaesth|skill",
        r"人手不足|缺人|人员不够|护士不够|技师不够|麻醉(?:医生)?不够|short[- ]?staff|understaff|not enough (?:staff|nurses|technicians)|staff shortage|shortage of (?:staff|nurses)",
    ),
    (
        r"capacity|booked|full|occupied|assignments_full|no_slot|overlap|room",
        r"约满|排满|占满|已满|满了|没有空位|没有空档|没有位置|被占|占掉|抢占|fully booked|(?:is|was|are|were|completely) full|no (?:free|empty|open) (?:slots?|capacity|places?|beds?)|no capacity|taken by|occupied by|overbooked",
    ),
    (r"gap|interval|spacing", r"间隔|gap|between (?:fractions|sessions)|apart"),
    (r"tracer|lead_time|order_ahead|drug_lead", r"药物需要|示踪剂|提前.{0,8}订|tracer|lead time|ordered .{0,14}ahead"),
    (r"isolation|infection|zone|hbv|hcv|infect", r"隔离|感染|乙肝|丙肝|传染|isolation|infect|hepatitis|hbv|hcv"),
    (
        r"priority|urgent|emergency",
        r"优先级(?:更)?[高低]|更急|更紧急|急诊(?:病人|患者|手术)(?:插|占|先)|higher priority|more urgent|lower priority|emergency (?:case|patient) (?:took|came|needed|displaced)|an emergency",
    ),
    (
        r"hours|opening|shift|closed",
        r"下班|不开放|不营业|关门|开放时间|营业时间|outside (?:opening|working) hours|opening hours|not open|closes (?:at|before)|closed (?:on|at)",
    ),
    (r"lock|pinned|frozen|fixed", r"锁定|固定(?:不动|住)|冻结|locked|pinned|frozen"),
    (r"holiday", r"节假日|放假|公休|public holiday|bank holiday"),
    (
        r"preference|wish|request_of_patient",
        r"病人(?:自己)?(?:要求|希望|不愿|拒绝)|患者(?:要求|希望|不愿|拒绝|偏好)|偏好|patient(?:'s)? (?:preference|wish|asked|wanted|refus|request)|prefer",
    ),
    (
        r"road|closure|traffic|tunnel|bridge",
        r"封路|封闭|堵车|拥堵|路况|road (?:is|was)? ?(?:closed|closure)|traffic|jam",
    ),
    (
        r"supplier|delivery|delay|supply",
        r"供应商|到货(?:晚|延|推)|断供|延迟到货|supplier|deliver(?:y|ies) (?:is|was|were|are) (?:late|delayed)|late delivery",
    ),
    (
        r"stock|shortage|on_hand|expir",
        r"缺货|断货|库存不足|过期|out of stock|shortage of (?!staff|nurses)|stock-?out|ran out|expired",
    ),
    (r"budget", r"超(?:出)?预算|预算不(?:够|足)|over budget|exceeds? the budget|budget (?:is|was) (?:exhausted|used)"),
    (r"overtime", r"加班(?:已|上限|限制|会超)|超过加班|overtime (?:limit|cap|allowance)"),
    (r"fasting|prep|contrast", r"禁食|空腹|准备不足|造影剂过敏|fasting|preparation|not prepared"),
    (
        r"equipment|feature|coil|device",
        r"设备不支持|缺少设备|没有线圈|missing (?:equipment|coil)|no (?:coil|equipment)|equipment",
    ),
    (r"weather", r"天气|下雨|下雪|weather|snow|storm"),
    (r"cancel|no_show", r"爽约|没来|no-?show|did not (?:show|turn) up"),
    (
        r"demand|surge|forecast|arrivals",
        r"(?:需求|病人|来量)(?:激增|大增|暴增)|流感季|surge|flu season|peak in demand|unexpected demand",
    ),
)
"""Names of causes in facts, and the words of a text that give them as a reason."""

DOWN = re.compile(
    r"降|减|缩短|少了|下降|变短|变少|回落|cut|drop|fall|fell|reduc|decreas|lower|shorter|down (?:from|to|by)|less|fewer|shrink|improv\w* from|saves?"
)
UP = re.compile(
    r"升|增|涨|多了|变长|延长|上升|提高|变多|rise|rose|grow|grew|increas|higher|longer|up (?:from|to|by)|more than before|gain|climb|worsen"
)
ROUGH = re.compile(r"(?:约|大约|大概|左右|近|将近|差不多|about|around|roughly|approximately|nearly|almost|some)\s*$")
