"""Every choice of every session as one column of an integer program: when, and on its own station or on any other of a kind.

Read from the compiled tables, so that the rules are said once. Valid where each station has at most one session a shift.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.kernel.tables import Tables

Ints = NDArray[np.int64]
ANY = -1


@dataclass(frozen=True)
class Columns:
    """One entry a choice, ordered by task. ``resource`` is the station itself, or ANY of ``kind``; ``cost`` in units."""

    task: Ints
    slot: Ints
    kind: Ints
    resource: Ints
    cost: Ints
    kind_of: Ints
    room: Ints  # [kinds, T] stations of a kind that are open

    def __len__(self) -> int:
        return len(self.task)


def columns_of(tables: Tables) -> Columns:
    """The columns of all sessions. Stations of a kind may be used by the same sessions."""
    kind_of = _kinds(tables)
    is_open = (tables.open_run > 0).any(axis=0)
    room = np.zeros((int(kind_of.max(initial=0)) + 1, is_open.shape[1]), dtype=np.int64)
    np.add.at(room, kind_of, is_open)
    rows: list[tuple[int, int, int, int, int]] = []
    for task in range(len(tables.duration)):
        rows += _choices(tables, kind_of, task)
    flat = np.array(rows, dtype=np.int64).reshape(-1, 5).T
    return Columns(flat[0], flat[1], flat[2], flat[3], flat[4], kind_of, room)


def _kinds(tables: Tables) -> Ints:
    num_tasks, num_resources = len(tables.duration), len(tables.load_limit)
    may = np.zeros((num_resources, num_tasks), dtype=np.bool_)
    may[tables.can, np.repeat(np.arange(num_tasks), np.diff(tables.can_ptr))] = True
    return np.unique(np.packbits(may, axis=1), axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)


def _choices(tables: Tables, kind_of: Ints, task: int) -> list[tuple[int, int, int, int, int]]:
    """(task, slot, kind, resource, cost) of each choice."""
    if tables.is_frozen[task]:
        where, slot = int(tables.fixed_resource[task]), int(tables.fixed_start[task])
        return [(task, slot, int(kind_of[where]), where, _price(tables, task, slot, where))]
    can = tables.can[tables.can_ptr[task] : tables.can_ptr[task + 1]]
    found = []
    length, runs = tables.duration[task], tables.open_run[tables.group[task]]
    likings = tables.liking_price[tables.liking[task]] if tables.liking[task] >= 0 else None
    for slot in np.flatnonzero(tables.start_ok[task]).tolist():
        free = can[runs[can, slot] >= length]
        if not len(free):
            continue
        when = int(tables.extra_price[tables.extra[task], slot]) if tables.extra[task] >= 0 else 0
        price = np.full(len(free), when, dtype=np.int64) if likings is None else likings[free] + when
        if tables.away_price[task]:
            is_home = (free == tables.away_resource[task]) & (slot == tables.away_start[task])
            price = price + np.where(is_home, 0, tables.away_price[task])
        usual = int(price.max())
        cheaper = np.flatnonzero(price < usual).tolist()
        found += [(task, slot, int(kind_of[free[at]]), int(free[at]), int(price[at])) for at in cheaper]
        found += [(task, slot, kind, ANY, usual) for kind in np.unique(kind_of[free[price == usual]]).tolist()]
    return found


def _price(tables: Tables, task: int, slot: int, resource: int) -> int:
    price = int(tables.extra_price[tables.extra[task], slot]) if tables.extra[task] >= 0 else 0
    price += int(tables.liking_price[tables.liking[task], resource]) if tables.liking[task] >= 0 else 0
    is_home = resource == tables.away_resource[task] and slot == tables.away_start[task]
    return price + (0 if is_home else int(tables.away_price[task]))
