"""Files out: templates, a plan, a call list. No cell ever leaves as a formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from hospital.errors import BadInput
from hospital.texts import say
from intake.excel_export import SheetOut, workbook
from intake.export import people_csv
from intake.plans import plan_csv
from intake.templates import template_csv, template_xlsx
from planning import queries as q
from planning.desk import Desk
from planning.reads.lists import call_rows
from planning.reads.rows import abouts_of
from planning.views import Download, PlaceView

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_PLACE_COLUMNS = ("resource", "date", "start", "end", "minutes")
_CALL_COLUMNS = ("old", "new", "cause", "reason", "told", "told_by")


def _download(name: str, kind: str, content: bytes) -> Download:
    return Download(filename=f"{name}.{kind}", media_type=XLSX if kind == "xlsx" else CSV, content=content)


def _check_format(kind: str) -> None:
    if kind not in ("csv", "xlsx"):
        raise BadInput("bad_format", found=kind, expected="csv, xlsx")


def _template(desk: Desk, query: q.Templates) -> Download:
    _check_format(query.format)
    language = desk.actor.language
    name = query.kind or "caretable"
    if query.format == "csv" and query.kind:
        return _download(name, "csv", template_csv(query.kind, language))
    kinds = (query.kind,) if query.kind else ()
    return _download(name, "xlsx", template_xlsx(language, kinds, area=query.area))


def _heads(columns: Sequence[str], language: str) -> list[str]:
    return [say(f"planning.column_{name}", language) for name in columns]


def _plan(desk: Desk, query: q.ExportPlan) -> Download:
    """A CSV that ``caretable check`` reads, or a workbook for people in their language."""
    _check_format(query.format)
    situation = desk.situation(query.area)
    desk.version(query.area, query.version)
    rows = desk.work.versions.appointments(desk.site_id, query.area, query.version)
    rows = tuple(sorted(rows, key=lambda row: (row.resource, row.start)))
    name = f"plan-{query.version}"
    if query.format == "csv":
        return _download(name, "csv", plan_csv(rows).encode())
    language, zone, abouts = desk.actor.language, situation.problem.clock.zone, abouts_of(situation)
    columns = situation.area.columns
    cells = []
    for row in rows:
        about = abouts.of(situation.area.task_id(row)) or situation.area.about_gone(situation, row)
        start, end = row.start.astimezone(zone), row.end.astimezone(zone)
        minutes = int((row.end - row.start).total_seconds() // 60)
        times = (row.resource, start.date(), f"{start:%H:%M}", f"{end:%H:%M}", minutes)
        own = ["" if about is None else column.cell(about, language) for column in columns]
        cells.append((row.request, *own, *times))
    heads = _heads(("request", *(column.id for column in columns), *_PLACE_COLUMNS), language)
    sheet = SheetOut(name=say("planning.sheet_plan", language), header=heads, rows=cells)
    return _download(name, "xlsx", workbook([sheet]))


def _calls(desk: Desk, query: q.ExportCalls) -> Download:
    _check_format(query.format)
    language, situation = desk.actor.language, desk.situation(query.area)
    zone, columns = situation.problem.clock.zone, situation.area.columns

    def places(views: Sequence[PlaceView]) -> str:
        said = [f"{view.start.astimezone(zone):%Y-%m-%d %H:%M} {view.resource}" for view in views]
        return "\n".join(said) or say("planning.no_place", language)

    cells = [
        (
            row.request,
            *("" if row.about is None else column.cell(row.about, language) for column in columns),
            places(row.old),
            places(row.new),
            say(f"planning.cause_{row.cause}", language),
            row.reason,
            say("planning.yes" if row.is_done else "planning.no", language),
            row.done_by or "",
        )
        for row in call_rows(desk, query.area, query.version)
    ]
    columns_said = ("request", *(column.id for column in columns), *_CALL_COLUMNS)
    name, heads = f"calls-{query.version}", _heads(columns_said, language)
    if query.format == "csv":
        return _download(name, "csv", people_csv(heads, cells))
    sheet = SheetOut(name=say("planning.sheet_calls", language), header=heads, rows=cells)
    return _download(name, "xlsx", workbook([sheet]))


READS: dict[type[q.Query], Callable[[Desk, Any], Any]] = {
    q.Templates: _template,
    q.ExportPlan: _plan,
    q.ExportCalls: _calls,
}
