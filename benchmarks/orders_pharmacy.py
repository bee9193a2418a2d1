"""Drugs of an English hospital trust: reorder levels set on the past and played against the year that came.

The folder's README gives the protocol. How careful to be and how many days an order brings are chosen for all drugs together, by the
same protocol on the two years before. Levels come from ``scheduler.orders.levels``, the functions that the page's proposal calls, on
paths drawn from the drug's own past.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from scheduler.orders.levels import order_up_to, reorder_level
from scheduler.orders.presets import Weights, preset
from scheduler.orders.problem import Floats, OrderItem, Whole
from simulations.pharmacy.past import Past, Played, played

FOLDER = "nhs-pharmacy-issues"
SITE = 240
NO_PATIENTS = ("ADJ", "HIGH", "MILL", "MOCK", "WASTE", "PHWRC")
FIRST, END = date(2019, 7, 1), date(2020, 7, 1)
LONGEST_LEAD = 10
START_PACKS = 10
AIMS = {"fill": 0.995, "out_days": 1.5, "stock_days": 10.0, "orders": 31.0}
YEAR = 261
LEAST_PAST = 60
"""Open days that must lie before a drug's year is played on the past."""
CARES = (20.0, 24.0, 28.0, 32.0, 36.0, 40.0, 45.0, 50.0, 60.0)
ORDER_DAYS = tuple(6 + k / 4 for k in range(13))
WEEK = 5
NUM_PATHS = 1000


@dataclass(frozen=True, kw_only=True)
class Window:
    """How far back paths are drawn from: open days, the age after which a day counts a third, and how far each is moved to the level of the
    last ``recent`` days (0 = not at all, 1 = wholly)."""

    days: int
    fading: float
    moved: float
    recent: int = 120


WINDOWS = (
    Window(days=YEAR, fading=np.inf, moved=0.0),
    Window(days=2 * YEAR, fading=np.inf, moved=0.0),
    Window(days=2 * YEAR, fading=np.inf, moved=0.5),
    Window(days=3 * YEAR, fading=YEAR, moved=0.5),
)
"""One, two, three years back: which is best differs from drug to drug and is not known before, so paths come from all."""


@dataclass(frozen=True, kw_only=True)
class Drug:
    """One drug on open days (Monday to Friday): units issued and returned, where its record begins, leads, and the trust's own rule."""

    name: str
    pack_units: float
    level: float
    packs: int
    issued: Floats
    returned: Floats
    begins: int
    leads: Whole


@dataclass(frozen=True, kw_only=True)
class Record:
    """All drugs on one row of open days; ``first`` and ``end`` bound the year to play."""

    drugs: tuple[Drug, ...]
    first: int
    end: int


def read(folder: Path) -> Record:
    """The record of the folder's drugs at the site."""
    issues = pl.read_parquet(folder / "issues.parquet").with_columns(pl.col("date").str.to_date())
    issues = issues.filter((pl.col("site") == SITE) & ~pl.col("ward").is_in(list(NO_PATIENTS)))
    orders = pl.read_csv(folder / "lead_times.csv").with_columns(pl.col("ordered", "received").str.to_date())
    orders = orders.filter(pl.col("ordered") < FIRST).unique(
        ["drug", "order", "ordered", "received"], maintain_order=True
    )
    when = issues["date"].to_numpy().astype("datetime64[D]")
    days = np.arange(when.min(), when.max() + 3)
    days = days[np.is_busday(days)]
    rules = pl.read_csv(folder / "reorder_parameters.csv").filter(pl.col("site") == SITE)
    found = [_drug(rule, issues, orders, days) for rule in rules.sort("drug").iter_rows(named=True)]
    first, last = (int(np.searchsorted(days, np.datetime64(day, "D"))) for day in (FIRST, END))
    return Record(drugs=tuple(drug for drug in found if len(drug.leads)), first=first, end=last)


def _drug(rule: Mapping[str, object], issues: pl.DataFrame, orders: pl.DataFrame, days: np.ndarray) -> Drug:
    rows = issues.filter(pl.col("drug") == rule["drug"])
    when = np.busday_offset(rows["date"].to_numpy().astype("datetime64[D]"), 0, roll="forward")
    at, units = np.searchsorted(days, when), rows["qty"].to_numpy()
    issued, returned = np.zeros(len(days)), np.zeros(len(days))
    np.add.at(issued, at, np.maximum(units, 0))
    np.add.at(returned, at, np.maximum(-units, 0))
    log = orders.filter(pl.col("drug") == rule["drug"])
    leads = np.busday_count(
        log["ordered"].to_numpy().astype("datetime64[D]"), log["received"].to_numpy().astype("datetime64[D]")
    )
    return Drug(
        name=str(rule["drug"]),
        pack_units=float(rule["pack_size"]),  # type: ignore[arg-type]
        level=float(rule["reorder_level_units"]),  # type: ignore[arg-type]
        packs=int(rule["reorder_quantity_packs"]),  # type: ignore[call-overload]
        issued=issued,
        returned=returned,
        begins=int(at.min()),
        leads=np.sort(leads[(leads >= 0) & (leads <= LONGEST_LEAD)]).astype(np.int64),
    )


