"""The contract of columns: one table for each kind of file. Read by intake, the templates and the samples' READMEs alike."""

from __future__ import annotations

from collections.abc import Mapping

from hospital.errors import BadInput
from intake import schema_dialysis, schema_pharmacy, schema_radiotherapy
from intake.fields import Table
from intake.schema_requests import BOOKED, CHANGEOVERS, EXAMINATIONS, GAPS, REQUESTS
from intake.schema_resources import CLOSURES, OPENING, RESERVATIONS, SCANNERS, STAFF

_IN_ORDER = (SCANNERS, EXAMINATIONS, OPENING, CLOSURES, RESERVATIONS, CHANGEOVERS, GAPS, STAFF, REQUESTS, BOOKED)

TABLES: Mapping[str, Table] = {table.kind: table for table in _IN_ORDER}
"""Imaging's kinds of files, in the order in which they are read: what is referred to comes first."""

AREA_TABLES: Mapping[str, Mapping[str, Table]] = {
    "imaging": TABLES,
    "radiotherapy": {table.kind: table for table in schema_radiotherapy.IN_ORDER},
    "dialysis": {table.kind: table for table in schema_dialysis.IN_ORDER},
    "orders": {table.kind: table for table in schema_pharmacy.IN_ORDER},
}
"""The kinds of files of every area, each in that order. A kind is one area's only."""

_ALL: Mapping[str, Table] = {kind: table for tables in AREA_TABLES.values() for kind, table in tables.items()}


def tables_of(area: str) -> Mapping[str, Table]:
    """The area's tables by kind. Raises BadInput naming the known areas."""
    if area not in AREA_TABLES:
        raise BadInput("unknown_area", id=area, expected=", ".join(AREA_TABLES))
    return AREA_TABLES[area]


def table_of(kind: str) -> Table:
    """The table of that kind, whatever its area. Raises BadInput naming the known kinds."""
    if kind not in _ALL:
        raise BadInput("unknown_kind", found=kind, expected=", ".join(_ALL))
    return _ALL[kind]
