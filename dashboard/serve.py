"""``python -m dashboard.serve``: the dashboard on a production WSGI server."""

from __future__ import annotations

import gc
import ipaddress
import logging
import socket
import sys
import threading

import waitress

from dashboard.app import create_app
from hospital.errors import BadSettings, CaretableError
from planning.settings import Settings, read_settings
from scheduler.kernel.warm import warm
from storage.bootstrap import open_application


def check_address(settings: Settings) -> None:
    """Raises BadSettings where people's data would leave this machine unprotected, or the port is taken."""
    if not (is_loopback(settings.host) or settings.behind_tls or settings.allow_plain_http):
        raise BadSettings("plain_http_refused", host=settings.host)
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise BadSettings("port_taken", host=settings.host, port=settings.port) from error


def is_loopback(host: str) -> bool:
    """True for names and addresses that only this machine reaches."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def main() -> int:
    """Serve until stopped; 2 where the settings do not allow it."""
    try:
        settings = read_settings()
        logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
        check_address(settings)
        application = open_application(settings)
    except CaretableError as error:
        print(error.sentence(), file=sys.stderr)
        return 2
    # The engine's compiled functions are loaded beside the start, so that the first drag and the first slots are quick.
    threading.Thread(target=warm, name="warm", daemon=True).start()
    app = create_app(application, is_https=settings.behind_tls, upload_max_mb=settings.upload_max_mb)
    gc.freeze()  # what was just built stays: not walking it again spares every fifth answer a tenth of a second
    trusted = {
        "trusted_proxy": "127.0.0.1",
        "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto x-forwarded-host",
    }
    try:
        waitress.serve(
            app.server,
            host=settings.host,
            port=settings.port,
            threads=settings.server_threads,
            ident=None,
            max_request_body_size=settings.upload_max_mb * 1_000_000,
            channel_timeout=60,
            **(trusted if settings.behind_tls else {}),
        )
    finally:
        application.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
