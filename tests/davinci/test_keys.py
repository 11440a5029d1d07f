"""The clients' keys: which are taken, when they are asked for again, and how often at most."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from precert.davinci.settings import Client
from precert.davinci.trust import key_fetch
from precert.davinci.trust.jwks import ALGORITHMS, LONGEST_SET, UnreadableKeysError, parse_keys
from precert.davinci.trust.keys import FRESH, KEPT, PAUSE, KeySets
from precert.errors import UnreadableSettings
from tests.support.tokens import ISSUER, JKU, ec_key, jwk, key_set, rsa_key

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


class Address:
    """An address of keys that counts its calls. `answer` is what it says, an error where None."""

    def __init__(self, answer: bytes | None = None) -> None:
        self.answer = answer
        self.calls = 0
        self.now = 1000.0
        self.seconds = 0.0
        self.client = Client(ISSUER, jku=frozenset({JKU}))
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(self._called))
        self.keys = KeySets((self.client,), lambda: http, lambda: self.now)

    async def _called(self, request: httpx2.Request) -> httpx2.Response:
        assert str(request.url) == JKU
        self.calls += 1
        await asyncio.sleep(self.seconds)
        if self.answer is None:
            return httpx2.Response(503)
        return httpx2.Response(200, content=self.answer)

    async def find(self, kid: str = "k1", jku: str | None = JKU) -> int:
        return len(await self.keys.find(self.client, jku, kid, "ES384"))


def test_keys_are_fetched_once_and_asked_for_again_when_they_are_old() -> None:
    async def run() -> None:
        address = Address(key_set())
        assert [await address.find(), await address.find()] == [1, 1]
        assert address.calls == 1
        address.now += FRESH
        assert await address.find() == 1
        assert address.calls == 2

    asyncio.run(run())


def test_a_new_key_is_found_at_once_and_a_withdrawn_one_ends() -> None:
    async def run() -> None:
        address = Address(key_set(jwk(ec_key(), kid="old")))
        assert await address.find("old") == 1
        address.answer = key_set(jwk(ec_key("new"), kid="new"))
        address.now += PAUSE
        assert await address.find("new") == 1
        assert await address.find("old") == 0
        assert address.calls == 2

    asyncio.run(run())


def test_a_withdrawn_key_ends_with_its_freshness() -> None:
    async def run() -> None:
        address = Address(key_set(jwk(ec_key(), kid="old")))
        assert await address.find("old") == 1
        address.answer = key_set(jwk(ec_key("new"), kid="new"))
        address.now += FRESH
        assert await address.find("old") == 0

    asyncio.run(run())


def test_unknown_names_call_the_address_once_a_minute_at_most() -> None:
    async def run() -> None:
        address = Address(key_set())
        for number in range(50):
            assert await address.find(f"unknown-{number}") == 0
        assert address.calls == 1
        address.now += PAUSE
        assert await address.find("unknown") == 0
        assert address.calls == 2

    asyncio.run(run())


def test_an_address_that_fails_is_left_alone_for_a_minute() -> None:
    async def run() -> None:
        address = Address(None)
        assert [await address.find(), await address.find()] == [0, 0]
        assert address.calls == 1
        address.answer = key_set()
        assert await address.find() == 0
        address.now += PAUSE
        assert await address.find() == 1

    asyncio.run(run())


def test_keys_are_kept_for_a_while_where_the_address_fails() -> None:
    async def run() -> None:
        address = Address(key_set())
        assert await address.find() == 1
        address.answer = None
        address.now += KEPT - 1
        assert await address.find() == 1
        address.now += 1
        assert await address.find() == 0

    asyncio.run(run())


def test_calls_at_the_same_time_fetch_once() -> None:
    async def run() -> None:
        address = Address(key_set())
        address.seconds = 0.01
        assert await asyncio.gather(*(address.find() for _ in range(20))) == [1] * 20
        assert address.calls == 1

    asyncio.run(run())


def test_a_token_that_names_no_address_has_its_keys_from_the_told_one() -> None:
    async def run() -> None:
        address = Address(key_set())
        assert await address.find(jku=None) == 1

    asyncio.run(run())


class Endless(httpx2.AsyncByteStream):
    """A body that never ends; counts what was read of it."""

    def __init__(self) -> None:
        self.read = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            self.read += 10_000
            yield b" " * 10_000


def fetched(response: httpx2.Response) -> bytes:
    async def run() -> bytes:
        transport = httpx2.MockTransport(lambda _: response)
        async with httpx2.AsyncClient(transport=transport, follow_redirects=True) as http:
            return await key_fetch.fetch_keys(http, JKU)

    return asyncio.run(run())


def test_an_endless_answer_is_read_to_the_longest_set() -> None:
    body = Endless()
    with pytest.raises(UnreadableKeysError, match="more than 65536 bytes"):
        fetched(httpx2.Response(200, stream=body))
    assert body.read <= LONGEST_SET + 10_000


@pytest.mark.parametrize(
    "response",
    [
        httpx2.Response(302, headers={"location": "http://169.254.169.254/"}),
        httpx2.Response(204),
        httpx2.Response(404, content=key_set()),
        httpx2.Response(
            200, content=gzip.compress(key_set()), headers={"content-encoding": "gzip"}
        ),
    ],
)
def test_another_answer_gives_no_keys(response: httpx2.Response) -> None:
    with pytest.raises(UnreadableKeysError):
        fetched(response)


def test_a_redirect_is_not_followed_to_keys() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        if str(request.url) == JKU:
            return httpx2.Response(302, headers={"location": "https://evil.example/"})
        return httpx2.Response(200, content=key_set())

    async def run() -> None:
        transport = httpx2.MockTransport(answer)
        async with httpx2.AsyncClient(transport=transport, follow_redirects=True) as http:
            await key_fetch.fetch_keys(http, JKU)

    with pytest.raises(UnreadableKeysError, match="302"):
        asyncio.run(run())


def test_an_address_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(request: httpx2.Request) -> httpx2.Response:
        del request
        await asyncio.sleep(3600)
        raise AssertionError

    async def run() -> None:
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(never)) as http:
            await key_fetch.fetch_keys(http, JKU)

    monkeypatch.setattr(key_fetch, "SECONDS", 0.01)
    with pytest.raises(UnreadableKeysError, match="TimeoutError"):
        asyncio.run(run())


def test_an_address_that_cannot_be_reached_is_given_up() -> None:
    def fail(request: httpx2.Request) -> httpx2.Response:
        message = "no route"
        raise httpx2.ConnectError(message, request=request)

    async def run() -> None:
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(fail)) as http:
            await key_fetch.fetch_keys(http, JKU)

    with pytest.raises(UnreadableKeysError, match="ConnectError"):
        asyncio.run(run())


def test_keys_of_both_algorithms_are_taken() -> None:
    keys = parse_keys(key_set(jwk(ec_key()), jwk(rsa_key(), kid="k2")))
    assert [(key.kid, key.algorithm) for key in keys] == [("k1", "ES384"), ("k2", "RS384")]
    assert {key.algorithm for key in keys} == set(ALGORITHMS)


@pytest.mark.parametrize(
    "passed_over",
    [
        {"kty": "oct", "kid": "k9", "k": "c2VjcmV0"},
        {"kty": "OKP", "crv": "Ed25519", "kid": "k9", "x": "AAAA"},
        jwk(ec_key(), kid=""),
        jwk(ec_key(), use="enc"),
        jwk(ec_key(), alg="ES256"),
        jwk(ec_key(), key_ops=["sign"]),
        jwk(ec_key(), d="AAAA"),
        jwk(ec_key(), crv="P-256"),
        jwk(ec_key(), x="AAAA"),
        jwk(ec_key(), x="{}"),
        jwk(ec_key(), x=7),
        jwk(rsa_key(1024)),
        jwk(rsa_key(), n=""),
        {},
        7,
        [],
        None,
    ],
)
def test_a_key_that_proves_nothing_is_passed_over(passed_over: Any) -> None:  # noqa: ANN401 - any JSON
    assert len(parse_keys(key_set(jwk(ec_key()), passed_over))) == 1
    with pytest.raises(UnreadableKeysError, match="no public key"):
        parse_keys(key_set(passed_over))


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b'{"keys": {}}', b"\xff", b'{"keys":' + b"[" * 5000]
)
def test_what_is_no_key_set_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableKeysError):
        parse_keys(content)


def file_keys(path: Path, clock: list[float]) -> KeySets:
    client = Client(ISSUER, jwks=path)
    return KeySets((client,), httpx2.AsyncClient, lambda: clock[0])


def test_a_changed_file_is_read_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path, clock = tmp_path / "keys.json", [0.0]
    path.write_bytes(key_set(jwk(ec_key(), kid="old")))
    keys, client = file_keys(path, clock), Client(ISSUER, jwks=path)

    def find(kid: str) -> int:
        return len(asyncio.run(keys.find(client, None, kid, "ES384")))

    assert find("old") == 1
    path.write_bytes(key_set(jwk(ec_key("new"), kid="newer")))
    assert find("newer") == 0
    clock[0] += 10
    assert [find("newer"), find("old")] == [1, 0]
    path.write_text("{", encoding="utf-8")
    clock[0] += 10
    assert find("newer") == 1
    assert "is not read again: UnreadableKeysError" in caplog.text
    path.unlink()
    clock[0] += 10
    assert find("newer") == 1
    assert "is not read again: FileNotFoundError" in caplog.text


@pytest.mark.parametrize("content", [None, b"{}", json.dumps({"keys": []}).encode()])
def test_a_file_without_keys_is_refused_at_once(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "keys.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableSettings, match=os.fspath(path)):
        file_keys(path, [0.0])
