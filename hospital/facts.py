"""What a rule says about a plan, and what an explanation may cite. Facts, never prose: sentences are made from the catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

POINT = 6000
"""Integer units of one point of cost: a price per hour with two decimals stays whole for every minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One place where a rule is broken (hard) or felt (soft).

    ``requests`` and ``resources`` are ids; ``start`` and ``end`` minutes of the horizon (None where time means nothing);
    ``amount`` in the rule's own unit; ``price`` in 1/POINT points, 0 for a hard rule. ``values`` fill the rule's sentence.
    """

    rule: str
    is_hard: bool
    requests: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None
    amount: int = 0
    price: int = 0
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One statement of an explanation: the catalogue entry ``facts.<text_id>`` and the values it cites."""

    text_id: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
