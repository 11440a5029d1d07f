"""Load from wrk on one core against a server on the other: requests a second and latencies."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_SERVER_CORE, _CLIENT_CORE = "0", "1"
_START_SECONDS = 20.0
_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
_LATENCY = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)$", re.MULTILINE)
_RATE = re.compile(r"^Requests/sec:\s+([\d.]+)$", re.MULTILINE)
_FAILED = re.compile(r"^\s+(Socket errors|Non-2xx).*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk saw: requests a second, and latencies in milliseconds."""

    rate: float
    p50: float
    p99: float


class LoadError(RuntimeError):
    """A run in which requests failed: its figures mean nothing."""


@contextmanager
def server(app: str, environment: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Yield the port and process id of an app, served by one uvicorn process on one core."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["taskset", "-c", _SERVER_CORE, sys.executable, "-m", "uvicorn", app, "--factory"]
    options = ["--port", str(port), "--no-access-log", "--log-level", "warning"]
    process = subprocess.Popen([*command, *options], env=dict(environment))
    try:
        _wait(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    message = "the server did not start"
    raise LoadError(message)


def wrk(url: str, script: Path | None, connections: int, seconds: int) -> Load:
    """Return what wrk saw of an address. Raises `LoadError` where a request failed."""
    command = ["taskset", "-c", _CLIENT_CORE, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s"]
    more: Sequence[str] = [] if script is None else ["-s", str(script)]
    run = subprocess.run(
        [*command, "--latency", *more, url], check=True, capture_output=True, text=True
    )
    if failed := _FAILED.search(run.stdout):
        raise LoadError(failed[0].strip())
    latency = {
        percent: float(value) * _MILLISECONDS[unit]
        for percent, value, unit in _LATENCY.findall(run.stdout)
    }
    rate = _RATE.search(run.stdout)
    if rate is None or set(latency) != {"50", "99"}:
        raise LoadError(run.stdout)
    return Load(float(rate[1]), latency["50"], latency["99"])


def memory_of(pid: int) -> float:
    """Return the resident memory of a process in megabytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1000


def answered(url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """Return the answer to one request, to see that what is measured is an answer."""
    with urlopen(Request(url, body, dict(headers))) as reply:  # noqa: S310 - our own address
        content: bytes = reply.read()
        return content
