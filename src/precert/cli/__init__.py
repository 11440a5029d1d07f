"""The command line: arguments in, words or JSON out. One file per command, imported when it runs.

`precert check --json` is to start within ten times the bare interpreter; so nothing is imported
here that not every command needs, and no command imports what only another one needs.
"""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run the command `precert` with the arguments of this process, and exit with its code.

    0 answered, 1 differences or errors were found or the output is lost, 2 the caller got
    something wrong, 3 a document, rulebook or receipt cannot be read.
    """
    import gc

    # A short process makes some ten thousand values and keeps them to its end: looking for garbage
    # among them, while it runs and once more when it exits, is a tenth of its time and finds none.
    gc.disable()

    from precert.cli.group import precert
    from precert.cli.streams import prepare_streams, raise_unless_lost

    prepare_streams()
    try:
        precert()
    except OSError as error:
        raise_unless_lost(error)
    finally:
        gc.freeze()
