"""What a command refuses, as the command line says it: a message and an exit code."""

from __future__ import annotations

import click


class Refused(click.ClickException):
    """What the caller got wrong."""

    exit_code = 2


class Unreadable(click.ClickException):
    """A document, rulebook or receipt that cannot be read."""

    exit_code = 3
