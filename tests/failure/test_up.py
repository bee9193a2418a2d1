"""`caretable up` from the first start to the last process gone."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.broker import EmbeddedBroker
from cli.processes import wait_until

pytestmark = [
    pytest.mark.broker,
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="counts processes by /proc"),
]
UP = "from planning.settings import read_settings; from cli.up import up; up(read_settings())"


class Running:
    """A started product and what it prints."""

    def __init__(self, home: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.home = home
        self.output = home.parent / "output.txt"
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("CARETABLE_")},
            "CARETABLE_HOME": str(home),
            "CARETABLE_PORT": str(self.port),
            "CARETABLE_SOLVE_SECONDS": "2",
            "LC_ALL": "C.UTF-8",
            "END_WITH_PARENT": "",
        }
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", UP], env=environment, stdout=output, stderr=output, start_new_session=True
            )

    def text(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def wait_until_ready(self) -> None:
        assert wait_until(lambda: "is ready" in self.text() or self.process.poll() is not None, seconds=120)
        assert self.process.poll() is None, self.text()

    def processes(self) -> list[int]:
        """Every process that has this home in its environment."""
        mark = f"CARETABLE_HOME={self.home}".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes():
                    found.append(int(folder.name))
            except OSError:
                continue
        return found

    def end(self) -> None:
        for pid in [self.process.pid, *self.processes()]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()
        EmbeddedBroker(self.home).stop()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for the tests in order: the second start finds what the first one made."""
    return tmp_path_factory.mktemp("up") / "var"


@pytest.fixture
def running(home: Path) -> Iterator[Running]:
    running = Running(home)
    yield running
    running.end()


def is_all_gone(running: Running) -> bool:
    return not running.processes() and not EmbeddedBroker(running.home).answers()


def kill_the_worker(running: Running) -> None:
    worker = next(pid for pid in running.processes() if b"workers" in Path(f"/proc/{pid}/cmdline").read_bytes())
    os.kill(worker, signal.SIGKILL)


def test_the_first_start_and_its_end(running: Running) -> None:
    """The first start tells the address and new passwords, a part that dies comes back, and Ctrl-C leaves no process."""
    running.wait_until_ready()
    assert f"http://127.0.0.1:{running.port}" in running.text()
    accounts = re.findall(r"^  (\S+) +(\S{8,})  +\S", running.text(), re.MULTILINE)
    assert len(accounts) >= 3
    assert len({password for _, password in accounts}) == len(accounts)

    kill_the_worker(running)
    assert wait_until(lambda: "worker ended (signal 9)" in running.text(), seconds=20), running.text()

    os.kill(running.process.pid, signal.SIGINT)
    assert running.process.wait(60) == 0
    assert "Nothing is lost" in running.text()
    assert wait_until(lambda: is_all_gone(running), seconds=10)


def test_a_later_start_and_a_hard_end(running: Running) -> None:
    """A later start loads nothing anew, a second one beside it is told of the first, and a kill leaves no process either."""
    running.wait_until_ready()
    assert "passwords" not in running.text()
    assert len(running.processes()) >= 3

    second = Running(running.home)
    assert second.process.wait(60) != 0
    assert str(running.process.pid) in second.text()
    assert running.process.poll() is None

    running.process.kill()
    running.process.wait()
    assert wait_until(lambda: is_all_gone(running), seconds=30), running.processes()
