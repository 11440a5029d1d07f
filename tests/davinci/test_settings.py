"""The settings file: what it says, and what is said of a wrong one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from precert.davinci.settings import Covered, Version
from precert.davinci.settings_toml import read_settings
from precert.errors import UnreadableRulebook, UnreadableSettings
from precert.rulebook import load_rulebook, write_rulebook

EXAMPLE = Path(__file__).parents[2] / "docs" / "crd.example.toml"
TRIAL = EXAMPLE.with_name("crd.trial.toml")

SHORT = """\
base_url = "https://crd.acme-health.example"
requires_token = false

[[payers]]
name = "Acme Health"
rulebook = "bundled"
identifiers = [{ system = "https://payers.example", value = "acme" }]
"""
CLIENT = """
[[clients]]
issuer = "https://ehr.example"
jku = ["https://ehr.example/keys"]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "crd.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_of_the_documentation_is_read_with_every_key() -> None:
    settings = read_settings(EXAMPLE)
    assert settings.base_url == "https://crd.acme-health.example"
    assert settings.requires_token
    assert settings.version is Version.V2_2
    assert settings.query_seconds == 3.0
    assert settings.record == EXAMPLE.parent / "crd-record.jsonl"
    assert settings.cors_origins == ("https://ehr.clinic.example",)
    (payer,) = settings.payers
    assert payer.rulebook.digest == load_rulebook().digest
    assert payer.covered is Covered.CONDITIONAL
    assert ("https://www.acme-health.example/payer", "acme") in payer.identifiers
    assert payer.plans == {"dsnp-fl": "FL DSNP", "gold": "other"}
    assert payer.client_managed == {"group-1001": True, "group-2002": False}
    (client,) = settings.clients
    assert client.jwks == EXAMPLE.parent / "clinic-keys.json"
    assert client.jku == {"https://ehr.clinic.example/.well-known/jwks.json"}
    assert client.tenants == {"north", "south"}
    assert client.fhir_servers == ("https://ehr.clinic.example/fhir",)


def test_the_documentation_explains_each_key_of_its_example() -> None:
    explained = EXAMPLE.with_name("crd.md").read_text(encoding="utf-8")
    keys = set(re.findall(r"^(\w+) =|^\[+([\w.]+)\]+", EXAMPLE.read_text("utf-8"), re.MULTILINE))
    names = {key or table.rpartition(".")[2] for key, table in keys}
    assert len(names) > 15
    for name in names:
        assert re.search(rf"`(\[\[)?{name}(\]\])?`", explained), name


def test_what_a_short_file_does_not_say_has_its_default(tmp_path: Path) -> None:
    settings = read_settings(written(tmp_path, SHORT))
    assert settings.clients == ()
    assert settings.record is None
    assert settings.cors_origins == ()
    assert settings.version is Version.V2_2
    assert settings.payers[0].plans == {}
    assert settings.payers[0].phone is None


def test_a_rulebook_stands_relative_to_the_file(tmp_path: Path) -> None:
    write_rulebook(load_rulebook(), tmp_path / "lists" / "acme")
    text = SHORT.replace('"bundled"', '"lists/acme"')
    settings = read_settings(written(tmp_path, text))
    assert settings.payers[0].rulebook.digest == load_rulebook().digest


def test_two_payers_with_one_rulebook_share_it(tmp_path: Path) -> None:
    second = SHORT[SHORT.index("[[payers]]") :].replace('"acme"', '"other-acme"')
    first, other = read_settings(written(tmp_path, SHORT + second)).payers
    assert first.rulebook is other.rulebook


def test_a_rulebook_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableRulebook, match="nowhere"):
        read_settings(written(tmp_path, SHORT.replace('"bundled"', '"nowhere"')))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSettings, match=r"missing\.toml: file: cannot be opened"):
        read_settings(tmp_path / "missing.toml")


