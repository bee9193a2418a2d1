"""Files of the page: the order as a workbook or as text, and the month's report."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Flask, Response

from dashboard.auth import current_actor
from hospital.errors import CaretableError
from planning.app import Application
from planning.pharmacy.asked import ExportOrder, MonthReport
from planning.queries import Query


def register(server: Flask, application: Application) -> None:
    """Add the endpoints."""

    @server.get("/api/export/order.<file_format>")
    def export_order(file_format: str) -> Any:
        return _send(application, ExportOrder(file_format))

    @server.get("/api/export/pharmacy-month.<file_format>")
    def export_month(file_format: str) -> Any:
        return _send(application, MonthReport(file_format))


def _send(application: Application, query: Query) -> Response:
    """The file as an attachment, its name safe in any language."""
    actor = current_actor()
    try:
        file = application.ask(actor, query)
    except CaretableError as error:
        return Response(error.sentence(actor.language), 409, mimetype="text/plain")
    response = Response(file.content, mimetype=file.media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.filename)}"
    return response
