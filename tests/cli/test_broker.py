from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from cli.broker import LONGEST_SOCKET_PATH, EmbeddedBroker, socket_path
from cli.processes import wait_until

pytestmark = pytest.mark.broker

STARTER = """
import sys, time
from pathlib import Path
from cli.broker import EmbeddedBroker
broker = EmbeddedBroker(Path(sys.argv[1]))
broker.start()
print(broker.part.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[EmbeddedBroker]:
    broker = EmbeddedBroker(tmp_path)
    yield broker
    broker.stop()


def client(broker: EmbeddedBroker) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(broker.socket))


def test_it_answers_and_goes(broker: EmbeddedBroker) -> None:
    """The broker is there when it is started and gone when it is stopped."""
    broker.start()
    assert broker.answers()
    broker.stop()
    assert not broker.answers()


def test_a_living_one_is_used_again(broker: EmbeddedBroker, tmp_path: Path) -> None:
    """A broker left over from before is taken over, and stopped with the rest."""
    broker.start()
    second = EmbeddedBroker(tmp_path)
    second.start()
    assert second.part is None
    second.stop()
    assert not broker.answers()


def test_what_waits_survives_its_death(broker: EmbeddedBroker) -> None:
    """A ring that was written down is still there after the broker was killed and started again."""
    broker.start()
    with client(broker) as connection:
        connection.set("bell", "7")
        connection.config_set("appendfsync", "always")
        connection.set("bell", "8")
    assert broker.part is not None
    os.kill(broker.part.pid or 0, signal.SIGKILL)
    assert wait_until(lambda: not broker.answers(), seconds=5)
    broker.start()
    with client(broker) as connection:
        assert connection.get("bell") == b"8"


def test_nobody_else_may_listen(broker: EmbeddedBroker) -> None:
    """Only the user who runs the product reaches its broker."""
    broker.start()
    assert broker.socket.stat().st_mode & 0o077 == 0
    assert broker.socket.parent.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_it_does_not_outlive_its_parent(tmp_path: Path) -> None:
    """However hard the product is killed, its broker goes too."""
    with subprocess.Popen([sys.executable, "-c", STARTER, str(tmp_path)], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    assert wait_until(lambda: not Path(f"/proc/{pid}").exists() or not EmbeddedBroker(tmp_path).answers(), seconds=10)


def test_a_deep_folder_gets_a_short_socket(tmp_path: Path) -> None:
    """A home folder with a very long name works like any other."""
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    assert len(os.fsencode(socket_path(deep))) <= LONGEST_SOCKET_PATH
    assert socket_path(deep) != socket_path(deep.parent / "c")
    broker = EmbeddedBroker(deep)
    broker.start()
    assert broker.answers()
    broker.stop()
