"""A JSON Web Key Set (RFC 7517) in, its public keys that a client's token may be signed with out.

Taken are keys for ES384 (EC, P-384) and RS384 (RSA, 2,048 to 8,192 bits) with a `kid`. A key for
another use, a secret or a private key is passed over: it never proves anything here.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import ECAlgorithm, RSAAlgorithm
from jwt.exceptions import InvalidKeyError

ES384 = "ES384"
RS384 = "RS384"
ALGORITHMS = (ES384, RS384)
LONGEST_SET = 65_536
_MOST_KEYS = 100
_RSA_BITS = range(2048, 8193)


class UnreadableKeysError(Exception):
    """Bytes that are no key set, or hold no key that is taken; the message says which."""


class Key(NamedTuple):
    """A public key with the one algorithm that it is used for."""

    kid: str
    algorithm: str
    public: EllipticCurvePublicKey | RSAPublicKey


class _Jwk(msgspec.Struct):
    kty: str
    kid: str
    crv: str = ""
    x: str = ""
    y: str = ""
    n: str = ""
    e: str = ""
    d: str | None = None
    use: str = "sig"
    alg: str | None = None
    key_ops: tuple[str, ...] = ("verify",)


class _Set(msgspec.Struct):
    keys: list[msgspec.Raw]


_SET = msgspec.json.Decoder(_Set)
_JWK = msgspec.json.Decoder(_Jwk)


def parse_keys(content: bytes) -> tuple[Key, ...]:
    """Return the keys of a set that are taken. Raises UnreadableKeysError where there is none."""
    if len(content) > LONGEST_SET:
        message = f"a key set of more than {LONGEST_SET} bytes"
        raise UnreadableKeysError(message)
    try:
        raws = _SET.decode(content).keys
    except (msgspec.DecodeError, RecursionError) as error:
        message = 'no JSON object with an array "keys"'
        raise UnreadableKeysError(message) from error
    keys = tuple(key for raw in raws[:_MOST_KEYS] if (key := _key(raw)) is not None)
    if not keys:
        message = 'no public key with a "kid" for ES384 (EC, P-384) or RS384 (RSA)'
        raise UnreadableKeysError(message)
    return keys


def _key(raw: msgspec.Raw) -> Key | None:
    """Return a key of a set; None for one that is not taken."""
    try:
        jwk = _JWK.decode(raw)
    except (msgspec.DecodeError, RecursionError):
        return None
    if not jwk.kid or jwk.d is not None or jwk.use != "sig" or "verify" not in jwk.key_ops:
        return None
    try:
        if (jwk.kty, jwk.crv) == ("EC", "P-384") and jwk.alg in (None, ES384):
            return _ec_key(jwk)
        if jwk.kty == "RSA" and jwk.alg in (None, RS384):
            return _rsa_key(jwk)
    except (InvalidKeyError, ValueError):
        return None
    return None


def _ec_key(jwk: _Jwk) -> Key | None:
    """Return the key of a point; the library proves that it lies on the curve."""
    public = ECAlgorithm.from_jwk({"kty": "EC", "crv": jwk.crv, "x": jwk.x, "y": jwk.y})
    return Key(jwk.kid, ES384, public) if isinstance(public, EllipticCurvePublicKey) else None


def _rsa_key(jwk: _Jwk) -> Key | None:
    public = RSAAlgorithm.from_jwk({"kty": "RSA", "n": jwk.n, "e": jwk.e})
    if isinstance(public, RSAPublicKey) and public.key_size in _RSA_BITS:
        return Key(jwk.kid, RS384, public)
    return None
