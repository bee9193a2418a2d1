"""Files out: templates, a plan, a call list. No cell ever leaves as a formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from hospital.errors import BadInput
from hospital.texts import say
from hospital.wording import word
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
_PLAN_COLUMNS = (
    "request", "patient", "examination", "class", "ward", "scanner", "date", "start", "end", "minutes",
)  # fmt: skip
_CALL_COLUMNS = ("request", "patient", "ward", "old", "new", "cause", "reason", "told", "told_by")


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
    return _download(name, "xlsx", template_xlsx(language, (query.kind,) if query.kind else ()))


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
    cells = []
    for row in rows:
        about = abouts.of(row.request)
        start, end = row.start.astimezone(zone), row.end.astimezone(zone)
        minutes = int((row.end - row.start).total_seconds() // 60)
        times = (row.resource, start.date(), f"{start:%H:%M}", f"{end:%H:%M}", minutes)
        if about is None:
            cells.append((row.request, "", "", "", "", *times))
        else:
            title = about.examination_zh if language == "zh" else about.examination_en
            rclass = say(f"planning.class_{about.rclass}", language)
            cells.append((row.request, about.patient, title, rclass, word("ward", about.ward, language), *times))
    sheet = SheetOut(name=say("planning.sheet_plan", language), header=_heads(_PLAN_COLUMNS, language), rows=cells)
    return _download(name, "xlsx", workbook([sheet]))


def _calls(desk: Desk, query: q.ExportCalls) -> Download:
    _check_format(query.format)
    language, zone = desk.actor.language, desk.situation(query.area).problem.clock.zone

    def place(view: PlaceView | None) -> str:
        if view is None:
            return say("planning.no_place", language)
        return f"{view.start.astimezone(zone):%Y-%m-%d %H:%M} {view.scanner}"

    cells = [
        (
            row.request,
            row.patient,
            "" if row.about is None else word("ward", row.about.ward, language),
            place(row.old),
            place(row.new),
            say(f"planning.cause_{row.cause}", language),
            row.reason,
            say("planning.yes" if row.is_done else "planning.no", language),
            row.done_by or "",
        )
        for row in call_rows(desk, query.area, query.version)
    ]
    name, heads = f"calls-{query.version}", _heads(_CALL_COLUMNS, language)
    if query.format == "csv":
        return _download(name, "csv", people_csv(heads, cells))
    sheet = SheetOut(name=say("planning.sheet_calls", language), header=heads, rows=cells)
    return _download(name, "xlsx", workbook([sheet]))


READS: dict[type[q.Query], Callable[[Desk, Any], Any]] = {
    q.Templates: _template,
    q.ExportPlan: _plan,
    q.ExportCalls: _calls,
}
