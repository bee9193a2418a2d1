from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from cli.processes import LOG_LIMIT, Part, wait_until

OBEYS = "import time\ntime.sleep(60)"
IGNORES = (
    "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('deaf', flush=True)\ntime.sleep(60)"
)
HAS_CHILD = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
child.wait()
"""


def part(tmp_path: Path, code: str) -> Part:
    return Part("part", [sys.executable, "-c", code], log=tmp_path / "logs" / "part.log")


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/status")
    return not (status.exists() and "State:\tZ" in status.read_text(encoding="ascii", errors="replace"))


def test_a_part_ends_when_asked(tmp_path: Path) -> None:
    """Stopping the product ends its parts."""
    sleeper = part(tmp_path, OBEYS)
    sleeper.start()
    assert sleeper.is_running
    sleeper.stop()
    assert not sleeper.is_running


def test_a_deaf_part_ends_all_the_same(tmp_path: Path) -> None:
    """A part that hangs is ended after a moment's patience."""
    deaf = part(tmp_path, IGNORES)
    deaf.start()
    assert wait_until(lambda: "deaf" in deaf.last_lines(), seconds=20)
    deaf.stop(grace_s=0.3)
    assert not deaf.is_running
    assert deaf.exit_code == -9


def test_nothing_a_part_started_stays(tmp_path: Path) -> None:
    """What a part had started goes with it."""
    family = part(tmp_path, HAS_CHILD)
    family.start()
    assert wait_until(lambda: family.last_lines().strip().isdigit(), seconds=20)
    grandchild = int(family.last_lines())
    family.stop()
    assert wait_until(lambda: not is_alive(grandchild), seconds=5)


def test_the_end_of_a_part_is_in_its_log(tmp_path: Path) -> None:
    """Why a part ended can be read."""
    broken = part(tmp_path, "raise SystemExit('no scanner table')")
    broken.start()
    assert wait_until(lambda: not broken.is_running, seconds=20)
    assert broken.exit_code == 1
    assert broken.last_lines() == "no scanner table"


def test_a_full_log_begins_anew(tmp_path: Path) -> None:
    """Logs do not fill the disk: one former log is kept."""
    log = tmp_path / "logs" / "part.log"
    log.parent.mkdir()
    log.write_bytes(b"x" * (LOG_LIMIT + 1))
    writer = part(tmp_path, "print('new')")
    writer.start()
    assert wait_until(lambda: not writer.is_running, seconds=20)
    assert writer.last_lines() == "new"
    assert (tmp_path / "logs" / "part.old.log").stat().st_size == LOG_LIMIT + 1


def test_waiting_ends() -> None:
    """Waiting for what never comes gives up at its time."""
    begun = time.monotonic()
    assert not wait_until(lambda: False, seconds=0.2)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("answer", [True])
def test_waiting_sees_what_is_there(answer: bool) -> None:
    """Waiting for what is there already takes no time."""
    assert wait_until(lambda: answer, seconds=0)
