"""Files of the page: the order as a workbook or as text."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Flask, Response

from dashboard.auth import current_actor
from hospital.errors import CaretableError
from planning.app import Application
from planning.pharmacy.asked import ExportOrder


def register(server: Flask, application: Application) -> None:
    """Add the endpoint."""

    @server.get("/api/export/order.<file_format>")
    def export_order(file_format: str) -> Any:
        actor = current_actor()
        try:
            file = application.ask(actor, ExportOrder(file_format))
        except CaretableError as error:
            return Response(error.sentence(actor.language), 409, mimetype="text/plain")
        response = Response(file.content, mimetype=file.media_type)
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.filename)}"
        return response
