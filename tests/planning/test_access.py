"""Accounts, log-ins and sessions."""

from __future__ import annotations

from pathlib import Path

import pytest

from hospital.errors import BadInput, CaretableError, Conflict, NotAllowed, WrongState
from planning.actors import NOBODY, SYSTEM, Actor, Role
from planning.commands import CreateAccount, DisableAccount, LogIn, LogOut, SetLanguage, SetPassword, SetRole
from planning.passwords import hashed, is_right
from planning.queries import Accounts, AuditLog
from tests.planning.world import World, opened

PASSWORD = "correct horse 7"


@pytest.fixture
def sun(world: World) -> str:
    """The account id of Sun, a scheduler."""
    administrator = world.person(Role.ADMINISTRATOR)
    return str(world.app.execute(administrator, CreateAccount("Sun", Role.SCHEDULER, PASSWORD, "zh")).id)


def log_in(world: World, name: str = "Sun", password: str = PASSWORD, address: str = "10.0.0.5") -> str:
    return str(world.app.execute(NOBODY, LogIn(name, password, address)))


def test_a_log_in_opens_a_session_of_that_person(world: World, sun: str) -> None:
    """Sun logs in and is Sun, a scheduler who reads Chinese."""
    assert world.app.actor_of(log_in(world)) == Actor(sun, "Sun", Role.SCHEDULER, world.site_id, "zh")


def test_each_log_in_is_another_session_and_log_out_ends_it(world: World, sun: str) -> None:
    """Two desks, two sessions; logging out at one leaves the other."""
    first, second = log_in(world), log_in(world)
    assert first != second
    actor = world.app.actor_of(first)
    assert actor is not None
    world.app.execute(actor, LogOut(first))
    assert world.app.actor_of(first) is None
    assert world.app.actor_of(second) is not None


def test_the_token_itself_is_kept_nowhere(world: World, sun: str) -> None:
    """A stolen database opens no session and shows no password."""
    token = log_in(world)
    folder = world.app.settings.home
    kept = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    assert token.encode() not in kept
    assert PASSWORD.encode() not in kept


def test_an_idle_session_ends(world: World, sun: str) -> None:
    """Fourteen minutes of silence are fine, sixteen end the session on a shared desk."""
    token = log_in(world)
    world.clock.forward(minutes=14)
    assert world.app.actor_of(token) is not None
    world.clock.forward(minutes=14)
    assert world.app.actor_of(token) is not None
    world.clock.forward(minutes=16)
    assert world.app.actor_of(token) is None
    world.clock.forward(minutes=-16)
    assert world.app.actor_of(token) is None


def test_every_session_ends_after_a_shift(world: World, sun: str) -> None:
    """After twelve hours even a busy person logs in again."""
    token = log_in(world)
    for _ in range(12 * 5):
        assert world.app.actor_of(token) is not None
        world.clock.forward(minutes=12)
    world.clock.forward(minutes=1)
    assert world.app.actor_of(token) is None


@pytest.mark.parametrize(
    "act",
    [
        lambda account: SetRole(account, Role.VIEWER),
        lambda account: DisableAccount(account),
        lambda account: SetPassword(account, "another pass 9"),
    ],
    ids=["role changed", "disabled", "password changed"],
)
def test_what_is_taken_away_is_taken_at_once(world: World, sun: str, act: object) -> None:
    """A changed role, a closed account, a new password: open sessions are dead."""
    token = log_in(world)
    world.app.execute(world.person(Role.ADMINISTRATOR), act(sun))  # type: ignore[operator]
    assert world.app.actor_of(token) is None


def test_a_closed_account_does_not_log_in(world: World, sun: str) -> None:
    """Closed is closed, until it is opened again."""
    administrator = world.person(Role.ADMINISTRATOR)
    world.app.execute(administrator, DisableAccount(sun))
    with pytest.raises(NotAllowed):
        log_in(world)
    world.app.execute(administrator, DisableAccount(sun, is_disabled=False))
    assert world.app.actor_of(log_in(world)) is not None


def test_a_refused_log_in_says_the_same_for_every_cause(world: World, sun: str) -> None:
    """Wrong password, unknown name, closed account: nobody learns which accounts exist."""
    world.app.execute(world.person(Role.ADMINISTRATOR), CreateAccount("Closed", Role.VIEWER, PASSWORD))
    closed = next(row for row in world.app.ask(world.person(Role.ADMINISTRATOR), Accounts()) if row.name == "Closed")
    world.app.execute(world.person(Role.ADMINISTRATOR), DisableAccount(closed.id))
    said = set()
    for name, password in (("Sun", "wrong"), ("Nobody Knows", PASSWORD), ("Closed", PASSWORD), ("", "")):
        with pytest.raises(NotAllowed) as refusal:
            log_in(world, name, password)
        said.add((refusal.value.text_id, str(refusal.value)))
    assert len(said) == 1


