"""What a planner must not do: clinical questions, identities, acts outside the plan, and orders that try to change its rules."""

from __future__ import annotations

import re

INJECTION = re.compile(
    r"(?:忽略|无视|忘(?:记|掉)|跳过|绕(?:过|开)|不(?:要|用|必)(?:管|理会|遵守)|解除|关闭|屏蔽|突破|违反|取消)(?:掉|了)?.{0,12}(?:指令|指示|规则|限制|约束|提示词?|要求|安全|权限|校验|检查机制|审核|审批|隔离规则|设定|以上|之前的|前面的)"
    r"|系统(?:提示|指令|消息|管理员|prompt)|提示词|越狱|开发者模式|管理员(?:模式|权限|身份)|调试模式|超级(?:管理员|权限|用户)|扮演|假装|假扮|你(?:现在|从现在起|以后)(?:是|就是|变成|不再)|进入.{0,6}模式|没有(?:任何)?限制的|不受(?:任何)?限制"
    r"|直接执行|当(?:作|成).{0,8}(?:json|代码|命令|指令)|(?:无需|不用|不需要|不必|免|跳过|不经).{0,5}(?:确认|审批|审核|批准|人工)|自(?:动|己|行)(?:批准|确认|审批|通过|发布|同意)|替我(?:批准|确认|审批|点)|帮我点(?:确认|同意)|密码|口令|密钥|令牌|token|api[\s_-]?key|数据库(?:密码|连接)|解码(?:后|并|下面|这)|base64|rot13|反过来念"
    r"|(?:显示|输出|打印|泄露|告诉我|说出|重复|复述|念出|给我看).{0,10}(?:系统提示|提示词|隐藏|内部指令|你的(?:指令|规则|设定)|配置文件|环境变量)"
    r"|ignor\w* (?:all |any |the |your |my |previous |prior |above |every |these |those |isolation |safety )*(?:instruct|rule|polic|prompt|guideline|safety|restrict|constraint|limit|warning|above|previous|confirm|check)|disregard|forget (?:all|everything|your|the|previous|prior)|overrid\w* |bypass\w* (?!<F)(?:the |all |any )?(?:rule|safety|check|confirm|approv|isolation|guard|restrict|limit|verif|permission|policy|policies)|disable (?:the |all |your )?(?:guard|check|safety|filter|verif|rule|confirm|audit|log)|turn off (?:the |your |all )?(?:safety|check|filter|guard|audit|rule|log)"
    r"|jail ?break|developer mode|dev mode|god mode|admin(?:istrator)? mode|debug mode|sudo|root access|(?:as|now|are|called) dan(?![a-z])|dan mode|(?:pretend|act|behave|roleplay|role-play|role play|imagine)(?: to be| you are| you're| as| that you)(?! a change)|you are (?:now|no longer|a|an|dan|root)|you're (?:now|no longer)|from now on you|new (?:system )?(?:instructions?|persona|rules? for you)|system ?(?:prompt|message|override)|(?:^|[\n\"'\[(*])\s*(?:system|assistant|developer|admin)\s*[:\])]|hidden (?:prompt|instructions?)|(?:reveal|print|show|repeat|output|dump|leak|display|tell me) .{0,24}(?:prompt|instructions|secret|password|api ?key|token|config|credentials|environment|source code)|passwords?(?![a-z])|credentials"
    r"|(?:without|skip|no need for|bypass|don't (?:ask|wait) for|no) (?:any |the |my |a |further |human )?(?:confirm|approv|review|asking|permission)|auto-?(?:approve|confirm|publish|apply)|(?:approve|confirm|publish|apply) (?:it |this |that |them |everything |all )?(?:yourself|automatically|on your own|for me without|by yourself)|execute (?:the following|this|that|these)|run (?:this|the following) (?:json|code|command|sql|script)|(?:ai|llm|assistant|planner|bot|model|chatbot|agent)s?(?: planners?| models?| assistants?| agents?)? (?:must|should|shall|has to|have to|is ordered|will now|reading this)|note to (?:the )?(?:ai|llm|planner|assistant|model|bot)|as the (?:ai|system)|attention (?:ai|planner|assistant)|important instruction"
    r"|\{\s*\"?(?:intent|role|tool|action|cmd)|‹/?\s*(?:script|img|iframe|system|admin|svg|a\s)|!\[[^\]]*\]\(|\]\(https?:|javascript:|https?://|data:(?:text|image)|(?<![a-z])(?:drop table|delete from|select \* from|insert into|union select)|rm -rf|(?<![a-z])decode (?!how)|do what it says|照(?:着)?(?:里面|内容)?做|```|\$\(|\{\{|os\.system|eval\(|__import__|(?:ai|助手|调度助手|机器人|模型|系统)(?:们)?(?:必须|应当|应该|务必|请|立即|马上)(?!.{0,4}(?:重新|算|排))|致(?:ai|助手|系统)|给(?:ai|助手|模型|系统)的(?:指令|命令|话)"
)
_PERSONA = re.compile(
    r"扮演|假装|假扮|你(?:现在|从现在起|以后)|模式|忽略|无视|忘|ignor|disregard|forget|pretend|act as|you are|you're|mode|roleplay|role-play|role play|jail|dan(?![a-z])|decode|解码|base64|execute|执行|json|system|系统|override|sudo|http|script|```"
)
_QUOTED = re.compile(r"\"[^\"]*\"|'(?=[^']{6,}')[^']*'|‹!--.*?--›|\[[^\]]*\]|\{.*\}")
_ENCODED = re.compile(
    r"(?<![a-z0-9+/<])(?:[a-z0-9+/]{24,}={0,2}|(?:[0-9a-f]{2}[\s]){8,}|(?:\\u[0-9a-f]{4}){3,}|(?:%[0-9a-f]{2}){5,}|(?:&#x?[0-9a-f]+;){4,})"
)
_SPACED = re.compile(r"(?<![a-z])(?:[a-z][\s.\-_*]){5,}[a-z](?![a-z])")

