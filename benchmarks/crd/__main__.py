"""The contest of CRD services: `python -m benchmarks.crd` prints the tables of docs/benchmarks.md.

wrk has one core, the server the other. The token of a row with tokens is signed by ES384 and used
once, as a client does it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from benchmarks.crd.load import Load, answered, memory_of, server, wrk
from benchmarks.crd.request import PAYER, of_random_codes, order_sign
from benchmarks.crd.scripts import post, post_several, post_with_tokens, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ISSUER, BASE = "https://ehr.example.org", "http://127.0.0.1"
SERVICE = "/cds-services/precert-order-sign"
CONNECTIONS = 16
_MANY = 200_000
_DIFFERENT = 2_000
_TOKENS_A_SECOND = 2_000
_RAW, _HELLO, _PLAIN, _RANDOM, _TOKENS, _FASTAPI = (
    "uvicorn, bare hello",
    "precert serve, bare hello",
    "precert serve, order-sign",
    "precert serve, order-sign of random codes",
    "precert serve, order-sign with ES384 tokens",
    "FastAPI and pydantic, order-sign",
)


class Contestant(NamedTuple):
    """A server, and what wrk sends it; a script for the warm-up and one for the run."""

    name: str
    path: str
    settings: Path
    scripts: Callable[[], tuple[Path | None, Path | None]]

    def command(self) -> list[str]:
        """Return the command that starts it."""
        module = [sys.executable, "-m", "benchmarks.crd.apps"]
        return [*module, self.name, "{port}", str(self.settings)]


def main() -> None:
    """Print the table of loads, the time of a start, and the memory after many requests."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--no-memory", action="store_true", help="leave out the 200,000 requests")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        contestants = _contestants(folder, told.seconds)
        loads: dict[str, list[Load]] = {name: [] for name in contestants}
        for _ in range(told.runs):
            for title, contestant in contestants.items():
                loads[title].append(_load(contestant, told.seconds))
        _print_loads(loads)
        _print_start(contestants[_PLAIN], told.runs)
        if not told.no_memory:
            _print_memory(contestants[_RANDOM])


def _contestants(folder: Path, seconds: int) -> dict[str, Contestant]:
    body = order_sign()
    print(f"a request of {len(body):,} bytes, {seconds} s a run, {CONNECTIONS} connections")
    one, several = post(folder, body), post_several(folder, of_random_codes(_DIFFERENT))
    open_, checked = _settings(folder, tokens=False), _settings(folder, tokens=True)

    def fresh() -> tuple[Path, Path]:
        """Return scripts with tokens that were not sent before."""
        return _with_tokens(folder, 1, "warm"), _with_tokens(folder, seconds, "tokens")

    return {
        _RAW: Contestant("hello", "/hello", open_, lambda: (None, None)),
        _HELLO: Contestant("precert", "/hello", open_, lambda: (None, None)),
        _PLAIN: Contestant("precert", SERVICE, open_, lambda: (one, one)),
        _RANDOM: Contestant("precert", SERVICE, open_, lambda: (several, several)),
        _TOKENS: Contestant("precert", SERVICE, checked, fresh),
        _FASTAPI: Contestant("fastapi", "/cds-services/order-sign", open_, lambda: (one, one)),
    }


_KEY = ec.generate_private_key(ec.SECP384R1())


def _settings(folder: Path, *, tokens: bool) -> Path:
    """Return the settings file of a service that asks for tokens, or does not."""
    public = json.loads(ECAlgorithm.to_jwk(_KEY.public_key())) | {"kid": "benchmark"}
    (folder / "keys.json").write_text(json.dumps({"keys": [public]}), encoding="utf-8")
    path = folder / f"crd-{'tokens' if tokens else 'open'}.toml"
    path.write_text(
        f"""base_url = "{BASE}"
requires_token = {str(tokens).lower()}

[[payers]]
name = "Acme Health"
identifiers = [{{ system = "{PAYER[0]}", value = "{PAYER[1]}" }}]
rulebook = "bundled"

[[clients]]
issuer = "{ISSUER}"
jwks = "keys.json"
""",
        encoding="utf-8",
    )
    return path


def _with_tokens(folder: Path, seconds: int, name: str) -> Path:
    enough = _TOKENS_A_SECOND * seconds
    return post_with_tokens(
        folder, order_sign(), tokens(_KEY, ISSUER, BASE + SERVICE, enough), name
    )


def _load(contestant: Contestant, seconds: int) -> Load:
    warm, script = contestant.scripts()
    with server(contestant.command()) as running:
        wrk(running, contestant.path, warm, CONNECTIONS, 1)
        return wrk(running, contestant.path, script, CONNECTIONS, seconds)


def _print_loads(loads: Mapping[str, list[Load]]) -> None:
    hello = statistics.median(load.rate for load in loads[_HELLO])
    width = max(map(len, loads))
    heads = "requests/s  of hello  p50 ms  p99 ms  p99/p50  processor us  spread"
    print(f"{'':{width}}  {heads}")
    for name, runs in loads.items():
        rate = statistics.median(load.rate for load in runs)
        p50 = statistics.median(load.p50 for load in runs)
        p99 = statistics.median(load.p99 for load in runs)
        processor = statistics.median(load.processor for load in runs)
        rates = [load.rate for load in runs]
        print(
            f"{name:{width}}  {rate:10,.0f}  {rate / hello:8.2f}  {p50:6.2f}  {p99:6.2f}"
            f"  {p99 / p50:7.2f}  {processor:12.0f}  {max(rates) / min(rates):6.2f}"
        )


def _print_start(contestant: Contestant, runs: int) -> None:
    """Print the time from the start of `precert serve` until it has answered a request."""
    told = ["--crd", str(contestant.settings), "--port", "{port}", "--log", "off"]
    took = []
    for _ in range(runs):
        with server([sys.executable, "-m", "precert", "serve", *told]) as running:
            answered(running.url(SERVICE), order_sign(), _JSON)
            took.append(time.perf_counter() - running.begun)
    print(f"from the start to the first answer: {statistics.median(took):.2f} s")


def _print_memory(contestant: Contestant) -> None:
    with server(contestant.command()) as running:
        sample = answered(running.url(SERVICE), order_sign(), _JSON)
        print(f"an answer has {len(sample):,} bytes")
        sent, memory = 1, {1: memory_of(running.pid)}
        while sent < _MANY:
            _, script = contestant.scripts()
            sent += wrk(running, contestant.path, script, CONNECTIONS, 10).requests
            memory[sent] = memory_of(running.pid)
    print(", ".join(f"{mb:.0f} MB after {count:,}" for count, mb in memory.items()))


_JSON = {"Content-Type": "application/json"}


if __name__ == "__main__":
    main()
