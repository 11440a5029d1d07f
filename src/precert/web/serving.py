"""The server: the app on a socket, until it is told to end."""

from __future__ import annotations

import errno
import gc
import signal
import socket
import ssl
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from uvicorn import Config, Server

from precert.errors import CannotServe
from precert.web.app import create_app
from precert.web.http.log import start_logging
from precert.web.views.copies import quoted_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from precert.web.app import App
    from precert.web.settings import ServeSettings

_SECONDS_TO_END = 10
_NO_PASSWORD = ""


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the server listens; with a certificate and its key it speaks TLS."""

    host: str = "127.0.0.1"
    port: int = 8000
    certificate: Path | None = None
    key: Path | None = None


def serve(settings: ServeSettings, listening: Listening, say: Callable[[str], None]) -> None:
    """Serve until SIGTERM or Ctrl-C, having said the address once the server answers.

    The user's own copies are read first, and it is said whether they are quoted. What is being
    answered at the end is still answered, for ten seconds at most. Raises `CannotServe`, and what
    loading the rulebook and reading the copies raises.
    """
    serve_app(create_app(settings), listening, say)


def serve_app(app: App, listening: Listening, say: Callable[[str], None]) -> None:
    """Serve an app as `serve` does; one that was given more routes, for instance."""
    settings = app.served.settings
    _check_certificate(listening)
    start_logging(settings.log)
    quoted = list(quoted_in_words(app.served)) if settings.documents else []
    config = Config(
        app,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_SECONDS_TO_END,
        ssl_certfile=listening.certificate,
        ssl_keyfile=listening.key,
    )
    with _bound(listening) as bound:
        # The rulebook stays until the end: nobody has to look for garbage in it.
        gc.freeze()
        gc.enable()
        what = settings.rulebook or "the bundled rulebook"
        address = _address(listening, bound)
        said = [f"Serving {what} at {address} (Ctrl-C ends it)", *quoted]
        if app.crd is not None:
            said.append(f"CRD services at {address}/cds-services, for {app.crd.settings.base_url}")
        _SaysAddress(config, "\n".join(said), say).run([bound])


class _SaysAddress(Server):
    """A server that says its address, and ends quietly when it is told to."""

    def __init__(self, config: Config, said: str, say: Callable[[str], None]) -> None:
        super().__init__(config)
        self._said, self._say = said, say

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        if self.started:
            self._say(self._said)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End on SIGINT and SIGTERM: what uvicorn's own does, without raising them once more."""
        ends = (signal.SIGINT, signal.SIGTERM)
        before = {one: signal.signal(one, self.handle_exit) for one in ends}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


def _bound(listening: Listening) -> socket.socket:
    """Return the socket on which the server listens. Raises `CannotServe`."""
    told = f"{listening.host}:{listening.port}"
    try:
        found = socket.getaddrinfo(
            listening.host, listening.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except OSError as error:
        reason = f"is no address of this machine ({error.strerror}): name another with --host"
        raise CannotServe(listening.host, reason) from error
    family, kind, protocol, _, address = found[0]
    bound = socket.socket(family, kind, protocol)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRINUSE:
            reason = "is in use by another program: name another with --port, or 0 for a free one"
        else:
            reason = f"cannot be listened on ({error.strerror}): name another --host or --port"
        raise CannotServe(told, reason) from error
    bound.setblocking(False)  # noqa: FBT003 - the standard library's
    return bound


def _address(listening: Listening, bound: socket.socket) -> str:
    scheme = "https" if listening.certificate else "http"
    host = f"[{listening.host}]" if ":" in listening.host else listening.host
    port: int = bound.getsockname()[1]
    return f"{scheme}://{host}:{port}"


def _check_certificate(listening: Listening) -> None:
    """Raise `CannotServe` for a certificate and key that do not belong together or are none."""
    if listening.certificate is None:
        return
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(listening.certificate, listening.key, lambda: _NO_PASSWORD)
    except (OSError, ValueError) as error:
        told = f"{listening.certificate} with {listening.key}"
        reason = f"cannot be used ({error}): expected a certificate and its key as PEM, unencrypted"
        raise CannotServe(told, reason) from error
