"""The contract of columns as Markdown, for the documentation and the samples: made from the schema, never typed twice."""

from __future__ import annotations

from pathlib import Path

from hospital.texts import say
from intake.codes import LISTS, OPEN, words_of
from intake.fields import label, meaning
from intake.schema import tables_of

BEGIN, END = "<!-- columns: begin -->", "<!-- columns: end -->"
"""The part of a page between these lines is made by ``with_contract``."""

PAGES = {
    "docs/data.md": ("en", "imaging"),
    "docs/data.zh-CN.md": ("zh", "imaging"),
    "data_samples/imaging/README.md": ("en", "imaging"),
    "data_samples/radiotherapy/README.md": ("en", "radiotherapy"),
    "data_samples/dialysis/README.md": ("en", "dialysis"),
    "data_samples/pharmacy/README.md": ("en", "orders"),
}
"""Pages that hold a contract, with their language and area."""


def contract_markdown(language: str = "en", area: str = "imaging") -> str:
    """One table for each kind of file: the column, its Chinese heading, whether it is required, what it means."""
    parts = []
    for kind, table in tables_of(area).items():
        title = say(f"intake.table.{kind}", language)
        parts += [
            f"### {table.file_name}.csv: {title}",
            "",
            *_head(language, ("column", "heading", "required", "meaning")),
        ]
        for field in table.fields:
            required = say("intake.contract.yes", language) if field.is_required else ""
            text = _escaped(meaning(kind, field.name, language))
            parts.append(_row(f"`{field.name}`", label(kind, field.name, "zh"), required, text))
        parts.append("")
    return "\n".join([*parts, *_codes(language, area)])


def _codes(language: str, area: str) -> list[str]:
    """The lists of codes that the area's columns use, with every word understood for each."""
    used = {field.codes for table in tables_of(area).values() for field in table.fields}
    parts = [f"### {say('intake.contract.codes', language)}", "", *_head(language, ("list", "code", "words"))]
    for name in (name for name in LISTS if name in used):
        title = say(f"intake.contract.list_{name}", language)
        if name in OPEN:
            title += say("intake.contract.open", language)
        parts += [_row(title, f"`{code}`", _escaped(", ".join(words))) for code, words in words_of(name).items()]
    return parts


def _head(language: str, names: tuple[str, ...]) -> list[str]:
    heads = [say(f"intake.contract.{name}", language) for name in names]
    return [_row(*heads), _row(*("---" for _ in names))]


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*")


def with_contract(page: str, language: str, area: str = "imaging") -> str:
    """The page with its marked part made anew; a page without the marks is returned as it is."""
    if BEGIN not in page or END not in page:
        return page
    before, rest = page.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    return f"{before}{BEGIN}\n{contract_markdown(language, area)}\n{END}{after}"


def main() -> None:
    """Brings every page of the contract up to date: ``python -m intake.contract``."""
    root = Path(__file__).parents[1]
    for name, (language, area) in PAGES.items():
        path = root / name
        if path.is_file():
            path.write_text(with_contract(path.read_text(encoding="utf-8"), language, area), encoding="utf-8")


if __name__ == "__main__":
    main()