def test_bytes_that_are_no_utf_8_are_named(tmp_path: Path) -> None:
    path = tmp_path / "crd.toml"
    path.write_bytes(b'base_url = "\xff"')
    with pytest.raises(UnreadableSettings, match="0xff"):
        read_settings(path)


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("base_url =", "base-url =", "base_url", "nothing was read"),
        ("https://crd", "http://crd", "base_url", "http only for localhost"),
        ("https://crd", "https://me@crd", "base_url", "without user"),
        (".example", ".example?x=1", "base_url", "without user, query"),
        ("requires_token = false", "requires_token = 0", "requires_token", "true or false"),
        ("requires_token = false", "", "clients", "at least one"),
        ("requires_token", "require_token", "clients", "at least one"),
        ("requires_token = false", 'requires_token=false\nx = "y"', "x", "do not have here"),
        ("requires_token", 'version = "3.0"\nrequires_token', "version", "'2.0', '2.1', '2.2'"),
        ("requires_token", "version = 2.2\nrequires_token", "version", "a text in quotes"),
        ("requires_token", "query_seconds = 0\nrequires_token", "query_seconds", "more than 0"),
        ("requires_token", "query_seconds = nan\nrequires_token", "query_seconds", "more than 0"),
        ("requires_token", "query_seconds = true\nrequires_token", "query_seconds", "a number"),
        ("requires_token", 'cors_origins = ["*"]\nrequires_token', "cors_origins", "its name"),
        (
            "requires_token",
            'cors_origins = ["https://ehr.example/"]\nrequires_token',
            "cors_origins",
            "without a path",
        ),
        ("[[payers]]", "[payers]", "payers", "an array of tables"),
        ('name = "Acme Health"', 'name = " "', "payers[1].name", "not empty"),
        ('rulebook = "bundled"', "", "payers[1].rulebook", "nothing was read"),
        ("identifiers = [{", "identifiers = [] # [{", "payers[1].identifiers", "at least one"),
        ('value = "acme"', "value = 7", "payers[1].identifiers[1].value", "a text in quotes"),
        ('value = "acme"', 'value = "acme "', "payers[1].identifiers[1].value", "without blanks"),
        ('value = "acme"', 'valve = "acme"', "payers[1].identifiers[1].value", "nothing was read"),
        ('rulebook = "bundled"', 'rulebook = "bundled"\nfax = "1"', "payers[1].fax", "not have"),
        ('rulebook = "bundled"', 'rulebook="bundled"\ncovered="yes"', "payers[1].covered", "'yes'"),
        (
            'rulebook = "bundled"',
            'rulebook="bundled"\nplans={gold="Gold"}',
            "payers[1].plans.gold",
            "'FL DSNP', 'other'",
        ),
        (
            'rulebook = "bundled"',
            'rulebook="bundled"\nclient_managed={g1="yes"}',
            "payers[1].client_managed.g1",
            "true or false",
        ),
        (
            'rulebook = "bundled"',
            'rulebook="bundled"\nurl="javascript:alert(1)"',
            "payers[1].url",
            "an address",
        ),
    ],
)
def test_a_wrong_key_is_named_with_what_was_expected(
    tmp_path: Path, old: str, new: str, place: str, said: str
) -> None:
    assert old in SHORT
    path = written(tmp_path, SHORT.replace(old, new, 1))
    with pytest.raises(UnreadableSettings) as caught:
        read_settings(path)
    assert str(caught.value).startswith(f"{path}: {place}: ")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('issuer = "https://ehr.example"', 'issuer = ""', "clients[1].issuer"),
        ('jku = ["https://ehr.example/keys"]', "", "clients[1].jwks"),
        ("https://ehr.example/keys", "file:///etc/passwd", "clients[1].jku"),
        ("https://ehr.example/keys", "http://ehr.example/keys", "clients[1].jku"),
        ("https://ehr.example/keys", "https://ehr.example@198.51.100.1/keys", "clients[1].jku"),
        ("https://ehr.example/keys", "https://ehr.example:port/keys", "clients[1].jku"),
        ("https://ehr.example/keys", "https://éhr.example/keys", "clients[1].jku"),
        ("https://ehr.example/keys", "https://[::1/keys", "clients[1].jku"),
        ("https://ehr.example/keys", " https://ehr.example/keys", "clients[1].jku"),
        ("https://ehr.example/keys", "https://ehr.example\\\\@x/keys", "clients[1].jku"),
        ("https://ehr.example/keys", "https://evil\\\\.ehr.example/keys", "clients[1].jku"),
        ("jku =", "jkus =", "clients[1].jwks"),
        ("jku =", "tenant = []\njku =", "clients[1].tenant"),
        ("jku =", 'fhir_servers = ["ftp://x.example"]\njku =', "clients[1].fhir_servers"),
    ],
)
def test_a_wrong_client_is_named(tmp_path: Path, old: str, new: str, place: str) -> None:
    assert old in CLIENT
    with pytest.raises(UnreadableSettings) as caught:
        read_settings(written(tmp_path, SHORT + CLIENT.replace(old, new, 1)))
    assert f": {place}: " in str(caught.value)


def test_one_issuer_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSettings, match=r"clients\[2\]\.issuer.*once"):
        read_settings(written(tmp_path, SHORT + CLIENT + CLIENT))


def test_one_identifier_of_two_payers_is_refused(tmp_path: Path) -> None:
    text = SHORT + SHORT[SHORT.index("[[payers]]") :]
    with pytest.raises(UnreadableSettings, match=r"payers\[2\]\.identifiers\[1\]\.value"):
        read_settings(written(tmp_path, text))


def test_the_trial_settings_of_the_manual_need_nothing_beside_them() -> None:
    settings = read_settings(TRIAL)
    assert not settings.requires_token
    assert settings.clients == ()
    (payer,) = settings.payers
    assert payer.rulebook == load_rulebook()
