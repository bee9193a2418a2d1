"""Texts for the planner as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from planning.rows import AskedText
from storage.rowwise import from_row, to_row
from storage.tables import asked


class SqlAsked:
    """See ``planning.ports.AskedTexts``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, text: AskedText) -> None:
        """Stores a text with its cards."""
        self._connection.execute(insert(asked).values(to_row(text, asked)))

    def get(self, site_id: str, asked_id: str) -> AskedText | None:
        """The text of that id."""
        here = (asked.c.site_id == site_id, asked.c.id == asked_id)
        row = self._connection.execute(select(asked).where(*here)).first()
        return None if row is None else from_row(AskedText, row)

    def list(self, site_id: str, account_id: str, *, limit: int) -> tuple[AskedText, ...]:
        """A person's texts, newest first."""
        here = (asked.c.site_id == site_id, asked.c.account_id == account_id)
        rows = self._connection.execute(
            select(asked).where(*here).order_by(asked.c.at.desc(), asked.c.id).limit(limit)
        ).all()
        return tuple(from_row(AskedText, row) for row in rows)

    def num_since(self, site_id: str, account_id: str, since: datetime) -> int:
        """How many texts a person has asked since then."""
        here = (asked.c.site_id == site_id, asked.c.account_id == account_id, asked.c.at > since)
        return int(self._connection.execute(select(func.count()).select_from(asked).where(*here)).scalar_one())

    def move_on(self, text: AskedText, cards: Sequence[Mapping[str, Any]]) -> bool:
        """Writes the next state of its cards; False if somebody else did first."""
        here = (asked.c.site_id == text.site_id, asked.c.id == text.id, asked.c.revision == text.revision)
        values = {"cards": [dict(card) for card in cards], "revision": text.revision + 1}
        return self._connection.execute(update(asked).where(*here).values(values)).rowcount == 1