CLINICAL = re.compile(
    r"剂量(?!验证|率)|用量(?:多少|给多少).{0,4}(?:合适|mg)|(?:吃|服|用|打|输|开|停|换|加)(?:什么|哪种|哪个|多少|几片|几粒|几支)?(?:的)?(?:药(?!房|库|品采购|剂|师)|抗生素|抗凝|激素|阿司匹林|华法林|胰岛素(?=.{0,4}(?:多少|几)(?:单位|个单位)))|能不能(?:吃|用|打|做增强|怀孕|喝|停药)|可不可以(?:吃|用|打|停药|喝)|该(?:吃|用|打|不该(?:手术|做|停)|做什么检查|做哪种)|诊断|病情|病因|预后|治愈|存活|生存|活多久|副作用|不良反应|禁忌|适应症|透析液.{0,6}(?:浓度|钾|钙|钠)|肌酐|血钾|血红蛋白|化验(?:值|结果)|血糖|适不适合(?:手术|做|放疗|透析)|适合(?:手术|做手术|化疗|放疗)吗|需不需要(?:手术|化疗|抗凝|插管|输血|住icu|透析)|要不要(?:手术|化疗|抗凝|插管|输血|停药|做(?:增强|活检|穿刺))|是不是(?:癌|肿瘤|感染|梗|卒中|骨折)|良性|恶性|什么病|转移了吗|几级(?:分诊)?$|分诊(?:级别|等级|为|成|到)?|谁(?:更|最)?(?:重|急|危险|严重|该先(?:救|看))|哪个(?:病人)?(?:更)?(?:重|危险|严重)|严不严重|多少(?:gy|戈瑞|毫克|mg|单位)|(?<![a-z])(?:gy|戈瑞)(?![a-z])|超滤量|脱水量|干体重(?:多少|应|定)|报告(?:怎么看|说明|结果(?:说明|意味))|片子(?:上|有没有|怎么)|化疗方案|治疗方案|怎么治|如何治疗|哪种(?:手术|治疗|麻醉)(?:方式)?(?:更|好|合适)|(?:全麻|局麻|腰麻).{0,8}(?:好|还是|合适)|血压.{0,8}(?:怎么|多少|降)|发烧.{0,8}(?:怎么|吃)"
    r"|(?:what|which|how (?:much|many)|right|correct|adjust|increase|reduce|raise|lower|change|maximum|safe|recommended|usual|starting|total).{0,24}(?<![a-z])(?:dose|dosage|dosing|milligrams?)(?![a-z])|(?<![a-z])(?:dose|dosage)(?![a-z]).{0,30}(?:should|for <P|does|is right|be)|diagnos|prescri(?!ption queue)|contra-?indicat|prognosis|side effects?|adverse|symptom|malignan|benign|metasta|biopsy result|(?:should|can|may|could|must|does|is) (?:<P\d+>|he|she|they|the patient|we|i|this patient|it).{0,40}(?:take|stop taking|receive|eat|drink|be given|get (?:antibiotic|chemo|blood|heparin|contrast)|safe|safely|medication|antibiotic|chemo|anticoag|aspirin|warfarin|transfus|intubat|fit for|(?:get|have|be given|be on|start|stop|receive) (?:a |any |more |the )?(?:steroid|painkill|analges|oxygen|fluid|medic|drug|sedat|vaccin|insulin|iron|antiviral)|have (?:surgery|an operation|contrast)|need(?:s|ing)? (?:surgery|an operation|icu|antibiotic|chemo|dialysis or)|die|survive|cancer|infected|stroke)|(?:give|start|stop|switch) (?:<P\d+>|him|her|the patient).{0,20}(?:on )?(?:<D|antibiotic|aspirin|warfarin|insulin|chemo|steroid|medication|drug|painkill|morphine)|which (?:drug(?!s? (?:run|are|is|will|expire|need|to|do|have|go|arriv))|antibiotic|medicine|treatment|chemo|operation|anaesthetic|contrast)|what (?:drug(?!s)|antibiotic|medicine|treatment|is wrong)|(?:who|which(?: patient| one| of)?).{0,30}(?:sicker|sickest|more (?:ill|severe|serious|critical)|most (?:ill|severe|serious|critical)|worse off|in more danger|needs? (?:it|care|treatment) more)|triage|treatment (?:plan|option|choice)|better treat|(?:is|are) .{0,30}(?:getting worse|dying|stable enough|well enough|fit (?:for|enough)|too sick|serious)|how (?:sick|ill|serious|bad) is|medical(?:ly)? (?:advice|necessary|urgent)|interpret .{0,20}(?:scan|image|result|report|ct|mri?)|what does .{0,20}(?:scan|image|report|ct|mri?|x-?ray) (?:show|mean)|(?<![a-z])gy(?![a-z])|\d+ ?mg(?![a-z])|blood pressure|ultrafiltration|dry weight|inr(?![a-z])|creatinine|potassium"
)
_OPERATIONAL = re.compile(
    r"库存|订|采购|现有|到货|过期|stock|order|deliver|expire|on hand|shortage|盒|vials|诊断(?:科|中心)|分诊台|停诊"
)
PRIVACY = re.compile(
    r"真名|真实姓名|真实身份|叫什么|(?:病人|患者|他|她|<P\d+>)(?:的)?(?:名字|姓名|全名|大名)|名字是|身份证|电话(?!会议)|手机号?|住址|地址|家住|联系方式|病历(?!号段)|家属(?:是|电话|信息|的)|生日|出生日期|是谁|什么人|工作单位|医保(?:卡)?号|住(?:在)?(?:哪(?!个?(?:病房|病区|科|床))|什么)|(?:哪|那)个明星|微信号"
    r"|real name|full name|actual name|(?<![a-z])names? (?:of|behind|for) |(?:<P\d+>|patient|his|her|their)(?:'s)? (?:real |full )?(?:name|identity|address|phone|mobile|number|birthday|date of birth|records?|chart|medical history|relatives?|family|id (?:card|number)|insurance|employer|contact)|who (?:is|are|was) (?:<P\d+>|the patient|patient|that patient|this patient)(?! (?:with|seeing|assigned))|home address|phone number|date of birth|contact details|medical records?|identif(?:y|ies) (?:<P|the patient|patient)|identity of|where does .{0,24}live|de-?anonymi|personal (?:data|details|information)|de-?identif|whose real"
)
EXECUTION = re.compile(
    r"发(?:个|条|一?封|送)?(?:短信|微信|邮件|消息|通知|钉钉|公告|传真|信息)|(?:短信|微信|邮件|电话)(?:通知|告知|联系)|打(?:个|一?通)?电话|致电|联系(?:家属|患者|病人|供应商|厂家|厂商|<[PSU]\d+>)|通知(?:一下)?(?:家属|患者|病人|<[PSWU]\d+>|所有|大家|全科|各科|厂家|供应商|司机|科室)|(?:付|支付|转)(?:款|账|钱)|打款|汇款|报销|打印|导出|发布(?:一下|到|出去|排班|排程|方案|计划|吧|它|$)|(?:直接|马上|立即|现在|帮我)发布|下载|上传|群发|推送|叫(?:个|辆)?(?:车|出租|外卖)|订(?:餐|机票|酒店|外卖)|删(?:除|掉)?(?:数据库|所有数据|日志|审计|账号)|登录|关机(?:重启)?电脑|签(?:字|名)|盖章|开处方|开(?:张|个)?(?:证明|发票|医嘱)|直接(?:给)?(?:<U\d+>|供应商|厂家)?(?:下单付款|付款|购买)"
    r"|(?:send|write|shoot|drop) .{0,30}(?:e-?mail|text|sms|message|letter|notification|fax|invite|wechat|reminder)|(?<![a-z])(?:e-?mail|sms|whatsapp|wechat|phone|ring|telephone|notify|page|fax)(?![a-z]) (?!number|system|call volume)|(?<![a-z])text (?:<P|him|her|them|the|everyone|all|<S|patients|relatives)|(?<![a-z])call (?:<P|<S|him|her|them|the (?:patient|family|supplier|police|ward|relatives|engineer|vendor|manufacturer)|patients?|<U|everyone|an engineer|a taxi)|(?<![a-z])(?:pay|wire|transfer \d+|reimburse|invoice)(?![a-z]).{0,30}(?:<U|supplier|yuan|cny|bill|invoice|them|now)?|print (?:the|this|out|me|a|it|\d)|export (?:the|this|it|all|to|as|a)|publish (?:the|it|this|that|plan|now|<N|everything)|upload|download|book (?:me )?a (?:taxi|flight|hotel|table|restaurant)|tell (?:the )?(?:patients?|family|families|relatives|<P\d+>|<S\d+>|supplier|<U\d+>|everyone|staff)(?! apart)|inform (?:the )?(?:patients?|family|families|relatives|<P\d+>|<S\d+>|supplier|<U\d+>|everyone)|post (?:it|this|the .{0,16}) (?:on|to)|delete (?:the )?(?:database|all data|audit|logs?)|log ?in|sign (?:off|the|it) (?:for|as)|order (?:a |me )?(?:pizza|lunch|coffee|food)|share (?:the|this|it) (?:with|by|via)|forward (?:this|it|the)"
)
CHITCHAT = re.compile(
    r"^\W*(?:你好|您好|嗨|哈喽|hi|hello|hey|早(?:上好|安)?|下午好|晚上好|good (?:morning|afternoon|evening|day)|谢谢(?:你|您|啦|了)?|多谢|辛苦(?:了|啦)?|再见|拜拜|bye|thanks?(?: you)?(?: (?:so|very) much)?|thank you|cheers|在吗|在不在|哈+|呵+|ok thanks|how are you|who are you|你是谁|你叫什么(?:名字)?|what are you|what can you do|你(?:能|会)(?:做|干)(?:什么|啥)|吃了吗|晚安)(?:[,!?.~\s]*(?:小助手|助手|there|all|everyone|大家|啊|呀|吗|today|team|bot|早上好|谢谢|辛苦了|help|again|a lot|very much))*\W*$"
    r"|讲(?:个|一个)笑话|笑话|天气(?!原因)|weather|(?:tell|know) .{0,12}joke|唱(?:首|个)?歌|写(?:首|一首)?诗|poem|股票|彩票|足球|世界杯|电影|推荐.{0,6}(?:餐厅|饭店|电影|书)|favou?rite|meaning of life|中午吃(?:什么|啥)|食堂|心情|聊(?:聊|天)|你(?:真|好|太)(?:棒|厉害|笨|可爱)|are you (?:human|a robot|real|an ai)|how's it going|what's up|happy (?:birthday|new year)|新年(?:好|快乐)|生日快乐|nice (?:day|work|job)|well done"
)


