"""An OpenAI-compatible server that answers as told: well, cut off, with nonsense, late, or without end."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class FakeServer(ThreadingHTTPServer):
    """``answers`` are given in turn; ``asked`` are the bodies that came."""

    daemon_threads = True

    def __init__(self, answers: list[dict[str, Any]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers, self.asked = answers, []  # type: list[dict[str, Any]], list[dict[str, Any]]

    @property
    def base_url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: FakeServer

    def log_message(self, *_: Any) -> None:
        """Nothing is printed."""

    def do_POST(self) -> None:
        self.server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        answer = self.server.answers.pop(0) if self.server.answers else {"text": "{}"}
        time.sleep(answer.get("delay", 0))
        self.send_response(answer.get("status", 200))
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            for event in _events(answer):
                self.wfile.write(event.encode())
                self.wfile.flush()
        except OSError:
            return


def _events(answer: dict[str, Any]) -> Iterator[str]:
    field = answer.get("field", "content")
    while answer.get("endless"):
        yield _event({field: "a"}, None)
        time.sleep(0.02)
    yield _event({field: answer.get("text", "")}, None)
    yield _event({}, answer.get("finish", "stop"))
    yield "data: [DONE]\n\n"


def _event(delta: dict[str, str], finish: str | None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    body = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "planner", "choices": [choice]}
    return f"data: {json.dumps(body)}\n\n"


@contextmanager
def serving(*answers: dict[str, Any]) -> Iterator[FakeServer]:
    """A server with these answers, until the end of the block."""
    server = FakeServer(list(answers))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
