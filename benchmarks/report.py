"""Rows of figures: as JSON, as a table for people, and against earlier results."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from hospital.texts import say

Better = Literal["lower", "higher"]
_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure. ``name`` has a text ``bench.<name>``; ``ours`` None = not run, and ``note`` (a text ``bench.<note>``) says why.

    ``noise`` is the share of the earlier value, ``slack`` the amount in the row's unit, by which a new value may be worse and mean nothing.
    """

    name: str
    unit: str
    ours: float | None
    target: float | None = None
    better: Better = "lower"
    peers: Mapping[str, float | None] = field(default_factory=dict)
    noise: float = 0.02
    slack: float = 0.0
    note: str = ""

    @property
    def holds(self) -> bool | None:
        """True where the target is met, None without a target or a figure."""
        if self.ours is None or self.target is None:
            return None
        return self.ours <= self.target if self.better == "lower" else self.ours >= self.target

    def as_dict(self) -> dict[str, Any]:
        """The row as JSON has it."""
        shown = {
            "name": self.name,
            "unit": self.unit,
            "ours": _rounded(self.ours),
            "target": self.target,
            "holds": self.holds,
            "better": self.better,
            "peers": {name: _rounded(value) for name, value in self.peers.items()},
        }
        return {**shown, "note": self.note} if self.note else shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The rows of one run and the machine it ran on. ``faults`` are broken or wrongly priced plans in words: none may be there."""

    bench: str
    rows: tuple[Row, ...]
    faults: tuple[str, ...] = ()
    machine: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON has it."""
        found: dict[str, Any] = {"bench": self.bench, "machine": dict(self.machine)}
        found["rows"] = [row.as_dict() for row in self.rows]
        return {**found, "faults": list(self.faults)} if self.faults else found

    def lines(self, language: str) -> list[str]:
        """The report as a table."""
        head = [say(f"bench.column_{name}", language) for name in ("name", "ours", "target", "holds", "peers")]
        cells = [head, *(_cells(row, language) for row in self.rows)]
        widths = [max(_width(row[at]) for row in cells) for at in range(len(head) - 1)]
        table = ["  ".join([_padded(row, widths), row[-1]]).rstrip() for row in cells]
        told = [say("bench.fault", language, text=fault) for fault in self.faults]
        return [say("bench.machine", language, **self.machine), *table, *told]


def machine() -> dict[str, Any]:
    """What the figures depend on: processor, cores we may use, memory, system, Python."""
    return {
        "processor": _processor(),
        "num_cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 0,
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    except OSError:
        names = []
    return names[0] if names else platform.processor() or platform.machine()


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)


def _cells(row: Row, language: str) -> list[str]:
    name = say(f"bench.{row.name}", language)
    ours = _number(row.ours, row.unit) if row.ours is not None else say(f"bench.{row.note or 'not_run'}", language)
    sign = "<=" if row.better == "lower" else ">="
    target = "" if row.target is None else f"{sign} {_number(row.target, '')}"
    holds = "" if row.holds is None else say("bench.met" if row.holds else "bench.not_met", language)
    peers = "; ".join(
        f"{peer}: {'-' if value is None else _number(value, row.unit)}" for peer, value in row.peers.items()
    )
    return [name, ours, target, holds, peers]


def _number(value: float, unit: str) -> str:
    text = f"{value:,.0f}" if abs(value) >= 1000 or value == int(value) else f"{value:.3g}"
    return f"{text} {unit}".rstrip()


def _width(text: str) -> int:
    """Columns a terminal needs: a Chinese character takes two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def _padded(cells: list[str], widths: list[int]) -> str:
    return "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=False))
