"""`caretable site new`: an empty hospital with its first administrator."""

from __future__ import annotations

from dataclasses import dataclass

from cli.doing import answer, words
from planning.actors import SYSTEM
from planning.commands import CreateSite
from planning.passwords import random_password
from planning.settings import read_settings


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSite:
    """What the command line says of the hospital; without a password a random one is made and told once."""

    name_en: str
    name_zh: str
    administrator: str
    timezone: str
    password: str | None = None


def new_site(wanted: NewSite) -> None:
    """Make the site in the installation's database. Raises CaretableError where a name is taken or a zone unknown."""
    from storage.bootstrap import open_application

    application = open_application(read_settings())
    password = wanted.password or random_password()
    try:
        site = application.execute(
            SYSTEM, CreateSite(wanted.name_en, wanted.name_zh, wanted.administrator, password, wanted.timezone)
        )
    finally:
        application.close()
    answer([words("site_made", name=site.name_en, id=site.id)])
    if wanted.password is None:
        answer([words("site_account", name=wanted.administrator, password=password)])


def migrate() -> None:
    """Bring the database's tables up to date."""
    from storage.bootstrap import open_application

    settings = read_settings()
    open_application(settings).close()
    answer([words("migrated")])
