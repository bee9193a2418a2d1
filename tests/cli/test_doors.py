from __future__ import annotations

import multiprocessing
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli import doors
from hospital.errors import BadSettings, Unavailable
from planning.settings import Settings


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_taken_port_is_named_with_a_way_out(taken_port: int) -> None:
    """Who starts a second program on one port reads which port it is and which one is free."""
    with pytest.raises(BadSettings) as caught:
        doors.free_port(Settings(port=taken_port))
    assert str(taken_port) in str(caught.value)
    assert f"CARETABLE_PORT={caught.value.values['free']} make up" in str(caught.value)
    assert caught.value.values["free"] != taken_port


def test_a_foreign_address_is_refused() -> None:
    """An address of another machine cannot be listened on, and the message says so."""
    with pytest.raises(BadSettings, match=r"192\.0\.2\.1"):
        doors.free_port(Settings(host="192.0.2.1", port=8050))


def test_any_port_is_found() -> None:
    """Port 0 asks for whichever is free."""
    assert doors.free_port(Settings(port=0)) > 0


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.0.1", "::1", "localhost"])
def test_this_machine_alone_needs_no_tls(host: str) -> None:
    """On the person's own machine nothing crosses the network."""
    doors.refuse_open_door(Settings(host=host))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.3.0.7", "planning.hospital.example"])
def test_the_network_needs_tls_or_a_word(host: str) -> None:
    """Passwords never cross the ward's network in the clear unless somebody said they may."""
    with pytest.raises(BadSettings, match="CARETABLE_BEHIND_TLS"):
        doors.refuse_open_door(Settings(host=host))
    doors.refuse_open_door(Settings(host=host, behind_tls=True))
    doors.refuse_open_door(Settings(host=host, allow_plain_http=True))


def test_the_address_is_one_a_browser_can_open() -> None:
    """What is printed at the start can be typed into a browser as it stands."""
    assert doors.address(Settings(host="0.0.0.0", port=8051)) == "http://127.0.0.1:8051"
    assert doors.address(Settings(host="::1", port=8052)) == "http://[::1]:8052"


def _hold(home: Path, is_held, may_end) -> None:  # type: ignore[no-untyped-def]
    with doors.only_one(home):
        is_held.set()
        may_end.wait(30)


def test_one_home_runs_once(tmp_path: Path) -> None:
    """A second start in the same folder is told that the first still runs; after its end the folder is free."""
    context = multiprocessing.get_context("spawn")
    is_held, may_end = context.Event(), context.Event()
    first = context.Process(target=_hold, args=(tmp_path, is_held, may_end))
    first.start()
    assert is_held.wait(30)
    with pytest.raises(Unavailable, match=str(first.pid)), doors.only_one(tmp_path):
        pass
    may_end.set()
    first.join(30)
    with doors.only_one(tmp_path):
        pass


def test_home_is_private(tmp_path: Path) -> None:
    """Other users of the machine cannot look into the hospital's data."""
    home = doors.make_home(Settings(home=tmp_path / "var"))
    assert home.stat().st_mode & 0o077 == 0


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A wrong folder is said in a sentence."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(BadSettings, match="file"):
        doors.make_home(Settings(home=tmp_path / "file" / "var"))
