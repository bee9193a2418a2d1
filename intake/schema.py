"""The contract of columns: one table for each kind of file. Read by intake, the templates and the sample's README alike."""

from __future__ import annotations

from collections.abc import Mapping

from hospital.errors import BadInput
from intake.fields import Table
from intake.schema_requests import BOOKED, CHANGEOVERS, EXAMINATIONS, GAPS, REQUESTS
from intake.schema_resources import CLOSURES, OPENING, RESERVATIONS, SCANNERS, STAFF

_IN_ORDER = (SCANNERS, EXAMINATIONS, OPENING, CLOSURES, RESERVATIONS, CHANGEOVERS, GAPS, STAFF, REQUESTS, BOOKED)

TABLES: Mapping[str, Table] = {table.kind: table for table in _IN_ORDER}
"""All kinds of files, in the order in which they are read: what is referred to comes first."""


def table_of(kind: str) -> Table:
    """The table of that kind. Raises BadInput naming the known kinds."""
    if kind not in TABLES:
        raise BadInput("unknown_kind", found=kind, expected=", ".join(TABLES))
    return TABLES[kind]
