"""Jobs that end in a forecast instead of a plan: what the worker's child is handed, what it hands back, and how that is kept."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from zoneinfo import ZoneInfo

from forecasting.beds import Wards
from forecasting.forecasts import Forecasts
from hospital.errors import BadInput, Conflict
from hospital.pharmacy import Pharmacy
from planning.beds.outlook import bed_outlook
from planning.beds.records import AREA as BEDS
from planning.beds.records import wards_of
from planning.kept_forecasts import MadeFrom, packed, words_of
from planning.pharmacy.proposal import STEPS, forecast_pharmacy
from planning.pharmacy.records import pharmacy_of
from planning.ports import UnitOfWork
from planning.rows import Forecast, Job, Record
from planning.site_data import digest


@dataclass(frozen=True, kw_only=True)
class ForecastTask:
    """All that a forecast is made from; picklable. ``data`` is the digest of the records, ``data_revision`` the counter they stood at,
    ``today`` the first day that is forecast for orders, the last day that is known for beds."""

    area: str
    today: date
    seed: int
    data: str
    data_revision: int
    pharmacy: Pharmacy | None = None
    wards: Wards | None = None

    def run(self, told: Callable[[float], None] = lambda _: None) -> dict[str, Any]:
        """Make the forecast. ``told`` hears the share done (0-1). -> JSON for ``keep``. Raises BadInput for data that do not suffice."""
        forecasts, result = self._orders(told) if self.pharmacy is not None else self._beds()
        made = MadeFrom(
            data=self.data,
            seed=self.seed,
            version=program_version(),
            parameters={"today": self.today.isoformat(), "horizon": forecasts.horizon},
        )
        return {
            "made_from": made.as_json(),
            "data_revision": self.data_revision,
            "day": self.today.isoformat(),
            "result": {"words": words_of(forecasts), **result},
            "content": base64.b64encode(packed(forecasts)).decode(),
        }

    def _orders(self, told: Callable[[float], None]) -> tuple[Forecasts, dict[str, Any]]:
        assert self.pharmacy is not None
        found = forecast_pharmacy(
            self.pharmacy, self.today, seed=self.seed, told=lambda step: told(STEPS.index(step) / (len(STEPS) - 1))
        )
        return found.forecasts, {
            "lines": [line.as_json() for line in found.lines],
            "drifts": [asdict(drift) for drift in found.drifts],
            "cost": found.cost,
            "bound": found.bound,
        }

    def _beds(self) -> tuple[Forecasts, dict[str, Any]]:
        if self.wards is None:
            raise BadInput("beds_no_wards")
        found = bed_outlook(self.wards, seed=self.seed)
        return found.forecasts, {"wards": [ward.as_json() for ward in found.wards]}


def today_of(site: Pharmacy, now: datetime) -> date:
    """The pharmacy's day: its sample's own, else the present."""
    return (site.settings.now or now).astimezone(ZoneInfo(site.settings.timezone)).date()


def data_digest(records: tuple[Record, ...]) -> str:
    """One digest of all that is kept, cancelled rows left out."""
    return digest(sorted(f"{row.kind}/{row.key}/{row.digest}" for row in records if not row.is_cancelled))


def task_of(work: UnitOfWork, job: Job, now: datetime) -> ForecastTask:
    """What a job's forecast is made from, as the data stand now."""
    records = work.records.all(job.site_id, job.area)
    common: dict[str, Any] = {
        "area": job.area,
        "seed": job.seed,
        "data": data_digest(records),
        "data_revision": work.sites.area(job.site_id, job.area).data_revision,
    }
    if job.area == BEDS:
        wards = wards_of(records)
        last = now.date() if wards is None else wards.occupied.dates[-1]
        return ForecastTask(today=last, wards=wards, **common)
    site = pharmacy_of(records)
    return ForecastTask(today=today_of(site, now), pharmacy=site, **common)


def keep(work: UnitOfWork, job: Job, found: Mapping[str, Any], now: datetime) -> int:
    """Stores what ``ForecastTask.run`` gave as the area's next version. -> its number. Raises Conflict where another came in between."""
    state = work.sites.area(job.site_id, job.area, lock=True)
    if state.head != job.base:
        raise Conflict("plan_changed", number=state.head)
    number = state.head + 1
    work.forecasts.add(
        Forecast(
            site_id=job.site_id,
            area=job.area,
            number=number,
            day=date.fromisoformat(found["day"]),
            created=now,
            author_id=job.author_id,
            author=job.author,
            data_revision=int(found["data_revision"]),
            made_from=found["made_from"],
            result=found["result"],
            content=base64.b64decode(found["content"]),
        )
    )
    work.sites.save_area(replace(state, head=number))
    return number


def program_version() -> str:
    """The program's version."""
    try:
        return version("caretable")
    except PackageNotFoundError:
        return "0"
