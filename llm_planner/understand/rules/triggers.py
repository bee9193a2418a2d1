"""What makes a clause this or that intent: patterns over masked text, each with how surely it points.

``{R}`` and the like stand for a mark of that kind. The intent with the surest pattern wins; among equals the one named first here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

_DOWN_ZH = (
    r"停机|停用|停电|断电|停(?!车|留|经|药|台次|收|在|诊断|站)|故障|坏|维修|检修|维护|保养|修(?!好|完|复|改)|校准|标定|质控|早检|晨检|年检|巡检|验收|换(?:线圈|球管|水|膜|滤|液氦|电池|轮胎)|消毒|清洁|保洁"
    r"|不能用|用不了|不可用|没法用|无法使用|不能使用|不开(?!刀)|开不了|关(?:闭|停|掉|机|门)?(?!注|于|系|键)|占用|借走|漏水|报错|报警|死机|罢工|宕机|趴窝|改造|装修|升级(?!为|成)|别排|不排(?:人|病人|患者)?|不要排人|只开到|只开半天|封(?:存|停)?|歇"
)
_DOWN_EN = (
    r"(?<!break )(?:is |are |be |goes |go |going |been )?down(?! the list)(?:time)?|out of (?:service|order|action|use|commission)|offline|off ?line|unavailable|(?:not|n't) (?:be )?(?:available|usable|working|in use)|no longer (?:available|usable|working)"
    r"|broke(?:n)?(?: down)?|breakdown|fail(?:ed|s|ure|ing)|fault|maintenance|servic(?:e[ds]?|ing)(?! level)|repair(?:s|ing)?(?!ed)|(?<!road )clos(?:e[ds]?|ing|ure)|shut(?:s|ting)?(?: down)?|switch(?:ed)? off|block(?:ed)?(?: out)?|calibrat|(?<![a-z])qa(?![a-z])|inspection"
    r"|stops?(?: working| at)?|cannot be used|can't be used|can ?not use|can't use|taken? out|take .{0,14} off|off (?:for|from|until|on|at|<t|<T)|(?:lose|drop|without) {R}|no (?:patients|bookings|cases) on|power (?:cut|outage|failure)|deep clean|disinfect|upgrade|in the (?:workshop|garage)|has died|dead|kaput|leak|tube|finishes at|(?<![a-z])out (?:until|till|from|all|for|on|<T)"
)

_RAW: Mapping[str, tuple[tuple[float, str], ...]] = {
    # dialogue
    "undo": (
        (9, r"撤销|撤回|回退|退回(?:上|刚|去)|(?:取消|还原|恢复)(?:掉)?(?:刚才|刚刚|上一步|上一个|上次|前面|最近|所有(?:的)?(?:修改|改动|变更))|(?:改动|修改|变更)(?:都|全部|全)?(?:还原|撤)|回到(?:上一步|刚才|之前|原来)|恢复(?:成|到)?(?:原样|原状|原来)|改回(?:去|来|原)"),
        (9, r"(?<![a-z])undo|back out|revert|roll ?back|take (?:that|it|this|those|them|the last .{0,20}|everything|all .{0,20}|my .{0,20}) back|take back|step back|back to (?:how|what|where) it was|go back (?:one|1|a|2|3|to the)|restore the (?:previous|original)|put (?:it|everything|things) back"),
    ),
    "confirm": (
        (8, r"^\W*(?:好的?|行|可以|嗯|对|没问题|ok)?\W*(?:我)?(?:同意|确认|批准|采纳|接受|通过|不同意|不接受|拒绝|否决|驳回|放弃)(?:了|吧|这些|这个|该|此|以上|上述|全部|所有|它|修改|改动|变更|方案|更改|一下|应用|执行|的)*\W*$"),
        (8, r"^\W*(?:(?:这个|该|此)?(?:方案|计划|排程)?(?:可以|行|没问题),?\s*(?:确认|应用|就这样|通过)|就(?:这样|这么|按这个|按此|按照这个)|(?:可以|行|好|ok),?\s*(?:就)?(?:应用|这样|这么办|执行|按这个)|应用(?:这些|这个|以上|上述)?(?:修改|改动|变更|更改|方案)?|没问题,?(?:应用|执行|就这样)?|算了|不要了|别改了|不改了|不用了|取消这(?:些|次|个)(?:改动|修改|变更|更改|操作)|就它了|按方案执行|这些(?:改动|修改|变更)(?:不要了|作废|取消|可以|没问题|我同意|同意).{0,6}|作罢|不应用)"),
        (8, r"^\W*(?:yes|yep|yeah|ok(?:ay)?|sure|fine|great|good|no|nope|please|actually|wait|thanks)?[\s,.]*(?:thanks[\s,.]*)?(?:please )?(?:i )?(?:scrap (?:it|that|this|the lot)|bin (?:it|that|those)|approve[ds]?|accept(?:ed)?|confirm(?:ed)?|agree[ds]?|reject(?:ed)?|discard|decline|dismiss|apply|go ahead|do it|looks? good|lgtm|that(?:'s| is) (?:fine|ok|good|right)|sounds good|never ?mind|forget (?:it|that|about it)|drop (?:it|these|the changes|that)|cancel (?:these|those|the|all) changes?|scrap (?:these|the|those) changes|leave it|don't (?:apply|do) (?:it|that|them|these|this)|not (?:these|this|like that))(?: (?:it|them|that|these|this|the|all|of|changes?|change set|proposal|suggestion|with|so|please|now|ahead|preview|then))*\W*$"),
        (7, r"^\W*(?:yes|yep|yeah|ok(?:ay)?|sure|no|nope|好的?|行|可以|是的?|对|不|不行|不要)\W*$"),
    ),
    # changes
    "cap_overtime": (
        (6.5, r"(?:加班|超时|延时|拖班).{0,14}(?:不超过|最多|不得|上限|控制在|限|以内|不能超|别超|不要超|封顶|至多|不许|禁止|零)|(?:不许|禁止|不准|不得|不能|杜绝|不要|别|不再|最多|不让)(?:再)?.{0,12}(?:加班|超时)(?!也)"),
        (6.5, r"(?:overtime|(?<![a-z])ot(?![a-z])|overruns?|run(?:ning)? (?:over|late)|late finish).{0,30}(?:at most|max|no more than|cap|limit|up to|not more|under|below|within)|(?:at most|max(?:imum)?|no more than|cap|limit|up to|not more than|allow).{0,34}(?:overtime|overruns?|over(?= a| per)|late finish)|(?:no|zero|without|ban|forbid|stop) (?:any )?(?:more )?(?:overtime|ot(?![a-z])|overruns?|overrunning)|may (?:overrun|run over)|(?:overtime|overruns?) .{0,16}(?:forbidden|banned|not allowed|zero)|must not (?:overrun|run over)|(?:overruns?|run(?:s)? over) .{0,8}(?:more than|over|beyond|longer than)|finish on time"),
    ),
    "min_utilisation": (
        (6.5, r"(?:利用率|使用率|负荷率?|占用率).{0,12}(?:不低于|至少|不少于|不小于|达到|保持|要(?:有|到|在)|保证|提到|以上|≥|>=|高于|超过|最低|别低于|不能低于|下限)|(?:至少|保证|确保|保持).{0,14}(?:利用率|使用率)"),
        (6.5, r"(?:utili[sz]|occup|usage|busy|used|full).{0,30}(?:at least|min(?:imum)?|above|over|no less|not (?:drop|fall|go) below|or more|>=|floor)|(?:at least|min(?:imum)?|above|keep|no less than|over|>=|hold).{0,34}(?:utili[sz]|busy|used)"),
    ),
    "budget_cap": (
        (6.5, r"(?:预算|花费|花销|采购额|采购金额|支出|费用|开销|采购|总价|金额|花).{0,16}(?:不超过|不超|最多|上限|控制在|限|以内|别超|不能超|封顶|压到|压在|定为|设为|降到|不高于|为)|(?:预算|花费|采购额|开支)[^,;]{0,6}?\d{3,}|(?:不超过|最多(?:花)?|控制在|上限).{0,10}(?:元|块|¥)|\d(?:元|块)?(?:封顶|以内|预算)"),
        (6.5, r"(?:budget|spend(?:ing)?|cost|expenditure|purchas\w+|order\w*).{0,44}(?:under|below|at most|max|cap|limit|no more than|up to|within|not exceed|ceiling|of)\W{0,4}(?:¥|rmb|cny)? ?\d{3,}|(?:cap|limit|budget|keep|hold|restrict|no more than|at most|max(?:imum)?|don't spend).{0,50}\d{3,} ?(?:yuan|cny|rmb|¥|on)|(?:cap|budget).{0,40}(?:yuan|rmb|cny|¥)|spend(?:ing)? .{0,12}(?:yuan|rmb|cny)|budget.{0,40}\d{4,}"),
    ),
    "load_limit": (
        (6, r"(?:not|n't|never|nobody) .{0,24}more than \d+ (?:cases?|patients?|hours?|operations?|scans?|exams?|sessions?)"),
        (6.3, r"(?:不超过|不超|最多|至多|不多于|上限|限(?:制|号)?|别超过|不能超过|不要超过|控制在|封顶|顶多)(?:带|管|负责|照看|做|排|安排|看|上|开|接|收|照|跑|为|在|是|到)?\s*\d+\s*(?:个)?(?:台|例|个|人|名|位|次|小时|病人|患者|手术|钟头|趟|单)"),
        (6, r"(?:at most|no more than|max(?:imum)?(?: of)?|not more than|up to|limit(?:ed)?|cap(?:ped)?|only|never more than|fewer than|ceiling of).{0,34}\d+ (?:cases?|patients?|hours?|operations?|exams?|scans?|treatments?|procedures?|sessions?|surgeries|list|trips|calls|runs)|\d+ (?:cases?|patients?|hours?|operations?|scans?|exams?|procedures?|calls|trips) (?:(?:a|per|each) (?:day|week|shift)|daily|weekly) (?:at most|max|tops|maximum|is the limit|limit)|\d+ (?:cases?|patients?|hours?|operations?|scans?|trips|calls)(?:/| a | per )(?:day|week|shift),? (?:max|at most|tops|no more)"),
    ),
    "staff_absence": (
        (6.55, r"{S}.{0,12}(?:请假|请了?.{0,3}假|休(?!止)|假(?!如|设)|生病|病了?|不在|出差|开会|培训|进修|学习|缺勤|来不了|不来|不上班|值不了|上不了班|外出|会诊|调休|离岗|发烧|阳了|不能(?:上|来)|没空|有事|参加|听课|讲课|考试|陪产|不值班|去.{0,6}(?:开会|学习|培训|进修|交流|讲课)|停诊|停手术|不在岗|体检|隔离)"),
        (6.55, r"{S}.{0,30}(?:(?<![a-z])(?:ill|sick|away|absent|off(?! the| isolation)|unwell|unavailable)(?![a-z])|leave|holiday|vacation|course|training|conference|meeting|seminar|not (?:be )?(?:in|available|here|working|coming)|won't be (?:in|here|available)|can't (?:come|work|make)|cannot (?:come|work)|(?<![a-z])out(?![a-z])|called in|calling in|day off|exam|congress|jury|quarantin|isolat)"),
        (5.5, r"(?:请假|休假|病假|年假|产假|事假|调休).{0,8}{S}|(?:on leave|sick|off|away|absent|ill)[: ]+{S}|(?:leave|day off|holiday|absence) for {S}|without {S}|lose {S}|covering? for {S}"),
        (4.5, r"(?:请(?:了)?(?:病|事|年|产|婚)?假|休假|生病|病假|年假|出差|进修|来不了|请假)|(?:is|are|called in|calling in|will be) (?:off )?(?:sick|ill|on leave|on holiday|away)|(?:sick|annual|maternity) leave"),
    ),
    "extra_staff": (
        (6.3, r"(?:麻醉|护士|技师|司机|护工|药师|物理师).{0,6}(?:多|加|增)(?:派|排|来|配)?.{0,3}\d+\s*(?:个|名|位)"),
        (6, r"(?:多|增加|加|增派|增配|补|支援|额外|临时|另|再|借调|抽调|调来?|加派|安排|新来|来)(?:一下|来|了|派|排|上|给)?.{0,10}?\d+\s*(?:个|名|位)?.{0,6}(?:护士|技师|技术员|麻醉(?:医生|师|护士)?|医生|司机|物理师|护工|运送员|药师|主刀|驾驶员|陪检|人手)"),
        (5.5, r"\d+\s*(?:个|名|位)(?:.{0,6})(?:护士|技师|技术员|麻醉(?:医生|师)|司机|物理师|护工|药师|运送员).{0,8}(?:支援|帮忙|顶班|加班|到岗|上岗|过来|加入|可用)"),
        (6, r"(?:extra|additional|more|another|spare|temp(?:orary)?|agency|locum|add|second|loan|borrow|further)\W.{0,24}(?:nurses?|technicians?|techs?|radiographers?|an(?:a)?esthetists?|drivers?|porters?|physicists?|pharmacists?|surgeons?)(?![a-z])|\d+ .{0,16}(?:nurses?|technicians?|techs|radiographers?|an(?:a)?esthetists?|drivers?|porters?|physicists?|pharmacists?|surgeons?) .{0,20}(?:extra|to help|join|on top|more|coming in|come in|available|from the agency)"),
    ),
    "isolation_rule": (
        (6.2, r"{I}.{0,12}(?:阳性|阴性|转阴|转阳|阳(?!台)|阴(?!天)|确诊|携带|感染|解除|已排除|病人用|患者用|专(?:机|用|区)|隔离)|(?:划给|留给|专给|固定给|改成|改为|给|设为|用于|只给|只做|只收|收).{0,6}{I}|(?:解除|取消|结束|不再).{0,8}(?:隔离|{I})|(?:查出|确诊|感染|检出|化验).{0,6}{I}"),
        (6.2, r"{I}.{0,26}(?:positive|negative|clear(?:ed)?|(?<![a-z])pos(?![a-z])|(?<![a-z])neg(?![a-z])|carrier|only|isolation|patients|zone|machine|station|dedicated|confirmed|ruled out|status|result|infected|came back|machines|use|ward)|(?:dedicate|assign|reserve|isolat|turn|make|convert|no longer|release|free).{0,30}{I}|(?:has|have|tested|positive for|diagnosed with|carries|infected with|negative for|cleared of) {I}"),
        (5.4, r"(?:release|free up|释放){R}|{R}.{0,10}(?:恢复普通|改回普通|back to (?:normal|standard|general))"),
        (5, r"off isolation|out of isolation|end(?:s)? (?:the )?isolation|no longer (?:needs? )?isolat|into isolation|isolate {P}|解除隔离|不用隔离|需要隔离|转隔离"),
        (5.4, r"(?:感染状态|infection status|serology).{0,14}(?:不明|未知|待|unknown|pending)"),
    ),
    "dialysis_pattern": (
        (6.3, r"{P}.{0,30}{T}\s*(?:班(?!会)|shift)|{P}.{0,10}{T}.{0,6}透(?!析机)"),
        (5, r"{T}\s*(?:班(?!会)|shift)"),
        (6.3, r"{P}.{0,24}(?:早班|上午班|中班|下午班|晚班|夜班|(?<![1-9])[MAE]班)|{P}.{0,20}(?:每周|1周|一周)\s*\d\s*次|{P}.{0,16}(?:一三五|二四六)|(?:早班|下午班|晚班|中班).{0,10}{P}"),
        (6.3, r"{P}.{0,50}(?:(?:morning|afternoon|evening|day|early|late|am|pm) shift|times (?:a|per) week|\d ?x (?:a |per )?week|sessions? (?:a|per) week|once (?:a|per) week|twice (?:a|per) week|thrice|(?<![a-z])(?:mwf|tts|tths|tthsa)(?![a-z])|(?:m|a|e) shift|shift (?:m|a|e)(?![a-z]))"),
        (5, r"(?:每周|1周)\s*\d\s*次(?=.*透析)|(?:一三五|二四六)|(?:早|中|晚|上午|下午)班(?!会|次)|(?:once|twice|thrice|\d times|\d x) (?:a|per) week|(?:morning|afternoon|evening) shift"),
    ),
    "fraction_rule": (
        (6.7, r"(?:1周|每周|一周)(?:照|打|放疗)\s*\d|(?:之间|两次).{0,6}隔\s*\d"),
        (6.4, r"分次|间隔.{0,8}\d|隔天(?:照|做|放)|每周照|(?:总共|一共|共|总)\s*(?:照|做)?\s*\d+\s*次|\d+\s*次(?:照射|放疗)|(?:每天|1天|一天)(?:照|放疗|做)?\s*\d\s*次|两次(?:照射|放疗|治疗)?之?间"),
        (6.4, r"fractions?|(?:hours?|days?|h) (?:between|apart)|gap (?:of|between)|apart|(?:min(?:imum)?|max(?:imum)?|longest|shortest) (?:gap|interval|break)|bid(?![a-z])|hyperfraction"),
    ),
    "supply_delay": (
        (6.3, r"(?:{D}|{U}).{0,22}(?:推迟|延迟|晚到|延期|延后|晚|到不了|要到|才(?:能)?到|才(?:能)?(?:送|发|交)|断货到|缺货到|供不上|送不到|改到|推到|耽误|拖)|(?:推迟|延迟|晚)\s*\d+\s*(?:天|周).{0,4}(?:到货|交货|送达|供货)|(?:到货|交货|送货|配送).{0,10}(?:推迟|延迟|晚|延后|延期|改)"),
        (6.3, r"(?:{D}|{U}).{0,40}(?:delay|late(?!st)|slip|later|arriv|deliver|coming|(?:now |only )?(?:due|expected) (?:on|in)|back-?order|held up|stuck|postpone|not (?:coming|before|until)|behind)|(?:delay|late(?!st)).{0,36}(?:{D}|{U})|(?:deliver(?:y|ies)|shipment|consignment).{0,36}(?:delay|late(?!st)|slip|held up)"),
    ),
    "stock_update": (
        (6.2, r"{D}.{0,14}(?:现有|库存(?:还)?(?:有|剩|是|为|只)|还剩|还有|剩(?:下|余)?|在库|实际(?:库存)?|盘点|点(?:了|出|下来)|只有|只剩|共有|过期|到期|失效|近效期|效期|库里有|账上)|(?:现有|库存|剩|盘点|盘到|还有|过期|到期).{0,12}{D}|{D}.{0,6}有\s*\d|{D}.{0,6}(?:库存|数量)(?:改|更新|调整|修正|校正|设|更正)(?:为|成|到)"),
        (6.2, r"{D}.{0,44}(?:on hand|in stock|left|remaining|on the shelf|in the (?:store|fridge|pharmacy)|expire|out of date|expiring|go off|expiry|count)|(?:we (?:have|only have|now have|'ve got)|there are|there is|only|stock ?(?:take|count)|counted|count(?:s)?|stock of|on hand|inventory).{0,30}{D}|{D} (?:stock(?: level)? (?:is|now|at|=)|count(?:ed)?(?: is)?|inventory)|(?:expire|out of date|go off|expiring).{0,20}{D}"),
    ),
    "order_policy": (
        (6.1, r"(?:订|采购|下单|补货|进货|进|购|购买|买|要|再来|申领|补)(?:了|进|购|货|个)?\s*(?:\d+\s*(?:盒|支|瓶|袋|箱)|{D})|安全库存|备货|备够|备足|服务水平|(?:保持|维持|至少|保证|备).{0,10}\d+\s*(?:天|周)|覆盖\s*\d|够用?\s*\d+\s*天|单次(?:最多|订|采购)|每次(?:最多|订|采购).{0,6}(?:\d|{D})|最大订|供应商(?:改|换)|改(?:从|向|由|用){U}|满足率|从{U}(?:订|进|采购|买|拿)|换(?:成|到|供应商)?{U}"),
        (6.1, r"(?<![a-z])(?:re-?)?orders?(?! (?:of|in which|is|was|arriv|delay|list))\W.{0,30}(?:{D}|\d)|safety stock|cover(?! for)|service level|(?:buy|purchase|stock up|top up|replenish|get in|procure|source).{0,30}(?:{D}|\d|{U})|max(?:imum)? order|(?:per|each|an|any|one) order|(?:days?|weeks?)(?:'|s')? (?:of |worth of )?(?:stock|supply|cover|inventory)|never order|(?:switch|change).{0,20}supplier|{D} (?:should come )?from {U}|min(?:imum)? (?:stock|cover)|fill rate|\d+ (?:days?|weeks?) of {D}"),
    ),
    "demand_change": (
        (6.1, r"(?:需求|用量|消耗|使用量|业务量|来量|病人量|患者量|手术量|透析量|检查量|出车量|门诊量|急诊量|就诊量|人次|例次|量|呼救|用药).{0,16}(?:增|减|涨|升|降|多|少|上浮|下浮|翻|上调|下调|按|提高|高)|(?:增加|减少|上涨|下降|上浮|下浮|多|少|涨|降).{0,3}\d+(?:\.\d+)?%.{0,4}(?:的)?(?:需求|用量|消耗|病人|患者|检查|手术|透析)|(?:透析|手术|急诊|检查|出车|{D}|病人|患者).{0,16}(?:增加|减少|增长|上涨|下降|多|少|涨|降|上浮|下浮|减|增|提高)\s*(?:了|约|大概|到)?\s*\d+(?:\.\d+)?%"),
        (6.1, r"(?:demand|usage|consumption|volume|need|requests|arrivals|attendances?|calls|sessions?|admissions?|referrals|use|workload|cases|surger(?:y|ies)|activity|{D}|visits).{0,50}\d+(?:\.\d+)? ?%|\d+(?:\.\d+)? ?% .{0,10}(?:more|fewer|less|higher|lower|increase|decrease|rise|drop|extra|up|down|additional|reduction|growth).{0,40}(?:demand|usage|consumption|requests|arrivals|calls|sessions|admissions|{D}|dialysis|surg|ambulance|volume|cases|scans|ct|mri?|patients|imaging)|demand .{0,20}(?:doubl|halv)"),
    ),
    "bed_change": (
        (6, r"(?:留|预留|开|加|增|增设|增开|关|关闭|放|释放|腾|封|减|撤|扩|收|停用|启用|空)(?:出|掉|放|闭|开|设)?.{0,4}(?:几|\d+)?\s*(?:张|个)?(?:.{0,5})床|床.{0,10}(?:留|预留|开放|增加|关闭|释放|腾|停用|启用)|{W}.{0,12}(?:关|开|加|留|减|增|腾|放).{0,5}\d+\s*张|\d+张.{0,3}床.{0,8}(?:关|开|留|停)"),
        (6, r"(?:open|close|reserve|hold|release|free(?: up)?|add|keep|shut|block|give back|set aside|need|take|lose|cut|make|earmark|return).{0,34}(?<![a-z])beds?(?![a-z])|(?<![a-z])beds?(?![a-z]).{0,26}(?:open|clos|reserv|releas|free|blocked|back|kept|held)|\d+ (?:more|extra|additional|fewer) beds|{W} (?:is )?(?:down|up|short) \d|{W} (?:closes|opens|loses|gains|shuts).{0,20}\d"),
    ),
    "road_closure": (
        (6.5, r"{L}.{0,24}(?:封|不通|堵|禁行|断|施工|管制|过不去|走不了|塌|淹|积水|不能(?:走|过|通行)|事故|绕|关闭|维修|修路|抢修)|(?:封|管制|施工|禁行).{0,8}{L}"),
        (6.5, r"{L}.{0,40}(?:clos|shut|block|flood|roadworks?|works|accident|impassable|jam|not passable|cannot|can't|no traffic|out|maintenance|repair|off limits|not usable|race|marathon)|(?:close|avoid|block|no access to|roadworks on|accident on|shut).{0,24}{L}"),
    ),
    "diversion": (
        (6.5, r"(?:别|不要|停止|暂停|先别|先不|不再|禁止|勿)(?:再)?.{0,12}(?:往|向|送(?:到|往|去|来)?|收|接收).{0,4}(?:{F}|这里|我们|那(?:边|里|儿)?|该院)|{F}.{0,16}(?:不收|停收|不接|收不了|满了|爆满|拒收|不再收|停止接收|关闭|停诊|别送|不要送|暂停接收|饱和)|(?:改送|转送|分流(?:到|去|至)?|改去|送(?:到|去|往)?).{0,6}{F}|(?:救护车|急救|病人|患者).{0,20}(?:绕行|分流|改送|转送|别送|不要送).{0,12}{F}?"),
        (6.5, r"divert|diversion|redirect|bypass|re-?rout|(?:no|stop|don't|do not|not) .{0,16}(?:ambulances?|bring\w*|send\w*|tak\w*|crews).{0,30}(?:{F}|here|to us)|{F}.{0,44}(?:full|no more (?:ambulances|patients)|takes? no|accepts? no|not accept|closed to|no longer (?:takes|accepts)|can't take|cannot take|refus|instead|is closed|stopp?(?:ed|s)|overflow)|(?:take|send|bring|goes?|go|come|route).{0,44}(?:to {F}|come here|to us(?![a-z])|here instead)|come here|(?:(?<![a-z])we(?![a-z])|our (?:ed|hospital)|本院|我院|我们).{0,10}(?:can't|cannot|won't|are not|aren't|not|no longer|不|停|暂停).{0,10}(?:tak(?:e|ing)|accept|receiv|接|收)"),
    ),
    "reposition": (
        (6.6, r"{R}.{0,14}(?:待命|驻(?:守|扎|点)?|到{B}|去{B}|移到{B}|调到{B}|停在{B}|在{B}|挪到{B}|转到{B}|放{B}|回{B})|{B}.{0,10}(?:待命|驻|值守)"),
        (6.6, r"{R}.{0,40}{B}|{B}.{0,20}{R}|(?:stand ?by|stationed|post(?:ed)?|relocate|reposition).{0,30}{B}"),
    ),
    "opening_hours": (
        (6.1, r"(?:加班|延长|延时|增开|加开|多开|晚关|晚下班|早开|提前开|增加).{0,8}(?:开放|开|开机|时间|到|小时|半天|夜场|晚场|班)|开放时间|工作时间|营业时间|开机时间|运行时间|(?:开|开放|运行|营业|做|开机)(?:时间)?(?:改|调|到|至)(?!了)|(?:改|调整?)(?:为|成|到).{0,12}(?:开|运行|营业)|(?:也|照常|照样|加班)(?:开放|开机|开)|{T}.{0,6}(?:也|加班|照常|临时|全天|继续|多)?(?:开放|开机|开诊|加开|开着)|{T}(?:运行|营业)|开到{T}?|(?:{R}|{T})(?:加班|开){T}|{T}.{0,4}(?:两天|几天)?(?:都|也|照)开|改成{T}(?:开)?|连班|加班到"),
        (6.1, r"opening hours|working hours|operating hours|(?:extend|longer|extra|additional|later|earlier|late|weekend|evening|saturday|sunday) (?:{R} )?(?:opening|hours|session|list|clinic|evening)|(?:extend|stay(?:s|ing)? open|keep .{0,24}open|open(?:s|ing|ed)? (?:until|till|from|at|on|late|early|also|<T|for|as well|all)|hours (?:{T}|.{0,16}(?:are|become|change|to))|new hours|open {R}|open .{0,20}{T}|runs? (?:from |until |till |late|an extra|<T)|runs? {T}|work(?:s)? (?:from |until |till |<T)|start(?:s)? (?:at |earlier)|hour (?:later|earlier|longer|more)|open an? )"),
    ),
    "resource_restore": (
        (6.6, r"修好|修完|修复|恢复(?!期)|(?:可以|能|可|又|重新|已|就|正常)(?:以)?(?:正常)?(?:使|启|投)?用(?!药)了?|能开(?:了|机)?$|(?:可以|能|重新)(?:开(?:机|放|了)|运行|收病人|上机)|启用|复机|上线|回来(?:了|上班)?|好了(?!吗)|解除(?:停机|停用|故障|封)|重启(?:好|完)|检修(?:完|结束)|维护(?:完|结束)|提前(?:结束|完成)|搞定|投入使用|归队|复工|弄好"),
        (6.6, r"fixed|repaired|mended|restored|back (?:up|in|on(?:line)?|to|at|from|now|again|at|<T)|(?:is|are|now|comes?|will be|be) back|(?:usable|working|available|running|ok|fine|operational|open|up|ready) again|(?:again|now) (?:usable|working|available|running|operational)|(?:can|may) be used (?:again|from)|re-?open(?:s|ed)?|return(?:s|ed)? to (?:service|use|work)|(?:fully )?operational|up and running|ready (?:from|at|for use)|maintenance (?:is )?(?:over|done|finished|complete)|repair (?:is )?(?:over|done|finished|complete)|recommission|in service again|works again|is (?:working|usable|available|ok)(?! until| till)"),
    ),
    "reserve_capacity": (
        (6, r"(?:留给|预留|留出|留(?=\d|<|出|个|几|给)|保留|专留|专门留|空出(?!来)|腾出|拨出|划出|只给|专给|留作|留为|留着|优先给|专门给|锁给).{0,26}|专供|专用于|(?:给).{0,10}(?:留|预留)"),
        (5.8, r"(?:reserve|hold back|hold|keep|set aside|save|ring-?fence|earmark|dedicate|block(?: out)?|protect|allocate|put aside|leave).{0,44}(?:for (?!<T|\d|the (?:next|rest|whole))|free)|(?:reserved|earmarked|kept|set aside|protected|held|only) for|for .{0,24}only"),
    ),
    "swap_requests": (
        (7, r"互换|对调|交换|调换|{P}.{0,6}(?:和|跟|与|、).{0,4}{P}.{0,10}(?:换|调)(?!到|去|成|给)|{P}换{P}|互相换"),
        (7, r"(?<![a-z])(?:swap(?!s? to)|exchange|trade|switch)(?:\w*).{0,30}{P}.{0,30}{P}|{P}.{0,30}{P}.{0,30}(?:swap|exchange|trade|change|switch) (?:places|slots|times|with|over|shifts|sessions|appointments|machines)|(?:swap|exchange).{0,20}{P}|{P} (?:swaps?|trades?|exchanges?)"),
    ),
    "unlock": (
        (7.2, r"可以重新(?:排|安排|调整)|锁(?:定)?.{0,3}(?:去掉|取消|解除|解开|撤掉|拿掉|放开)"),
        (7.2, r"解锁|(?:解除|取消|去掉|放开)(?:.{0,8})(?:锁定|固定|冻结|限制)|解冻|放开|(?:可以|允许|能)(?:再|重新)?(?:动|移动|调整|改动|挪)(?:了)?|不用(?:再)?(?:锁|固定)|松开"),
        (7.2, r"un-?lock|un-?freeze|un-?pin|un-?fix|(?:may|can|is free to|allowed to) (?:now )?(?:be )?(?:moved?|changed?|shift(?:ed)?|rescheduled)(?: again| now| freely)?(?! to)|release the lock|remove the lock|lift the (?:lock|freeze)|no longer (?:locked|fixed|frozen|pinned)|(?:movable|flexible) again|let .{0,30}(?:move|float) (?:again|freely)|free to move"),
    ),
    "lock": (
        (6.7, r"锁(?:定|住|死|上)?(?!给)|固定(?!给)(?:住|下来|不动|不变)?|(?:别|不要|勿|不许|不准|不能|不得|请勿|禁止|谁也别|都别|千万别)(?:再)?(?:动|改(?!到|为)|调(?!到)|挪(?!到)|变|碰)|不动|不变|保持(?:原样|不变|现状|原位)|钉(?:住|死)|冻结|原封不动|维持(?:原样|不变|现状|原)|按原(?:计划|时间|安排)"),
        (6.7, r"(?<![a-z])lock(?:ed)?(?: in)?(?![a-z])|freeze|frozen|(?<![a-z])pin(?:ned)?(?![a-z])|(?:don't|do not|must not|never|nobody|no one|please don't|mustn't|should not) .{0,12}(?:touch|move(?!.{0,8} to)|change|shift|alter|mess with)|(?:keep|leave|hold|stay|fix) .{0,40}(?:exactly|as (?:it|they) (?:is|are|stand)|where|alone|fixed|in place|put(?![a-z])|unchanged|untouched|as is|as planned|as scheduled|the same)|stays? (?:put|exactly|where|as|fixed)|(?<![a-z])fix {P}|fix the|no changes? (?:to|on|in|for)|not to be (?:moved|touched|changed)|stays? on"),
    ),
    "set_priority": (
        (6.4, r"优先级|(?:升|提|调|改|降|设|标|列|定|转)(?:级|高|低)?(?:为|成|到|至|作)?.{0,3}(?:加急|急诊(?!ct)|紧急|特急|常规|普通|平诊|择期|最高|低优先|优先|急(?!诊))|加急(?!ct|台|一)|(?:不急|不着急|没那么急|缓一缓)|(?:更|最|要)?(?:急|优先)(?:处理|安排)(?!在)|改(?:成)?急|(?:是|算)(?:急诊|急的|加急)|提(?:高|升).{0,5}优先|降低优先|按(?:急诊|加急|常规)(?:处理|排|来)"),
        (6.4, r"priorit(?:y|ise|ize)(?!.{0,6} (?:weight|over))|(?:make|mark|upgrade|downgrade|set|flag|treat|bump|raise|escalate|class(?:ify)?|reclass\w*|change|move|lower|put) .{0,50}(?:urgent|emergency|routine|low(?:er)?(?![a-z])|top|highest|stat(?![a-z])|elective)|expedite|escalate|(?:is|are|becomes?|be|as|now) (?:now )?(?:an? )?(?:no longer )?(?:urgent|emergency(?! case)|routine|not urgent|low)(?![a-z])|can wait|no longer urgent|more urgent"),
    ),
    "cancel_request": (
        (6.5, r"取消(?!.{0,4}(?:锁定|固定|隔离))|不做了|不用做|撤(?:掉|下|出)(?!.{0,3}床)|去掉|删(?:掉|除|了)?|移除|退(?:掉|号|订)|没来|未到|未来(?=,|$|取消)|爽约|放弃(?:了)?(?:治疗|检查|手术)?|不来了|不治了|拿掉|划掉|作废|停(?:掉)?(?:一次|1次)|请假.{0,3}(?:一次|1次)|去世|过世|出院了|转院了|不(?:透|照|查)了|停台|下单子|不需要(?:做|查|了)"),
        (6.5, r"cancel|call(?:ed)? off|(?:take|took|strike|cross|knock|pull) .{0,40}off(?! isolation| the road)(?: the)?|(?:drop|remove|delete|scrap|withdraw|scratch|discard|skip|bin)(?:ped|d|n|s|ing)?(?![a-z])|no-?show|(?:did not|didn't|won't|will not|not) (?:show|turn up|come|coming|attend|arrive|going ahead|be coming|need|appear|want)|doesn't (?:need|want)|has died|passed away|(?:has|was|been) (?:been )?discharged|refus(?:ed|es)|misses|will miss|off the list|withdr(?:e|a)w|no longer (?:needs|wants|required|needed|coming)"),
    ),
    "move_request": (
        (6.5, r"(?:挪|推|延|移|调|换|提前?|顺延|改){T}|(?:改期|推迟|提前|延后){T}"),
        (6.3, r"挪|改(?:到|在|约|期|去|至|成{T}|{T}|为{T})|调(?:到|至|去|整到|往)|移(?:到|至|去|动到)|换(?:到|去|至|成{R}|个?时间|{R}|成{T})|推(?:迟|后|到)|延(?:后|到|期|迟|至)|提(?:前|早)(?!(?:修|开|结束|通知|关))|往(?:后|前)|转(?:到|入|至|去|科|往|出到|{W}|{R})|顺延|搬|放(?:到|在|{T}|{R})|后延|前移|后移|靠(?:前|后)|安排(?:到|在|去)|早(?:一?点|些)(?:做|照|查)|晚(?:一?点|些)(?:做|照|查)|改(?=<[TR])|插到|排(?:到|在|去)"),
        (6.3, r"(?<![a-z])(?:re-?schedul|move(?! again)|moving|shift(?!s)|postpon|bring .{0,40}(?:forward|earlier|ahead)|push|pull|defer|delay|transfer|re-?book|bump|put .{0,30}(?:back|off|on|in|to|at|into|earlier|later|forward)|switch .{0,24}to|change .{0,30}to|send .{0,30} to (?:<W|<R)|relocate|reassign|swap .{0,14}to|advance|let {P} (?:go|come|start|be)|place .{0,30}(?:on|in|at)|take .{0,24} to (?:<R|<W|<T)|slide|instead of {T})"),
        (5.6, r"^(?:{P}\W{0,3})+{T}\W*$"),
        (5.2, r"{P}.{0,24}(?:earlier|later|sooner)|{P} (?:to|on|at|into|goes? (?:to|on|at|in)) (?:<[RTW]\d)|{P}\s*(?:到|去|->)\s*<[RTW]\d"),
    ),
    "set_preference": (
        (6.25, r"最好|尽量|希望|想(?!问)|喜欢|倾向|优先(?:安排|排|考虑|用|选)?(?=在|上午|下午|{T}|{R}|{S}|{P})|避免|避开|尽可能|必须|一定(?:要|得)|务必|只(?:能|要|做|上|用|排|在|可以|值|接受|安排|许)|不(?:能|要|可|得|宜|应|许|想|愿意?|方便|上|值|排|接受)(?:再|安排|排|放|由|让|给|在|做|上|用|跟|值|来|是|去|接)|不(?:上|做|排|值)(?:{T}|手术|台|夜班|班|晚班)|别(?:给|让|排|安排|放|在)|禁止|不得|绝不|千万别|更愿意|要求|申请|指定|点名|非.{0,8}不|方便|怕.{0,4}(?:晚|早)|得(?:在|由)|要(?:由|在|安排在|用|求|排在)|宜|不喜欢|不愿|少排|少安排"),
        (6.25, r"prefer|rather(?! have overtime)|ideally|would like|likes?(?= <|.{0,12}morning|.{0,12}afternoon)|wish(?:es)?|wants?(?: to)?|avoid|must(?! not overrun)|only(?! \d)|never|not on|no (?:<[TR]|evening|morning|night|afternoon|weekend|monday|tuesday|wednesday|thursday|friday)|try (?:not )?to|keep .{0,34}(?:off|away from|out of)|if possible|needs? to be|has to(?: be)?|have to(?: be)?|can(?:'t|not)? (?:only|do|be|work|come|make)|should (?:not |only |always |never )?(?:be|have|get|go|work|do)|not (?:before|after|in|with|with <)|ask(?:s|ed)? for|request(?:s|ed)|insists|no more|free of|doesn't (?:like|do|work)|don't (?:give|put|schedule|book|assign|place)|do not (?:give|put|schedule|book|assign|place)|won't|better (?:in|on|at)|fasting|allergic to|mornings|afternoons|nights"),
    ),
    "change_duration": (
        (6.25, r"(?:多|少|加|减|增加|减少|延长|缩短|需要?|预计|预留|留|估计|大概|改(?:为|成|到)|调(?:为|成|到|整为)|按|得|变(?:为|成)|压缩(?:到|为)?|放宽(?:到)?|缩|短|长|要|用).{0,6}\d+(?:\.\d+)?\s*(?:分钟|分|小时|个小时|个?钟头|%)|时长|用时|耗时|每(?:个|例|台|次|人).{0,14}\d+\s*分钟|(?:时间|手术|检查).{0,6}(?:延长|缩短|加长|拉长)"),
        (6.25, r"(?:(?:need|take|last|run|allow|give|require|make|lengthen|shorten|extend|cut|reduce|add|trim|stretch|increase|plan|estimate|expect|change|set|book|schedule|budget|adjust|shrink|be|is|are|only)\w*) .{0,50}\d+(?:\.\d+)?[ -]*(?:min|h(?![a-z])|hour|hrs?|%)|\d+(?:\.\d+)?[ -]*(?:min\w*|hours?|h|%) (?:longer|shorter|more|less|extra|each|instead|per (?:case|patient|scan|exam|slot|session)|slots?|should|is enough)|duration|slot length|slots?.{0,12}\d+ ?min|slots? (?:to|by|of)|(?:longer|shorter) slots?"),
    ),
    "sequence_rule": (
        (6.45, r"(?:放|排|安排|做|在|到|先|作为)?(?:在)?(?:最后(?!一次|通牒)|最先|首台|头台|第1台|第1个|第一台|第一个|末台|压轴|最前(?:面)?|前面|开头|结尾|末尾|先做|后做|最末|靠后|尾台|收尾|当天最后|优先做|先排|先上|先照|先透)"),
        (6.45, r"(?<![a-z])(?:first|last|1th)(?! (?:week|month|floor|fraction|time|name|two|three|year|\d|<T))(?: (?:case|slot|patient|on|in|of|thing|each|every|at|for|place|please)|$|\W)|(?:at the|to the) (?:end|start|beginning|top|bottom|back|front)(?: of| on|$|\W)|(?:end|start|beginning|top|bottom) of the (?:list|day|session|shift|lists)|ahead of (?:all|every|the)|before (?:all|every|the) (?:other|others|rest)|after (?:all|every|the) (?:other|others|rest)|go(?:es)? (?:first|last)"),
    ),
    "insert_urgent": (
        (6.5, r"transfer .{0,24}(?:from|to) (?:the )?{F}|转运.{0,12}{F}|从{F}.{0,10}(?:转|接)|(?:接|送).{0,8}(?:新生儿|病人|患者).{0,8}{F}"),
        (6.35, r"(?:急诊|紧急|危急|抢救|特急|急(?!救|性|用)).{0,14}(?:加|插|来|做|上|开|手术|ct|mr|核磁|透析|检查|剖|阑尾|台|出车|派)|(?:加|插|塞|来|送来|收).{0,8}(?:急诊|紧急|(?<!加)急(?!救)|危重)|(?:马上|立刻|立即|赶紧|现在|即刻).{0,10}(?:加|插|做|来|上|安排|派|要|腾)|插队|绿色通道|派.{0,8}(?:车|救护车)|(?:急诊|急性).{0,12}(?:患者|病人).{0,14}(?:要|需)"),
        (6.35, r"emergenc(?:y|ies)(?! theatre| room| department)|(?:urgent|stat|immediate)(?:ly)? .{0,20}(?:ct|mri?|scan|dialysis|case|surgery|operation|section|craniotomy|laparotomy|theatre|x-?ray|ultrasound|treatment|fraction|transfer|ambulance|linac|radiotherapy)|(?:squeeze|fit) .{0,24}(?:in now|right now|now|immediately|in today)|(?:now|immediately|right away|asap|straight away|at once|stat)(?![a-z])|send an? (?:ambulance|unit|crew)|needs? .{0,24}(?:now|immediately|urgently)"),
    ),
    "add_request": (
        (6.1, r"\d+ (?:more|extra|additional|further|new) .{0,24}(?:<R\d+>|cts?|mris?|mrs?|scans?|patients?|cases?|sessions?|operations?|exams?)(?![a-z])"),
        (6.1, r"(?:加|排|约|预约|登记|新增|添|安排|补|收|做|来|住进|住院|给|上)(?:上|个|一?下|一|了|进|做|入)?.{0,10}(?:\d+\s*(?:个|台|例|次|张)|ct|mr|核磁|磁共振|pet|超声|彩超|手术|透析|放疗|直加|床|{P}|{W})|(?:要|需要?|得)(?:做|收|住|加|约|排|安排|透|照)|{P}.{0,16}(?:排|约|安排|预约|加|收|做|住|照|定位)|(?:时间|位置|空位|号).{0,4}给{P}|排进|塞进|收(?:进|入|到)"),
        (6.1, r"(?<![a-z])(?:book|schedul|add|arrange|fit|slot|plan|put|admit|admission|register|find|get|give|need|list|squeeze|order|set up|sign up|organi[sz]e|request|include|one-off|1-off|another|extra|additional|new)\w*(?![a-z]).{0,60}(?:{P}|ct|mri?|scan|dialysis|surgery|operation|theatre|slot|bed|fraction|session|ultrasound|pet|case|x-?ray|linac|patients?|ambulance|transfer|{W}|simulat|admission)|{P}.{0,34}(?:needs?|requires?|wants?|to be (?:booked|scheduled|admitted)|for (?:a |an )?(?:ct|mri?|dialysis|theatre|surgery|ultrasound|pet|bed|admission)|gets?|should (?:get|have))"),
    ),
    "set_objective_weight": (
        (5.7, r"(?:加班|等候|等待|排队|浪费|成本|费用|变动|改动|空闲|响应|行驶|断货).{0,3}(?:少|低|短|快|省)(?:些|点)|^\W*(?:尽量|请|要)?(?:少|减少|降低|缩短|压缩)(?:些|点)?.{0,3}(?:加班|等候|等待|浪费|变动|改动|空闲|成本|行驶|断货)"),
        (5.7, r"(?<![a-z])(?:less|fewer|shorter|lower|reduce|cut|minimi[sz]e|shorten) (?:the )?(?:\w+ )?(?:overtime|waiting|waits?|wait times?|waste|costs?|idle|changes|travel|stock-?outs?|delays)(?![a-z])"),
        (6.6, r"看重|重视|侧重|优先考虑|权重|宁可|宁愿|宁肯|比.{0,10}(?:重要|要紧|优先)|不在乎|没那么重要|不那么重要|不重要|更重要|最重要|多考虑|少考虑|放在?首位|第1位|为主|为先|第一位|优先保证|次要|放宽(?:点|些|一点)?(?!到)|没关系|无所谓|没事|可以忍|关注|在意|看轻|强调|偏向|少一点.{0,4}也行|多照顾|加大.{0,8}(?:力度|考虑)|压低|降低.{0,6}(?:要求|权重)"),
        (6.6, r"weigh(?:t|ting|s)?(?![a-z]{2,})|matters? (?:more|less|most)|more important|less important|most important|car(?:e|ing) (?:more|less|about|most)|rather .{0,24}(?:than|over)|prefer .{2,40} (?:over|to|rather than)|focus(?:sed)? (?:more |less )?on|emphasi[sz]e|prioriti[sz]e (?!<P)|put .{0,20}first(?! on)|(?:over|above|before) (?:everything|cost|overtime|utili|idle|all else)|at the (?:expense|cost) of|trade .{0,20}for|value .{0,20}(?:over|more)|less (?:weight|emphasis|concern)|don't (?:mind|care|worry)|tolerate|never mind the|even if (?:it|that) means|accept (?:more|some|a bit)|is (?:secondary|key|paramount)"),
    ),
    "reoptimise": (
        (6.5, r"算\s*\d+\s*(?:秒|分钟)|(?:最多|限时)算"),
        (6.4, r"重新(?:算|排|优化|求解|规划|跑|计算|安排一下|排程|生成)|再(?:算|跑|优化|排|求解)(?:一?遍|一?次|一?下)?(?!个)|重(?:排|算|跑|新来)|优化(?:一?下|一?遍|排程|方案)?|跑一?(?:遍|下)|求解|重做(?:排程|计划|方案|一?遍)|刷新(?:排程|方案)"),
        (6.4, r"re-?run|re-?solv|re-?optimi[sz]|optimi[sz]e|re-?calculat|re-?comput|re-?plan(?!n)|solve .{0,30}again|run .{0,34}(?:again|once more|optimi)|(?:plan|schedule) .{0,20}again|fresh (?:plan|solve)|new (?:solve|run|plan for)|recalc|improve the (?:plan|schedule)|solve (?:the )?(?:imaging|dialysis|theatre|radiotherapy|ambulance|pharmacy|bed)"),
    ),
    "resource_downtime": (
        (6.0, r"(?<![a-z])(?:lose|drop|without|minus) {R}|少(?:了|一台|开)?{R}"),
        (6.2, rf"{{R}}.{{0,40}}(?:{_DOWN_ZH})|(?:{_DOWN_ZH}|停).{{0,16}}{{R}}"),
        (6.2, rf"{{R}}.{{0,60}}(?:{_DOWN_EN})|(?:{_DOWN_EN}).{{0,44}}{{R}}"),
        (4.2, r"停机|停用|故障|维修|检修|维护|保养|校准|质控|早检|坏了|maintenance|out of (?:service|order)|broken|breakdown|offline|is down"),
    ),
}  # fmt: skip

_INFECTION = r"(?:乙肝|丙肝|艾滋|梅毒|流感|甲流|乙流|新冠|耐药|hbv|hcv|hiv|mrsa|hbsag|syphilis|influenza|covid|(?<![a-z])flu(?![a-z])|hep(?:atitis)?[\s-]?[bc](?![a-z]))"


@cache
def _table() -> Mapping[str, tuple[tuple[float, re.Pattern[str]], ...]]:
    """The patterns, compiled once."""
    return MappingProxyType(
        {name: tuple((weight, re.compile(_filled(pattern))) for weight, pattern in rows) for name, rows in _RAW.items()}
    )


def _filled(pattern: str) -> str:
    for letter in "RPSWFBLUDNT":
        pattern = pattern.replace("{" + letter + "}", rf"<{letter}\d+>")
    return pattern.replace("{I}", _INFECTION)


def scores(text: str) -> dict[str, float]:
    """How surely each intent's patterns point at it; only those that do."""
    found: dict[str, float] = {}
    for name, rows in _table().items():
        hits = [weight for weight, pattern in rows if pattern.search(text)]
        if hits:
            found[name] = max(hits)
    return found
