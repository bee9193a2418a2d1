from __future__ import annotations

from pathlib import Path

import pytest

from hospital.texts import LANGUAGES
from intake.contract import BEGIN, PAGES, contract_markdown, with_contract
from intake.schema import AREA_TABLES

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("area", AREA_TABLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contract_names_every_column(language: str, area: str) -> None:
    """The page that describes an area's files leaves no column and no table out."""
    parts = contract_markdown(language, area).split("### ")[1:]
    assert len(parts) == len(AREA_TABLES[area]) + 1
    for part, table in zip(parts, AREA_TABLES[area].values(), strict=False):
        assert part.startswith(f"{table.file_name}.csv")
        assert [name for name in table.names if f"| `{name}` |" not in part] == []


@pytest.mark.parametrize("name", [name for name in PAGES if (ROOT / name).is_file()])
def test_the_pages_say_what_the_product_reads(name: str) -> None:
    """What the documentation says of the columns is what the door does (else: python -m intake.contract)."""
    page = (ROOT / name).read_text(encoding="utf-8")
    assert with_contract(page, *PAGES[name]) == page
    columns = {f"`{column}`" for table in AREA_TABLES[PAGES[name][1]].values() for column in table.names}
    assert sorted(column for column in columns if column not in page) == []


def test_the_documentation_has_both_languages() -> None:
    """The page about one's own data is there in English and Chinese, with the contract in it."""
    assert [
        name for name in PAGES if name.startswith("docs/") and BEGIN not in (ROOT / name).read_text(encoding="utf-8")
    ] == []


def test_a_page_without_marks_is_left_alone() -> None:
    """Nobody's page is written over."""
    assert with_contract("hello", "en") == "hello"
