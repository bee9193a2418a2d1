"""Hospitals side by side in one installation: made, filled with the sample, set up, deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hospital.errors import BadInput, BadSettings, Conflict, NotAllowed, UnknownId, WrongState
from planning.actors import NOBODY, SYSTEM, Actor, Role
from planning.app import Application
from planning.areas import AREAS, FORECASTS
from planning.commands import ChangeSettings, CreateSite, DeleteSite, LoadSample, LogIn, RequestSolve
from planning.queries import Accounts, AuditCheck, JobStatus, Operations, PlanView, SettingsView, Sites
from planning.sample import sample_site
from planning.settings import Settings
from simulations.imaging.samples import day
from storage.bootstrap import open_application
from tests.planning.world import World


@pytest.fixture
def app(tmp_path: Path, database_url: str) -> Iterator[Application]:
    """An installation without any hospital."""
    found = open_application(Settings(home=tmp_path, database_url=database_url))
    yield found
    found.close()


def test_the_sample_is_a_hospital_like_any_other(app: Application) -> None:
    """Loaded once: its data, an account for each role with a password told once, and a job for its first plan."""
    loaded = app.execute(SYSTEM, LoadSample("day", areas=("imaging",)))
    assert (loaded.site.id, loaded.site.is_sample) == ("sample", True)
    assert set(loaded.passwords) == {"viewer", "scheduler", "approver", "steward", "administrator"}
    assert len(set(loaded.passwords.values())) == 5
    scheduler = app.actor_of(app.execute(NOBODY, LogIn("scheduler", loaded.passwords["scheduler"])))
    assert scheduler is not None
    assert scheduler.role is Role.SCHEDULER
    assert app.ask(scheduler, JobStatus(loaded.job_ids["imaging"])).state == "queued"
    page = app.ask(scheduler, PlanView())
    assert (len(page.resources), len(page.appointments) + len(page.unplanned)) == (3, len(day().requests))
    with pytest.raises(WrongState):
        app.execute(SYSTEM, LoadSample("day", areas=("imaging",)))


def test_the_samples_monday_is_this_weeks() -> None:
    """On a Thursday in December the sample's Monday is the Monday of that week, every hour of the day kept."""
    moved, drawn = sample_site("imaging", "day", datetime(2026, 12, 3, 15, 0, tzinfo=UTC)), day()
    assert moved.settings.first_day == "2026-11-30"
    shift = date(2026, 11, 30) - date.fromisoformat(drawn.settings.first_day)
    assert shift.days % 7 == 0
    assert [row.earliest - shift for row in moved.requests] == [row.earliest for row in drawn.requests]
    assert {row.earliest.tzinfo for row in moved.requests} == {row.earliest.tzinfo for row in drawn.requests}
    assert [row.appointment.start - shift for row in moved.bookings] == [
        row.appointment.start for row in drawn.bookings
    ]


def test_an_unknown_sample_is_refused_by_name(app: Application) -> None:
    """The samples that exist are told."""
    with pytest.raises(BadInput, match="day"):
        app.execute(SYSTEM, LoadSample("month"))


def test_a_new_hospital_is_empty_and_has_an_administrator(app: Application) -> None:
    """The first administrator logs in, sees an empty plan's settings, and cannot plan."""
    site = app.execute(SYSTEM, CreateSite("North", "北院", "Zhou", "long-enough-1", "Asia/Urumqi"))
    zhou = app.actor_of(app.execute(NOBODY, LogIn("Zhou", "long-enough-1")))
    assert zhou is not None
    assert (zhou.role, zhou.site_id) == (Role.ADMINISTRATOR, site.id)
    assert app.ask(zhou, SettingsView()).timezone == "Asia/Urumqi"
    scheduler = Actor("id-s", "s", Role.SCHEDULER, site.id)
    assert app.ask(scheduler, PlanView()).resources == ()
    with pytest.raises(WrongState, match="Upload"):
        app.execute(scheduler, RequestSolve())


def test_what_is_wrong_with_a_new_hospital_is_said(app: Application) -> None:
    """A time zone that does not exist, no name, a short password: refused one by one, nothing made."""
    for command in (
        CreateSite("North", "", "Zhou", "long-enough-1", "China/Nowhere"),
        CreateSite(" ", " ", "Zhou", "long-enough-1"),
        CreateSite("North", "", "Zhou", "short"),
        CreateSite("North", "", " ", "long-enough-1"),
    ):
        with pytest.raises(BadInput):
            app.execute(SYSTEM, command)
    assert app.ask(SYSTEM, Sites()) == ()


