"""Sites and the counters of their areas."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from planning.rows import AreaState, Site
from storage.rowwise import from_row, to_row
from storage.tables import BY_SITE, accounts, areas, sessions, sites


class SqlSites:
    """See ``planning.ports.Sites``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, site: Site) -> None:
        """Stores a new site."""
        self._connection.execute(insert(sites).values(to_row(site, sites)))

    def get(self, site_id: str) -> Site | None:
        """The site, if there is one."""
        row = self._connection.execute(select(sites).where(sites.c.id == site_id)).first()
        return None if row is None else from_row(Site, row)

    def all(self) -> tuple[Site, ...]:
        """Every site, oldest first."""
        rows = self._connection.execute(select(sites).order_by(sites.c.created, sites.c.id))
        return tuple(from_row(Site, row) for row in rows)

    def delete(self, site_id: str) -> None:
        """The site and all its rows but the audit log."""
        self._connection.execute(update(sites).where(sites.c.id == site_id).values(is_deleting=True))
        its_accounts = select(accounts.c.id).where(accounts.c.site_id == site_id)
        self._connection.execute(delete(sessions).where(sessions.c.account_id.in_(its_accounts)))
        for table in BY_SITE:
            self._connection.execute(delete(table).where(table.c.site_id == site_id))
        self._connection.execute(delete(sites).where(sites.c.id == site_id))

    def area(self, site_id: str, area: str, *, lock: bool = False) -> AreaState:
        """The area's counters, locked if asked; zeros where nothing was written yet."""
        query = select(areas).where(areas.c.site_id == site_id, areas.c.area == area)
        row = self._connection.execute(query.with_for_update() if lock else query).first()
        return AreaState(site_id=site_id, area=area) if row is None else from_row(AreaState, row)

    def save_area(self, state: AreaState) -> None:
        """Writes the counters."""
        here = (areas.c.site_id == state.site_id, areas.c.area == state.area)
        if self._connection.execute(update(areas).where(*here).values(to_row(state, areas))).rowcount == 0:
            self._connection.execute(insert(areas).values(to_row(state, areas)))
