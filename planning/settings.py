"""Every setting of the product, read once from the environment (CARETABLE_<NAME>). docs/settings.md explains each."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from hospital.errors import BadSettings

PREFIX = "CARETABLE_"


class Settings(BaseSettings):
    """Frozen; unknown CARETABLE_ variables are refused by ``read_settings``."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    home: Path = Path("./var")
    database_url: str = ""
    broker_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8050, ge=0, le=65535)
    allow_plain_http: bool = False
    behind_tls: bool = False
    server_threads: int = Field(default=8, ge=1, le=64)
    worker_slots: int = Field(default=1, ge=1, le=64)
    lease_s: float = Field(default=60.0, gt=0, le=3600)
    ring_again_s: float = Field(default=20.0, gt=0, le=3600)
    max_attempts: int = Field(default=3, ge=1, le=10)
    solve_seconds: float = Field(default=30.0, gt=0, le=600)
    solve_threads: int = Field(default=2, ge=1, le=64)
    nightly_hour: int = Field(default=3, ge=0, le=23)
    child_memory_mb: int = Field(default=4096, ge=256)
    session_idle_min: float = Field(default=15.0, gt=0)
    session_max_h: float = Field(default=12.0, gt=0)
    login_tries: int = Field(default=10, ge=1)
    login_tries_per_address: int = Field(default=50, ge=1)
    login_window_min: float = Field(default=15.0, gt=0)
    upload_max_mb: int = Field(default=25, ge=1, le=1024)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    language: Literal["", "en", "zh"] = ""

    @property
    def database(self) -> str:
        """The SQLAlchemy URL in use: ``database_url``, or SQLite in ``home``."""
        return self.database_url or f"sqlite:///{(self.home / 'caretable.sqlite').resolve()}"


def read_settings() -> Settings:
    """The settings of this process. Raises BadSettings for an unknown CARETABLE_ variable or a value out of range."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise BadSettings("unknown_setting", found=name, expected=", ".join(sorted(known)))
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise BadSettings("bad_setting", where=name, found=first["input"], expected=first["msg"]) from error
