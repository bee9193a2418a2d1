"""Two threads on one plan: what couples the two parts is divided so that both can go on working."""

from __future__ import annotations

import numpy as np

from scheduler.imaging.build import build
from scheduler.kernel.outcome import Step
from scheduler.kernel.parts import Track, _side_state, split
from scheduler.kernel.search import new_state
from scheduler.kernel.solve import first_plan
from scheduler.kernel.tables import tables_of
from simulations.imaging.samples import day


def test_free_people_are_divided_by_the_day() -> None:
    """Both parts together have exactly the people who are free, and one anaesthetist works for one part all day, not by the minute."""
    tables = tables_of(build(day()))
    side = split(tables)
    assert side.any()
    track = Track.at(new_state(tables, 0))
    for seed in range(8):
        halves = [_side_state(tables, track, side, Step("together", seed, 1, (1.0, 1.0)), which) for which in (0, 1)]
        has = [tables.pool_capacity - half.use for half in halves]
        assert (has[0] + has[1] == tables.pool_capacity).all()
        assert min(has[0].min(), has[1].min()) >= 0
        single = tables.pool_capacity == 1
        for pool in np.flatnonzero(single.any(axis=1)):
            assert len(np.unique(has[0][pool][single[pool]])) == 1


def test_people_whom_one_part_needs_are_all_its_own() -> None:
    """The anaesthetist is needed at the MR alone: the part that plans it has all of her time, whatever is drawn."""
    problem = build(day())
    tables = tables_of(problem)
    side = split(tables)
    sedated = [task for task, case in enumerate(problem.cases) if "anaesthetist" in case.staff]
    pools = {int(pool) for task in sedated for pool in tables.pool[tables.pool_ptr[task] : tables.pool_ptr[task + 1]]}
    whose = int(side[sedated[0]])
    track = Track.at(first_plan(problem, tables))
    for seed in range(8):
        other = _side_state(tables, track, side, Step("together", seed, 1, (1.0, 1.0)), 1 - whose)
        assert all((other.use[pool] >= tables.pool_capacity[pool]).all() for pool in pools)
