"""Classes and the hospital: sums that add up, with bands of their own."""

from __future__ import annotations

import numpy as np

from forecasting.forecast import forecast
from forecasting.hierarchy import TOTAL, groups_of, summed
from forecasting.panel import Floats
from tests.forecasting.conftest import Monthly


def test_points_add_and_bands_do_not(monthly: Monthly, seasonal: Floats) -> None:
    """The hospital's forecast is the sum of its items to the last digit; its band is narrower than theirs laid end to end."""
    classes = tuple("abc"[row % 3] for row in range(30))
    panel = monthly(seasonal, keys={"class": classes})
    items = forecast(panel, 6)
    by_class = summed(items, groups_of(panel, "class"))
    total = summed(items, groups_of(panel, TOTAL))
    assert by_class.names == ("a", "b", "c")
    assert np.allclose(by_class.mean.sum(axis=0), total.mean[0], rtol=1e-12)
    assert np.array_equal(total.mean[0], items.mean.sum(axis=0))
    (low, high), (low_items, high_items) = total.band(0.8), items.band(0.8)
    assert (high - low)[0, 0] < 0.8 * (high_items - low_items).sum(axis=0)[0]
    assert low[0, 0] < total.mean[0, 0] < high[0, 0]
    assert total.paths(50, 1).shape == (50, 1, 6)
