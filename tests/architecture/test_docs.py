from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command

from cli.main import app
from hospital.texts import catalogue

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("*/*.md"), *ROOT.glob("*/*/README.md"))
    if not set(path.relative_to(ROOT).parts) & {".venv", "build", "var"}
)
SHOWN = ("dashboard", "imaging", "admin", "data", "operations", "rules", "facts", "planning", "units")
"""Whose texts a page shows; the others also speak of commands, files and settings."""


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def blocks(text: str) -> list[str]:
    """The commands' lines of all code blocks without a language, continued lines joined."""
    found = re.findall(r"^ *```\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    return [line.strip() for block in found for line in block.replace("\\\n", " ").splitlines()]


def anchors(text: str) -> set[str]:
    """What a link may name after its #: each heading in small letters, spaces as hyphens."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def glossary_words() -> list[str]:
    """The Latin words that Chinese pages may show."""
    table = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").split("## Latin words", 1)[1]
    return [row.split("|")[1].strip() for row in table.splitlines() if row.startswith("|")][2:]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    """Whoever follows a link in the documentation finds a page, a file or a picture, and the heading named."""
    text = page.read_text(encoding="utf-8")
    dead = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        place, _, heading = link.partition("#")
        target = page.parent / place if place else page
        if re.match(r"[a-z]+:", link):
            continue
        if not target.exists() or (heading and heading not in anchors(target.read_text(encoding="utf-8"))):
            dead.append(link)
    assert dead == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_exists(page: Path) -> None:
    """Whoever copies a command from the documentation finds that it is there, with its options."""
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    wrong = []
    for line in blocks(page.read_text(encoding="utf-8")):
        words = line.split("#")[0].split()
        while words and re.match(r"[A-Z_]+=", words[0]):
            words.pop(0)
        if not words:
            continue
        is_wrong = (
            (words[0] == "make" and len(words) > 1 and words[1] not in targets)
            or (words[0].startswith(("scripts/", "docs/", "deploy/")) and not (ROOT / words[0]).exists())
            or (words[0].split("/")[-1] == "caretable" and bool(words[1:]) and not is_command(line))
        )
        wrong += [line] if is_wrong else []
    assert wrong == []


def is_command(line: str) -> bool:
    """Whether the command line is one of ours and has these options."""
    words = shlex.split(line.split(" #")[0])
    words = words[next(at for at, word in enumerate(words) if word.split("/")[-1] == "caretable") + 1 :]
    command = get_command(app)
    while words and hasattr(command, "commands") and not words[0].startswith("-"):
        if words[0] not in command.commands:
            return False
        command = command.commands[words.pop(0)]
    options = {name for option in command.params for name in (*option.opts, *option.secondary_opts)} | {"--help"}
    return all(word.split("=")[0] in options for word in words if word.startswith("--"))


def test_the_glossary_has_each_thing_once() -> None:
    """One thing has one name: no word stands in the glossary twice."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").split("## Latin words", 1)[0]
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in text.splitlines() if row.startswith("| ")][2:]
    assert len(rows) > 40
    assert all(len(row) == 4 and all(row) for row in rows)
    for column in (0, 1):
        names = [row[column] for row in rows]
        assert sorted(names) == sorted(set(names))
    words = glossary_words()
    assert sorted(words) == sorted(set(words))


def test_chinese_pages_have_no_latin_word_but_the_glossary_s() -> None:
    """A Chinese planner meets no foreign word that the glossary does not explain."""
    known = set(glossary_words())
    foreign = [
        f"{key}: {word}"
        for key, text in catalogue("zh").items()
        if key.split(".")[0] in SHOWN
        for word in re.findall(r"[A-Za-z][A-Za-z0-9-]*", re.sub(r"\{[^}]*\}", "", text))
        if word not in known
    ]
    assert foreign == []
