"""How the pharmacy's questions are answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hospital.errors import BadInput, UnknownId, WrongState
from hospital.texts import say
from intake.excel_export import SheetOut, workbook
from intake.export import people_csv
from planning.desk import Desk
from planning.pharmacy import asked as q
from planning.pharmacy.deliveries import Drift
from planning.pharmacy.desk import PharmacyDesk, pharmacy_desk
from planning.pharmacy.picture import picture
from planning.pharmacy.proposal import quantity, with_quantity
from planning.pharmacy.records import AREA
from planning.pharmacy.report import WRITERS
from planning.pharmacy.report.month import month_report
from planning.pharmacy.views import AcceptedView, ItemPicture, LineView, PharmacyView, QuantityView, line_of
from planning.queries import Query
from planning.views import Download

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_MEDIA = {"pdf": "application/pdf", "xlsx": XLSX, "html": "text/html; charset=utf-8"}
COLUMNS = (
    "item", "name", "supplier", "packs", "pack_units", "unit", "price", "value", "needed_by", "arrives", "days_left", "risk",
)  # fmt: skip


def lines_of(there: PharmacyDesk) -> tuple[LineView, ...]:
    """The accepted order's lines, else the proposed ones. Raises WrongState without a forecast."""
    kept = there.forecast
    if kept is None:
        raise WrongState("no_forecast")
    return tuple(line_of(row) for row in (kept.accepted or kept.result)["lines"])


def _page(desk: Desk, _: q.PharmacyPage) -> PharmacyView:
    there = pharmacy_desk(desk)
    settings, kept = there.site.settings, there.forecast
    job = desk.work.jobs.last(desk.site_id, AREA)
    view = PharmacyView(
        today=there.today,
        now=there.now,
        timezone=settings.timezone,
        currency=settings.currency,
        num_items=len(there.site.items),
        num_issues=len(there.site.usage.items),
        is_running=job is not None and job.state in ("queued", "running"),
        error=job.error if job is not None and job.state == "failed" else "",
        error_values=job.error_values if job is not None else {},
    )
    if kept is None:
        return view
    accepted = None
    if kept.accepted_at is not None:
        accepted = AcceptedView(by=kept.accepted_by or "", at=kept.accepted_at)
    return replace(
        view,
        number=kept.number,
        made=kept.created,
        author=kept.author,
        is_old=there.is_old and accepted is None,
        lines=lines_of(there),
        accepted=accepted,
        drifts=tuple(Drift(**row) for row in kept.result["drifts"]),
        cost=float(kept.result["cost"]),
        bound=float(kept.result["bound"]),
    )


def _line(there: PharmacyDesk, item: str) -> LineView:
    found = next((line for line in lines_of(there) if line.item == item), None)
    if found is None:
        raise UnknownId("unknown_id", kind="item", id=item)
    return found


def _item(desk: Desk, query: q.ItemAsked) -> ItemPicture:
    there = pharmacy_desk(desk)
    shelf, line = there.shelf(), _line(there, query.item)
    if query.packs is not None and query.packs != line.packs:
        found = quantity(shelf, query.item, query.packs)
        line = with_quantity(line, found, is_advised=query.packs == line.advised)
    return picture(shelf, line)


def _quantity(desk: Desk, query: q.QuantityAsked) -> QuantityView:
    return quantity(pharmacy_desk(desk).shelf(), query.item, query.packs)


def _export(desk: Desk, query: q.ExportOrder) -> Download:
    """The order by supplier, as a buyer sends it."""
    if query.format not in ("csv", "xlsx"):
        raise BadInput("bad_format", found=query.format, expected="csv, xlsx")
    there = pharmacy_desk(desk)
    language = desk.actor.language
    suppliers = {row.id: row.name or row.id for row in there.site.suppliers}
    rows = sorted((line for line in lines_of(there) if line.packs), key=lambda line: (line.supplier, line.item))
    cells = [_cells(line, suppliers.get(line.supplier, line.supplier), language) for line in rows]
    heads = [say(f"pharmacy.column_{name}", language) for name in COLUMNS]
    name = f"order-{there.today:%Y-%m-%d}"
    if query.format == "csv":
        return Download(filename=f"{name}.csv", media_type=CSV, content=people_csv(heads, cells))
    sheet = SheetOut(name=say("pharmacy.sheet_order", language), header=heads, rows=cells)
    return Download(filename=f"{name}.xlsx", media_type=XLSX, content=workbook([sheet]))


def _report(desk: Desk, query: q.MonthReport) -> Download:
    if query.format not in WRITERS:
        raise BadInput("bad_format", found=query.format, expected=", ".join(WRITERS))
    there = pharmacy_desk(desk)
    content = month_report(there.shelf(), lines_of(there), desk.actor.language)
    name = f"pharmacy-{there.today:%Y-%m}.{query.format}"
    return Download(filename=name, media_type=_MEDIA[query.format], content=WRITERS[query.format](content))


def _cells(line: LineView, supplier: str, language: str) -> tuple[Any, ...]:
    return (
        line.item,
        line.name(language),
        supplier,
        line.packs,
        line.pack_units,
        line.unit,
        line.price,
        round(line.value, 2),
        line.needed_by or "",
        line.arrives,
        line.days_left,
        f"{100 * line.risk:.0f} %",
    )


READS: dict[type[Query], Callable[[Desk, Any], Any]] = {
    q.PharmacyPage: _page,
    q.ItemAsked: _item,
    q.QuantityAsked: _quantity,
    q.ExportOrder: _export,
    q.MonthReport: _report,
}
