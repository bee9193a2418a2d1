"""The month's report of a pharmacy: what was used, ordered and delivered, what must be looked at, what to order today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from hospital.pharmacy import Delivery, Pharmacy
from hospital.texts import say
from planning.pharmacy.build import Shelf
from planning.pharmacy.report.content import Bars, Cell, Column, Content, Table
from planning.pharmacy.views import LineView
from planning.pharmacy.wording import alarm_text, day_text, reason_text, share_text

MOST_ROWS = 40
"""Rows of a table that are printed; the workbook of the order has them all."""
MONTHS = 13
TOP = 15


def month_report(shelf: Shelf, lines: Sequence[LineView], language: str) -> Content:
    """The report of the last whole month before the shelf's day, with today's proposal."""
    site, today = shelf.site, shelf.today
    last = today.replace(day=1)
    first = (last - timedelta(days=1)).replace(day=1)

    def words(text_id: str, **values: object) -> str:
        return say(f"orders.{text_id}", language, **values)

    settings = site.settings
    alarmed, ordered = [line for line in lines if line.alarms], [line for line in lines if line.packs]
    months = _money_by_month(site, last)
    return Content(
        language=language,
        title=words("report_title"),
        hospital=settings.name_zh if language == "zh" else settings.name_en,
        period=words("report_period", first=first.isoformat(), last=(last - timedelta(days=1)).isoformat()),
        made=words("report_made", day=today.isoformat()),
        summary=_summary(lines, ordered, language),
        tiles=tuple(_tiles(shelf, lines, first, last, language)),
        bars=Bars(
            title=words("report_bars", currency=settings.currency),
            labels=tuple(f"{day:%y-%m}" for day, _ in months),
            values=tuple(money for _, money in months),
        ),
        tables=(
            _exceptions(alarmed, language),
            _order(ordered, settings.currency, language),
            _suppliers(shelf, first, last, language),
            _dearest(site, first, last, language),
        ),
        signatures=tuple(words(f"report_sign_{who}") for who in ("buyer", "pharmacist", "head")),
        none=words("report_none"),
        page=words("report_page", page="{page}", pages="{pages}"),
        foot=words("report_foot"),
    )


def _summary(lines: Sequence[LineView], ordered: Sequence[LineView], language: str) -> str:
    short = sum(any(alarm.kind in ("out_now", "shortage") for alarm in line.alarms) for line in lines)
    expiring = sum(any(alarm.kind.startswith("expiry") for alarm in line.alarms) for line in lines)
    broken = sum(any(alarm.kind == "level_break" for alarm in line.alarms) for line in lines)
    return say("orders.report_summary", language, num=len(ordered), short=short, expiring=expiring, broken=broken)


def _tiles(
    shelf: Shelf, lines: Sequence[LineView], first: date, last: date, language: str
) -> Iterator[tuple[str, str, str]]:
    """The month's figures in money and days."""
    site = shelf.site
    prices = {item.id: item.price / item.pack_units for item in site.items}
    stock = sum(lot.units * prices.get(lot.item, 0.0) for lot in site.lots)
    used = sum(money for day, money in _money_by_month(site, last) if day == first)
    bought = [row for row in site.deliveries if first <= row.ordered < last]
    pack = {item.id: item.price for item in site.items}
    spent = sum(row.packs * pack.get(row.item, 0.0) for row in bought)
    days = stock / (used / (last - first).days) if used else 0.0
    budget = site.settings.month_budget
    money = f"{site.settings.currency} "

    def tile(name: str, value: str, **values: object) -> tuple[str, str, str]:
        return (
            say(f"orders.tile_{name}", language),
            value,
            say(f"orders.tile_{name}_note", language, **values),
        )

    yield tile("used", money + f"{used:,.0f}", num=len(site.usage.items))
    yield tile("spent", money + f"{spent:,.0f}", num=len(bought), budget=f"{budget:,.0f}" if budget else "–")
    yield tile("stock", money + f"{stock:,.0f}", days=f"{days:.0f}")
    today = sum(line.value for line in lines)
    yield tile("order", money + f"{today:,.0f}", num=sum(line.packs > 0 for line in lines))


def _money_by_month(site: Pharmacy, before: date) -> list[tuple[date, float]]:
    """Money issued in each of the last months that lie before a day."""
    prices = np.array([{i.id: i.price / i.pack_units for i in site.items}.get(name, 0.0) for name in site.usage.items])
    worth = prices @ site.usage.units if len(prices) else np.zeros(0)
    found: dict[date, float] = defaultdict(float)
    for day, money in zip(site.usage.days, worth, strict=True):
        found[day.replace(day=1)] += float(money)
    whole = [(day, money) for day, money in sorted(found.items()) if day < before]
    return whole[-MONTHS:]


