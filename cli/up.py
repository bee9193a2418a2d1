"""`caretable up`: database, broker, worker and dashboard of one home folder, together, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from cli import doors
from cli.broker import EmbeddedBroker
from cli.first_run import prepare_database
from cli.processes import Part, end_with_parent, wait_until
from cli.terminal import tell, terminal_language
from hospital.errors import Unavailable
from hospital.texts import say
from planning.settings import Settings

READY_WITHIN_S = 90.0
MOST_STARTS = 5  # of one part in one QUIET_S before we give up on it
QUIET_S = 60.0


def up(settings: Settings) -> None:
    """Run everything in this terminal. Returns after Ctrl-C (or SIGTERM); raises a CaretableError that says why it cannot run."""
    if os.environ.get("END_WITH_PARENT"):
        end_with_parent(os.getppid())
    doors.refuse_open_door(settings)
    home = doors.make_home(settings)
    with doors.only_one(home), _signals_interrupt():
        port = doors.free_port(settings)
        Installation(settings.model_copy(update={"home": home, "port": port}), terminal_language()).run()


class Installation:
    """The running product of one home folder."""

    def __init__(self, settings: Settings, language: str) -> None:
        self._settings = settings
        self._language = language
        self._broker = None if settings.broker_url else EmbeddedBroker(settings.home)
        self._parts: list[Part] = []

    def run(self) -> None:
        """Start, watch, and stop all of it, whatever happens."""
        try:
            self._start()
            self._watch()
        except KeyboardInterrupt:
            self._say("stopping")
            self._stop()
            self._say("stopped")
        finally:
            self._stop()

    def _start(self) -> None:
        self._say("starting", home=self._settings.home)
        if self._broker:
            self._broker.start()
        with prepare_database(self._settings) as database:
            self._parts = [self._part("dashboard", "dashboard.serve"), self._part("worker", "workers")]
            for part in self._parts:
                part.start()
            accounts = database.load_sample_once(lambda: self._say("loading_sample"))
        self._wait_for_dashboard(self._parts[0])
        if accounts:
            self._say("sample_accounts")
        for account in accounts:
            role = say(f"platform.role.{account.role}", self._language)
            self._say("account", name=account.name, password=account.password, role=role)
        self._say("ready", address=doors.address(self._settings), logs=self._settings.home / "logs")

    def _part(self, name: str, module: str) -> Part:
        environment = {
            "CARETABLE_HOME": str(self._settings.home),
            "CARETABLE_PORT": str(self._settings.port),
            "CARETABLE_BROKER_URL": self._broker.url if self._broker else self._settings.broker_url,
            "PYTHONUNBUFFERED": "1",
        }
        log = self._settings.home / "logs" / f"{name}.log"
        return Part(name, [sys.executable, "-m", module], log=log, environment=environment)

    def _wait_for_dashboard(self, part: Part) -> None:
        def is_decided() -> bool:
            return doors.answers(self._settings) or not part.is_running

        if not wait_until(is_decided, seconds=READY_WITHIN_S) or not part.is_running:
            raise self._gave_up(part)

    def _watch(self) -> None:
        """Start again what ends; give up on what keeps ending."""
        quiet_since = time.monotonic()
        while True:
            time.sleep(0.5)
            if time.monotonic() - quiet_since > QUIET_S:
                quiet_since = time.monotonic()
                for part in self._all_parts():
                    part.num_starts = 1
            for part in self._all_parts():
                if not part.is_running:
                    self._start_again(part)

    def _start_again(self, part: Part) -> None:
        code = part.exit_code or 0
        reason = say(f"platform.reason_{'signal' if code < 0 else 'code'}", self._language, number=abs(code))
        if part.num_starts >= MOST_STARTS:
            raise self._gave_up(part)
        part.start()
        self._say("restarted", part=self._name(part), reason=reason, log=part.log)

    def _gave_up(self, part: Part) -> Unavailable:
        return Unavailable("part_keeps_ending", part=self._name(part), log=part.log, lines=part.last_lines())

    def _all_parts(self) -> list[Part]:
        broker = self._broker.part if self._broker else None
        return [*self._parts, *([broker] if broker else [])]

    def _stop(self) -> None:
        with _signals_ignored():
            for part in self._parts:
                part.ask_to_stop()
            for part in self._parts:
                part.stop()
            self._parts = []
            if self._broker:
                self._broker.stop()
                self._broker = None

    def _name(self, part: Part) -> str:
        return say(f"platform.part.{part.name}", self._language)

    def _say(self, text_id: str, **values: object) -> None:
        tell(say(f"platform.{text_id}", self._language, **values))


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def _signals_interrupt() -> Iterator[None]:
    """SIGTERM and a closed terminal stop it in the same orderly way as Ctrl-C."""
    before = {name: signal.signal(name, _interrupt) for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


@contextmanager
def _signals_ignored() -> Iterator[None]:
    before = {name: signal.signal(name, signal.SIG_IGN) for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
