"""The rule played against a pharmacy's own past."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hospital.errors import BadInput
from hospital.pharmacy import Step
from planning.pharmacy.replay import _shelf_on, means, replayed
from simulations.pharmacy.sample import TODAY, pharmacy

SITE = pharmacy(num_items=8, num_days=300, seed=21)


def test_a_past_is_played_with_what_was_known_then() -> None:
    """Nothing that was issued or delivered later changes what the buyer would have been told on a day of the past."""
    early = _shelf_on(SITE, 240, 1)
    later = SITE.usage.units.copy()
    later[:, 240:] *= 9
    again = _shelf_on(replace(SITE, table=replace(SITE.usage, units=later)), 240, 1)
    assert np.array_equal(early.forecasts.mean, again.forecasts.mean)
    assert all(row.ordered < early.today for row in early.site.deliveries)
    assert all(row.received is None or row.received < early.today for row in early.site.deliveries)


def test_the_figures_are_a_buyer_s() -> None:
    """Most demand is met, some orders are placed, and no share is beyond all."""
    found = replayed(SITE, TODAY, num_days=84)
    figures = means(found)
    assert {each.item for each in found} == {item.id for item in SITE.items}
    assert 0.9 < figures["fill"] <= 1.0
    assert figures["orders"] > 0
    assert 0.0 <= figures["wasted"] < 0.2


def test_weeks_and_short_records_are_refused_in_words() -> None:
    """A day's shelf cannot be told from weeks, nor a year from three months."""
    weekly = replace(SITE, table=replace(SITE.usage, step=Step.WEEK))
    for site, days in ((weekly, 84), (SITE, 290)):
        with pytest.raises(BadInput) as caught:
            replayed(site, TODAY, num_days=days)
        assert caught.value.sentence("zh")
