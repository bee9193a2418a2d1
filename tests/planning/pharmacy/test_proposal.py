"""Today's order of a small pharmacy."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

import numpy as np
import pytest

from hospital.errors import BadInput, UnknownId
from hospital.pharmacy import Pharmacy, StockLot
from planning.kept_forecasts import packed, unpacked, words_of
from planning.pharmacy.build import Shelf
from planning.pharmacy.exceptions import unused
from planning.pharmacy.picture import picture
from planning.pharmacy.proposal import PharmacyForecast, forecast_pharmacy, proposal, quantity
from planning.pharmacy.views import LineView, line_of
from tests.planning.pharmacy.small import TODAY, pharmacy


@cache
def made() -> PharmacyForecast:
    """The forecast of the small pharmacy, made once."""
    return forecast_pharmacy(pharmacy(), TODAY, seed=1)


def line(item: str) -> LineView:
    """The line of an item."""
    return next(row for row in made().lines if row.item == item)


def shelf(site: Pharmacy | None = None) -> Shelf:
    """The small pharmacy through that forecast."""
    return Shelf(site or pharmacy(), made().forecasts, TODAY, 1)


def test_what_runs_out_is_ordered_and_stands_first() -> None:
    """Amoxicillin lasts less than two days and comes in three: it is ordered and the first line says so."""
    first = made().lines[0]
    assert (first.item, first.alarms[0].kind) == ("AMX", "shortage")
    assert first.packs > 0
    assert first.days_left == 1
    assert first.risk_none == 1.0
    assert first.needed_by == TODAY + timedelta(days=1)
    assert first.arrives > first.needed_by


def test_what_expires_unused_is_told_before_what_is_enough() -> None:
    """Of 260 pens that expire in 19 days more than half stay in the fridge; the vitamin needs nothing."""
    assert [row.item for row in made().lines] == ["AMX", "INS", "VIC"]
    alarm = line("INS").alarms[0]
    assert alarm.kind == "expiry_30"
    assert alarm.values["date"] == "2026-03-22"
    assert 120 <= alarm.values["units"] <= 160
    assert line("VIC").alarms == ()
    assert line("VIC").packs == 0


def test_more_packs_less_risk() -> None:
    """Ordering more never makes running out likelier, and more packs cost more money."""
    site = replace(pharmacy(), lots=(StockLot(item="AMX", lot="A7", units=190),))
    found = [quantity(shelf(site), "AMX", packs) for packs in (0, 5, 10, 40)]
    risks = [view.risk for view in found]
    assert risks == sorted(risks, reverse=True)
    assert risks[0] > risks[-1]
    assert found[2].value == pytest.approx(185.0)


def test_a_quantity_that_is_none() -> None:
    """Less than no packs, and an item nobody has, are refused."""
    with pytest.raises(BadInput):
        quantity(shelf(), "AMX", -1)
    with pytest.raises(UnknownId):
        quantity(shelf(), "XYZ", 3)


def test_a_quantity_set_by_hand_stays() -> None:
    """The buyer's seven packs of vitamin are in the proposal although none are needed."""
    found = next(row for row in proposal(shelf(), fixed={"VIC": 7}).lines if row.item == "VIC")
    assert (found.packs, found.is_set_by_hand, found.reason) == (7, True, "reason_fixed")


def test_the_same_risk_from_a_forecast_that_was_kept() -> None:
    """A forecast read back from the database tells the same risks as on the day it was made."""
    kept = unpacked(packed(made().forecasts), words_of(made().forecasts))
    again = Shelf(pharmacy(), kept, TODAY, 1)
    assert quantity(again, "AMX", 30).risk == pytest.approx(quantity(shelf(), "AMX", 30).risk, abs=0.01)
    assert np.allclose(kept.mean, made().forecasts.mean, rtol=1e-5)


def test_made_again_the_forecast_is_the_same() -> None:
    """The same data and seed give the same order, line by line."""
    again = forecast_pharmacy(pharmacy(), TODAY, seed=1)
    assert [row.as_json() for row in again.lines] == [row.as_json() for row in made().lines]


def test_a_line_survives_being_kept() -> None:
    """What the page shows tomorrow of today's line is what it was."""
    for row in made().lines:
        assert line_of(row.as_json()) == row


def test_picture_of_an_item() -> None:
    """The picture ends its history yesterday, begins the forecast today, and the wider band holds the narrower."""
    view = picture(shelf(), line("AMX"))
    assert view.dates[-1] == TODAY - timedelta(days=1)
    assert view.coming[0] == view.days[0] == TODAY
    narrow, wide = view.bands[0], view.bands[2]
    assert all(w <= n for n, w in zip(narrow.low, wide.low, strict=True))
    assert all(w >= n for n, w in zip(narrow.high, wide.high, strict=True))
    assert [mark.kind for mark in view.marks] == ["order"]
    assert max(view.stock) > max(view.stock_none)


def test_picture_shows_what_will_be_thrown_away() -> None:
    """The insulin's lot stands in the picture on the day it expires."""
    marks = picture(shelf(), line("INS")).marks
    assert [(mark.kind, mark.name) for mark in marks] == [("expiry", "N1")]


def test_first_expired_first_out() -> None:
    """Of two lots the later one is only touched when the first is empty or gone."""
    lots = [
        StockLot(item="X", lot="1", units=50, expires=TODAY + timedelta(days=3)),
        StockLot(item="X", lot="2", units=35, expires=TODAY + timedelta(days=6)),
    ]
    left = {lot.lot: units for lot, units in unused(lots, np.full(20, 10.0), TODAY)}
    assert left == {"1": 10.0, "2": 5.0}


def test_nothing_to_forecast_is_said() -> None:
    """A pharmacy without issues, or whose issues name no item of the list, is told so."""
    with pytest.raises(BadInput) as no_issues:
        forecast_pharmacy(pharmacy(table=None), TODAY)
    with pytest.raises(BadInput) as no_items:
        forecast_pharmacy(pharmacy(items=()), TODAY)
    assert (no_issues.value.text_id, no_items.value.text_id) == ("pharmacy_no_issues", "pharmacy_no_items")
