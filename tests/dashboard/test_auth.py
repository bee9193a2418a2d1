"""Log-in, log-out and language before log-in."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient

from planning.commands import LogOut
from tests.dashboard.fake import FakeApplication

Visit = Callable[..., FlaskClient]
OWN = {"Origin": "http://localhost"}


def test_right_password_opens_the_start_page(visit: Visit) -> None:
    """A scheduler with the right password gets in; the cookie is out of reach of scripts."""
    answer = visit().post("/login", data={"name": "scheduler", "password": "right password"}, headers=OWN)
    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("caretable=token-scheduler")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_wrong_password_keeps_the_name(visit: Visit) -> None:
    """After a typing error only the password is typed again."""
    answer = visit().post("/login", data={"name": "scheduler", "password": "wrong"}, headers=OWN)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert 'value="scheduler"' in text
    assert "Set-Cookie" not in answer.headers


def test_name_cannot_become_markup(visit: Visit) -> None:
    """A name with angle brackets is shown as typed."""
    answer = visit().post("/login", data={"name": '"><script>alert(1)</script>', "password": "x"}, headers=OWN)
    assert "<script>" not in answer.get_data(as_text=True)


def test_log_in_page_speaks_the_browsers_language_and_the_chosen_one(visit: Visit) -> None:
    """A Chinese browser is met in Chinese; one click makes it English and that is remembered."""
    client = visit()
    assert "登录" in client.get("/login", headers={"Accept-Language": "zh-CN"}).get_data(as_text=True)
    client.post("/language", data={"language": "en"}, headers=OWN)
    assert "Password" in client.get("/login", headers={"Accept-Language": "zh-CN"}).get_data(as_text=True)


def test_log_out_ends_the_session(visit: Visit, application: FakeApplication) -> None:
    """Who logs out is out on the server too, not only in the browser."""
    answer = visit("viewer").post("/logout", headers=OWN)
    assert answer.status_code == 303
    assert [type(command) for command in application.commands] == [LogOut]
    assert "caretable=;" in answer.headers["Set-Cookie"]
