"""Small endpoints beside the callbacks: the price of a drag, and files."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Flask, Response, jsonify, request

from dashboard.auth import current_actor
from dashboard.components.notices import sentence_of
from dashboard.i18n import unwall
from dashboard.pages.plan.here import area_here
from dashboard.pages.plan.sentences import preview_text
from hospital.errors import BadInput, CaretableError
from planning.app import Application
from planning.queries import ExportCalls, ExportPlan, MovePreview, Sites
from planning.views import Download


def register(server: Flask, application: Application) -> None:
    """Add the endpoints."""

    @server.post("/api/move-preview")
    def move_preview() -> Any:
        actor = current_actor()
        try:
            zone = _zone(application)
            query = _read_move(request.get_json(silent=True), zone)
            preview = application.ask(actor, query)
        except CaretableError as error:
            return jsonify({"allowed": False, "text": sentence_of(error, actor.language)}), 200
        return jsonify(
            {"allowed": preview.is_allowed, "price": preview.price, "text": preview_text(preview, zone, actor.language)}
        )

    @server.get("/api/export/<what>.<file_format>")
    def export(what: str, file_format: str) -> Any:
        actor = current_actor()
        version = request.args.get("version", default=0, type=int)
        queries: dict[str, Any] = {"plan": ExportPlan, "calls": ExportCalls}
        if what not in queries or file_format not in ("csv", "xlsx"):
            return jsonify({"text": "not found"}), 404
        try:
            return send(
                application.ask(actor, queries[what](version, file_format, area=request.args.get("area", area_here())))
            )
        except CaretableError as error:
            return Response(error.sentence(actor.language), 409, mimetype="text/plain")


def _zone(application: Application) -> str:
    actor = current_actor()
    sites = application.ask(actor, Sites())
    return next((site.timezone for site in sites if site.id == actor.site_id), "UTC")


def _read_move(value: Any, zone: str) -> MovePreview:
    """The question of assets/timeline_moves.js. Raises BadInput for anything else."""
    if not isinstance(value, dict):
        raise BadInput("bad_request_body", where="move-preview", expected="JSON", found=type(value).__name__)
    version, name, scanner, start = (value.get(key) for key in ("version", "request", "scanner", "start"))
    if not (
        isinstance(version, int)
        and isinstance(name, str)
        and isinstance(scanner, str)
        and isinstance(start, int | float)
    ):
        raise BadInput(
            "bad_request_body",
            where="move-preview",
            expected="version, request, scanner, start",
            found=", ".join(map(str, value)),
        )
    return MovePreview(str(value.get("area", "")) or area_here(), version, name, scanner, unwall(start, zone))


def send(file: Download) -> Response:
    """A file as an attachment, its name safe in any language."""
    response = Response(file.content, mimetype=file.media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.filename)}"
    return response
