"""The worlds of the planning tests."""

from __future__ import annotations

from tests.planning.conftest import both, postgres_engine, sqlite_model, world

__all__ = ["both", "postgres_engine", "sqlite_model", "world"]
