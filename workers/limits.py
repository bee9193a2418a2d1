"""What keeps a solver child in bounds: it dies with its parent, and takes no more memory than it was given."""

from __future__ import annotations

import ctypes
import resource
import signal
import sys

_SET_DEATH_SIGNAL = 1  # prctl(2): PR_SET_PDEATHSIG


def die_with_parent() -> None:
    """SIGKILL for this process when its parent's thread ends, even in the middle of compiled code. Elsewhere than on Linux the end of
    its input has to do."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)


def limit_memory(memory_mb: int) -> None:
    """No more than so much memory of its own: asking for more is refused and ends this process, not others."""
    limit = memory_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
