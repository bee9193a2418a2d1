"""Times are read by the hospital's conventions; what is not sure is no time."""

from __future__ import annotations

import pytest

from llm_planner.understand.rules.numerals import in_digits
from llm_planner.understand.rules.text import Text
from llm_planner.understand.times import find, moment_of, resolve
from tests.llm_planner.a_hospital import hospital

MOMENT = moment_of(hospital())
WINDOWS = (
    ("周三下午2点到5点", "start=2026-03-04T14:00 end=2026-03-04T17:00"),
    ("3月9日（下周一）至3月11日（周三）全天停机", "start=2026-03-09T00:00 end=2026-03-12T00:00"),
    ("下周三", "start=2026-03-11T00:00 end=2026-03-12T00:00"),
    ("本周五上午", "start=2026-03-06T08:00 end=2026-03-06T12:00"),
    ("明早8点", "start=2026-03-03T08:00"),
    ("明天下午三点半", "start=2026-03-03T15:30"),
    ("大后天", "start=2026-03-05T00:00 end=2026-03-06T00:00"),
    ("后天晚上7点到9点", "start=2026-03-04T19:00 end=2026-03-04T21:00"),
    ("周四起", "start=2026-03-05T00:00"),
    ("从3月10日开始", "start=2026-03-10T00:00"),
    ("3月10号前", "end=2026-03-10T00:00"),
    ("周五之前", "end=2026-03-06T00:00"),
    ("到周五为止", "end=2026-03-07T00:00"),
    ("停到16:00", "end=2026-03-02T16:00"),
    ("24小时内", "start=2026-03-02T08:00 end=2026-03-03T08:00"),
    ("未来三天", "start=2026-03-02T00:00 end=2026-03-05T00:00"),
    ("接下来两小时", "start=2026-03-02T08:00 end=2026-03-02T10:00"),
    ("每周三7:30到9:00", "days=WE from_time=07:30 to_time=09:00"),
    ("周一到周五", "start=2026-03-09T00:00 end=2026-03-14T00:00"),
    ("周一至周五每天8点到12点", "days=MO,TU,WE,TH,FR from_time=08:00 to_time=12:00"),
    ("工作日上午", "days=MO,TU,WE,TH,FR from_time=08:00 to_time=12:00"),
    ("每天晚上10点到次日6点", "from_time=22:00 to_time=06:00"),
    ("上礼拜", "start=2026-02-23T00:00 end=2026-03-02T00:00"),
    ("上周", "start=2026-02-23T00:00 end=2026-03-02T00:00"),
    ("本月", "start=2026-03-01T00:00 end=2026-04-01T00:00"),
    ("月底前", "end=2026-04-01T00:00"),
    ("下个月", "start=2026-04-01T00:00 end=2026-05-01T00:00"),
    ("三月", "start=2026-03-01T00:00 end=2026-04-01T00:00"),
    ("本季度", "start=2026-01-01T00:00 end=2026-04-01T00:00"),
    ("今晚", "start=2026-03-02T18:00 end=2026-03-02T22:00"),
    ("今晚8点半", "start=2026-03-02T20:30"),
    ("凌晨2点", "start=2026-03-03T02:00"),
    ("中午12点前", "end=2026-03-02T12:00"),
    ("周末", "start=2026-03-07T00:00 end=2026-03-09T00:00"),
    ("下周末", "start=2026-03-14T00:00 end=2026-03-16T00:00"),
    ("清明节", "start=2026-04-04T00:00 end=2026-04-07T00:00"),
    ("五一期间", "start=2026-05-01T00:00 end=2026-05-06T00:00"),
    ("3月9日9:00-3月10日18:00", "start=2026-03-09T09:00 end=2026-03-10T18:00"),
    ("9:30-11:00", "start=2026-03-02T09:30 end=2026-03-02T11:00"),
    ("now until 4pm", "start=2026-03-02T08:00 end=2026-03-02T16:00"),
    ("until 16:00", "end=2026-03-02T16:00"),
    ("till 3", "end=2026-03-02T15:00"),
    ("tonight 6-10", "start=2026-03-02T18:00 end=2026-03-02T22:00"),
    ("Wed pm", "start=2026-03-04T12:00 end=2026-03-04T18:00"),
    ("next Wednesday 2-5pm", "start=2026-03-11T14:00 end=2026-03-11T17:00"),
    ("from Monday", "start=2026-03-09T00:00"),
    ("from Monday to Friday", "days=MO,TU,WE,TH,FR"),
    ("by Friday", "end=2026-03-07T00:00"),
    ("before 10 March", "end=2026-03-10T00:00"),
    ("within 24 hours", "start=2026-03-02T08:00 end=2026-03-03T08:00"),
    ("on the 4th", "start=2026-03-04T00:00 end=2026-03-05T00:00"),
    ("tomorrow at 3pm", "start=2026-03-03T15:00"),
    ("tomorrow afternoon", "start=2026-03-03T12:00 end=2026-03-03T18:00"),
    ("every Wednesday from 7:30 to 9:00", "days=WE from_time=07:30 to_time=09:00"),
    ("weekdays 07:30-18:30", "days=MO,TU,WE,TH,FR from_time=07:30 to_time=18:30"),
    ("Wednesday night 22:00-05:00", "start=2026-03-04T22:00 end=2026-03-05T05:00"),
    ("this week", "start=2026-03-02T00:00 end=2026-03-09T00:00"),
    ("next week", "start=2026-03-09T00:00 end=2026-03-16T00:00"),
    ("the week after next", "start=2026-03-16T00:00 end=2026-03-23T00:00"),
    ("end of the month", "start=2026-03-01T00:00 end=2026-04-01T00:00"),
    ("by the end of the week", "end=2026-03-09T00:00"),
    ("in April", "start=2026-04-01T00:00 end=2026-05-01T00:00"),
    ("from 1pm", "start=2026-03-02T13:00"),
    ("after 3pm", "start=2026-03-02T15:00"),
    ("before noon", "end=2026-03-02T12:00"),
    ("not before 10", "start=2026-03-02T10:00"),
    ("MWF", "days=MO,WE,FR"),
    ("TTS afternoon", "days=TU,TH,SA from_time=12:00 to_time=18:00"),
    ("Tuesday and Thursday mornings", "days=TU,TH from_time=08:00 to_time=12:00"),
    ("March 12, 14:00 to 16:00", "start=2026-03-12T14:00 end=2026-03-12T16:00"),
    ("3/12", "start=2026-03-12T00:00 end=2026-03-13T00:00"),
    ("over the weekend", "start=2026-03-07T00:00 end=2026-03-09T00:00"),
    ("for the next 3 hours", "start=2026-03-02T08:00 end=2026-03-02T11:00"),
    ("next 2 weeks", "start=2026-03-02T00:00 end=2026-03-16T00:00"),
    ("4pm tomorrow", "start=2026-03-03T16:00"),
    ("from tomorrow 8am until Thursday noon", "start=2026-03-03T08:00 end=2026-03-05T12:00"),
    ("starting next Monday", "start=2026-03-09T00:00"),
    ("between 9 and 11 tomorrow", "start=2026-03-03T09:00 end=2026-03-03T11:00"),
    ("half past 2 on Thursday", "start=2026-03-05T14:30"),
    ("1530-1700 Friday", "start=2026-03-06T15:30 end=2026-03-06T17:00"),
    ("from 8 to 12 on Friday", "start=2026-03-06T08:00 end=2026-03-06T12:00"),
    ("3天内", "start=2026-03-02T08:00 end=2026-03-05T08:00"),
    ("一周内", "start=2026-03-02T08:00 end=2026-03-09T08:00"),
    ("下周起", "start=2026-03-09T00:00"),
    ("下周一到周三", "start=2026-03-09T00:00 end=2026-03-12T00:00"),
    ("周三、周四", "start=2026-03-04T00:00 end=2026-03-06T00:00"),
    ("明后两天", "start=2026-03-03T00:00 end=2026-03-05T00:00"),
    ("今明两天", "start=2026-03-02T00:00 end=2026-03-04T00:00"),
    ("从明天起三天", "start=2026-03-03T00:00 end=2026-03-06T00:00"),
    ("周四晚上到周五早上", "start=2026-03-05T18:00 end=2026-03-06T12:00"),
    ("2月28日", "start=2026-02-28T00:00 end=2026-03-01T00:00"),
    ("3月12", "start=2026-03-12T00:00 end=2026-03-13T00:00"),
    ("下午两点", "start=2026-03-02T14:00"),
    ("两点到四点", "start=2026-03-02T14:00 end=2026-03-02T16:00"),
    ("下周二下午", "start=2026-03-10T12:00 end=2026-03-10T18:00"),
    ("明天一整天", "start=2026-03-03T00:00 end=2026-03-04T00:00"),
    ("夜里", "start=2026-03-02T22:00 end=2026-03-03T06:00"),
    ("周六周日", "start=2026-03-07T00:00 end=2026-03-09T00:00"),
    ("下月5号", "start=2026-04-05T00:00 end=2026-04-06T00:00"),
    ("3天后", "start=2026-03-05T00:00 end=2026-03-06T00:00"),
    ("两周后", "start=2026-03-16T00:00 end=2026-03-17T00:00"),
    ("this afternoon", "start=2026-03-02T12:00 end=2026-03-02T18:00"),
    ("this evening from 7", "start=2026-03-02T19:00"),
    ("周三到周五", "start=2026-03-04T00:00 end=2026-03-07T00:00"),
    ("Mon-Fri next week", "start=2026-03-09T00:00 end=2026-03-14T00:00"),
    ("10pm to 6am tonight", "start=2026-03-02T22:00 end=2026-03-03T06:00"),
    ("22:00到次日6:00", "start=2026-03-02T22:00 end=2026-03-03T06:00"),
)


def _window(text: str) -> str:
    written = in_digits(Text.of(text)).value
    found = [resolve(said, MOMENT) for said in find(written, MOMENT)]
    said = found[0].model_dump(exclude_defaults=True, mode="json") if found and found[0] else {}
    return " ".join(
        f"{name}={value[:16] if isinstance(value, str) else ','.join(value)}" for name, value in said.items()
    )


@pytest.mark.parametrize(("text", "window"), WINDOWS)
def test_a_time_is_the_window_people_mean(text: str, window: str) -> None:
    """Next Wednesday is in the next calendar week, before Friday leaves Friday out, by Friday keeps it in."""
    assert _window(text) == window
