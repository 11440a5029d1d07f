"""The settings file of a CRD service (`crd.toml`) in, its `CrdSettings` out, proven and resolved.

Every key is explained in docs/crd.md. Paths are relative to the file.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from precert.davinci.addresses import origin_reason, server_reason
from precert.davinci.settings import Client, Covered, CrdSettings, Payer, Version
from precert.determine.named import OTHER_PLAN
from precert.errors import UnreadableSettings
from precert.rulebook import load_rulebook
from precert.toml_section import TomlSection

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import StrEnum
    from pathlib import Path

    from precert.rulebook import AnyRulebook

BUNDLED = "bundled"
_DEFAULT_SECONDS = 3.0
_MOST_SECONDS = 10.0


class Section(TomlSection):
    """A table of a settings file. What is wrong in it raises UnreadableSettings."""

    unreadable = UnreadableSettings
    unknown = "read a key that the settings do not have here; see docs/crd.md, or remove it"


def read_settings(path: Path) -> CrdSettings:
    """Return the settings in a file. The rulebooks that it names are loaded.

    Raises UnreadableSettings, which names the file and the key, what was read and what was
    expected; and UnreadableRulebook for a rulebook that it names.
    """
    section = Section(str(path), "", _parsed(path))
    base_url = _base_url(section)
    payers = _read_payers(section, path.parent)
    clients = _read_clients(section, path.parent)
    requires_token = section.flag("requires_token", default=True)
    if requires_token and not clients:
        reason = "nothing was read, expected at least one [[clients]] whose tokens are trusted"
        section.refuse("clients", f"{reason}, or requires_token = false for a trial")
    version = Version(_one_of(section, "version", Version, Version.V2_2))
    seconds = section.number("query_seconds", _DEFAULT_SECONDS)
    if not 0 < seconds <= _MOST_SECONDS:
        section.refuse("query_seconds", f"read {seconds}, expected more than 0 and at most 10")
    record = section.text("record", "")
    origins = _addresses(section, "cors_origins", origin_reason)
    section.done()
    return CrdSettings(
        base_url=base_url,
        payers=payers,
        clients=clients,
        requires_token=requires_token,
        version=version,
        query_seconds=float(seconds),
        record=path.parent / record if record else None,
        cors_origins=origins,
    )


def _parsed(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = f"cannot be opened ({error.strerror}); expected the settings of docs/crd.md"
        raise UnreadableSettings(str(path), "file", reason) from error
    except UnicodeDecodeError as error:
        reason = f"read the byte 0x{error.object[error.start]:02x}, expected UTF-8"
        raise UnreadableSettings(str(path), "file", reason) from error
    except tomllib.TOMLDecodeError as error:
        raise UnreadableSettings(str(path), "file", f"read no TOML: {error}") from error


def _base_url(section: Section) -> str:
    url = section.text("base_url").removesuffix("/")
    if reason := server_reason(url):
        section.refuse("base_url", f"{reason}: the public address, without /cds-services")
    return url


def _read_payers(section: Section, folder: Path) -> tuple[Payer, ...]:
    loaded: dict[str, AnyRulebook] = {}
    taken: dict[tuple[str, str], str] = {}
    payers = tuple(
        _read_payer(payer, folder, loaded, taken) for payer in section.sections("payers")
    )
    if not payers:
        section.refuse("payers", "nothing was read, expected at least one [[payers]]")
    return payers


def _read_payer(
    section: Section,
    folder: Path,
    loaded: dict[str, AnyRulebook],
    taken: dict[tuple[str, str], str],
) -> Payer:
    """Return one payer. `loaded` keeps the rulebooks, `taken` whose each identifier is."""
    name = _filled(section, "name")
    identifiers = _read_identifiers(section, name, taken)
    where = _filled(section, "rulebook")
    if where not in loaded:
        loaded[where] = load_rulebook(None if where == BUNDLED else folder / where)
    payer = Payer(
        name=name,
        identifiers=identifiers,
        rulebook=loaded[where],
        covered=Covered(_one_of(section, "covered", Covered, Covered.CONDITIONAL)),
        plans=_read_plans(section.section("plans"), loaded[where].plans),
        client_managed=_read_flags(section.section("client_managed")),
        phone=section.text("phone", "") or None,
        url=section.text("url", "") or None,
    )
    if payer.url and (reason := server_reason(payer.url)):
        section.refuse("url", reason)
    section.done()
    return payer


def _read_identifiers(
    section: Section, name: str, taken: dict[tuple[str, str], str]
) -> frozenset[tuple[str, str]]:
    """Return the identifiers of a payer; one that is another payer's too is refused."""
    found: set[tuple[str, str]] = set()
    for one in section.sections("identifiers"):
        identifier = (_filled(one, "system"), _filled(one, "value"))
        if identifier in taken:
            reason = f"read {identifier[1]!r}, which is {taken[identifier]}'s already"
            one.refuse("value", f"{reason}; expected each identifier once")
        taken[identifier] = name
        found.add(identifier)
        one.done()
    if not found:
        reason = "nothing was read, expected at least one { system = ..., value = ... }"
        section.refuse("identifiers", f"{reason}, as coverages name this payer")
    return frozenset(found)


def _read_plans(section: Section, known: tuple[str, ...]) -> Mapping[str, str]:
    plans: dict[str, str] = {}
    for key in section.names():
        plans[key] = section.text(key)
        if plans[key] not in (*known, OTHER_PLAN):
            names = ", ".join(repr(name) for name in (*known, OTHER_PLAN))
            section.refuse(key, f"read {plans[key]!r}, expected a plan of the rulebook: {names}")
    return plans


def _read_flags(section: Section) -> Mapping[str, bool]:
    return {key: section.flag(key) for key in section.names()}


def _read_clients(section: Section, folder: Path) -> tuple[Client, ...]:
    issuers: set[str] = set()
    clients = []
    for one in section.sections("clients"):
        issuer = _filled(one, "issuer")
        if issuer in issuers:
            one.refuse("issuer", f"read {issuer!r} again, expected each issuer once")
        issuers.add(issuer)
        jwks = one.text("jwks", "")
        jku = _addresses(one, "jku", server_reason)
        if not jwks and not jku:
            reason = "nothing was read, expected jwks (a file of its public keys)"
            one.refuse("jwks", f"{reason} or jku (addresses from which they may be fetched)")
        client = Client(
            issuer=issuer,
            jwks=folder / jwks if jwks else None,
            jku=frozenset(jku),
            tenants=frozenset(one.texts("tenants", ())),
            fhir_servers=_addresses(one, "fhir_servers", server_reason),
        )
        one.done()
        clients.append(client)
    return tuple(clients)


def _addresses(section: Section, key: str, reason_of: Callable[[str], str]) -> tuple[str, ...]:
    """Return the addresses under a key; `reason_of` says what is wrong with one, if anything."""
    addresses = section.texts(key, ())
    for address in addresses:
        if reason := reason_of(address):
            section.refuse(key, reason)
    return addresses


def _filled(section: Section, key: str) -> str:
    text = section.text(key)
    if not text.strip():
        section.refuse(key, f"read {text!r}, expected a text that is not empty")
    if text != text.strip():  # nothing that is sent would ever be the same
        section.refuse(key, f"read {text!r}, expected a text without blanks around it")
    return text


def _one_of(section: Section, key: str, kinds: type[StrEnum], default: StrEnum) -> str:
    text = section.text(key, default.value)
    if text not in list(kinds):
        expected = ", ".join(repr(kind.value) for kind in kinds)
        section.refuse(key, f"read {text!r}, expected one of {expected}")
    return text
