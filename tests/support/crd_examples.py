"""The implementation guide's own examples, where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def crd_example(name: str) -> bytes:
    """Return a file of the guide; a test that needs it is skipped where it is absent.

    It is looked for in `crd/` of the folder that PRECERT_FIXTURES names, otherwise of
    `../shared/fixtures` beside the checkout.
    """
    folder = Path(os.environ.get("PRECERT_FIXTURES") or ROOT.parent / "shared" / "fixtures")
    path = folder / "crd" / name
    if not path.is_file():
        pytest.skip(f"the guide's example is not at hand: no {path} (set PRECERT_FIXTURES)")
    return path.read_bytes()
