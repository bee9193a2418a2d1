"""Peers run in a virtual environment of their own, made here under the user's cache folder: never a dependency.

python -m benchmarks.peers        makes the environment
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path

REQUIREMENTS = ("pyjobshop==0.0.9",)
PROGRAM = Path(__file__).with_name("peer_pyjobshop.py")
INSTALL_S = 600.0
GRACE_S = 120.0


class PeerRefused(Exception):
    """The peer could not be run; ``note`` is the id of the text that says why."""

    def __init__(self, note: str, text: str) -> None:
        super().__init__(text)
        self.note = note


def folder(name: str = "peers") -> Path:
    """Where an environment of peers is."""
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "caretable" / name


def python(name: str = "peers") -> Path:
    """The environment's own Python."""
    return folder(name) / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def install(name: str = "peers", requirements: tuple[str, ...] = REQUIREMENTS) -> None:
    """Make the environment where it is not there yet. Raises PeerRefused where the packages cannot be had."""
    done = folder(name) / "installed.txt"
    wanted = "\n".join(requirements)
    if done.is_file() and done.read_text(encoding="utf-8") == wanted:
        return
    try:
        venv.create(folder(name), with_pip=True, clear=True)
        command = [str(python(name)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements]
        subprocess.run(command, check=True, timeout=INSTALL_S, capture_output=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise PeerRefused("peer_not_installed", str(error)) from error
    done.write_text(wanted, encoding="utf-8")


def ask_peer(problem: Mapping[str, object], seconds: float) -> list[list[int] | None] | None:
    """Resource and start of each examination (None = left out) as the peer plans them in that time; None where it found no plan.

    Raises PeerRefused where the peer cannot be run.
    """
    install()
    try:
        done = subprocess.run(
            [str(python()), str(PROGRAM), str(seconds)],
            input=json.dumps(problem),
            capture_output=True,
            text=True,
            timeout=seconds + GRACE_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise PeerRefused("peer_failed", str(error)) from error
    places: list[list[int] | None] | None = json.loads(done.stdout.splitlines()[-1])
    return places


if __name__ == "__main__":
    install()
    print(python())
