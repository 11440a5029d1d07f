"""Tokens: which of them prove a client, and why the others do not."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from precert.davinci.refused import BadToken
from precert.davinci.settings import Client
from precert.davinci.trust.keys import KeySets
from precert.davinci.trust.replay import Replay
from precert.davinci.trust.tokens import LONGEST_LIFE, Tokens
from tests.support.tokens import (
    BASE,
    ISSUER,
    JKU,
    NOW,
    claims,
    ec_key,
    forged,
    jwk,
    key_set,
    rsa_key,
    signed_with_public_key,
    token,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    World = (
        Callable[[httpx2.Request], httpx2.Response]
        | Callable[[httpx2.Request], Coroutine[None, None, httpx2.Response]]
    )

ADDRESS = f"{BASE}/cds-services/precert-order-sign"
TODAY = datetime.fromtimestamp(NOW, UTC)


def refuse_all(request: httpx2.Request) -> httpx2.Response:
    pytest.fail(f"{request.url} was called")


def tokens_of(
    folder: Path,
    keys: bytes | None = None,
    answer: World = refuse_all,
    **told: object,
) -> Tokens:
    (folder / "keys.json").write_bytes(keys or key_set())
    given: dict[str, Any] = {"issuer": ISSUER, "jwks": folder / "keys.json", **told}
    client = Client(**given)
    http = httpx2.AsyncClient(transport=httpx2.MockTransport(answer))
    return Tokens((client,), KeySets((client,), lambda: http), Replay())


def check(tokens: Tokens, text: str, address: str = ADDRESS) -> str:
    """Return whose token it is, or in one word why it is not trusted."""
    try:
        return asyncio.run(tokens.check(f"Bearer {text}", address, TODAY)).issuer
    except BadToken as error:
        return error.why.value


def test_a_token_signed_with_es384_proves_its_client(tmp_path: Path) -> None:
    assert check(tokens_of(tmp_path), token(ADDRESS)) == ISSUER


def test_a_token_signed_with_rs384_proves_its_client(tmp_path: Path) -> None:
    tokens = tokens_of(tmp_path, key_set(jwk(rsa_key())))
    assert check(tokens, token(ADDRESS, rsa_key())) == ISSUER


def test_a_kid_is_compared_as_it_is_written(tmp_path: Path) -> None:
    kid = "aB+/9w=="
    tokens = tokens_of(tmp_path, key_set(jwk(ec_key(), kid=kid)))
    assert check(tokens, token(ADDRESS, headers={"kid": kid})) == ISSUER
    assert check(tokens, token(ADDRESS, headers={"kid": "aB-_9w=="})) == "key"


@pytest.mark.parametrize(
    "told",
    [
        {"aud": [ADDRESS]},
        {"aud": ["https://elsewhere.example", ADDRESS]},
        {"nbf": NOW},
        {"nbf": NOW + 60},
        {"iat": NOW + 60, "exp": NOW + 360},
        {"iat": NOW - 350, "exp": NOW - 59},
        {"exp": NOW + LONGEST_LIFE},
        {"iat": NOW + 0.5},
        {"sub": "someone", "scope": "anything"},
        {"tenant": "any"},
    ],
)
def test_what_clients_are_known_to_send_is_trusted(tmp_path: Path, told: dict[str, Any]) -> None:
    assert check(tokens_of(tmp_path), token(ADDRESS, **told)) == ISSUER


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"iss": "https://ehr.other.example"}, "issuer"),
        ({"iss": ISSUER + "/"}, "issuer"),
        ({"iss": None}, "form"),
        ({"aud": None}, "form"),
        ({"aud": BASE}, "audience"),
        ({"aud": ADDRESS + "/"}, "audience"),
        ({"aud": ADDRESS.replace("order-sign", "order-select")}, "audience"),
        ({"aud": ADDRESS.upper()}, "audience"),
        ({"aud": []}, "audience"),
        ({"aud": [[ADDRESS]]}, "form"),
        ({"aud": {ADDRESS: True}}, "form"),
        ({"exp": None}, "form"),
        ({"iat": NOW - 400, "exp": NOW - 60}, "expired"),
        ({"exp": str(NOW + 300)}, "form"),
        ({"exp": True}, "form"),
        ({"exp": 10**400}, "form"),
        ({"exp": -1}, "form"),
        ({"exp": NOW + LONGEST_LIFE + 1}, "lifetime"),
        ({"iat": NOW + 30, "exp": NOW + 20}, "lifetime"),
        ({"iat": None}, "form"),
        ({"iat": NOW + 61}, "not-yet-valid"),
        ({"nbf": NOW + 61}, "not-yet-valid"),
        ({"jti": None}, "form"),
        ({"jti": ""}, "form"),
        ({"jti": 7}, "form"),
        ({"jti": "j" * 256}, "form"),
        ({"tenant": 7}, "form"),
    ],
)
def test_a_claim_that_is_wrong_is_not_trusted(
    tmp_path: Path, told: dict[str, Any], why: str
) -> None:
    assert check(tokens_of(tmp_path), token(ADDRESS, **told)) == why


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"kid": "k2"}, "key"),
        ({"kid": ""}, "form"),
        ({"kid": "k" * 256}, "form"),
        ({"typ": "at+jwt"}, "form"),
        ({"typ": "jwt"}, ISSUER),
        ({"crit": ["b64"], "b64": True}, "form"),
        ({"jku": JKU}, "jku"),
        ({"jku": "file:///etc/passwd"}, "jku"),
        ({"jwk": jwk(ec_key("another")), "kid": "k1"}, ISSUER),
    ],
)
def test_a_header_is_believed_in_what_it_may_say(
    tmp_path: Path, headers: dict[str, Any], why: str
) -> None:
    assert check(tokens_of(tmp_path), token(ADDRESS, headers=headers)) == why


def test_a_key_inside_the_token_proves_nothing(tmp_path: Path) -> None:
    inside = {"jwk": jwk(ec_key("another"))}
    assert check(tokens_of(tmp_path), token(ADDRESS, ec_key("another"), inside)) == "signature"


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "HS256", "HS384", "ES256", "RS256"])
def test_another_algorithm_is_never_trusted(tmp_path: Path, algorithm: str) -> None:
    header = {"alg": algorithm, "typ": "JWT", "kid": "k1"}
    for signature in (b"", b"x" * 96):
        text = forged(header, claims(ADDRESS), signature)
        assert check(tokens_of(tmp_path), text) == "algorithm"


def test_a_public_key_is_no_secret(tmp_path: Path) -> None:
    assert check(tokens_of(tmp_path), signed_with_public_key(ADDRESS)) == "algorithm"


def test_the_algorithm_is_the_keys_and_not_the_tokens(tmp_path: Path) -> None:
    """A token that says RS384 and names the EC key finds no key."""
    text = token(ADDRESS, rsa_key(), {"kid": "k1"})
    assert check(tokens_of(tmp_path), text) == "key"


def test_a_changed_token_is_not_trusted(tmp_path: Path) -> None:
    head, _, tail = token(ADDRESS).split(".")
    _, body, _ = token(ADDRESS).split(".")
    assert check(tokens_of(tmp_path), f"{head}.{body}.{tail}") == "signature"
    assert check(tokens_of(tmp_path), f"{head}.{body}.") == "signature"
    assert check(tokens_of(tmp_path), f"{head}.{body}.AAAA") == "signature"


@pytest.mark.parametrize(
    "text",
    ["", "a", "a.b", "..", "a.b.c", "a.b.c.d", "{}.{}.{}", "é.b.c", "x" * 9000, "e30.e30.e30"],
)
def test_what_is_no_token_is_not_trusted(tmp_path: Path, text: str) -> None:
    assert check(tokens_of(tmp_path), text) == "form"


@pytest.mark.parametrize("header", [None, "", "Bearer", "Basic dXNlcjpwYXNz", "bearer"])
def test_a_call_without_a_token_is_not_trusted(tmp_path: Path, header: str | None) -> None:
    with pytest.raises(BadToken):
        asyncio.run(tokens_of(tmp_path).check(header, ADDRESS, TODAY))


def test_deeply_nested_claims_are_no_token(tmp_path: Path) -> None:
    body = f'{{"iss":{"[" * 3000}{"]" * 3000}}}'
    text = forged({"alg": "ES384", "typ": "JWT", "kid": "k1"}, body)
    assert check(tokens_of(tmp_path), text) == "form"


def test_a_token_is_used_once(tmp_path: Path) -> None:
    tokens, text = tokens_of(tmp_path), token(ADDRESS)
    assert check(tokens, text) == ISSUER
    assert check(tokens, text) == "replayed"
    assert check(tokens, token(ADDRESS)) == ISSUER


def test_of_calls_at_the_same_time_one_uses_the_token(tmp_path: Path) -> None:
    """All wait for the keys at once; one token is still used once."""

    async def answer(_: httpx2.Request) -> httpx2.Response:
        await asyncio.sleep(0.01)
        return httpx2.Response(200, content=key_set())

    tokens = tokens_of(tmp_path, None, answer, jwks=None, jku=frozenset({JKU}))
    text = f"Bearer {token(ADDRESS)}"

    async def run() -> list[object]:
        checks = (tokens.check(text, ADDRESS, TODAY) for _ in range(20))
        return await asyncio.gather(*checks, return_exceptions=True)

    results = asyncio.run(run())
    refused = [result.why.value for result in results if isinstance(result, BadToken)]
    assert refused == ["replayed"] * 19


def test_a_jti_is_used_once_whatever_else_the_token_says(tmp_path: Path) -> None:
    tokens = tokens_of(tmp_path)
    assert check(tokens, token(ADDRESS, jti="one")) == ISSUER
    assert check(tokens, token(ADDRESS, jti="one", exp=NOW + 200)) == "replayed"


def test_nobody_uses_up_the_tokens_of_another(tmp_path: Path) -> None:
    """A forged token with a good one's `jti` is refused and leaves the good one unused."""
    tokens = tokens_of(tmp_path)
    assert check(tokens, token(ADDRESS, ec_key("another"), jti="one")) == "signature"
    assert check(tokens, token(ADDRESS, jti="one")) == ISSUER


