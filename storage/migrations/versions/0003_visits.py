"""A request may have many visits: marks name the task and its resource, a call holds every visit that differs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rename the columns; one appointment or none becomes a list of one or none."""
    op.execute("ALTER TABLE marks RENAME COLUMN request TO task")
    op.execute("ALTER TABLE marks RENAME COLUMN scanner TO resource")
    calls = sa.table(
        "calls",
        *(sa.column(name) for name in ("site_id", "area", "version", "request")),
        sa.column("old", sa.JSON()),
        sa.column("new", sa.JSON()),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(calls)).all():
        here = [getattr(calls.c, name) == getattr(row, name) for name in ("site_id", "area", "version", "request")]
        old, new = ([] if visit is None else [visit] for visit in (row.old, row.new))
        connection.execute(sa.update(calls).where(*here).values(old=old, new=new))
