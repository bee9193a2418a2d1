"""How a command ends: its answer on stdout, an error as one sentence on stderr with exit 2."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import typer

from cli.terminal import terminal_language
from hospital.errors import CaretableError
from hospital.texts import say

BROKEN = 1
WRONG = 2


@contextmanager
def in_words() -> Iterator[None]:
    """Errors that a person can act on end the command with their sentence."""
    try:
        yield
    except CaretableError as error:
        warn(error.sentence(terminal_language()))
        raise typer.Exit(WRONG) from None
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


def answer_json(value: Any) -> None:
    """One JSON value on stdout."""
    _print(json.dumps(value, ensure_ascii=False, allow_nan=False), sys.stdout)


def answer(lines: Iterable[str]) -> None:
    """Lines for a person on stdout."""
    for line in lines:
        _print(line, sys.stdout)


def warn(text: str) -> None:
    """A line on stderr."""
    _print(text, sys.stderr)


def words(text_id: str, **values: Any) -> str:
    """A text of the command's own, in the terminal's language."""
    return say(f"cli.{text_id}", terminal_language(), **values)


@contextmanager
def stopped_by_ctrl_c() -> Iterator[Callable[[], bool]]:
    """The first Ctrl-C asks a solve to stop with what it has; the second ends the command."""
    asked = threading.Event()
    before = signal.getsignal(signal.SIGINT)

    def ask(*_: object) -> None:
        asked.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, ask)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def _print(text: str, stream: Any) -> None:
    """A terminal that cannot show a character shows a question mark, never an error."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), file=stream, flush=True)


def answer_check(found: Sequence[Mapping[str, Any]], *, as_json: bool) -> int:
    """What a check found, a rule a line; the exit code."""
    if as_json:
        answer_json({"violations": found})
    elif found:
        answer([words("broken", num=len(found)), *(f"  {row['rule']}: {row['message']}" for row in found)])
    else:
        answer([words("sound")])
    return BROKEN if found else 0
