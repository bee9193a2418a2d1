"""Forecasts as rows: their words as JSON, their numbers as bytes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from hospital.errors import Conflict
from planning.rows import Forecast
from storage.rowwise import from_row, to_row
from storage.tables import forecasts


class SqlForecasts:
    """See ``planning.ports.ForecastRows``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, forecast: Forecast) -> None:
        """Stores a new forecast. Raises Conflict if its number is taken."""
        try:
            self._connection.execute(insert(forecasts).values(to_row(forecast, forecasts)))
        except IntegrityError as error:
            raise Conflict("changed_meanwhile") from error

    def get(self, site_id: str, area: str, number: int) -> Forecast | None:
        """The forecast of that number."""
        here = (forecasts.c.site_id == site_id, forecasts.c.area == area, forecasts.c.number == number)
        row = self._connection.execute(select(forecasts).where(*here)).first()
        return None if row is None else from_row(Forecast, row)

    def last(self, site_id: str, area: str) -> Forecast | None:
        """The newest forecast."""
        here = (forecasts.c.site_id == site_id, forecasts.c.area == area)
        row = self._connection.execute(
            select(forecasts).where(*here).order_by(forecasts.c.number.desc()).limit(1)
        ).first()
        return None if row is None else from_row(Forecast, row)

    def accept(self, forecast: Forecast, *, by: str, at: datetime, order: Mapping[str, Any]) -> bool:
        """Marks the order of a forecast accepted; False if it was already."""
        statement = update(forecasts).where(
            forecasts.c.site_id == forecast.site_id,
            forecasts.c.area == forecast.area,
            forecasts.c.number == forecast.number,
            forecasts.c.accepted_at.is_(None),
        )
        values = {"accepted_by": by, "accepted_at": at, "accepted": dict(order)}
        return self._connection.execute(statement.values(values)).rowcount == 1
