"""The one door. Faces hand in commands and queries; permissions, transaction and audit are the same for all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hospital.errors import BadInput, CaretableError, NotAllowed
from planning.actors import Actor, Role
from planning.audit import UNSTORABLE, details_of, write_row
from planning.commands import Command, LogIn
from planning.desk import Desk, Trail, UseCase
from planning.handlers import USE_CASES
from planning.job_desk import JobDesk
from planning.passwords import token_hash
from planning.permissions import may
from planning.ports import Store, UnitOfWork
from planning.queries import Query
from planning.reads import READS
from planning.settings import Settings
from planning.situation import Situations

_SEEN_EVERY = timedelta(seconds=30)


def present() -> datetime:
    """Now, aware."""
    return datetime.now(UTC)


def _check_texts(asked: Command | Query) -> None:
    """Raises BadInput for a text that no database can keep: NUL characters and halves of characters."""
    for field in fields(asked):  # type: ignore[arg-type]
        value = getattr(asked, field.name)
        texts = value if isinstance(value, tuple) else (value,)
        if any(isinstance(text, str) and UNSTORABLE.search(text) for text in texts):
            raise BadInput("bad_text", where=field.name)


class Application:
    """Built by ``storage.bootstrap.open_application(settings)``; safe to use from several threads."""

    def __init__(self, store: Store, settings: Settings, *, clock: Callable[[], datetime] = present) -> None:
        self.settings = settings
        self._store = store
        self._clock = clock
        self._situations = Situations()
        self.jobs = JobDesk(store, settings, self._situations, clock)

    def execute(self, actor: Actor, command: Command) -> Any:
        """One transaction: permission, handler, audit row. A refused command leaves nothing but its audit row and
        raises."""
        trail = Trail()
        try:
            if not may(actor, type(command)):
                raise NotAllowed("role_may_not", role=f"role_{actor.role.value}", action=type(command).__name__)
            _check_texts(command)
            return self._carry_out(actor, command, trail)
        except CaretableError as refusal:
            with self._store.writing() as work:
                self._audit(work, actor, command, Trail(), refusal=refusal.text_id)
                work.commit()
            raise

    def _carry_out(self, actor: Actor, command: Command, trail: Trail) -> Any:
        use_case = USE_CASES[type(command)]
        ready = self._prepare(actor, command, use_case)
        with self._store.writing() as work:
            result = use_case.act(self._desk(actor, work, trail), command, ready)
            self._audit(work, actor, command, trail)
            work.commit()
        return result

    def _prepare(self, actor: Actor, command: Command, use_case: UseCase) -> Any:
        if use_case.first is not None:
            with self._store.writing() as work:
                use_case.first(self._desk(actor, work, Trail()), command)
                work.commit()
        if use_case.ready is None:
            return None
        with self._store.reading() as work:
            return use_case.ready(self._desk(actor, work, Trail()), command)

    def _desk(self, actor: Actor, work: UnitOfWork, trail: Trail) -> Desk:
        return Desk(actor, self._clock(), work, self.settings, self._situations, trail)

    def _audit(
        self, work: UnitOfWork, actor: Actor, command: Command, trail: Trail, *, refusal: str | None = None
    ) -> None:
        if isinstance(command, LogIn):
            account = work.accounts.named(command.name.strip())
            if account is not None:
                actor = replace(actor, account_id=account.id, name=account.name, site_id=account.site_id)
        write_row(
            work,
            actor,
            type(command).__name__,
            at=self._clock(),
            details=details_of(command) | trail.facts,
            reason=str(getattr(command, "reason", "")).strip()[:2000],
            refusal=refusal,
            before=trail.before,
            after=trail.after,
        )

    def ask(self, actor: Actor, query: Query) -> Any:
        """Permission, then a read."""
        if not may(actor, type(query)):
            raise NotAllowed("role_may_not", role=f"role_{actor.role.value}", action=type(query).__name__)
        _check_texts(query)
        with self._store.reading() as work:
            return READS[type(query)](self._desk(actor, work, Trail()), query)

    def actor_of(self, token: str) -> Actor | None:
        """Who holds this session; None if it is unknown, idle too long, too old or ended. Counts as activity."""
        key, now = token_hash(token), self._clock()
        with self._store.reading() as work:
            found = work.accounts.session(key)
        if found is None:
            return None
        session, account = found
        idle = timedelta(minutes=self.settings.session_idle_min)
        oldest = timedelta(hours=self.settings.session_max_h)
        if account.is_disabled or now - session.last_seen > idle or now - session.created > oldest:
            with self._store.writing() as work:
                work.accounts.end_session(key)
                work.commit()
            return None
        if now - session.last_seen > min(_SEEN_EVERY, idle / 4):
            with self._store.writing() as work:
                work.accounts.seen(key, now)
                work.commit()
        return Actor(account.id, account.name, Role(account.role), account.site_id, account.language)

    def close(self) -> None:
        """Lets go of the database."""
        self._store.close()