def tries(world: World, count: int, name: str = "Sun", *, spread: bool = False) -> list[str]:
    said = []
    for number in range(count):
        with pytest.raises(CaretableError) as refusal:
            log_in(world, name, "wrong", f"10.0.{number}.1" if spread else "10.0.0.5")
        said.append(refusal.value.text_id)
    return said


def test_guessing_one_account_is_slowed_down(world: World, sun: str) -> None:
    """Ten tries, from wherever; then even the right password waits a quarter of an hour."""
    assert tries(world, 11, spread=True) == ["login_failed"] * 10 + ["too_many_tries"]
    with pytest.raises(NotAllowed, match="Wait 15 minutes"):
        log_in(world)
    world.clock.forward(minutes=15, seconds=1)
    assert world.app.actor_of(log_in(world)) is not None


def test_an_unknown_account_is_slowed_down_alike(world: World) -> None:
    """Also the limit does not tell which names exist."""
    assert tries(world, 11, "Ghost") == ["login_failed"] * 10 + ["too_many_tries"]


def test_spraying_one_address_over_many_names_is_slowed_down(tmp_path: Path) -> None:
    """One address trying name after name is stopped too; another address is not."""
    with opened(tmp_path, f"sqlite:///{tmp_path / 'x.sqlite'}", login_tries_per_address=5) as world:
        said = [tries(world, 1, f"name {number}")[0] for number in range(6)]
        assert said == ["login_failed"] * 5 + ["too_many_tries"]
        with pytest.raises(NotAllowed, match="not right"):
            log_in(world, "one more", "wrong", "10.0.0.6")


def test_a_good_log_in_forgets_the_slips_before(world: World, sun: str) -> None:
    """Nine slips and a success: the counter begins anew."""
    tries(world, 9)
    log_in(world)
    assert tries(world, 2) == ["login_failed"] * 2


def test_short_passwords_are_refused(world: World) -> None:
    """Seven characters are too few, eight are enough."""
    administrator = world.person(Role.ADMINISTRATOR)
    with pytest.raises(BadInput, match="8-128"):
        world.app.execute(administrator, CreateAccount("Li", Role.VIEWER, "1234567"))
    world.app.execute(administrator, CreateAccount("Li", Role.VIEWER, "12345678"))


def test_a_name_is_one_person(both: World) -> None:
    """Two accounts of one name would be mistaken for each other."""
    administrator = both.person(Role.ADMINISTRATOR)
    both.app.execute(administrator, CreateAccount("Li", Role.VIEWER, PASSWORD))
    with pytest.raises(Conflict, match="Li"):
        both.app.execute(administrator, CreateAccount("Li", Role.APPROVER, PASSWORD))


def test_one_changes_only_ones_own_password_and_knows_the_old(world: World, sun: str) -> None:
    """Sun needs the old password for the own account and has no hand on others."""
    me = Actor(sun, "Sun", Role.SCHEDULER, world.site_id)
    head = next(row for row in world.app.ask(world.person(Role.ADMINISTRATOR), Accounts()) if row.name == "head")
    with pytest.raises(NotAllowed):
        world.app.execute(me, SetPassword(sun, "new password", "wrong"))
    with pytest.raises(NotAllowed):
        world.app.execute(me, SetPassword(head.id, "new password"))
    world.app.execute(me, SetPassword(sun, "new password", PASSWORD))
    assert world.app.actor_of(log_in(world, password="new password")) is not None


def test_the_last_administrator_stays(world: World) -> None:
    """A site without an administrator could never be mended."""
    administrator = world.person(Role.ADMINISTRATOR)
    (head,) = world.app.ask(administrator, Accounts())
    with pytest.raises(WrongState):
        world.app.execute(administrator, SetRole(head.id, Role.VIEWER))
    with pytest.raises(WrongState):
        world.app.execute(administrator, DisableAccount(head.id))


def test_language_is_ones_own_setting(world: World, sun: str) -> None:
    """Sun switches to English, and the next page is English."""
    token = log_in(world)
    me = world.app.actor_of(token)
    assert me is not None
    world.app.execute(me, SetLanguage("en"))
    changed = world.app.actor_of(token)
    assert changed is not None
    assert changed.language == "en"


def test_log_ins_stand_in_the_audit_log_without_secrets(world: World, sun: str) -> None:
    """Who tried to log in, when, and whether it worked; never the password."""
    log_in(world)
    tries(world, 1)
    rows = [row for row in world.app.ask(SYSTEM.in_site(world.site_id), AuditLog()) if row.command == "LogIn"]
    assert [(row.name, row.is_refused) for row in rows] == [("Sun", True), ("Sun", False)]
    assert all("password" not in row.details for row in rows)


def test_passwords_are_argon2id_with_the_advised_cost() -> None:
    """19 MiB, two passes, one lane; the same password never gives the same hash."""
    first, second = hashed(PASSWORD), hashed(PASSWORD)
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second
    assert is_right(PASSWORD, first)
    assert not is_right(PASSWORD + " ", first)
    assert not is_right(PASSWORD, None)
