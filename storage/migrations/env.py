"""Alembic's entry: runs the migrations on the connection that ``storage.database`` hands over."""

from __future__ import annotations

from alembic import context

import storage.tables  # noqa: F401  # the tables make themselves known
from storage.columns import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=connection.dialect.name == "sqlite")
with context.begin_transaction():
    context.run_migrations()
