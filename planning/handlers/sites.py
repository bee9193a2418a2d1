"""Hospitals: made, filled with the sample, set up, deleted."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hospital.errors import BadInput, BadSettings, NotAllowed, UnknownId, WrongState
from intake.areas import files_of
from planning import commands as c
from planning.actors import PERSON_ROLES, Role
from planning.areas import AREAS, FORECASTS, area_of
from planning.desk import Desk, UseCase
from planning.handlers.access import check_name, new_account
from planning.handlers.solving import queue_solve
from planning.passwords import hashed, random_password
from planning.pharmacy.asked import RequestForecast
from planning.pharmacy.handlers import queue_forecast
from planning.rows import Site
from planning.sample import SAMPLE_SITE, sample_site
from planning.sample_forecasts import sample_records
from planning.site_data import records_of, settings_of, settings_record
from planning.views import SampleLoaded, SiteView


def site_view(site: Site) -> SiteView:
    """A hospital as pages show it."""
    return SiteView(
        id=site.id, name_en=site.name_en, name_zh=site.name_zh, timezone=site.timezone, is_sample=site.is_sample
    )


def _in_site(desk: Desk, site_id: str) -> Desk:
    return replace(desk, actor=desk.actor.in_site(site_id))


def _check_zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput("bad_timezone", found=name[:60]) from error


def _create(desk: Desk, command: c.CreateSite, password_hash: str) -> SiteView:
    names = command.name_en.strip() or command.name_zh.strip(), command.name_zh.strip() or command.name_en.strip()
    if not names[0]:
        raise BadInput("bad_name", found="")
    zone = _check_zone(command.timezone)
    site = Site(id=uuid4().hex[:12], name_en=names[0][:100], name_zh=names[1][:100], timezone=zone, created=desk.now)
    desk.work.sites.add(site)
    there = _in_site(desk, site.id)
    new_account(there, name=command.administrator, role=Role.ADMINISTRATOR, password_hash=password_hash)
    for area in AREAS:
        settings = files_of(area).settings(id=site.id, name_en=site.name_en, name_zh=site.name_zh, timezone=zone)
        desk.work.records.put(site.id, area, [settings_record(area, settings, source="", at=desk.now)])
        there.data_changed(area)
    desk.trail.facts["site"] = site.id
    return site_view(site)


def _ready_account(_: Desk, command: c.CreateSite) -> str:
    check_name(command.administrator)
    return hashed(command.password)


def _delete(desk: Desk, command: c.DeleteSite, _: Any) -> None:
    site = desk.work.sites.get(command.site_id)
    if site is None:
        raise UnknownId("unknown_site", id=command.site_id)
    if desk.actor.role is not Role.SYSTEM and not site.is_sample and site.id != desk.site_id:
        raise NotAllowed("not_your_site")
    desk.work.sites.delete(site.id)
    desk.trail.facts["name"] = site.name_en


def _ready_sample(desk: Desk, command: c.LoadSample) -> tuple[Any, ...]:
    if desk.work.sites.get(SAMPLE_SITE) is not None:
        raise WrongState("sample_exists")
    passwords = {role: random_password() for role in PERSON_ROLES}
    sites = {
        area: sample_site(area, command.name if area == c.IMAGING else area_of(area).samples[0], desk.now)
        for area in command.areas
        if area in AREAS
    }
    forecasts = {area: sample_records(area, desk.now) for area in command.areas if area in FORECASTS}
    return sites, forecasts, {role: (word, hashed(word)) for role, word in passwords.items()}


def _load_sample(desk: Desk, command: c.LoadSample, ready: Any) -> SampleLoaded:
    """Fills the sample site by the same records that an upload fills, and asks for each area's first plan. The site's name is imaging's."""
    sites, forecasts, passwords = ready
    if desk.work.sites.get(SAMPLE_SITE) is not None:
        raise WrongState("sample_exists")
    settings = next(iter(sites.values())).settings
    names = {"name_en": settings.name_en, "name_zh": settings.name_zh, "timezone": settings.timezone}
    site = Site(id=SAMPLE_SITE, is_sample=True, created=desk.now, **names)
    desk.work.sites.add(site)
    there = _in_site(desk, site.id)
    for role, (_, password_hash) in passwords.items():
        new_account(there, name=role.value, role=role, password_hash=password_hash)
    jobs = {}
    for area, hospital in sites.items():
        desk.work.records.put(site.id, area, records_of(area, hospital, source=f"sample {command.name}", at=desk.now))
        there.data_changed(area)
        ask = c.RequestSolve(area=area, seconds=command.solve_seconds, seed=command.seed)
        jobs[area] = queue_solve(there, ask).id
    for area in (area for area in command.areas if area in FORECASTS):
        desk.work.records.put(site.id, area, forecasts[area])
        there.data_changed(area)
        jobs[area] = queue_forecast(there, RequestForecast(area, seed=command.seed)).id
    shown = {role.value: word for role, (word, _) in passwords.items()}
    return SampleLoaded(site=site_view(site), passwords=shown, job_ids=jobs)


def _change_settings(desk: Desk, command: c.ChangeSettings, _: Any) -> None:
    """Writes changed settings after reading them back as a site.toml, so that form and file have the same limits."""
    desk.lock(command.area)
    files = files_of(command.area)
    known = [field.name for field in fields(files.settings) if field.name != "id"]
    for key in command.values:
        if key not in known:
            raise BadSettings("unknown_setting", found=key, expected=", ".join(known))
    old = settings_of(command.area, desk.work.records.all(desk.site_id, command.area))
    values = dict(command.values)
    if "weights" in values:
        values["weights"] = {**old.weights, **values["weights"]}
    new = files.read_settings(files.settings_toml(replace(old, **values)).encode(), "site.toml")
    area_of(command.area).weights(new.preset, new.weights)
    record = settings_record(command.area, new, source=desk.actor.name, at=desk.now)
    desk.trail.before = settings_record(command.area, old, source="", at=desk.now).digest
    desk.trail.after = record.digest
    desk.work.records.put(desk.site_id, command.area, [record])
    desk.data_changed(command.area)


USE_CASES: dict[type[c.Command], UseCase] = {
    c.CreateSite: UseCase(_create, ready=_ready_account),
    c.DeleteSite: UseCase(_delete),
    c.LoadSample: UseCase(_load_sample, ready=_ready_sample),
    c.ChangeSettings: UseCase(_change_settings),
}
