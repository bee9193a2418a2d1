"""What goes wrong on a day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hospital.changes import CancelRequest, InsertUrgent, ResourceDowntime
from hospital.sites import ImagingSite
from scheduler.imaging.build import build
from simulations.disruptions import Rates, disruptions
from simulations.imaging.samples import day, week


@pytest.fixture(scope="module", name="site")
def _site() -> ImagingSite:
    return week()


def test_same_seed_same_trouble(site: ImagingSite) -> None:
    """A day of trouble can be replayed; another seed is another day."""
    assert disruptions(site, day=1, seed=5) == disruptions(site, day=1, seed=5)
    assert disruptions(site, day=1, seed=5) != disruptions(site, day=1, seed=6)


def test_events_come_in_order_on_their_day(site: ImagingSite) -> None:
    """Tuesday's events are all on Tuesday, the earlier one first."""
    events = disruptions(site, day=1, seed=5)
    assert len(events) > 5
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert {event.at.strftime("%a") for event in events} == {"Tue"}


def test_all_kinds_happen(site: ImagingSite) -> None:
    """Emergencies come, patients stay away, scanners fail."""
    events = disruptions(site, day=0, seed=8, rates=Rates(downtime=0.5))
    assert {type(event.change) for event in events} == {InsertUrgent, CancelRequest, ResourceDowntime}


def test_rates_rule_what_happens(site: ImagingSite) -> None:
    """With every chance at nought nothing happens; with certain failure every scanner that is open fails once."""
    quiet = Rates(emergencies_h=0, no_show=0, downtime=0)
    assert disruptions(site, day=0, seed=1, rates=quiet) == ()
    broken = disruptions(site, day=0, seed=1, rates=Rates(emergencies_h=0, no_show=0, downtime=1, downtime_h=(3, 3)))
    assert [event.change.intent for event in broken] == ["resource_downtime"] * len(site.scanners)
    for event in broken:
        assert isinstance(event.change, ResourceDowntime)
        assert event.change.when.start == event.at
        assert event.change.when.end == event.at + timedelta(hours=3)


def test_sundays_are_quiet_but_for_emergencies(site: ImagingSite) -> None:
    """No scanner is open and nobody is booked on Sunday, so none can fail and nobody can stay away."""
    events = disruptions(site, day=6, seed=2, rates=Rates(no_show=1, downtime=1))
    assert {type(event.change) for event in events} <= {InsertUrgent}


@pytest.mark.parametrize("seed", range(6))
def test_every_event_can_be_planned_with(seed: int) -> None:
    """All of a day's events together still make a problem that can be solved: every id is known."""
    site = day()
    events = disruptions(site, day=0, seed=seed, rates=Rates(emergencies_h=0.2, no_show=0.3, downtime=0.5))
    assert build(site, changes=[event.change for event in events]).cases
