"""The group `precert`: finds a command by its name, and is the one place that translates errors."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from precert.cli.refusals import Refused, Unreadable
from precert.errors import CallerError, PrecertError

_COMMANDS = {
    "check": "precert.cli.check",
    "show": "precert.cli.show",
    "batch": "precert.cli.batch",
    "import": "precert.cli.import_list",
    "layout": "precert.cli.layout",
    "lint": "precert.cli.lint",
    "diff": "precert.cli.diff",
    "rulebook": "precert.cli.rulebook",
    "verify": "precert.cli.verify",
    "serve": "precert.cli.serve",
}
"""The modules of the commands; each calls its command `command`."""


class LazyGroup(click.Group):
    """A group whose commands are imported only when they are run or their help is shown."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the commands, in the order of their use."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Return the command of that name, or None."""
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(module).command
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run the command; what it raises for the caller becomes a message and an exit code."""
        try:
            return super().invoke(ctx)
        except CallerError as error:
            raise Refused(str(error)) from error
        except PrecertError as error:
            raise Unreadable(str(error)) from error


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="precert")
def precert() -> None:
    """Say whether an order needs prior authorization, from whom, and where the list prints it.

    Answers come from a rulebook, compiled from the payer's published procedure list; the bundled
    one is eviCore's list for Cigna Commercial.
    """
