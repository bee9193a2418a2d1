"""Accounts and log-ins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

from hospital.errors import BadInput, NotAllowed, UnknownId, WrongState
from hospital.texts import LANGUAGES
from planning import commands as c
from planning.actors import PERSON_ROLES, Role
from planning.desk import Desk, UseCase
from planning.passwords import hashed, is_right, new_token, token_hash
from planning.rows import Account, Session
from planning.views import AccountRow


@dataclass(frozen=True)
class _Checked:
    """A log-in's password, checked outside the transaction (it is slow on purpose)."""

    account: Account | None


def _note_try(desk: Desk, command: c.LogIn) -> None:
    """Counts this try before the password is looked at, so that parallel guesses count too. Known and unknown names
    alike."""
    since = desk.now - timedelta(minutes=desk.settings.login_window_min)
    by_name = desk.work.accounts.num_tries(since, name=_name_key(command.name))
    by_address = desk.work.accounts.num_tries(since, address=command.address) if command.address else 0
    if by_name >= desk.settings.login_tries or by_address >= desk.settings.login_tries_per_address:
        raise NotAllowed("too_many_tries", minutes=round(desk.settings.login_window_min))
    desk.work.accounts.add_try(_name_key(command.name), command.address, desk.now)


def _name_key(name: str) -> str:
    return name.strip().casefold() or "-"


def _check_password(desk: Desk, command: c.LogIn) -> _Checked:
    account = desk.work.accounts.named(command.name.strip())
    right = is_right(command.password, None if account is None else account.password)
    return _Checked(account if right and account is not None and not account.is_disabled else None)


def _log_in(desk: Desk, command: c.LogIn, checked: _Checked) -> str:
    account = None if checked.account is None else desk.work.accounts.get(checked.account.id)
    if account is None or account.is_disabled or account != checked.account:
        raise NotAllowed("login_failed")
    token = new_token()
    session = Session(token_hash=token_hash(token), account_id=account.id, created=desk.now, last_seen=desk.now)
    desk.work.accounts.open_session(session)
    desk.work.accounts.forget_tries(_name_key(command.name))
    desk.work.accounts.save(replace(account, last_login=desk.now))
    desk.trail.facts |= {"account": account.id, "site": account.site_id}
    return token


def _log_out(desk: Desk, command: c.LogOut, _: None) -> None:
    desk.work.accounts.end_session(token_hash(command.token))


def check_name(name: str) -> str:
    """The name without outer spaces. Raises BadInput for an empty, long or unprintable one."""
    plain = name.strip()
    if not 1 <= len(plain) <= 60 or not plain.isprintable():
        raise BadInput("bad_name", found=plain[:60])
    return plain


def new_account(desk: Desk, *, name: str, role: Role, password_hash: str, language: str = "en") -> Account:
    """Stores an account in the actor's site. Raises Conflict if the name is taken."""
    if role not in PERSON_ROLES:
        raise BadInput("bad_role", found=str(role), expected=", ".join(PERSON_ROLES))
    if language not in LANGUAGES:
        raise BadInput("bad_language", found=language, expected=", ".join(LANGUAGES))
    account = Account(
        id=uuid4().hex,
        site_id=desk.site_id,
        name=check_name(name),
        role=Role(role),
        password=password_hash,
        language=language,
        created=desk.now,
    )
    desk.work.accounts.add(account)
    return account


def account_row(account: Account) -> AccountRow:
    """An account as an administrator sees it."""
    return AccountRow(
        id=account.id,
        name=account.name,
        role=Role(account.role),
        language=account.language,
        is_disabled=account.is_disabled,
        last_login=account.last_login,
    )


def _create(desk: Desk, command: c.CreateAccount, password_hash: str) -> AccountRow:
    account = new_account(
        desk, name=command.name, role=command.role, password_hash=password_hash, language=command.language
    )
    desk.trail.facts["account"] = account.id
    return account_row(account)


def _account(desk: Desk, account_id: str) -> Account:
    """An account of the actor's own site. Raises UnknownId for any other."""
    account = desk.work.accounts.get(account_id)
    if account is None or account.site_id != desk.site_id:
        raise UnknownId("unknown_account", id=account_id)
    return account


def _keep_an_administrator(desk: Desk, leaving: Account) -> None:
    others = [row for row in desk.work.accounts.all(desk.site_id) if row.id != leaving.id and not row.is_disabled]
    if leaving.role is Role.ADMINISTRATOR and all(row.role is not Role.ADMINISTRATOR for row in others):
        raise WrongState("last_administrator")


def _set_role(desk: Desk, command: c.SetRole, _: None) -> None:
    account = _account(desk, command.account_id)
    if command.role not in PERSON_ROLES:
        raise BadInput("bad_role", found=str(command.role), expected=", ".join(PERSON_ROLES))
    if command.role is not Role.ADMINISTRATOR:
        _keep_an_administrator(desk, account)
    desk.work.accounts.save(replace(account, role=Role(command.role)))
    desk.work.accounts.end_sessions(account.id)
    desk.trail.facts["was"] = account.role.value


def _disable(desk: Desk, command: c.DisableAccount, _: None) -> None:
    account = _account(desk, command.account_id)
    if command.is_disabled:
        _keep_an_administrator(desk, account)
    desk.work.accounts.save(replace(account, is_disabled=command.is_disabled))
    desk.work.accounts.end_sessions(account.id)


@dataclass(frozen=True)
class _NewPassword:
    password_hash: str
    is_old_right: bool


def _ready_password(desk: Desk, command: c.SetPassword) -> _NewPassword:
    account = _account(desk, command.account_id)
    return _NewPassword(hashed(command.password), is_right(command.old_password, account.password))


def _set_password(desk: Desk, command: c.SetPassword, new: _NewPassword) -> None:
    account = _account(desk, command.account_id)
    is_own = account.id == desk.actor.account_id
    if not is_own and desk.actor.role not in (Role.ADMINISTRATOR, Role.SYSTEM):
        raise NotAllowed("not_your_account")
    if is_own and not new.is_old_right:
        raise NotAllowed("wrong_password")
    desk.work.accounts.save(replace(account, password=new.password_hash))
    desk.work.accounts.end_sessions(account.id)


def _set_language(desk: Desk, command: c.SetLanguage, _: None) -> None:
    if command.language not in LANGUAGES:
        raise BadInput("bad_language", found=command.language, expected=", ".join(LANGUAGES))
    account = _account(desk, desk.actor.account_id)
    desk.work.accounts.save(replace(account, language=command.language))


USE_CASES: dict[type[c.Command], UseCase] = {
    c.LogIn: UseCase(_log_in, ready=_check_password, first=_note_try),
    c.LogOut: UseCase(_log_out),
    c.CreateAccount: UseCase(_create, ready=lambda _, command: hashed(command.password)),
    c.SetRole: UseCase(_set_role),
    c.DisableAccount: UseCase(_disable),
    c.SetPassword: UseCase(_set_password, ready=_ready_password),
    c.SetLanguage: UseCase(_set_language),
}
