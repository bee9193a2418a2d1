"""What must be true before `caretable up` opens its door: a home of its own, a free port, no plain HTTP to the network."""

from __future__ import annotations

import errno
import fcntl
import ipaddress
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hospital.errors import BadSettings, Unavailable
from planning.settings import Settings


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach that host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refuse_open_door(settings: Settings) -> None:
    """Beyond loopback there must be TLS in front, or somebody who says in words that there need not be."""
    if not (is_loopback(settings.host) or settings.behind_tls or settings.allow_plain_http):
        raise BadSettings("open_door", host=settings.host)


def make_home(settings: Settings) -> Path:
    """The home folder, made where it is missing, readable by its owner alone."""
    home = settings.home.resolve()
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        (home / "logs").mkdir(exist_ok=True)
    except OSError as error:
        raise BadSettings("home_not_writable", home=home, reason=error.strerror) from error
    return home


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """One Caretable a home: a second one is told which process the first is."""
    try:
        lock = (home / "up.lock").open("a+", encoding="ascii")
    except OSError as error:
        raise BadSettings("home_not_writable", home=home, reason=error.strerror) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise Unavailable("already_running", home=home, pid=lock.read().strip() or "?") from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def free_port(settings: Settings) -> int:
    """The port of the settings, or for port 0 any free one. Raises BadSettings where it is taken or not ours to use."""
    try:
        return _bind(settings.host, settings.port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            free = _bind(settings.host, 0)
            raise BadSettings("up_port_taken", host=settings.host, port=settings.port, free=free) from error
        reason = error.strerror or str(error)
        raise BadSettings("cannot_listen", host=settings.host, port=settings.port, reason=reason) from error


def _bind(host: str, port: int) -> int:
    family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server: a port left a moment ago is free
        trial.bind(where)
        return int(trial.getsockname()[1])


def _reachable_host(host: str) -> str:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.is_unspecified:  # 0.0.0.0 is where one listens, not where one calls
        return "::1" if address.version == 6 else "127.0.0.1"
    return host


def address(settings: Settings) -> str:
    """What a person types into the browser."""
    host = _reachable_host(settings.host)
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def answers(settings: Settings) -> bool:
    """Whether somebody listens at the address."""
    try:
        with socket.create_connection((_reachable_host(settings.host), settings.port), timeout=1):
            return True
    except OSError:
        return False
