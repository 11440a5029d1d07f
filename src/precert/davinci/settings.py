"""What a CRD service is told before it answers: its payers, its clients, its limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from precert.rulebook import AnyRulebook


class Version(StrEnum):
    """A version of the CRD implementation guide, as `requestedVersion` writes it."""

    V2_0 = "2.0"
    V2_1 = "2.1"
    V2_2 = "2.2"


class Covered(StrEnum):
    """What is said of regular coverage, which a procedure list does not state.

    `covered` is mandatory in a coverage-information; the payer has to say what it wants said.
    """

    COVERED = "covered"
    CONDITIONAL = "conditional"


@dataclass(frozen=True, slots=True)
class Payer:
    """A payer whose orders are answered, and the rulebook that answers them.

    `identifiers` are the pairs (system, value) by which a coverage names the payer; a coverage
    whose payer has none of them is another payer's. `plans` maps a `Coverage.class` value of type
    plan to a plan of the rulebook, `client_managed` one of type group to whether that client has
    its client-specific codes managed; what they do not name is not told. `phone` and `url` are the
    payer's contact, sent where the payer is the route and the list prints no other.
    """

    name: str
    identifiers: frozenset[tuple[str, str]]
    rulebook: AnyRulebook
    covered: Covered = Covered.CONDITIONAL
    plans: Mapping[str, str] = field(default_factory=dict)
    client_managed: Mapping[str, bool] = field(default_factory=dict)
    phone: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Client:
    """A CDS client that is trusted: its issuer, where its keys are, its FHIR servers.

    `jwks` is a file of its public keys; `jku` are the addresses from which its keys may be
    fetched, and nothing else ever is. `fhir_servers` are the base addresses that may be queried
    back with the token of a request.
    """

    issuer: str
    jwks: Path | None = None
    jku: frozenset[str] = frozenset()
    tenants: frozenset[str] = frozenset()
    fhir_servers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CrdSettings:
    """Everything a CRD service is told. `read_settings` reads it from TOML (docs/crd.md).

    `base_url` is the address under which clients call, without `/cds-services`: the audience of
    their tokens begins with it. `requires_token` refuses a call without a valid token. `version`
    answers where a request names none. `query_seconds` is the time for all queries back together.
    `record` is a file to which each answer is appended for disputes; None keeps no record.
    """

    base_url: str
    payers: tuple[Payer, ...]
    clients: tuple[Client, ...] = ()
    requires_token: bool = True
    version: Version = Version.V2_2
    query_seconds: float = 3.0
    record: Path | None = None
    cors_origins: tuple[str, ...] = ()