def _exceptions(lines: Sequence[LineView], language: str) -> Table:
    """Exceptions first, one row each, the gravest at the top; a slower supplier stands among the suppliers."""
    rows: list[tuple[Cell, ...]] = []
    marked = set()
    for line in lines:
        for alarm in line.alarms:
            if alarm.kind == "lead_time":
                continue
            if alarm.kind in ("out_now", "shortage"):
                marked.add(len(rows))
            kind = say(f"pharmacy.kind_{alarm.kind}", language)
            rows.append((kind, line.item, line.name(language), line.criticality, alarm_text(alarm, language)))
    columns = _columns(language, kind=10, item=7, name=26, ved=5, what=52)
    return _table("exceptions", columns, rows, language, marked=frozenset(marked))


def _order(lines: Sequence[LineView], currency: str, language: str) -> Table:
    """Today's proposal, a line an item, in the order in which it presses."""
    rows: list[tuple[Cell, ...]] = [
        (
            line.item,
            line.name(language),
            line.supplier,
            line.packs,
            round(line.value, 2),
            day_text(line.needed_by, language),
            f"{share_text(line.risk_none)} → {share_text(line.risk)}",
            reason_text(line, language),
        )
        for line in lines
    ]
    columns = _columns(language, item=6, name=18, supplier=6, packs=5, value=8, needed_by=9, risk=10, reason=38)
    remark = say("orders.report_order_total", language, value=f"{currency} {sum(line.value for line in lines):,.2f}")
    return _table("order", columns, rows, language, remark=remark)


def _suppliers(shelf: Shelf, first: date, last: date, language: str) -> Table:
    """How each supplier delivered in the month, beside what it promises and whether it has changed."""
    by: dict[str, list[Delivery]] = defaultdict(list)
    for row in shelf.site.deliveries:
        by[row.supplier].append(row)
    rows: list[tuple[Cell, ...]] = []
    marked = set()
    for supplier in shelf.site.suppliers:
        month = [row for row in by[supplier.id] if first <= row.ordered < last]
        days = [(row.received - row.ordered).days for row in month if row.received is not None]
        drift = shelf.deliveries[supplier.id].drift
        if drift is not None and drift.now > drift.before:
            marked.add(len(rows))
        told = "" if drift is None else say(
            "orders.report_drift", language, before=f"{drift.before:.1f}", now=f"{drift.now:.1f}"
        )  # fmt: skip
        mean, late = (float(np.mean(days)), float(np.quantile(days, 0.9))) if days else (None, None)
        rows.append((supplier.id, supplier.name, len(month), mean, late, supplier.promised_days, told))
    columns = _columns(language, supplier=8, name=24, orders=10, mean_days=11, late_days=11, promised=10, drift=26)
    return _table("suppliers", columns, rows, language, marked=frozenset(marked))


def _dearest(site: Pharmacy, first: date, last: date, language: str) -> Table:
    """The items that took the most money in the month, beside the same month a year ago."""
    at = {name: row for row, name in enumerate(site.usage.items)}
    days = site.usage.days
    year_ago = (_year_before(first), _year_before(last))
    rows: list[tuple[Cell, ...]] = []
    for item in site.items:
        if item.id not in at:
            continue
        units = site.usage.units[at[item.id]]
        now, then = (
            sum(float(each) for day, each in zip(days, units, strict=True) if low <= day < high)
            for low, high in ((first, last), year_ago)
        )
        name = (item.name or item.name_en) if language == "zh" else (item.name_en or item.name)
        change = f"{100 * (now / then - 1):+.0f} %" if then > 0 else None
        rows.append(
            (
                item.id,
                name,
                now,
                then if days and days[0] <= year_ago[0] else None,
                change,
                round(now / item.pack_units * item.price, 2),
            )
        )
    rows.sort(key=lambda row: -float(row[-1] or 0))
    columns = _columns(language, item=8, name=40, used=14, used_before=14, change=10, value=14)
    return _table("dearest", columns, rows[:TOP], language)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1)


_FORMS = {"packs": ",.0f", "value": ",.0f", "orders": ",.0f", "mean_days": ".1f", "late_days": ".1f", "used": ",.0f"}
_FORMS |= {"used_before": ",.0f", "promised": ".0f", "change": "s"}


def _columns(language: str, **widths: float) -> tuple[Column, ...]:
    return tuple(
        Column(heading=say(f"orders.column_{name}", language), width=width, form=_FORMS.get(name, ""))
        for name, width in widths.items()
    )


def _table(
    name: str,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[Cell, ...]],
    language: str,
    *,
    remark: str = "",
    marked: frozenset[int] = frozenset(),
) -> Table:
    title = say(f"orders.table_{name}", language)
    if len(rows) > MOST_ROWS:
        more = say("orders.report_more", language, num=len(rows) - MOST_ROWS)
        remark = f"{remark} {more}".strip()
    return Table(name=name, title=title, columns=columns, rows=tuple(rows[:MOST_ROWS]), remark=remark, marked=marked)