def item_on(drug: Drug, day: int) -> OrderItem:
    """The drug as the proposal sees it in the evening before an open day, from what was known then."""
    net = (drug.issued - drug.returned)[drug.begins : day]
    length = min(LONGEST_LEAD + 1, len(net))
    dice = np.random.default_rng(len(net))
    rows = [_drawn(net, window, length, dice) for window in WINDOWS]
    demand = np.concatenate(rows)
    leads = dice.choice(drug.leads, size=len(demand)).astype(np.int64)
    return OrderItem(
        id=drug.name,
        turnover="A",
        pack_units=drug.pack_units,
        demand=demand,
        arrives=leads,
        next_arrives=leads + 1,
    )


def _drawn(net: Floats, window: Window, length: int, dice: np.random.Generator) -> Floats:
    """Stretches of the past, [NUM_PATHS, length]."""
    back = net[-window.days :]
    starts = np.arange(len(back) - length + 1)
    weight = np.exp(-(len(back) - starts) / window.fading)
    chosen = dice.choice(starts, size=NUM_PATHS, p=weight / weight.sum())
    level, now = back.mean(), back[-window.recent :].mean()
    moved = (now / level) ** window.moved if level > 0 and now > 0 else 1.0
    return np.asarray(back[chosen[:, None] + np.arange(length)] * moved)


@dataclass(frozen=True, kw_only=True)
class Careful:
    """How careful, and how many days an order brings: chosen on the past."""

    care: float
    days: float

    def weights(self) -> Weights:
        """As weights of the orders area, the same for every class."""
        return replace(preset("standard"), care_essential=self.care, days_a=self.days)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A drug's days to be played, and the drug as it stood at the beginning of each week of them."""

    past: Past
    weeks: tuple[OrderItem, ...]

    def turn(self, weights: Weights, *, is_updated: bool) -> Played:
        """The days with levels made anew each week from what had come by then, or with those of the first week."""
        weeks = self.weeks if is_updated else self.weeks[:1]
        level, up_to = (
            np.resize(np.repeat([each(item, weights) for item in weeks], WEEK), len(self.past.issued))
            for each in (reorder_level, order_up_to)
        )
        return played(self.past, level, up_to=up_to, year_days=YEAR)


def seen(drug: Drug, start: int, end: int) -> Seen:
    """The drug on the open days from ``start`` until before ``end``."""
    return Seen(past=_past(drug, start, end), weeks=tuple(item_on(drug, day) for day in range(start, end, WEEK)))


def chosen(record: Record) -> Careful:
    """The pair that keeps furthest from the worst of the aims in the two years before ``record.first``, played as the next one will be."""
    before = [
        seen(drug, _past_start(drug, end), end)
        for end in (record.first - YEAR, record.first)
        for drug in record.drugs
        if end - drug.begins >= LEAST_PAST
    ]

    def worst(pair: Careful) -> float:
        return ratio(mean([each.turn(pair.weights(), is_updated=True) for each in before]))

    return min((Careful(care=care, days=days) for care in CARES for days in ORDER_DAYS), key=worst)


def _past_start(drug: Drug, first: int) -> int:
    """Where the year before begins: later where the record is young, at the latest forty days before the end."""
    return min(max(first - YEAR, drug.begins + LEAST_PAST), max(first - 40, drug.begins + 15))


def year_played(record: Record, pair: Careful, *, is_updated: bool) -> list[Played]:
    """Each drug in the year to play."""
    return [seen(drug, record.first, record.end).turn(pair.weights(), is_updated=is_updated) for drug in record.drugs]


def trust_played(record: Record) -> list[Played]:
    """Each drug with the trust's own rule."""
    return [
        played(_past(drug, record.first, record.end), drug.level, packs=drug.packs, year_days=YEAR)
        for drug in record.drugs
    ]


def mean(turns: Sequence[Played]) -> Played:
    """The mean over drugs."""
    return Played(**{name: float(np.mean([turn.as_dict()[name] for turn in turns])) for name in turns[0].as_dict()})


def ratio(figures: Played) -> float:
    """How near the worst of the aims is: 1 = just met, more = missed. The fill rate is left out, since one issue of a month's demand to
    one ward, once in two years, makes or spoils its mean; such a day counts as one among the days short."""
    return max(figures.as_dict()[name] / AIMS[name] for name in ("out_days", "stock_days", "orders"))


def _past(drug: Drug, start: int, end: int) -> Past:
    return Past(
        issued=drug.issued[start:end],
        returned=drug.returned[start:end],
        leads=drug.leads,
        pack_units=drug.pack_units,
        start_units=START_PACKS * drug.pack_units,
    )
