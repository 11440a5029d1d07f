"""`precert serve`: the web pages, the JSON API and the CRD service, on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from precert.cli.options import documents_option, imported_layout_option, rulebook_option

_NEEDED = ("starlette", "uvicorn", "msgspec", "jinja2", "multipart", "httpx2", "jwt", "duckdb")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(short_help="Serve the web pages, the JSON API and the CRD service.")
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="ADDRESS",
    help="The address to listen on. Default: 127.0.0.1, which only this machine reaches.",
)
@click.option(
    "--port",
    default=8000,
    metavar="N",
    type=click.IntRange(0, 65535),
    help="The port; 0 takes a free one. Default: 8000.",
)
@documents_option("Its printed lines are shown to whoever asks.")
@imported_layout_option
@click.option(
    "--crd",
    metavar="FILE.toml",
    type=_FILE,
    help="Also serve the Da Vinci CRD service that this file describes.",
)
@click.option(
    "--tls-certificate", metavar="FILE.pem", type=_FILE, help="Speak TLS with this certificate."
)
@click.option("--tls-key", metavar="FILE.pem", type=_FILE, help="The certificate's key.")
@click.option(
    "--log",
    type=click.Choice(["text", "json", "off"]),
    default="text",
    help="How each request is logged, to standard error. Default: text.",
)
@rulebook_option
def command(
    *,
    host: str,
    port: int,
    documents: tuple[Path, ...],
    layout: str | None,
    crd: Path | None,
    tls_certificate: Path | None,
    tls_key: Path | None,
    log: str,
    rulebook: str | None,
) -> None:
    """Serve the web pages, the JSON API and, with --crd, the CRD service, until Ctrl-C or SIGTERM.

    Says the address once it answers. Nothing that is asked is kept, and no code, query or body is
    logged.
    """
    if (tls_certificate is None) != (tls_key is None):
        message = "--tls-certificate and --tls-key belong together: expected both, or neither"
        raise click.UsageError(message)
    _require_extra()
    from precert.web.serving import Listening, serve
    from precert.web.settings import Log, ServeSettings

    settings = ServeSettings(rulebook, documents, layout, crd, log=Log(log))
    listening = Listening(host, port, tls_certificate, tls_key)
    serve(settings, listening, click.echo)


def _require_extra() -> None:
    from importlib.util import find_spec

    from precert.errors import MissingExtra

    if not all(map(find_spec, _NEEDED)):
        what = "precert serve"
        raise MissingExtra(what, "web")
