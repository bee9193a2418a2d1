from __future__ import annotations

from itertools import combinations

import pytest

from hospital.errors import BadInput
from hospital.texts import LANGUAGES
from intake.fields import label, meaning
from intake.header import Fit, kind_of_name, mapping_of, match_columns, missing_fields
from intake.names import header_name
from intake.schema import TABLES


def fields_of(header: list[str], kind: str = "requests") -> list[str]:
    return [column.field for column in match_columns(header, kind)]


def test_headings_are_compared_as_people_read_them() -> None:
    """Width, case, spaces and remarks in brackets do not matter."""
    assert fields_of(["Ｒequest ID", "PATIENT_ID", "检查 项目", "患者类别（必填）", "最早时间：", "hobby"]) == [
        "id",
        "patient",
        "examination",
        "class",
        "earliest",
        "",
    ]


def test_a_column_in_another_unit_is_not_taken() -> None:
    """Minutes in a column headed hours would be sixty times too long: it stays unread."""
    assert fields_of(["检查时长（分钟）", "检查时长(min)"]) == ["", ""]
    assert fields_of(["检查时长（分钟）"]) == ["minutes"]
    assert fields_of(["检查时长（小时）"]) == [""]


def test_the_own_name_comes_before_an_alias() -> None:
    """With both "id" and 编号 in the file, "id" is the request's id."""
    columns = match_columns(["编号", "id"], "requests")
    assert [column.field for column in columns] == ["", "id"]


def test_two_columns_that_fit_alike_are_left_to_a_person() -> None:
    """Two columns 病区 and 科室 could both be the ward: neither is taken by itself."""
    assert fields_of(["病区", "科室"]) == ["ward", ""]
    assert fields_of(["科室", "department"]) == ["", ""]


def test_a_longer_heading_is_taken_when_it_is_unmistakable() -> None:
    """放射科申请单号 can only be the request's id, and is shown as a guess."""
    columns = match_columns(["放射科申请单号", "HIS patient_id no"], "requests")
    assert [(column.field, column.fit) for column in columns] == [("id", Fit.SIMILAR), ("patient", Fit.SIMILAR)]


def test_a_person_has_the_last_word() -> None:
    """What was chosen is taken, also that a column is not read; the rest is matched by name."""
    chosen = {"foo": "patient", "病区": ""}
    columns = match_columns(["id", "foo", "病区", "患者编号"], "requests", chosen)
    assert mapping_of(columns) == {"id": "id", "foo": "patient", "病区": "", "患者编号": ""}
    assert columns[1].fit is Fit.CHOSEN


def test_a_wrong_choice_is_refused() -> None:
    """A field that does not exist, or one field for two columns, is said to be wrong."""
    with pytest.raises(BadInput, match="no column nonsense"):
        match_columns(["id"], "requests", {"id": "nonsense"})
    with pytest.raises(BadInput, match="Two columns were chosen for id"):
        match_columns(["a", "b"], "requests", {"a": "id", "b": "id"})


def test_missing_required_columns_are_named() -> None:
    """What must be there is told before a row is read."""
    columns = match_columns(["申请编号", "患者编号", "检查项目", "类别"], "requests")
    assert missing_fields(columns, "requests") == ("requested", "earliest")


@pytest.mark.parametrize("kind", TABLES)
def test_every_name_of_a_column_means_one_column(kind: str) -> None:
    """No heading could stand for two columns of one table."""
    names = {
        field.name: {header_name(word)[0] for word in (field.name, label(kind, field.name, "zh"), *field.aliases)}
        for field in TABLES[kind].fields
    }
    clashes = {
        (one, other): names[one] & names[other] for one, other in combinations(names, 2) if names[one] & names[other]
    }
    assert clashes == {}


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_its_heading_and_meaning(kind: str, language: str) -> None:
    """Each column says in both languages what belongs into it, and is found by its own heading."""
    header = [label(kind, name, language) for name in TABLES[kind].names]
    assert fields_of(header, kind) == list(TABLES[kind].names)
    assert all(meaning(kind, name, language) for name in TABLES[kind].names)


def test_files_and_sheets_are_known_by_name() -> None:
    """设备停机.csv and Downtime are the same table; anything else is nobody's."""
    assert [kind_of_name(name) for name in ("设备停机", "Downtime", "requests", "Sheet1")] == [
        "closures",
        "closures",
        "requests",
        None,
    ]
    words = [(kind, word) for kind, table in TABLES.items() for word in (kind, *table.aliases)]
    assert [(kind, word) for kind, word in words if kind_of_name(word) != kind] == []
