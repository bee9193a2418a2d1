from __future__ import annotations

from typing import Any

import pytest

from intake.cells import NoValue
from intake.codes import code_of, codes_of, words_of
from intake.fields import Field, FieldType, column
from intake.names import plain
from intake.quarantine import Refused
from intake.schema import AREA_TABLES, TABLES
from intake.values import reader_of
from tests.intake.sites import ZONE, at


def read(kind: str, name: str, cell: Any) -> Any:
    return reader_of(TABLES[kind].field(name), ZONE)(cell)


def refused(kind: str, name: str, cell: Any) -> str:
    with pytest.raises(Refused) as refusal:
        read(kind, name, cell)
    return refusal.value.text_id


@pytest.mark.parametrize(
    ("kind", "field", "words", "code"),
    [
        ("requests", "class", ["急诊", "Emergency", "ER", "ＥＤ", "急 诊"], "emergency"),
        ("requests", "class", ["住院", "inpatient", "IN-PATIENT"], "inpatient"),
        ("requests", "class", ["门诊", "outpatient", "clinic"], "outpatient"),
        ("requests", "class", ["体检", "check_up", "check-up", "Checkup"], "check_up"),
        ("scanners", "modality", ["MR", "mri", "核磁", "磁共振"], "MR"),
        ("scanners", "modality", ["PETCT", "PET/CT", "PET-CT", "pet ct"], "PETCT"),
        ("requests", "mobility", ["轮椅", "wheelchair", "Wheel chair"], "wheelchair"),
        ("requests", "mobility", ["平车", "bed", "stretcher"], "bed"),
        ("booked", "status", ["no_show", "爽约", "No-show", "未到"], "no_show"),
        ("closures", "kind", ["维护", "maintenance", "保养"], "maintenance"),
    ],
)
def test_codes_in_the_words_of_a_hospital(kind: str, field: str, words: list[str], code: str) -> None:
    """Whatever the ward's system calls an emergency, it is one."""
    assert [read(kind, field, word) for word in words] == [code] * len(words)


def test_an_unknown_class_is_never_guessed() -> None:
    """A class nobody knows is refused, with the known ones named in the reader's language."""
    assert refused("requests", "class", "VIP") == "code"
    assert refused("scanners", "modality", "XYZ") == "code"


def test_no_word_stands_for_two_codes() -> None:
    """Each word of a list means one thing."""
    for codes in ("class", "modality", "mobility", "closure", "status", "feature", "role", "tag"):
        for code in codes_of(codes):
            assert [
                (word, code_of(codes, word)) for word in words_of(codes)[code] if code_of(codes, word) != code
            ] == []


def test_yes_and_no() -> None:
    """是, yes, 1 and a ticked Excel cell are yes; maybe is refused."""
    assert [read("requests", "is_isolated", cell) for cell in ("是", "YES", "1", 1, True, "√")] == [True] * 6
    assert [read("requests", "is_isolated", cell) for cell in ("否", "no", "0", 0.0, False, "无")] == [False] * 6
    assert refused("requests", "is_isolated", "maybe") == "yes_no"


def test_weekdays() -> None:
    """周一, Mon and 1 are Monday; a run gives each day; 0 and 8 are refused."""
    assert [read("opening", "weekday", cell) for cell in ("周一", "Mon", "1", 1.0, "星期日", "7")] == [
        (0,),
        (0,),
        (0,),
        (0,),
        (6,),
        (6,),
    ]
    assert read("opening", "weekday", "周一至周五") == (0, 1, 2, 3, 4)
    assert read("opening", "weekday", "Mon-Wed; Sat") == (0, 1, 2, 5)
    for cell in ("0", "8", "Fri-Mon", "Mon,Mon", "-", "someday"):
        assert refused("opening", "weekday", cell) == "weekday"


def test_minutes() -> None:
    """15, 15.0, 15分钟 and full-width digits are minutes; an hour and a half is 90; half a minute is refused."""
    cells = ("15", 15, 15.0, "15分钟", "15 min", "１５")
    assert [read("examinations", "median_min", cell) for cell in cells] == [15] * 6
    assert read("examinations", "median_min", "1.5小时") == 90
    assert read("examinations", "median_min", "1小时20分") == 80
    for cell in ("-5", "0", "12.5", "15 s", "1:30", "1,000", "nan", "inf", "9999", True, float("nan"), "1e400"):
        assert refused("examinations", "median_min", cell) == "whole", cell


def test_other_numbers() -> None:
    """1.5 T is a field strength, 30 T a slip of the pen."""
    assert read("scanners", "field_strength_t", "1.5T") == 1.5
    assert read("gaps", "hours", "48小时") == 48.0
    assert refused("scanners", "field_strength_t", "30") == "number"
    assert refused("gaps", "hours", "30min") == "number"


def test_words_in_a_list() -> None:
    """Spaces, ; 、 and commas separate; known words are translated, words of two parts stay whole, others are kept."""
    assert read("scanners", "features", "镇静、large bore;gate") == ("sedation", "large_bore", "gate")
    assert read("scanners", "features", "large bore") == ("large_bore",)
    assert read("examinations", "staff", "增强护士 anaesthetist") == ("contrast_nurse", "anaesthetist")


def test_ids_stay_as_they_are() -> None:
    """Leading zeros, letter case and signs belong to an id."""
    assert read("requests", "id", " 0012a ") == "0012a"
    assert read("requests", "id", "'=1") == "=1"
    assert read("requests", "id", 17.0) == "17"


@pytest.mark.parametrize(
    ("cell", "text_id"),
    [
        ("x" * 101, "short_text"),
        ("1.23E+17", "all_digits"),
        (2.0**53, "all_digits"),
        ("a\x07b", "printable"),
        ("王\ufffd明", "printable"),
        ("#REF!", "no_error_value"),
        (NoValue("=A1"), "stored_value"),
        (at(2, 8), "text_not_date"),
    ],
)
def test_ids_that_are_none(cell: Any, text_id: str) -> None:
    """Lost digits, unreadable characters, spreadsheet errors and dates are no ids."""
    assert refused("requests", "id", cell) == text_id


def test_every_type_refuses_a_cell_without_value() -> None:
    """A formula without a result is refused in every column."""
    for table in TABLES.values():
        for field in table.fields:
            with pytest.raises(Refused):
                reader_of(field, ZONE)(NoValue("=1"))


def test_every_example_of_the_schema_can_be_read() -> None:
    """The examples in the templates are right."""
    fields: list[Field] = [
        field for tables in AREA_TABLES.values() for table in tables.values() for field in table.fields if field.example
    ]
    assert all(reader_of(field, ZONE)(field.example) is not None for field in fields)
    assert {field.type for field in fields} | {FieldType.WINDOWS, FieldType.IDS, FieldType.HOURS} == set(FieldType)


def test_plain_words() -> None:
    """Width, case and punctuation do not make another word."""
    assert plain("Ｐet-／ CT。") != plain("ct")
    assert plain("ＰET／CT") == plain("pet-ct") == "petct"


def test_several_ids_and_hours_of_the_day() -> None:
    """Ids are separated by blanks or commas of either language, each once; hours are spans of a day, and backwards ones are refused."""
    ids = reader_of(column("preferred", FieldType.IDS), ZONE)
    assert ids("L2, L1；L2") == ("L2", "L1")
    hours = reader_of(column("hours", FieldType.HOURS), ZONE)
    assert hours("08:00-11:30 13:00至15:05") == ((480, 690), (780, 905))
    for wrong in ("11:30-08:00", "08:00", "morning"):
        with pytest.raises(Refused):
            hours(wrong)
