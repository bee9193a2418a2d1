"""A dashboard over fixed values, and browsers of its people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from tests.dashboard.fake import FakeApplication


@pytest.fixture
def application() -> FakeApplication:
    """The planning application behind the pages."""
    return FakeApplication()


@pytest.fixture
def visit(application: FakeApplication) -> Callable[..., FlaskClient]:
    """``visit("scheduler")`` is a browser in which that person is logged in; ``visit()`` one of a stranger."""
    app = create_app(application)

    def open_browser(person: str = "") -> FlaskClient:
        client = app.server.test_client()
        if person:
            client.set_cookie("caretable", f"token-{person}")
        return client

    return open_browser
