"""The pharmacy as its use cases find it: data, newest forecast, shelf; the last few shelves are kept in memory."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from hospital.errors import WrongState
from hospital.pharmacy import Pharmacy
from planning.desk import Desk
from planning.forecast_jobs import data_digest, today_of
from planning.kept_forecasts import unpacked
from planning.pharmacy.build import Shelf
from planning.pharmacy.records import AREA, pharmacy_of
from planning.rows import AreaState, Forecast

_KEPT = 4
_lock = Lock()
_sites: OrderedDict[tuple[str, int, str], tuple[Pharmacy, str]] = OrderedDict()
_shelves: OrderedDict[tuple[str, int, str, str], Shelf] = OrderedDict()


@dataclass(frozen=True, kw_only=True)
class PharmacyDesk:
    """The data with their digest, the day, and the newest forecast (None = none yet)."""

    site: Pharmacy
    data: str
    today: date
    now: datetime
    state: AreaState
    forecast: Forecast | None

    @property
    def is_old(self) -> bool:
        """Whether data or day have changed since the forecast was made."""
        kept = self.forecast
        return kept is not None and (kept.made_from["data"] != self.data or kept.day != self.today)

    def shelf(self) -> Shelf:
        """The shelf as the forecast saw it. Raises WrongState without a forecast."""
        kept = self.forecast
        if kept is None:
            raise WrongState("no_forecast")
        key = (kept.site_id, kept.number, kept.made_from["data"], self.data)
        with _lock:
            found = _shelves.get(key)
        if found is None:
            forecasts = unpacked(kept.content, kept.result["words"])
            found = Shelf(self.site, forecasts, kept.day, int(kept.made_from["seed"]))
            with _lock:
                _shelves[key] = found
                while len(_shelves) > _KEPT:
                    _shelves.popitem(last=False)
        return found


def pharmacy_desk(desk: Desk) -> PharmacyDesk:
    """The pharmacy of the actor's site."""
    state = desk.work.sites.area(desk.site_id, AREA)
    last = desk.work.forecasts.last(desk.site_id, AREA)
    key = (desk.site_id, state.data_revision, "" if last is None else last.made_from["data"])
    with _lock:
        found = _sites.get(key)
    if found is None:
        records = desk.work.records.all(desk.site_id, AREA)
        found = pharmacy_of(records), data_digest(records)
        with _lock:
            _sites[key] = found
            while len(_sites) > _KEPT:
                _sites.popitem(last=False)
    site, data = found
    now = site.settings.now or desk.now
    return PharmacyDesk(site=site, data=data, today=today_of(site, now), now=now, state=state, forecast=last)
