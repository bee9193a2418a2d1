"""How each question is answered; one file a topic, one table in all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planning.asking.reads import READS as ASKING
from planning.beds.use_cases import READS as BEDS
from planning.desk import Desk
from planning.pharmacy.reads import READS as PHARMACY
from planning.queries import Query
from planning.reads.advice import READS as ADVICE
from planning.reads.exports import READS as EXPORTS
from planning.reads.lists import READS as LISTS
from planning.reads.operations import READS as OPERATIONS
from planning.reads.plans import READS as PLANS

READS: dict[type[Query], Callable[[Desk, Any], Any]] = {
    **PLANS,
    **ADVICE,
    **LISTS,
    **OPERATIONS,
    **EXPORTS,
    **PHARMACY,
    **ASKING,
    **BEDS,
}
