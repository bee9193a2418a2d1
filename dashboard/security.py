"""What every answer and every request must satisfy before any page sees it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from dashboard.i18n import COOKIE, language_or_default
from hospital.texts import say

LOG = logging.getLogger(__name__)
SMALL_BODY = 1_000_000
"""Bytes a request may carry that is no upload."""

# Inline style attributes and sheets are needed by the component libraries; scripts are ours or named by hash.
_POLICY = (
    "default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


def protect(server: Flask, *, script_hashes: Sequence[str], upload_max_mb: int, is_https: bool) -> None:
    """Add the checks and headers to the server."""
    policy = _POLICY.format(hashes=" ".join(script_hashes))

    @server.before_request
    def refuse_foreign_and_large() -> Response | None:
        is_upload = request.path.startswith("/api/upload")
        request.max_content_length = upload_max_mb * 1_000_000 if is_upload else SMALL_BODY
        if (request.content_length or 0) > request.max_content_length:
            return plain_error(413, "too_large")
        if request.method not in ("GET", "HEAD", "OPTIONS") and not is_same_origin():
            return plain_error(403, "foreign_request")
        return None

    @server.after_request
    def add_headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        for name, value in _HEADERS.items():
            response.headers[name] = value
        if is_https:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if not request.path.startswith(("/assets/", "/_dash-component-suites/")):
            response.headers["Cache-Control"] = "no-store"
        response.headers.pop("Server", None)
        return response

    @server.errorhandler(Exception)
    def speak_plainly(error: Exception) -> Response:
        return answer_error(error)


def is_same_origin() -> bool:
    """True where the browser says that our own page sent this. A sender that says nothing is refused."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return site == "same-origin"
    return urlsplit(origin).netloc == request.host


def answer_error(error: Exception) -> Response:
    """An error in words, without a trace; an unexpected one is logged under the code that the person is shown."""
    if isinstance(error, HTTPException):
        known = {404: "not_found", 413: "too_large"}
        return plain_error(error.code or 500, known.get(error.code or 500, "refused"))
    code = secrets.token_hex(3)
    LOG.exception("unexpected error %s on %s %s", code, request.method, request.path)
    return plain_error(500, "unexpected", code=code)


def plain_error(status: int, text: str, **values: str) -> Response:
    """A short answer in the person's language."""
    language = language_or_default(request.cookies.get(COOKIE))
    return Response(say(f"dashboard.error_{text}", language, **values), status, mimetype="text/plain")
