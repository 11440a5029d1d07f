"""Every benchmark: `python -m benchmarks` prints their tables."""

from __future__ import annotations

from benchmarks import determination, processes

determination.main()
processes.main()
