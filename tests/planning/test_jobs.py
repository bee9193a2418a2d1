from __future__ import annotations

import pickle
from types import MappingProxyType

from planning.jobs import Work


def test_work_with_a_hospitals_settings_reaches_its_own_process() -> None:
    """A pharmacy's settings hold lists nobody may change; they go along to where the forecast is made."""
    work = Work(job_id="job-3", area="orders", problem=MappingProxyType({"weights": 2.5}), seconds=1, seed=4, threads=1)
    assert pickle.loads(pickle.dumps(work)).problem == {"weights": 2.5}
