from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
THIS = Path(__file__).name
TEXT = {".py", ".md", ".toml", ".sh", ".js", ".css", ".yml", ".yaml", ".service", ".html", ""}
VAGUE_NAMES = re.compile(r"^\s*(?:class|def) \w*(?:Manager|Helper|Utils)\w*", re.MULTILINE)
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|raise NotImplementedError)\b")
FOREIGN = re.compile(
    r"/work/|/opt/pypi|pythonhosted|\bpypi\.org\b|\b(?:Claude|Anthropic|ChatGPT|Copilot)\b", re.IGNORECASE
)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:  # an unpacked archive: everything but what is made here
        made = {".venv", "var", "build", ".git", "node_modules"}
        return [path for path in ROOT.rglob("*") if path.is_file() and not made & set(path.relative_to(ROOT).parts)]
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def found(pattern: re.Pattern[str]) -> list[str]:
    hits = []
    for path in tracked():
        if path.suffix not in TEXT or path.name == THIS or path.name == "LICENSE" or "vendor" in path.parts:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        hits += [f"{path.relative_to(ROOT)}: {match.group().strip()}" for match in pattern.finditer(text)]
    return hits


def test_things_have_hospital_names() -> None:
    """A class is named for what it is in the hospital, not for being of use."""
    assert found(VAGUE_NAMES) == []


def test_nothing_is_left_for_later() -> None:
    """What is in the product is finished."""
    assert found(UNFINISHED) == []


def test_only_the_product_is_spoken_of() -> None:
    """Nothing here points at somebody's workplace or package host."""
    assert found(FOREIGN) == []


def test_locks_name_no_host() -> None:
    """The locked requirements can be installed from any mirror: they have hashes and no address."""
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert text.count("==") <= text.count("--hash=sha256:")
