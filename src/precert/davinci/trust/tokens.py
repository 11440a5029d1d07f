"""The header `Authorization` of a call in, the client that it proves out, or a BadToken.

A client's token is a JWT as the CDS Hooks specification ("Trusting CDS Clients") describes it. What
is cheap to refuse is refused before a signature is checked; a token counts as used only after its
signature was proven, so that nobody else can use up a client's tokens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import jwt
import msgspec

from precert.davinci.refused import BadToken, Distrust
from precert.davinci.trust.jwks import ALGORITHMS
from precert.davinci.trust.replay import Use

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from precert.davinci.settings import Client
    from precert.davinci.trust.jwks import Key
    from precert.davinci.trust.keys import KeySets
    from precert.davinci.trust.replay import Replay

LEEWAY = 60
"""Seconds by which the clocks of the two sides may differ."""
LONGEST_LIFE = 3600
"""Seconds from `iat` to `exp`, at most: so long a token has to be remembered. Clients are known to
use 5 to 15 minutes."""
_LONGEST_TOKEN = 8192
_LONGEST_NAME = 255
_PARTS = 3
_SIGNATURES = jwt.PyJWS(algorithms=list(ALGORITHMS))


class _Header(msgspec.Struct):
    alg: str
    kid: str
    typ: str
    jku: str | None = None
    crit: None = None  # anything that is critical is not understood here, and refused


_Moment = Annotated[float, msgspec.Meta(ge=0, le=1e11)]
"""Seconds since the epoch, whole or not, of a year that has four digits."""


class _Claims(msgspec.Struct):
    iss: str
    aud: str | list[str]
    exp: _Moment
    iat: _Moment
    jti: str
    nbf: _Moment | None = None
    tenant: str | None = None


_HEADER = msgspec.json.Decoder(_Header)
_CLAIMS = msgspec.json.Decoder(_Claims)


class _Token(NamedTuple):
    text: str
    header: _Header
    claims: _Claims


class Tokens:
    """What proves the clients of a service: their keys, and the tokens that were used."""

    def __init__(self, clients: Iterable[Client], keys: KeySets, replay: Replay) -> None:
        self._clients = {client.issuer: client for client in clients}
        self._keys, self._replay = keys, replay

    async def check(self, authorization: str | None, address: str, now: datetime) -> Client:
        """Return the client whose token this is. `address` is the one that was called, in full.

        Raises BadToken, which keeps for the log in one word what was wrong.
        """
        token = _parsed(authorization)
        client = self._clients.get(token.claims.iss)
        if client is None:
            raise BadToken(Distrust.ISSUER)
        _check_claims(token.claims, client, address, now.timestamp())
        await self._check_signature(token, client)
        self._check_use(token.claims, now.timestamp())
        return client

    async def _check_signature(self, token: _Token, client: Client) -> None:
        header = token.header
        if header.jku is not None and header.jku not in client.jku:
            raise BadToken(Distrust.JKU)
        keys = await self._keys.find(client, header.jku, header.kid, header.alg)
        if not keys:
            raise BadToken(Distrust.KEY)
        if not any(_signed(token, key) for key in keys):
            raise BadToken(Distrust.SIGNATURE)

    def _check_use(self, claims: _Claims, now: float) -> None:
        match self._replay.use(claims.iss, claims.jti, claims.exp + LEEWAY, now):
            case Use.AGAIN:
                raise BadToken(Distrust.REPLAY)
            case Use.NO_ROOM:
                raise BadToken(Distrust.REPLAY_FULL)
            case Use.FIRST:
                return


def _parsed(authorization: str | None) -> _Token:
    """Return what a token says of itself, none of it proven yet."""
    scheme, _, text = (authorization or "").partition(" ")
    if scheme.lower() != "bearer":
        raise BadToken(Distrust.ABSENT)
    text = text.strip(" ")
    if len(text) > _LONGEST_TOKEN or not text.isascii():
        raise BadToken(Distrust.FORM)
    parts = text.split(".")
    if len(parts) != _PARTS:
        raise BadToken(Distrust.FORM)
    try:
        header = _HEADER.decode(_unpacked(parts[0]))
        claims = _CLAIMS.decode(_unpacked(parts[1]))
    except (ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors
        raise BadToken(Distrust.FORM) from error
    if header.alg not in ALGORITHMS:
        raise BadToken(Distrust.ALGORITHM)
    if header.typ.upper() != "JWT":
        raise BadToken(Distrust.FORM)
    if not 0 < len(header.kid) <= _LONGEST_NAME or not 0 < len(claims.jti) <= _LONGEST_NAME:
        raise BadToken(Distrust.FORM)
    return _Token(text, header, claims)


def _unpacked(part: str) -> bytes:
    return jwt.utils.base64url_decode(part)


def _check_claims(claims: _Claims, client: Client, address: str, now: float) -> None:
    """Refuse a token that is for another address, another time or another tenant."""
    audience = [claims.aud] if isinstance(claims.aud, str) else claims.aud
    if address not in audience:
        raise BadToken(Distrust.AUDIENCE)
    if now - LEEWAY >= claims.exp:
        raise BadToken(Distrust.EXPIRED)
    if max(claims.iat, claims.nbf or 0) > now + LEEWAY:
        raise BadToken(Distrust.EARLY)
    if not 0 < claims.exp - claims.iat <= LONGEST_LIFE:
        raise BadToken(Distrust.LIFETIME)
    if client.tenants and claims.tenant not in client.tenants:
        raise BadToken(Distrust.TENANT)


def _signed(token: _Token, key: Key) -> bool:
    """Return whether a token was signed with the private half of a key, by its one algorithm."""
    try:
        _SIGNATURES.decode_complete(token.text, key.public, algorithms=[key.algorithm])
    except jwt.InvalidTokenError:
        return False
    return True
