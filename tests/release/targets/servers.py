"""Real HTTP servers on 127.0.0.1 that can be told to break off."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Breaking:
    """A WSGI application that does ``writes_left`` writes more, then refuses everything."""

    def __init__(self, application: Application, is_write: Callable[[dict[str, Any]], bool]):
        self._application = application
        self._is_write = is_write
        self._is_broken = False
        self._writes_left: int | None = None

    def break_after(self, writes: int | None) -> None:
        """None mends it."""
        self._writes_left = writes
        self._is_broken = False

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if self._writes_left is not None and self._is_write(environ):
            self._is_broken |= self._writes_left == 0
            self._writes_left = max(0, self._writes_left - 1)
        if self._is_broken:
            return self._refused(environ, start)
        return self._application(environ, start)

    def _refused(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start("403 Forbidden", [("Content-Type", "application/json")])
        return [json.dumps({"success": False}).encode()]


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing."""


@contextmanager
def serving(application: Application) -> Iterator[str]:
    """Serves an application on a free port; gives its address."""
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
