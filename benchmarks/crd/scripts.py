"""The Lua that tells wrk what to send."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING

import jwt

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey


def post(folder: Path, body: bytes) -> Path:
    """Return a script that posts one body."""
    script = folder / "post.lua"
    script.write_text(
        f'wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\n'
        f"wrk.body = [=[{body.decode()}]=]\n",
        encoding="utf-8",
    )
    return script


def post_several(folder: Path, bodies: list[bytes]) -> Path:
    """Return a script that posts these bodies in turn, again and again."""
    listed, script = folder / "bodies.txt", folder / "several.lua"
    listed.write_bytes(b"\n".join(bodies))
    script.write_text(
        f"""local bodies, next = {{}}, 0
for line in io.lines("{listed}") do bodies[#bodies + 1] = line end
request = function()
  next = next % #bodies + 1
  return wrk.format("POST", nil, {{["Content-Type"] = "application/json"}}, bodies[next])
end
""",
        encoding="utf-8",
    )
    return script


def post_with_tokens(folder: Path, body: bytes, tokens: list[str], name: str) -> Path:
    """Return a script that posts one body, each time with the next token: none is sent twice."""
    listed = folder / f"{name}.txt"
    listed.write_text("\n".join(tokens), encoding="ascii")
    script = folder / f"{name}.lua"
    script.write_text(
        f"""local tokens, next = {{}}, 0
for line in io.lines("{listed}") do tokens[#tokens + 1] = line end
local body = [=[{body.decode()}]=]
request = function()
  next = next + 1
  return wrk.format("POST", nil, {{["Content-Type"] = "application/json",
    ["Authorization"] = "Bearer " .. (tokens[next] or "none is left")}}, body)
end
""",
        encoding="utf-8",
    )
    return script


def tokens(key: EllipticCurvePrivateKey, issuer: str, audience: str, count: int) -> list[str]:
    """Return tokens as a CDS client signs them, each with a `jti` of its own."""
    now = int(time.time())
    return [
        jwt.encode(
            {
                "iss": issuer,
                "aud": audience,
                "iat": now,
                "exp": now + 3600,
                "jti": str(uuid.uuid4()),
            },
            key,
            algorithm="ES384",
            headers={"kid": "benchmark", "typ": "JWT"},
        )
        for _ in range(count)
    ]
