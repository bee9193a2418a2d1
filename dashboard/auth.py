"""Who is there: a plain log-in form, a session cookie, and the actor of each request."""

from __future__ import annotations

from flask import Flask, Response, g, jsonify, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from dashboard.i18n import COOKIE, Words, language_or_default, other_language
from hospital.errors import CaretableError
from planning.actors import NOBODY, Actor
from planning.app import Application
from planning.commands import LogIn, LogOut

_OPEN_PATHS = ("/login", "/assets/", "/healthz", "/language")
_YEAR_S = 365 * 24 * 3600


def current_actor() -> Actor:
    """The person behind this request."""
    return g.get("actor", NOBODY)  # type: ignore[no-any-return]


def cookie_name(is_https: bool) -> str:
    """The session cookie; over https bound to this host alone."""
    return "__Host-caretable" if is_https else "caretable"


def install_auth(server: Flask, application: Application, *, is_https: bool) -> None:
    """Log-in, log-out, language switch, and the check before every other request."""
    cookie = cookie_name(is_https)

    @server.before_request
    def know_the_person() -> AnyResponse | None:
        token = request.cookies.get(cookie, "")
        actor = application.actor_of(token) if token else None
        if actor is not None:
            g.actor = actor
        if actor is not None or request.path.startswith(_OPEN_PATHS):
            return None
        if request.path.startswith(("/_dash", "/api/")):
            return make_response(jsonify({"error": "log in"}), 401)
        return redirect("/login")

    @server.get("/healthz")
    def healthz() -> str:
        return "ok"

    @server.get("/login")
    def show_login() -> AnyResponse:
        return redirect("/") if "actor" in g else _form(visitor_language())

    @server.post("/login")
    def log_in() -> AnyResponse:
        language = visitor_language()
        name, password = request.form.get("name", "")[:200], request.form.get("password", "")[:1000]
        try:
            token = application.execute(NOBODY, LogIn(name, password, request.remote_addr or ""))
        except CaretableError as error:
            return _form(language, name=name, problem=error.sentence(language), status=401)
        response = redirect("/", 303)
        response.set_cookie(cookie, str(token), httponly=True, samesite="Strict", secure=is_https, path="/")
        return response

    @server.post("/logout")
    def log_out() -> AnyResponse:
        token = request.cookies.get(cookie, "")
        if token and "actor" in g:
            application.execute(g.actor, LogOut(token))
        response = redirect("/login", 303)
        response.delete_cookie(cookie, path="/", secure=is_https, httponly=True, samesite="Strict")
        return response

    @server.post("/language")
    def switch_language() -> AnyResponse:
        response = redirect("/login", 303)
        keep_language(response, language_or_default(request.form.get("language")), is_https=is_https)
        return response


def visitor_language() -> str:
    """Before log-in: the cookie's language, else the browser's."""
    chosen = request.cookies.get(COOKIE)
    if chosen:
        return language_or_default(chosen)
    return "zh" if request.accept_languages.best_match(["en", "zh", "zh-CN", "zh-TW"], "en").startswith("zh") else "en"


def keep_language(response: AnyResponse, language: str, *, is_https: bool) -> None:
    """Remember the language for the log-in page and plain errors."""
    response.set_cookie(COOKIE, language, max_age=_YEAR_S, samesite="Strict", secure=is_https, httponly=True)


def _form(language: str, *, name: str = "", problem: str = "", status: int = 200) -> Response:
    words = Words("dashboard", language)
    page = render_template(
        "login.html", words=words, language=language, other=other_language(language), name=name, problem=problem
    )
    return make_response(page, status)
