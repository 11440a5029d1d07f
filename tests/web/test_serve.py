"""`precert serve` as a process: it says its address, answers, ends, and says what is in the way."""

from __future__ import annotations

import json
import signal
import socket
import ssl
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection, HTTPSConnection
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from precert.cli.group import precert
from precert.compiler import ToldEdition, compile_documents
from precert.rulebook import write_rulebook
from tests.cli.invented import DOCUMENT, LIST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ORDER = b'{"lines": [{"code": "27447", "date_of_service": "2026-03-02"}]}'
JSON = {"content-type": "application/json"}


@contextmanager
def serving(*options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Start the command on a free port; yield it and its port once it says that it answers."""
    command = [sys.executable, "-m", "precert", "serve", "--port", "0", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            assert said.startswith("Serving "), (said, process.stderr and process.stderr.read())
            yield process, int(said.split(" (", maxsplit=1)[0].rpartition(":")[2])
        finally:
            if process.poll() is None:
                process.kill()


@pytest.mark.parametrize("ends", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_and_ends_when_it_is_told_to(ends: signal.Signals) -> None:
    with serving("--log", "json") as (process, port):
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("POST", "/api/v1/determinations?on=2026-01-01", ORDER, JSON)
        answer = connection.getresponse()
        assert answer.status == 200
        assert answer.getheader("server") is None
        assert json.loads(answer.read())["determinations"][0]["outcome"] == "auth-needed"
        connection.request("HEAD", "/healthz")
        assert connection.getresponse().read() == b""
        connection.close()
        process.send_signal(ends)
        _, logged = process.communicate(timeout=20)
    assert process.returncode == 0
    first, second = map(json.loads, logged.splitlines())
    assert (first["method"], first["route"]) == ("POST", "/api/v1/determinations")
    assert (second["method"], second["route"]) == ("HEAD", "/healthz")
    assert "27447" not in logged
    assert "2026-01-01" not in logged


def test_what_is_no_http_is_refused_and_logged_nowhere() -> None:
    with serving("--log", "text") as (process, port):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
            raw.sendall(b"Test Patient One\r\n\r\n")
            assert raw.recv(100).startswith(b"HTTP/1.1 400")
        process.terminate()
        assert process.communicate(timeout=20)[1] == ""


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate of this machine's own for a day, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(tz=UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    paths = tmp_path / "certificate.pem", tmp_path / "key.pem"
    paths[0].write_bytes(signed.public_bytes(pem))
    paths[1].write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return paths


def test_it_speaks_tls(certificate: tuple[Path, Path]) -> None:
    public, key = map(str, certificate)
    with serving("--tls-certificate", public, "--tls-key", key) as (_, port):
        trusted = ssl.create_default_context(cafile=public)
        connection = HTTPSConnection("localhost", port, context=trusted, timeout=10)
        connection.request("GET", "/readyz")
        assert connection.getresponse().status == 200
        connection.close()


def test_tls_begins_at_1_2(certificate: tuple[Path, Path]) -> None:
    """A client that offers no more than TLS 1.1 is refused by the server itself."""
    public, key = map(str, certificate)
    old = ssl.create_default_context(cafile=public)
    old.set_ciphers("DEFAULT:@SECLEVEL=0")  # without it the client itself would not offer it
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    with serving("--tls-certificate", public, "--tls-key", key) as (_, port):
        with (
            socket.create_connection(("localhost", port), timeout=10) as raw,
            pytest.raises(ssl.SSLError, match=r"ALERT_PROTOCOL_VERSION|EOF"),
        ):
            old.wrap_socket(raw, server_hostname="localhost")
        new = ssl.create_default_context(cafile=public)
        new.maximum_version = ssl.TLSVersion.TLSv1_2
        with (
            socket.create_connection(("localhost", port), timeout=10) as raw,
            new.wrap_socket(raw, server_hostname="localhost") as wrapped,
        ):
            assert wrapped.version() == "TLSv1.2"


def test_it_says_which_copies_are_quoted(tmp_path: Path) -> None:
    document, folder = tmp_path / DOCUMENT, tmp_path / "book"
    document.write_text(LIST, encoding="utf-8")
    told = ToldEdition(effective_from=date(2026, 1, 1))
    write_rulebook(compile_documents([document], told).rulebook, folder)
    options = ("--rulebook", str(folder), "--document", str(tmp_path))
    with serving(*options) as (process, _):
        assert process.stdout is not None
        assert process.stdout.readline() == f"{DOCUMENT} (edition 2026-01): its lines are quoted.\n"
    document.write_text(LIST + "\n", encoding="utf-8")
    with serving(*options) as (process, _):
        assert process.stdout is not None
        assert "is not the one that was imported" in process.stdout.readline()


def refused(*options: str) -> str:
    done = CliRunner().invoke(precert, ["serve", *options], catch_exceptions=False)
    assert done.exit_code in {2, 3}, done.output
    return done.stderr


def test_a_port_in_use_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused("--port", str(port))
    assert f"127.0.0.1:{port} is in use by another program" in said
    assert "--port" in said


def test_an_address_of_another_machine_is_named() -> None:
    assert "--host" in refused("--host", "192.0.2.1", "--port", "0")
    assert "--host" in refused("--host", "no such host", "--port", "0")


def test_a_certificate_that_is_none_is_named(certificate: tuple[Path, Path]) -> None:
    public, key = map(str, certificate)
    assert "belong together" in refused("--tls-certificate", public)
    said = refused("--tls-certificate", key, "--tls-key", public, "--port", "0")
    assert "expected a certificate and its key as PEM" in said


def test_a_rulebook_that_is_none_is_named(tmp_path: Path) -> None:
    assert "rulebook.toml" in refused("--rulebook", str(tmp_path), "--port", "0")


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("precert.cli.serve._NEEDED", ("starlette", "no_such_package"))
    assert "precert[web]" in refused()


def test_a_server_starts_without_what_only_some_questions_need() -> None:
    code = (
        "import sys; from precert.web.serving import create_app, serve; "
        "from precert.web.settings import ServeSettings; create_app(ServeSettings()); "
        "print(*{name.partition('.')[0] for name in sys.modules}, *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "starlette" in loaded
    heavy = {"duckdb", "pyarrow", "pyspark", "numpy", "pypdfium2", "precert.compiler"}
    assert loaded & heavy == set()
