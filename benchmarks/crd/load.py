"""Load from wrk on one core against a server on the other: requests a second and latencies."""

from __future__ import annotations

import os
import re
import socket
import subprocess
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
_TICKS = os.sysconf("SC_CLK_TCK")
_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
_LATENCY = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)\s*$", re.MULTILINE)
_RATE = re.compile(r"^\s+(\d+) requests in ([\d.]+)(ms|s|m),", re.MULTILINE)
_FAILED = re.compile(r"^\s+(Socket errors|Non-2xx).*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk saw: requests, their rate a second, and latencies in milliseconds.

    `processor` are the microseconds of processor time that the server took for a request: unlike
    the rate they hang little on who else uses the machine.
    """

    requests: int
    rate: float
    p50: float
    p99: float
    processor: float


class LoadError(RuntimeError):
    """A run in which requests failed: its figures mean nothing."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers, and the seconds from its start until it listened."""

    port: int
    pid: int
    begun: float

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def server(command: Sequence[str]) -> Iterator[Running]:
    """Yield a server in one process on one core; `{port}` in the command becomes its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begun = time.perf_counter()
    told = [part.replace("{port}", str(port)) for part in command]
    pinned = ["taskset", "-c", _SERVER_CORE, *told]
    process = subprocess.Popen(pinned, stdout=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield Running(port, process.pid, begun)
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
        time.sleep(0.005)
    message = "the server did not start"
    raise LoadError(message)


def wrk(at: Running, path: str, script: Path | None, connections: int, seconds: int) -> Load:
    """Return what wrk saw of a path. Raises `LoadError` where a request failed."""
    command = ["taskset", "-c", _CLIENT_CORE, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s"]
    more: Sequence[str] = [] if script is None else ["-s", str(script)]
    before = _processor_seconds(at.pid)
    run = subprocess.run(
        [*command, "--latency", *more, at.url(path)], check=True, capture_output=True, text=True
    )
    took = _processor_seconds(at.pid) - before
    if failed := _FAILED.search(run.stdout):
        raise LoadError(failed[0].strip())
    latency = {
        percent: float(value) * _MILLISECONDS[unit]
        for percent, value, unit in _LATENCY.findall(run.stdout)
    }
    counted = _RATE.search(run.stdout)
    if counted is None or set(latency) != {"50", "99"}:
        raise LoadError(run.stdout)
    requests = int(counted[1])
    lasted = float(counted[2]) * {"ms": 0.001, "s": 1, "m": 60}[counted[3]]
    return Load(
        requests, requests / lasted, latency["50"], latency["99"], took / requests * 1_000_000
    )


def _processor_seconds(pid: int) -> float:
    """Return the processor time of a process so far, its own and the system's for it."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def memory_of(pid: int) -> float:
    """Return the resident memory of a process in megabytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) / 1000


def answered(url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """Return the answer to one request, to see that what is measured is an answer."""
    with urlopen(Request(url, body, dict(headers))) as reply:  # noqa: S310 - our own address
        content: bytes = reply.read()
        return content
