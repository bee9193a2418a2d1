"""Parts of the product as processes: each in a group of its own, none outliving the one that started it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_SET_DEATH_SIGNAL = 1  # prctl(2): PR_SET_PDEATHSIG
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
LOG_LIMIT = 10_000_000  # bytes after which a log begins anew, the former one kept beside it


def end_with_parent(parent: int) -> None:
    """Ask the kernel for SIGTERM when the process ``parent`` dies, even by SIGKILL. Does nothing where the kernel cannot."""
    if _LIBC is None:
        return
    _LIBC.prctl(_SET_DEATH_SIGNAL, signal.SIGTERM)
    if os.getppid() != parent:  # it died before we asked
        os.kill(os.getpid(), signal.SIGTERM)


def _ends_with(parent: int) -> Callable[[], None]:
    return lambda: end_with_parent(parent)


class Part:
    """One process of the product: started, watched, started again, stopped with all it started."""

    def __init__(
        self, name: str, words: Sequence[str], *, log: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self.log = log
        self.num_starts = 0
        self._words = [str(word) for word in words]
        self._environment = {**os.environ, **(environment or {})}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it. The caller's thread must live as long as the part should: the kernel watches that thread."""
        _begin_log(self.log)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._words,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self._environment,
                start_new_session=True,
                preexec_fn=_ends_with(os.getpid()),
            )
        self.num_starts += 1

    @property
    def pid(self) -> int | None:
        """Its process id, None before the first start."""
        return self._process.pid if self._process else None

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative is the signal that ended it."""
        return self._process.poll() if self._process else None

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def ask_to_stop(self) -> None:
        """SIGTERM to the process itself; its own children are its business for now."""
        if self._process and self.is_running:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()

    def stop(self, grace_s: float = 10.0) -> None:
        """Ask, wait, then end whatever is left of its group."""
        if self._process is None:
            return
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(grace_s)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def last_lines(self, count: int = 12) -> str:
        """The end of its log, for a person who must see why it ended."""
        with contextlib.suppress(OSError):
            return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])
        return ""


def _begin_log(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".old.log"))


def wait_until(is_true: Callable[[], bool], *, seconds: float, pause_s: float = 0.05) -> bool:
    """Ask again and again until it is true; False when it never was in that time."""
    end = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > end:
            return False
        time.sleep(pause_s)
    return True
