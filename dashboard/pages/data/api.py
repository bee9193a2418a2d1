"""Files in and out: a plain upload endpoint, templates, refused rows."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask, Response, jsonify, request

from dashboard.auth import current_actor
from dashboard.pages.data.preview import refused_values
from dashboard.pages.plan.api import send
from hospital.errors import BadInput, CaretableError
from hospital.texts import say
from intake.export import people_csv
from planning import commands as c
from planning.app import Application
from planning.queries import Templates, UploadStatus
from planning.views import Download

_FIELDS = ("file", "row", "field", "expected", "found")


def register(server: Flask, application: Application) -> None:
    """Add the endpoints."""

    @server.post("/api/upload")
    def upload() -> Any:
        actor = current_actor()
        try:
            view = application.execute(actor, read_upload())
        except CaretableError as error:
            return jsonify({"problem": error.sentence(actor.language)}), 400
        return jsonify({"upload": view.id})

    @server.get("/api/template/<area>/<kind>.<file_format>")
    def template(area: str, kind: str, file_format: str) -> Any:
        query = Templates("" if kind == "all" else kind, file_format, area=area)
        return _answer(application, query)

    @server.get("/api/refused/<upload_id>.csv")
    def refused(upload_id: str) -> Any:
        actor = current_actor()
        try:
            view = application.ask(actor, UploadStatus(upload_id))
        except CaretableError as error:
            return Response(error.sentence(actor.language), 404, mimetype="text/plain")
        heads = [say(f"data.column_{name}", actor.language) for name in _FIELDS]
        rows = [[str(row[name]) for name in _FIELDS] for row in refused_values(view, actor.language)]
        content = people_csv(heads, rows)
        return send(
            Download(filename=f"refused-{upload_id}.csv", media_type="text/csv; charset=utf-8", content=content)
        )


def _answer(application: Application, query: Templates) -> Response:
    actor = current_actor()
    try:
        return send(application.ask(actor, query))
    except CaretableError as error:
        return Response(error.sentence(actor.language), 404, mimetype="text/plain")


def read_upload() -> c.StageUpload:
    """The file and its fields. Raises BadInput where there is none or the columns are not JSON."""
    file = request.files.get("file")
    if file is None:
        raise BadInput("bad_request_body", where="upload", expected="file", found="-")
    kind = request.form.get("kind", "auto")
    try:
        mapping = json.loads(request.form["mapping"]) if "mapping" in request.form else None
    except json.JSONDecodeError as error:
        raise BadInput("bad_request_body", where="mapping", expected="JSON", found=error.msg) from error
    if mapping is not None and not (
        isinstance(mapping, dict) and all(isinstance(part, str) for pair in mapping.items() for part in pair)
    ):
        raise BadInput("bad_request_body", where="mapping", expected="JSON", found=type(mapping).__name__)
    return c.StageUpload(
        kind="" if kind == "auto" else kind,
        filename=(file.filename or "file")[:300],
        content=file.read(),
        mapping=mapping,
        source=request.form.get("source", "")[:200],
        area=request.form.get("area", c.IMAGING)[:20],
    )