def legitimate(text: str) -> tuple[str, bool]:
    """The part of a text that is the person's own request (the rest blanked), and whether that rest tries to change the planner's rules.

    Quotations and data that hold such an order go; outside of them an order in a new role takes all that follows with it, any other
    the rest of its sentence.
    """
    left = _QUOTED.sub(lambda match: " " * len(match[0]) if _is_order(match[0]) else match[0], text)
    if _SPACED.search(left) and INJECTION.search(re.sub(r"(?<=[a-z])[\s.\-_*](?=[a-z](?![a-z]))", "", left)):
        return " " * len(text), True
    if code := _ENCODED.search(left):
        left = left[: code.start()] + " " * (len(left) - code.start())
    while found := INJECTION.search(left):
        first, last = _tainted(left, found)
        left = left[:first] + " " * (last - first) + left[last:]
    return left, left != text


def _is_order(quoted: str) -> bool:
    return bool(INJECTION.search(quoted) or _SPACED.search(quoted) or _ENCODED.search(quoted))


def _tainted(text: str, found: re.Match[str]) -> tuple[int, int]:
    """From where to where an order reaches."""
    sentence = max(text.rfind(mark, 0, found.start()) for mark in ".;!?\n") + 1
    clause = max(sentence, text.rfind(",", 0, found.start()) + 1)
    is_reported = bool(_REPORT.search(text[sentence : found.start()]))
    if _PERSONA.search(found[0]) and not is_reported:
        return clause, len(text)
    ends = [place for mark in ".;!?\n" if (place := text.find(mark, found.end())) >= 0]
    return min(sentence if is_reported else clause, found.start()), max(found.end(), min(ends, default=len(text)))


_REPORT = re.compile(
    r"备注|写(?:着|了|道)|邮件|短信(?:里|说)|留言|附注|纸条|表格|单元格|导入|病历里|说明里|消息(?:里|说)|note(?:s)?(?![a-z])|e-?mail|says?(?![a-z])|comment|cell|message|remark|file|spreadsheet|letter|imported|row"
)


def category(text: str) -> str | None:
    """What makes a clause none of the planner's business; None where nothing does."""
    if CLINICAL.search(text) and not _OPERATIONAL.search(text):
        return "clinical_advice"
    if PRIVACY.search(text):
        return "privacy"
    if EXECUTION.search(text):
        return "execution"
    return "chitchat" if CHITCHAT.search(text) else None


CATEGORIES = ("clinical_advice", "privacy", "execution", "injection", "unsupported", "chitchat")
"""What a request can be that the planner does not do."""
STRONG = re.compile(
    r"剂量(?!验证)|(?<![a-z])(?:gy|dose|dosage)(?![a-z])|戈瑞|诊断(?!科|中心)|diagnos|prescri|triage|分诊(?!台)|用什么药|which drug"
)
