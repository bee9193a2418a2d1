"""What every request and answer must satisfy."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from tests.dashboard.fake import FakeApplication

Visit = Callable[..., FlaskClient]
OWN = {"Origin": "http://localhost"}
MOVE = {"version": 13, "request": "R0001", "scanner": "CT1", "start": 1795429800000}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "null"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://sub.localhost"},
        {},
    ],
)
@pytest.mark.parametrize(
    "path", ["/login", "/logout", "/language", "/api/move-preview", "/api/upload", "/_dash-update-component"]
)
def test_nothing_is_done_for_another_page(visit: Visit, path: str, headers: dict[str, str]) -> None:
    """A page of somebody else cannot make my browser change a plan, not even when I am logged in."""
    answer = visit("scheduler").post(path, headers=headers, data="{}", content_type="text/plain")
    assert answer.status_code == 403


def test_own_page_may_ask(visit: Visit) -> None:
    """Our own page asks for the price of a drag and gets it in words."""
    answer = visit("scheduler").post("/api/move-preview", headers=OWN, json=MOVE)
    assert answer.status_code == 200
    assert answer.get_json()["allowed"] is True
    assert "12.4" in answer.get_json()["text"]


def test_broken_rule_is_said_in_the_persons_language(visit: Visit, application: FakeApplication) -> None:
    """A drag onto a scanner that cannot take it says which rule stands in the way."""
    answer = visit("scheduler").post("/api/move-preview", headers=OWN, json=MOVE | {"scanner": "MR2"})
    assert answer.get_json()["allowed"] is False
    assert answer.get_json()["text"]


@pytest.mark.parametrize(
    "body", ["", "[]", "7", '{"version": "x"}', '{"version": 13, "request": 5, "scanner": "CT1", "start": 1}']
)
def test_nonsense_is_refused_in_words(visit: Visit, body: str) -> None:
    """A garbled question about a drag is answered by what was expected, not by a crash."""
    answer = visit("scheduler").post("/api/move-preview", headers=OWN, data=body, content_type="application/json")
    assert answer.status_code == 200
    assert answer.get_json()["allowed"] is False


@pytest.mark.parametrize("path", ["/imaging", "/", "/operations", "/data", "/admin"])
def test_stranger_is_sent_to_the_log_in_page(visit: Visit, path: str) -> None:
    """Whoever is not logged in sees the log-in page and nothing else."""
    answer = visit().get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/login"


@pytest.mark.parametrize("path", ["/_dash-layout", "/_dash-dependencies", "/api/export/plan.csv?version=13"])
def test_stranger_gets_no_data(visit: Visit, path: str) -> None:
    """Without a log-in the addresses behind the pages give nothing either."""
    assert visit().get(path).status_code == 401


def test_scripts_are_ours_alone(visit: Visit) -> None:
    """The browser is told to run no script but ours; nothing inline without its fingerprint."""
    answer = visit("scheduler").get("/imaging")
    policy = answer.headers["Content-Security-Policy"]
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts is not None
    assert "unsafe" not in scripts[1]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.findall(r"https?://(?!localhost)", answer.get_data(as_text=True))


def test_large_form_is_refused_before_it_is_read(visit: Visit) -> None:
    """A form of two megabytes is refused; uploads have their own limit."""
    answer = visit("scheduler").post("/api/move-preview", headers=OWN, data=b"x" * 2_000_000)
    assert answer.status_code == 413


def test_unexpected_error_shows_no_trace(application: FakeApplication) -> None:
    """When something breaks inside, the person gets a code for the administrator and no inner workings."""
    app = create_app(application)

    @app.server.get("/api/broken")
    def broken() -> str:
        raise ZeroDivisionError("secret detail")

    client = app.server.test_client()
    client.set_cookie("caretable", "token-scheduler")
    answer = client.get("/api/broken")
    assert answer.status_code == 500
    text = answer.get_data(as_text=True)
    assert "secret detail" not in text
    assert "Traceback" not in text
    assert re.search(r"code [0-9a-f]{6}", text)


def test_https_cookie_is_bound_to_the_host(application: FakeApplication) -> None:
    """Behind TLS the session cookie is bound to this host and never travels in the clear."""
    client = create_app(application, is_https=True).server.test_client()
    form = {"name": "scheduler", "password": "right password"}
    answer = client.post("/login", data=form, headers=OWN)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-caretable=")
    for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in cookie
