"""How the engine's hot functions are compiled: numba, without the interpreter's lock, cached on disk.

Without numba's reference counting, which would count each of the search's 60 arrays at every call (measured: ten times slower).
So a compiled function allocates nothing: what it writes to is handed in. All are inlined into the few that Python calls: a call would
push every array's shape and strides, some 400 words (measured: a third slower). The cache lives in a folder named after the compiled
sources: numba itself does not see that a function called from another file has changed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

_SOURCES = ("compiled", "tables", "state", "costs", "search", "improve", "market", "blocking")
_HERE = Path(__file__).parent

Function = TypeVar("Function", bound=Callable[..., Any])


def _cache_folder() -> str:
    digest = hashlib.sha256()
    for name in _SOURCES:
        path = _HERE / f"{name}.py"
        digest.update(path.read_bytes() if path.is_file() else b"")
    return str(_HERE / "__pycache__" / f"compiled-{digest.hexdigest()[:16]}")


if "NUMBA_CACHE_DIR" not in os.environ:
    numba.config.CACHE_DIR = _cache_folder()  # type: ignore[attr-defined]


def compiled(function: Function) -> Function:
    """The function, compiled at its first call and kept on disk."""
    return cast(Function, numba.njit(cache=True, nogil=True, _nrt=False, forceinline=True)(function))  # type: ignore[call-overload]
