"""How each command is carried out; one file a topic, one table in all."""

from __future__ import annotations

from planning.asking import handlers as asking
from planning.beds import use_cases as beds
from planning.commands import Command
from planning.desk import UseCase
from planning.handlers import access, edits, events, publishing, sites, solving, uploads
from planning.pharmacy import handlers as pharmacy

USE_CASES: dict[type[Command], UseCase] = {
    **access.USE_CASES,
    **sites.USE_CASES,
    **uploads.USE_CASES,
    **solving.USE_CASES,
    **events.USE_CASES,
    **edits.USE_CASES,
    **publishing.USE_CASES,
    **pharmacy.USE_CASES,
    **asking.USE_CASES,
    **beds.USE_CASES,
}
