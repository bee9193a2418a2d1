from __future__ import annotations

import codecs

import pytest

from hospital.errors import BadInput
from hospital.sites import SiteSettings
from intake.charset import decode
from intake.upload import read_table

SURNAMES = (
    "丁万上于仇仉介仝从仲任伊伍伏但佘余佟佴侍侯俎俞信候倪傅储充党全公六冀冉农冯冼况冷凌凤刁别刘利刚包匡区华卓单南卜"
)
RARE = (
    "㐂㛃㤙㴋䒟䗲䢺䶮仛仡伋佖佶俍俣俶偲僖儇儷冑凊刘劭勍勖勰卬厍叒叕呙咺哿唛"
    "喆嘏嘚嚞囝圳坭垚埈埕埇堃塬墉夔奡妤姁姮姈娍婳媖媄嫄嬛孖孛宓寔尕屾岍峣崟嵇"
)
ASTRAL = (
    "𠅤𠮷𡋗𢌿𣗊𣲗𤧛𤩁𥔲𦈡𦭜𧒽𨐈𨱇𨺙𩽾𪟝𪣻𪤗𪨶𪩘𫄧𫇭𫍯𫐄𫓧𫖮𫗴𫘜"
    "𫟹𫭟𫮃𬀩𬀪𬂩𬇕𬌗𬍛𬎆𬒈𬘓𬘭𬙂𬜬𬟽𬣙𬤝𬨂𬭎𬭩𬮿𬯀𬱖𬴊𬶋𬸚𬸣𬺈"
)
NAMES = [SURNAMES[i % len(SURNAMES)] + given for i, given in enumerate(RARE + ASTRAL)]
NAMES += [a + b for a, b in zip(RARE, ASTRAL + RARE, strict=False)]
TABLE = "申请编号,患者编号,检查项目,类别,病区,申请时间,最早时间\n" + "".join(
    f"R{i},P{i},CT,门诊,{name},2026-03-01 16:20,2026-03-02 08:00\n" for i, name in enumerate(NAMES)
)
BYTES = {
    "utf-8": TABLE.encode(),
    "utf-8 with BOM": codecs.BOM_UTF8 + TABLE.encode(),
    "gb18030": TABLE.encode("gb18030"),
    "utf-16": codecs.BOM_UTF16_LE + TABLE.encode("utf-16-le"),
    "utf-16 big": codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"),
}


def test_there_are_two_hundred_rare_names() -> None:
    """The names tried are many, each different, and beyond the everyday characters."""
    assert len(set(NAMES)) >= 200


@pytest.mark.parametrize("how", BYTES)
def test_every_encoding_gives_the_same_wards(how: str) -> None:
    """A file saved by Excel, WPS, Notepad or an old HIS gives the same names, to the last rare character."""
    batch = read_table("requests", "申请.csv", BYTES[how], settings=SiteSettings())
    assert batch.refused == ()
    assert [request.ward for request in batch.rows] == NAMES


def test_bytes_that_are_no_text_are_refused_with_their_place() -> None:
    """A file in an unknown encoding is refused, and the first wrong byte is named."""
    with pytest.raises(BadInput) as refusal:
        decode(b"id,patient\nR1,\xff\xfe\xff", "a.csv")
    assert refusal.value.values["offset"] == 14
    assert refusal.value.values["found"] == "FF FE"
    assert "14" in refusal.value.sentence("zh")


def test_a_marked_file_is_held_to_its_mark() -> None:
    """A file that says UTF-8 and is not is refused, not tried otherwise."""
    with pytest.raises(BadInput) as refusal:
        decode(codecs.BOM_UTF8 + "患者".encode("gb18030"), "a.csv")
    assert refusal.value.values["offset"] == 3


def test_a_binary_file_is_refused() -> None:
    """A picture renamed to .csv is not read as text."""
    with pytest.raises(BadInput, match="NUL byte stands at 9"):
        decode(b"id,name\nR\0,x", "a.csv")


def test_latin_text_taken_for_chinese_is_told() -> None:
    """A German file in Latin-1 must not turn into Chinese characters unnoticed."""
    latin = decode("Straße,Müller,Jäger,Größe,Köln,Übung".encode("latin-1"), "a.csv")
    assert latin.encoding == "gb18030"
    assert latin.is_unsure
    chinese = decode("患者,王小明,放射科,增强".encode("gb18030"), "a.csv")
    assert not chinese.is_unsure


def test_a_damaged_utf8_file_is_not_read_as_something_else() -> None:
    """One wrong byte late in a UTF-8 file, or a cut in the middle of a character, is refused there: no names turn into others."""
    content = TABLE.encode()
    for damaged, offset in (
        (content[:-200] + b"\xff" + content[-200:], len(content) - 200),
        (content + "明".encode()[:2], len(content)),
    ):
        with pytest.raises(BadInput) as refusal:
            decode(damaged, "a.csv")
        assert abs(refusal.value.values["offset"] - offset) <= 2
        assert refusal.value.values["encoding"] == "utf-8"
