from __future__ import annotations

import pytest

from hospital.sites import SiteSettings
from hospital.texts import LANGUAGES
from intake.schema import TABLES
from intake.templates import template_csv, template_xlsx
from intake.upload import guess_kind, read_table


def contents(kind: str, language: str) -> dict[str, bytes]:
    return {"t.csv": template_csv(kind, language), "t.xlsx": template_xlsx(language, [kind])}


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_untouched_template_gives_nothing(kind: str, language: str) -> None:
    """Uploading the empty template by mistake makes no request; its columns are all known and its rows told as skipped."""
    for name, content in contents(kind, language).items():
        batch = read_table(kind, name, content, settings=SiteSettings())
        assert (batch.rows, batch.refused, batch.missing) == ((), (), ())
        assert all(column.field for column in batch.columns)
        assert [(warned.text_id, warned.row) for warned in batch.warnings] == [("template_row", 2), ("template_row", 3)]
        assert guess_kind(name, content) == kind


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_of_a_template_is_right(kind: str, language: str) -> None:
    """Somebody who deletes the explanations and keeps the example has a row that is read."""
    lines = template_csv(kind, language).decode("utf-8-sig").splitlines()
    batch = read_table(kind, "t.csv", "\n".join([lines[0], lines[2]]).encode(), settings=SiteSettings())
    assert (len(batch.rows), batch.refused) == (1, ())


def test_a_filled_template_is_read() -> None:
    """Rows written under the example count; so does an example that was changed."""
    text = template_csv("requests", "zh").decode("utf-8-sig")
    assert "R0001" in text
    row = text.splitlines()[2]
    filled = text.replace("R0001", "A7") + row + "\n"
    batch = read_table("requests", "t.csv", filled.encode(), settings=SiteSettings())
    assert [request.id for request in batch.rows] == ["A7", "R0001"]


def test_templates_open_in_excel_and_speak_the_language() -> None:
    """The CSV has the mark Excel needs for Chinese, the headings are the hospital's words."""
    content = template_csv("requests", "zh")
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").startswith("申请编号,患者编号,检查项目编号,患者类别")
    assert template_csv("requests", "en").decode("utf-8-sig").startswith("id,patient,examination,class")
