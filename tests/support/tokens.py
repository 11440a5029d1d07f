"""An invented client of the CRD service: its keys, its key set, the tokens that it signs."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from functools import cache
from itertools import count
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

ISSUER = "https://ehr.clinic.example"
JKU = "https://ehr.clinic.example/.well-known/jwks.json"
BASE = "https://crd.acme-health.example"
NOW = 1_790_000_000
_numbers = count(1)


@cache
def ec_key(name: str = "first") -> ec.EllipticCurvePrivateKey:
    """Return the private key of that name, for ES384; the same in one run."""
    del name
    return ec.generate_private_key(ec.SECP384R1())


@cache
def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    """Return a private key for RS384."""
    return rsa.generate_private_key(65537, bits)


def jwk(private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, **told: object) -> dict[str, Any]:
    """Return the public half of a key as a JSON Web Key."""
    if isinstance(private, rsa.RSAPrivateKey):
        public = RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    else:
        public = ECAlgorithm.to_jwk(private.public_key(), as_dict=True)
    return {"kid": "k1", "use": "sig", **public, **told}


def key_set(*keys: dict[str, Any]) -> bytes:
    """Return a JSON Web Key Set; of the first key where none is told."""
    return json.dumps({"keys": list(keys) or [jwk(ec_key())]}).encode()


def claims(address: str, **told: object) -> dict[str, Any]:
    """Return the claims of a good token for an address; a claim told as None is left out."""
    given = {
        "iss": ISSUER,
        "aud": address,
        "iat": NOW,
        "exp": NOW + 300,
        "jti": f"token-{next(_numbers)}",
        **told,
    }
    return {name: value for name, value in given.items() if value is not None}


def token(
    address: str,
    private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | None = None,
    headers: dict[str, Any] | None = None,
    **told: object,
) -> str:
    """Return a signed token for an address; `headers` and `told` change what it says."""
    key = private or ec_key()
    algorithm = "RS384" if isinstance(key, rsa.RSAPrivateKey) else "ES384"
    given = {"kid": "k1", **(headers or {})}
    return jwt.encode(claims(address, **told), key, algorithm=algorithm, headers=given)


def forged(header: object, said: object, signature: bytes = b"") -> str:
    """Return a token that no library would sign."""
    parts = [json.dumps(header).encode(), json.dumps(said).encode()]
    return ".".join(unpadded(part) for part in (*parts, signature))


def signed_with_public_key(address: str) -> str:
    """Return a token with the public key as the secret of an HMAC: the classic confusion."""
    pem = (
        ec_key()
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    text = forged({"alg": "HS384", "typ": "JWT", "kid": "k1"}, claims(address)).rpartition(".")[0]
    return f"{text}.{unpadded(hmac.digest(pem, text.encode(), hashlib.sha384))}"


def unpadded(content: bytes) -> str:
    """Return bytes in base64url, without its padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