def test_a_name_taken_anywhere_makes_no_half_hospital(app: Application) -> None:
    """The second hospital's administrator needs another name; the refused hospital is not there."""
    app.execute(SYSTEM, CreateSite("North", "", "Zhou", "long-enough-1"))
    with pytest.raises(Conflict, match="Zhou"):
        app.execute(SYSTEM, CreateSite("South", "", "Zhou", "long-enough-1"))
    assert [site.name_en for site in app.ask(SYSTEM, Sites())] == ["North"]


def test_the_sample_can_be_deleted_and_loaded_again(app: Application) -> None:
    """An administrator of the real hospital removes the sample: plans, accounts and sessions are gone, the own site stays."""
    own = app.execute(SYSTEM, CreateSite("North", "", "Zhou", "long-enough-1"))
    loaded = app.execute(SYSTEM, LoadSample("day", areas=("imaging",)))
    token = app.execute(NOBODY, LogIn("viewer", loaded.passwords["viewer"]))
    zhou = Actor("id-z", "Zhou", Role.ADMINISTRATOR, own.id)
    app.execute(zhou, DeleteSite("sample"))
    assert [site.id for site in app.ask(SYSTEM, Sites())] == [own.id]
    assert app.actor_of(token) is None
    assert app.ask(SYSTEM.in_site("sample"), AuditCheck()).is_whole
    with pytest.raises(UnknownId):
        app.execute(zhou, DeleteSite("sample"))
    app.execute(SYSTEM, LoadSample("day", areas=("imaging",)))


def test_a_hospital_with_published_plans_can_be_deleted_too(both: World) -> None:
    """History may not be edited, but its owner may leave with all of it."""
    both.published_plan()
    both.app.execute(SYSTEM, DeleteSite(both.site_id))
    assert both.site_id not in {site.id for site in both.app.ask(SYSTEM, Sites())}


def test_settings_are_checked_like_a_site_toml(world: World) -> None:
    """A shorter notice and a dearer wait are taken; an unknown key, weight or value is refused by name."""
    administrator = world.person(Role.ADMINISTRATOR)
    values = {"notice_h": 12, "weights": {"wait_inpatient": 7.5}}
    world.app.execute(administrator, ChangeSettings(values))
    world.app.execute(administrator, ChangeSettings({"weights": {"moved": 11}}))
    settings = world.app.ask(administrator, SettingsView())
    assert (settings.notice_h, dict(settings.weights)) == (12, {"wait_inpatient": 7.5, "moved": 11})
    assert settings.num_days == 3
    for wrong in (
        {"notise_h": 1},
        {"weights": {"wait_dogs": 1}},
        {"weights": {"moved": -1}},
        {"notice_h": "long"},
        {"preset": "x"},
    ):
        with pytest.raises((BadSettings, BadInput)):
            world.app.execute(administrator, ChangeSettings(wrong))


def test_an_administrator_deletes_no_other_hospital(app: Application) -> None:
    """Only the own one, or the sample."""
    north = app.execute(SYSTEM, CreateSite("North", "", "Zhou", "long-enough-1"))
    south = app.execute(SYSTEM, CreateSite("South", "", "Qian", "long-enough-1"))
    zhou = Actor("id-z", "Zhou", Role.ADMINISTRATOR, north.id)
    with pytest.raises(NotAllowed):
        app.execute(zhou, DeleteSite(south.id))
    app.execute(zhou, DeleteSite(north.id))
    assert [row.name for row in app.ask(SYSTEM.in_site(south.id), Accounts())] == ["Qian"]


def test_sample_has_one_clock(world: World) -> None:
    """The areas of the sample hospital share its Monday morning: the first plan of each begins on the same day."""
    loaded = world.app.execute(SYSTEM, LoadSample("day"))
    manager = Actor("id-x", "x", Role.SCHEDULER, loaded.site.id)
    days = {world.app.ask(manager, PlanView(area)).now.date() for area in AREAS}
    assert set(loaded.job_ids) == {*AREAS, *FORECASTS}
    assert len(days) == 1
    assert {row.area for row in world.app.ask(manager, Operations()).areas if row.is_set_up} == set(AREAS)
