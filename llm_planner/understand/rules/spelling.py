"""Typing slips in the words that orders are made of: English words one letter off, Chinese words of the same sound."""

from __future__ import annotations

import re

from llm_planner.understand.rules.names import one_slip
from llm_planner.understand.rules.text import Text

_ZH = {
    "下周其": "下周起", "周其": "周起", "日其": "日起", "号其": "号起", "天其": "天起", "停几": "停机", "停鸡": "停机", "多流": "多留", "预流": "预留",
    "请价": "请假", "请嫁": "请假", "加斑": "加班", "家班": "加班", "按排": "安排", "维休": "维修", "检休": "检修", "挪倒": "挪到", "改倒": "改到",
    "调倒": "调到", "换倒": "换到", "推尺": "推迟", "延时到": "延迟到", "明田": "明天", "下无": "下午", "上无": "上午", "取销": "取消", "取肖": "取消",
    "所定": "锁定", "琐定": "锁定", "撤消": "撤销", "优现": "优先", "透吸": "透析", "透折": "透析", "手束": "手术", "核兹": "核磁", "核词": "核磁",
    "库从": "库存", "过起": "过期", "封逼": "封闭", "封必": "封闭", "固丁": "固定", "从新算": "重新算", "从新排": "重新排", "在算": "再算",
    "利用律": "利用率", "预算空制": "预算控制", "以经": "已经", "既刻": "即刻", "保样": "保养", "保扬": "保养", "故账": "故障", "故章": "故障", "互唤": "互换",
    "对掉": "对调", "那到": "挪到", "拿到周": "挪到周", "星期其": "星期起", "礼拜其": "礼拜起", "急珍": "急诊", "们诊": "门诊", "加极": "加急",
}  # fmt: skip
_EN = frozenset(
    "tomorrow yesterday today monday tuesday wednesday thursday friday saturday sunday morning afternoon evening tonight weekend january"
    " february march april august september october november december maintenance maintained available unavailable broken repair repaired"
    " service serviced overtime utilisation utilization schedule scheduled reschedule rescheduled cancel cancelled canceled cancelling"
    " postpone postponed move moved between before after until within urgent emergency routine priority patient patients inpatients"
    " outpatients theatre theatres dialysis radiotherapy imaging ambulance ambulances pharmacy ultrasound fractions sessions minutes hours"
    " duration longer shorter lengthen shorten reserve reserved release close closed closing opening hours nurse nurses technician"
    " technicians driver drivers anaesthetist surgeon surgeons physicist porter porters pharmacist exchange switch unlock locked waiting"
    " fairness preference prefer avoid never always machine machines station stations scanner scanners positive negative isolation supplier"
    " delivery delayed delay arrives forecast expected expect compare explain balance budget spending reoptimise optimise recalculate"
    " solve again expire expires expired bottles vials syringes ampoules weekly every holiday training course conference absent leave"
    " standby diversion divert bridge tunnel road closed flooded capacity average utilised idle response occupancy stockout waste cost"
    " morning's shift shifts slots slot extra additional another please should would could there their three these those which where while"
    " about other under order orders ordered first later early earlier taken takes things think right night light might since still"
    " start starts started state place placed plans planned point quite really small large great green house having human hours".split()
)
_TARGETS = frozenset(
    "tomorrow monday tuesday wednesday thursday friday saturday sunday morning afternoon evening tonight weekend maintenance available"
    " unavailable overtime utilisation schedule reschedule cancel cancelled postpone priority emergency urgent patient patients theatre dialysis"
    " radiotherapy imaging ambulance pharmacy ultrasound fractions minutes duration reserve technician technicians nurses drivers"
    " anaesthetist exchange positive negative isolation supplier delivery delayed forecast compare holiday training conference diversion"
    " standby capacity occupancy inpatients outpatients until between within every budget bottles closed".split()
)


def spelled(text: Text) -> Text:
    """The text with slips in order words mended; every other word stays as typed."""
    text = text.sub(re.compile("|".join(sorted(_ZH, key=len, reverse=True))), lambda match: _ZH[match[0]])
    return text.sub(re.compile(r"(?<![a-z<])[a-z]{5,}(?![a-z])"), lambda match: _mended(match[0]))


def _mended(word: str) -> str | None:
    if word in _EN or word.rstrip("s") in _EN:
        return None
    near = [target for target in _TARGETS if target[0] == word[0] and _is_near(word, target)]
    return near[0] if len(near) == 1 else None


def _is_near(word: str, target: str) -> bool:
    return one_slip(word, target) or (len(target) >= 8 and len(word) >= 7 and any(one_slip(word[:at] + word[at + 1 :], target) for at in range(1, len(word))))
