"""What a service counts of its calls: one call at a time in, Prometheus text and JSON out.

It is what can be counted of CRD's logical model "CRD Metric Data" without telling one call, one
person or one code from another: docs/crd.md, "Metrics". All is kept in this process and starts at
nothing with it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BOUNDS = (0.001, 0.005, 0.025, 0.1, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds up to which calls are counted; CRD speaks of 5 and 10, CDS Hooks of 0.5."""


class Observed(msgspec.Struct, frozen=True, gc=False):
    """One call that was replied to. Every word is ours or the settings'; none is the caller's.

    `hook` is empty for an address without a service, `payer` where none was found, `issue` where
    there is none. `detail` says more of an issue: why a token was not trusted. `queried` tells
    whether the client's server was asked for what was not sent; `types` are the resource types.
    """

    hook: str
    version: str
    status: int
    seconds: float
    token: bool
    payer: str = ""
    issue: str = ""
    detail: str = ""
    outcomes: tuple[str, ...] = ()
    types: Sequence[str] = ()
    queried: bool = False


class _Family:
    """Counts of one kind, one for each combination of its labels."""

    def __init__(self, name: str, says: str, *labels: str) -> None:
        self.name, self.says, self.labels = f"precert_crd_{name}", says, labels
        self.counts: Counter[tuple[str, ...]] = Counter()

    def text(self) -> Iterator[str]:
        yield f"# HELP {self.name} {self.says}"
        yield f"# TYPE {self.name} counter"
        if not self.labels:
            yield f"{self.name} {self.counts[()]}"
            return
        for values, count in sorted(self.counts.items()):
            yield f"{self.name}{{{_labelled(self.labels, values)}}} {count}"

    def rows(self) -> list[dict[str, Any]]:
        return [
            {**dict(zip(self.labels, values, strict=True)), "count": count}
            for values, count in sorted(self.counts.items())
        ]


class Metrics:
    """The counts of one service since its process began."""

    def __init__(self) -> None:
        calls = ("hook", "version", "status", "payer", "token")
        self._calls = _Family("calls_total", "Calls that were replied to", *calls)
        self._issues = _Family("issues_total", "Errors, by issue code", "hook", "issue", "detail")
        self._outcomes = _Family("outcomes_total", "Answers given", "hook", "outcome")
        self._resources = _Family(
            "resources_total", "Resources asked about", "hook", "type", "queried"
        )
        self._feedback = _Family("feedback_total", "Feedback received", "hook")
        self._unrecorded = _Family("unrecorded_total", "Answers whose record was not written")
        self._buckets: Counter[tuple[str, int]] = Counter()
        self._seconds: Counter[str] = Counter()

    def observe(self, call: Observed) -> None:
        """Count a call."""
        hook = call.hook
        token = "yes" if call.token else "no"
        self._calls.counts[hook, call.version, str(call.status), call.payer, token] += 1
        self._buckets[hook, bisect_left(BOUNDS, call.seconds)] += 1
        self._seconds[hook] += call.seconds  # type: ignore[assignment]  # a Counter adds any number
        if call.issue:
            self._issues.counts[hook, call.issue, call.detail] += 1
        for outcome in call.outcomes:
            self._outcomes.counts[hook, outcome] += 1
        queried = "yes" if call.queried else "no"
        for resource_type in call.types:
            self._resources.counts[hook, resource_type, queried] += 1

    def feedback(self, hook: str) -> None:
        """Count feedback on the answers of a service."""
        self._feedback.counts[(hook,)] += 1

    def unrecorded(self) -> None:
        """Count an answer whose record could not be written."""
        self._unrecorded.counts[()] += 1

    def prometheus(self) -> bytes:
        """Return the counts in Prometheus' text format, version 0.0.4."""
        lines = [line for family in self._families() for line in family.text()]
        return ("\n".join((*lines, *self._durations())) + "\n").encode()

    def json(self) -> bytes:
        """Return the counts as one JSON object, a list of rows for each kind."""
        kinds: dict[str, Any] = {
            family.name.removeprefix("precert_crd_").removesuffix("_total"): family.rows()
            for family in self._families()
        }
        kinds["seconds"] = [
            {
                "hook": hook,
                "count": counts[-1],
                "sum": round(self._seconds[hook], 6),
                "at_most": dict(zip(map(str, BOUNDS), counts, strict=False)),
            }
            for hook, counts in self._cumulated()
        ]
        return msgspec.json.encode(kinds)

    def _families(self) -> Iterable[_Family]:
        return (
            *(self._calls, self._issues, self._outcomes, self._resources),
            *(self._feedback, self._unrecorded),
        )

    def _cumulated(self) -> Iterator[tuple[str, list[int]]]:
        """Yield for each hook how many calls took at most each bound, and how many there were."""
        for hook in sorted(self._seconds):
            places = range(len(BOUNDS) + 1)
            yield hook, list(accumulate(self._buckets[hook, place] for place in places))

    def _durations(self) -> Iterator[str]:
        name = "precert_crd_seconds"
        yield f"# HELP {name} Seconds from a call to its reply"
        yield f"# TYPE {name} histogram"
        for hook, counts in self._cumulated():
            for bound, count in zip((*map(str, BOUNDS), "+Inf"), counts, strict=True):
                yield f"{name}_bucket{{{_labelled(('hook', 'le'), (hook, bound))}}} {count}"
            labels = _labelled(("hook",), (hook,))
            yield f"{name}_sum{{{labels}}} {self._seconds[hook]:.6f}"
            yield f"{name}_count{{{labels}}} {counts[-1]}"


def _labelled(labels: tuple[str, ...], values: tuple[str, ...]) -> str:
    """Return the labels of a count, escaped as the text format wants it."""
    return ",".join(
        f'{label}="{_escaped(value)}"' for label, value in zip(labels, values, strict=True)
    )


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
