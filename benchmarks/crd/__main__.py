"""The contest of CRD services: `python -m benchmarks.crd` prints the tables of docs/benchmarks.md.

wrk has one core, the server the other. The token of a row with tokens is signed by ES384 and used
once, as a client does it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from benchmarks.crd.apps import SETTINGS_VARIABLE
from benchmarks.crd.load import Load, answered, memory_of, server, wrk
from benchmarks.crd.request import PAYER, order_sign
from benchmarks.crd.scripts import post, post_with_tokens, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

ISSUER, BASE = "https://ehr.example.org", "http://127.0.0.1"
SERVICE = "/cds-services/precert-order-sign"
CONNECTIONS = 16
_MANY = 200_000
_PLAIN, _TOKENS, _HELLO, _RAW, _FASTAPI = (
    "precert, order-sign",
    "precert, order-sign, ES384 tokens",
    "precert's app, bare hello",
    "uvicorn, bare hello",
    "FastAPI and pydantic, order-sign",
)


class Contestant(NamedTuple):
    """A server, and what wrk sends it."""

    app: str
    path: str
    settings: Path
    script: Path | None


def main() -> None:
    """Print the table of loads, and the memory after many requests."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--no-memory", action="store_true", help="leave out the 200,000 requests")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        contestants = _contestants(folder, told.seconds)
        loads: dict[str, list[Load]] = {name: [] for name in contestants}
        for run in range(told.runs):
            for title, contestant in contestants.items():
                script = contestant.script
                if title == _TOKENS:  # none is sent twice
                    script = _with_tokens(folder, told.seconds, f"tokens-{run}")
                loads[title].append(_load(contestant._replace(script=script), told.seconds))
        _print_loads(loads)
        if not told.no_memory:
            _print_memory(contestants[_PLAIN])


def _contestants(folder: Path, seconds: int) -> dict[str, Contestant]:
    body = order_sign()
    print(f"a request of {len(body):,} bytes, {seconds} s a run, {CONNECTIONS} connections")
    script = post(folder, body)
    open_, checked = _settings(folder, tokens=False), _settings(folder, tokens=True)
    ours, theirs = "benchmarks.crd.apps:precert", "benchmarks.crd.apps:with_pydantic"
    return {
        _RAW: Contestant("benchmarks.crd.apps:hello", "/hello", open_, None),
        _HELLO: Contestant(ours, "/hello", open_, None),
        _PLAIN: Contestant(ours, SERVICE, open_, script),
        _TOKENS: Contestant(ours, SERVICE, checked, None),
        _FASTAPI: Contestant(theirs, "/cds-services/order-sign", open_, script),
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
    enough = 4_000 * seconds
    return post_with_tokens(
        folder, order_sign(), tokens(_KEY, ISSUER, BASE + SERVICE, enough), name
    )


def _environment(contestant: Contestant) -> Mapping[str, str]:
    return {**os.environ, SETTINGS_VARIABLE: str(contestant.settings)}


def _load(contestant: Contestant, seconds: int) -> Load:
    with server(contestant.app, _environment(contestant)) as (port, _):
        url = f"http://127.0.0.1:{port}{contestant.path}"
        wrk(url, contestant.script, CONNECTIONS, 1)  # warm
        return wrk(url, contestant.script, CONNECTIONS, seconds)


def _print_loads(loads: Mapping[str, list[Load]]) -> None:
    hello = statistics.median(load.rate for load in loads[_HELLO])
    width = max(map(len, loads))
    print(f"{'':{width}}  requests/s  of hello  p50 ms  p99 ms  p99/p50  spread")
    for name, runs in loads.items():
        rate = statistics.median(load.rate for load in runs)
        p50 = statistics.median(load.p50 for load in runs)
        p99 = statistics.median(load.p99 for load in runs)
        rates = [load.rate for load in runs]
        print(
            f"{name:{width}}  {rate:10,.0f}  {rate / hello:8.2f}  {p50:6.2f}  {p99:6.2f}"
            f"  {p99 / p50:7.2f}  {max(rates) / min(rates):6.2f}"
        )


def _print_memory(contestant: Contestant) -> None:
    body = order_sign()
    with server(contestant.app, _environment(contestant)) as (port, pid):
        url = f"http://127.0.0.1:{port}{contestant.path}"
        sample = answered(url, body, {"Content-Type": "application/json"})
        print(f"an answer has {len(sample):,} bytes")
        sent, memory = 1, {1: memory_of(pid)}
        while sent < _MANY:
            load = wrk(url, contestant.script, CONNECTIONS, 10)
            sent += int(load.rate * 10)
            memory[sent] = memory_of(pid)
    first, *_ = memory
    print(", ".join(f"{mb:.0f} MB after {count:,}" for count, mb in memory.items()), first)


if __name__ == "__main__":
    main()
