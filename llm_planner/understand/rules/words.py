"""Words that stand for the values of fields, in both languages; the first that fits is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

Table = Mapping[str, re.Pattern[str]]


def _table(**patterns: str) -> Table:
    return MappingProxyType({name: re.compile(pattern) for name, pattern in patterns.items()})


REASON_RESOURCE = _table(
    qa=r"质控|质检|早检|晨检|晨测|校准|标定|剂量验证|(?<![a-z])qa(?![a-z])|quality (?:check|assurance|control)|calibrat|morning check",
    cleaning=r"消毒|清洁|保洁|清洗|终末|打扫|clean|disinfect|decontaminat|fumigat",
    power=r"停电|断电|电力|跳闸|供电|power|electric|outage",
    breakdown=r"故障|坏|报错|报警|死机|失灵|罢工|宕机|趴窝|漏|卡住|异响|不制冷|球管|fault|fail|broke|breakdown|defect|leak|error|crash|dead"
    r"|malfunction|jammed|overheat|quench|tube|alarm",
    staffing=r"没人|缺人|人手|人员不足|技师不在|没有技师|无人|no (?:staff|one|technician|nurse|driver)|short[- ]?staff|understaff|staff shortage",
    maintenance=r"维护|维修|检修|保养|修|换(?:线圈|球管|水|膜|滤|液氦|电池|轮胎)|升级|年检|验收|改造|装修|巡检|maintenance|servic|repair"
    r"|upgrade|inspection|overhaul|refurb|engineer|coil|renovat|workshop|mot(?![a-z])|works?(?![a-z])",
)
REASON_STAFF = _table(
    sick=r"病|发烧|不舒服|阳了|(?<![a-z])ill(?![a-z])|sick|unwell|flu|fever|covid|injur|hospitali",
    training=r"培训|进修|学习|开会|会议|学术|考试|讲课|上课|course|training|conference|seminar|workshop|exam|teaching|congress|study",
    leave=r"请假|休假|年假|产假|事假|婚假|调休|休息|探亲|陪产|leave|holiday|vacation|day off|(?<![a-z])off(?![a-z])|annual|maternity|paternity",
)
PATIENT_CLASS = _table(
    new_patient=r"新病人|新患者|新收|初诊|首次|首诊|new patients?|newcomers?|first[- ]time|new starts?",
    day_case=r"日间|day[- ]?cases?|day surger|ambulatory|same-day",
    paediatric=r"儿童|小儿|患儿|儿科|小孩|孩子|p(?:a)?ediatric|child(?:ren)?|kids?(?![a-z])|infants?",
    infectious=r"传染|感染|隔离病人|乙肝|丙肝|梅毒|多重耐药|infect|isolation patients|mrsa|contagious|hepatitis",
    inpatient=r"住院(?:病人|患者|的)?|病房(?:的)?(?:病人|患者)|in-?patients?|ward patients",
    outpatient=r"门诊(?!ct)|out-?patients?|(?<![a-z])opd(?![a-z])|clinic patients",
    emergency=r"急诊|急症|急救|绿色通道|胸痛|卒中|emergenc|(?<![a-z])ed(?![a-z])|(?<![a-z])er(?![a-z])|a&e|casualty|trauma|acute",
)
ROLE = _table(
    nurse=r"护士|护理|nurses?",
    anaesthetist=r"麻醉|an(?:a)?esthetists?|an(?:a)?esthesiologists?|an(?:a)?esthetic staff",
    surgeon=r"外科医生|主刀|手术医生|术者|surgeons?",
    physicist=r"物理师|physicists?",
    driver=r"司机|驾驶员|drivers?",
    porter=r"护工|运送员|工友|陪检|推床|运送|porters?|transporters?",
    pharmacist=r"药师|药剂师|pharmacists?|dispensers?",
    technician=r"技师|技术员|操作员|放射师|technicians?|techs?(?![a-z])|radiographers?|technologists?|operators?",
)
PRIORITY = _table(
    low=r"低优先|优先级(?:调|降|改)?(?:到|为|成|设为)?低|不急|最低|可以等|靠后|low(?:est)?(?: |-)?(?:priority|prio)|low(?![a-z])|not urgent|non-?urgent|no rush|can wait|lower",
    routine=r"常规|普通|平诊|一般|正常|择期|routine|normal|standard|elective|regular",
    emergency=r"急诊(?!ct|科)|紧急|抢救|特急|最高|危急|emergenc|top priority|highest|critical|stat(?![a-z])",
    urgent=r"加急|急(?!诊)|优先|尽快|urgent|high(?:er)? priority|expedite|rush|asap|high(?![a-z])",
)
INFECTION = _table(
    HBV=r"乙肝|乙型肝炎|hbv|hbsag|hep(?:atitis)?[\s-]?b(?![a-z])",
    HCV=r"丙肝|丙型肝炎|hcv|hep(?:atitis)?[\s-]?c(?![a-z])",
    HIV=r"艾滋|hiv",
    syphilis=r"梅毒|syphilis|tppa",
    MRSA=r"mrsa|耐药金葡|耐甲氧西林",
    influenza=r"流感|甲流|乙流|influenza|(?<![a-z])flu(?![a-z])",
    COVID19=r"新冠|covid|sars-?cov|阳了|阳性(?=.*核酸)",
)
CASE_CLASS = _table(
    chest_pain=r"胸痛|心梗|chest pains?|cardiac|stemi|heart attack|cath lab",
    stroke=r"卒中|中风|脑梗|stroke",
    trauma=r"创伤|外伤|车祸|trauma|injur|accident victims",
    obstetric=r"产妇|孕妇|产科|分娩|待产|obstetric|maternity|pregnan|labour|births?",
    paediatric=r"儿童|小儿|患儿|儿科|p(?:a)?ediatric|child(?:ren)?|kids",
)
SERIES = _table(
    drug_demand=r"用量|消耗|药|耗材|drug|consum|usage|vials|bottles|doses",
    dialysis_sessions=r"透析|血透|dialysis",
    surgery_requests=r"手术|surg|operat|theat(?:re|er)",
    ambulance_calls=r"救护车|急救|120|出车|呼救|ambulance|(?<![a-z])calls?(?![a-z])|callouts?|ems",
    bed_occupancy=r"床位|占床|占用率|住院人数|在院|病床|beds?|occupan|inpatients|census|icu",
    imaging_requests=r"影像|(?<![a-z])ct(?![a-z])|(?<![a-z])mri?(?![a-z])|核磁|磁共振|超声|检查|扫描|拍片|imaging|scans?|radiology|ultrasound|x-?ray",
    ed_arrivals=r"急诊|急诊量|就诊|来诊|(?<![a-z])ed(?![a-z])|(?<![a-z])er(?![a-z])|a&e|emergency (?:department|room|arrivals|visits|attendance)|arrivals|attendances|walk-?ins",
)
TERM = _table(
    wait_time=r"等候|等待|等得|等太|病人等|患者等|让人等|排队|别等|久等|候诊|wait",
    overtime=r"加班|超时|overtime|(?<![a-z])ot(?![a-z])|overrun|late finish|working late|staying late",
    utilisation=r"利用率|使用率|用足|用满|满负荷|utili[sz]|full machines|machine use|busy",
    idle_time=r"空闲|空转|闲置|空档|空着|间隙|空窗|idle|gaps?(?![a-z])|empty slots|unused",
    unscheduled=r"排不上|未排|没排上|漏排|排不下|unscheduled|left out|unplaced|left over|not scheduled|turned away",
    lateness=r"准时|准点|按时|迟到|晚点|拖期|逾期|超期|延误|punctual|on[- ]?time|lateness|(?<![a-z])late(?![a-z])|tard|deadline|delays?",
    response_time=r"响应|到达(?:时间|速度)|反应时间|出车速度|response|reach (?:patients|calls)|arrival time",
    travel_time=r"路上|行驶|里程|车程|跑的路|travel|driving|mileage|distance",
    occupancy=r"占用率|占床率|床位使用|occupan",
    stockout_risk=r"断货|缺货|断供|缺药|stock-?outs?|run(?:ning)? out|shortage|empty shelves",
    waste=r"浪费|过期|报废|损耗|waste|expir|wastage|spoil",
    cost=r"成本|费用|花费|省钱|花钱|开销|便宜|cost|money|spend|cheap|expens|budget",
    preference=r"偏好|意愿|喜好|病人(?:的)?要求|愿望|preferences?|wishes|choice",
    stability=r"稳定|少变动|少改|改动少|变动|不折腾|少动|stab|few(?:er)? (?:changes|moves)|disrupt|changes|reshuffl",
    fairness=r"公平|均衡|均匀|平均|fair|even(?:ly)? (?:shar|spread|work)|equal|balance",
)
KPI = _table(
    wait_time=r"等候|等待|等多久|等多长|候诊|排队|wait",
    overtime=r"加班|超时(?!率)|(?<![a-z])ot(?![a-z])|overtime|overrun",
    utilisation=r"利用率|使用率|用得|负荷|忙不忙|(?<![a-z])util(?![a-z])|utili[sz]|how (?:busy|full|well used)|usage(?= of)",
    idle_time=r"空闲|空转|闲置|空置|闲了|idle|unused time|standing empty",
    unscheduled=r"排不上|未排|没排上|没排|漏排|排不下|unscheduled|not (?:been )?scheduled|unplaced|left out|without a (?:slot|place|date)|not on the plan",
    fractions_missed=r"漏(?:照|做|治)|缺(?:照|几次|了几次)?.{0,3}(?:分次|照射)|漏了几次|缺几班|fractions? .{0,14}miss|miss .{0,12}fractions?|lose .{0,10}fractions?|missed (?:fractions?|sessions?)|fractions? missed|skipped",
    on_time_start=r"准时(?:开台|开始|率)?|准点|首台|on[- ]time|punctual|start on time|first[- ]case",
    cancellations=r"取消(?:率|了几|了多少|多少|几台|的有)|停台|被取消|cancel",
    throughput=r"做了?多少|完成(?:了)?多少|几台|多少台|多少例|几例|人次|吞吐|台次|产量|工作量|throughput|how many (?:cases|patients|scans|exams|operations|surgeries|sessions|were done|did we)|volume|completed",
    response_time=r"响应|多久到|到达时间|反应时间|response|reach",
    travel_time=r"路上|行驶|车程|里程|travel|driving|mileage",
    occupancy=r"占用|占床|床位使用|住了多少|满不满|多满|occup|how full",
    stockout_risk=r"断货|缺货|断供|会不会缺|stock-?out|run(?:ning)? out|shortage|run dry",
    stock_cover=r"够用|能用多久|用几天|撑(?:几天|多久|到)|库存天数|还够|cover|days? (?:of stock|left|worth)|last(?= us|\?|$| until)|how long (?:will|does|do).*last",
    service_level=r"服务水平|满足率|保障率|service level|fill rate",
    lateness=r"迟到|晚点|逾期|超期|拖期|延误|晚了|late|overdue|delay|tard|past (?:their )?deadline",
    cost=r"成本|费用|花(?:了|费|多少)|多少钱|金额|cost|spen[dt]|how much money|bill",
    waste=r"浪费|过期|报废|损耗|waste|expir|thrown away|wastage|discard",
    fairness=r"公平|均衡|均匀|fair|evenly|balance",
    preference=r"偏好|意愿|满足了多少|preferences?|wishes",
    stability=r"稳定|变动(?:了)?(?:多少)?|改动(?:了)?多少|stab|how many (?:changes|moves)|moved",
    objective=r"目标值|总分|得分|总代价|打分|objective|score|overall",
)
ASPECT = _table(
    infeasible=r"无解|不可行|排不出|冲突|infeasib|no solution|impossible|cannot be solved|conflict",
    unscheduled=r"没排(?:上|进|到)?|排不(?:上|进|下)|未排|没安排|没有安排|没轮到|没位置|unscheduled|not (?:been )?(?:scheduled|planned|placed|booked|on the (?:plan|list))|left out|no slot|no place|without a|isn't (?:scheduled|planned|on)|not got|drop(?:ped)?",
    overtime=r"加班|超时|overtime|overrun|run(?:s|ning)? (?:over|late)|finish(?:es|ing)? (?:so )?late|late finish",
    idle=r"空(?:着|闲|转|档|出|了)|闲(?:着|置)|没(?:有)?(?:病人|人|安排)|没用|idle|empty|unused|nothing (?:on|booked|planned)|free(?![a-z])|standing|gap",
    dispatch=r"派(?!特)|出车|调度|dispatch|sen[dt](?![a-z])",
    quantity=r"订(?:了)?(?:这么|那么)?(?:多|少|\d)|采购量|数量|多少(?:盒|支|瓶|袋)|这么多|那么多|这么少|so (?:many|few|much|little)|quantity|order(?:ed|ing)?|\d+ (?:box|vial|bottle|pen|bag|ampoule|syringe)",
    change=r"(?:被)?(?:改|挪|调|移|换|动)(?:了|到|走|过|动|期|成)|变了|推迟|延后|提前了|moved?|chang|shift(?:ed)|postpon|reschedul|swapp|bump",
    order=r"(?:在|排)?.{0,6}(?:前面|后面|之前|之后|先做|先于|最先|最后|第一|第\d)|顺序|先后|before|after|ahead of|behind|first|last(?! week| month)|order(?= of)|sequence",
    kpi=r"等候|等待|利用率|成本|指标|得分|变差|变长|升高|下降|上升|(?:这么|那么|太)(?:高|低|长|差)|wait|utili|cost|kpi|score|worse|higher|lower|increase|drop|rise|rose|fell|went up|went down",
    time=r"时间|几点|哪天|周|月|日|号|点|早|晚|上午|下午|今天|明天|when|time|late|early|day|until|so long|morning|afternoon|evening|<t\d",
    resource=r"<r\d|哪台|这台|那台|机器|手术间|房间|which|machine|room|scanner|theatre|station|on <|in <",
)
ROLE_AREA: Mapping[str, str] = MappingProxyType(
    {
        "driver": "ambulance",
        "physicist": "radiotherapy",
        "anaesthetist": "theatre",
        "surgeon": "theatre",
        "pharmacist": "pharmacy",
    }
)


def which(table: Table, text: str) -> str | None:
    """The first value whose words stand in the text; None where none does."""
    return next((name for name, pattern in table.items() if pattern.search(text)), None)


def every(table: Table, text: str) -> tuple[str, ...]:
    """All values whose words stand in the text, in the order said."""
    found = [(match.start(), name) for name, pattern in table.items() if (match := pattern.search(text))]
    return tuple(name for _, name in sorted(found))
