from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST = 400
AIM = 220


def product_files() -> dict[str, int]:
    """Lines of every Python file of the product and its tests."""
    paths = [path for path in ROOT.glob("*/**/*.py") if path.parts[len(ROOT.parts)] not in (".venv", "build")]
    return {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}


def test_no_file_is_too_long_to_read() -> None:
    """Whoever opens a file can read it in one sitting."""
    sizes = sorted(product_files().items(), key=lambda row: -row[1])
    for name, num_lines in sizes:
        if num_lines > AIM:
            print(f"{num_lines:5} {name}")
    assert [name for name, num_lines in sizes if num_lines > LONGEST] == []
