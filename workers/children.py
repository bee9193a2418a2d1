"""The solver child as its parent sees it: handed a problem, heard, stopped, and killed when it does not listen."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Self

from planning.jobs import Solved, Work

CHILD_WORDS = (sys.executable, "-m", "workers.child")


LEFT_OVER_AFTER_S = 7200.0  # no solve lasts so long: older files are of a worker that was killed


def sweep(folder: Path) -> None:
    """Remove what killed workers left behind: a problem names patients."""
    for path in folder.glob("job-*"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > LEFT_OVER_AFTER_S:
                shutil.rmtree(path, ignore_errors=True)


class Child:
    """One solver process. It is ready to be given work as soon as it has imported the engine; it does one job and ends."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = tempfile.TemporaryDirectory(prefix="job-", dir=folder)  # readable by this user alone
        self._lines: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._process = subprocess.Popen(
            CHILD_WORDS,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, name="child-lines", daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self, work: Work, *, memory_mb: int) -> None:
        """Hand it the problem. It reports ``begun`` once it has read it."""
        work_file = Path(self._folder.name) / "work"
        work_file.write_bytes(pickle.dumps(work))
        line = {"input": str(work_file), "output": str(self._solved_file), "memory_mb": memory_mb}
        self._write(json.dumps(line))

    def next_line(self, *, within_s: float) -> dict[str, Any] | None:
        """What it said next; None if it said nothing in that time."""
        with contextlib.suppress(queue.Empty):
            return self._lines.get(timeout=within_s)
        return None

    def ask_to_stop(self) -> None:
        """Its best plan so far, please."""
        self._write("stop")

    def kill(self) -> None:
        """At once, with whatever it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative is the signal that ended it."""
        return self._process.poll()

    def solved(self) -> Solved | None:
        """Its result, if it left one."""
        try:
            return Solved.from_json(json.loads(self._solved_file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None

    def close(self) -> None:
        """End it and remove its files."""
        self.kill()
        self._process.wait()
        self._reader.join(timeout=5)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self._folder.cleanup()

    @property
    def _solved_file(self) -> Path:
        return Path(self._folder.name) / "solved.json"

    def _write(self, line: str) -> None:
        if self._process.stdin is not None:
            with contextlib.suppress(OSError, ValueError):  # it ended: seen by exit_code
                self._process.stdin.write(line + "\n")
                self._process.stdin.flush()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            try:
                said = json.loads(line)
            except ValueError:
                continue  # a library's chatter
            if isinstance(said, dict):
                self._lines.put(said)
        self._lines.put({"is": "over"})