def test_a_tenant_has_to_be_one_that_is_told(tmp_path: Path) -> None:
    tokens = tokens_of(tmp_path, tenants=frozenset({"north"}))
    assert check(tokens, token(ADDRESS, tenant="north")) == ISSUER
    assert check(tokens, token(ADDRESS, tenant="south")) == "tenant"
    assert check(tokens, token(ADDRESS)) == "tenant"


def test_a_key_for_es384_lies_on_its_curve(tmp_path: Path) -> None:
    weak = ec.generate_private_key(ec.SECP256R1())
    tokens = tokens_of(tmp_path, key_set(jwk(ec_key()), jwk(weak, kid="weak")))
    assert check(tokens, token(ADDRESS, ec_key(), {"kid": "weak"})) == "key"


def test_two_keys_of_one_name_are_both_tried(tmp_path: Path) -> None:
    tokens = tokens_of(tmp_path, key_set(jwk(ec_key("another")), jwk(ec_key())))
    assert check(tokens, token(ADDRESS)) == ISSUER


def test_keys_are_fetched_from_an_allowed_address_alone(tmp_path: Path) -> None:
    called: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        called.append(str(request.url))
        return httpx2.Response(200, content=key_set())

    tokens = tokens_of(tmp_path, None, answer, jwks=None, jku=frozenset({JKU}))
    for wrong in (
        "http://169.254.169.254/latest/meta-data",
        "https://127.0.0.1/keys",
        "file:///etc/passwd",
        "https://ehr.clinic.example@evil.example/.well-known/jwks.json",
        JKU + "?x=1",
        JKU + "#x",
        JKU.replace("https", "http"),
        JKU.replace("ehr.", "EHR."),
    ):
        assert check(tokens, token(ADDRESS, headers={"jku": wrong})) == "jku"
    assert called == []
    assert check(tokens, token(ADDRESS, headers={"jku": JKU})) == ISSUER
    assert called == [JKU]
