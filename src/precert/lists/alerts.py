"""Words that always mean something, in every payer's list, whatever its layout says of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from precert.lists.markup import HARMLESS, tokens, words
from precert.lists.phrases import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TURNING_WORDS = frozenset(
    tokens(
        "above after although before below besides beyond but cannot deleted discontinued except "
        "excepting exclude excludes excluding expired however if lacking minus neither never no "
        "non none nor not only other otherwise outside over save termed terminated than though "
        "under unless unlike until when without w/o aren doesn don isn won"
    )
)
"""Negations, conditions, exceptions and endings: none of them is ever a filler, and what a pattern
finds next to one of them in a description may say the opposite of what the pattern means."""

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\W+[0-9]"
)
_DAY = rf"(?:[0-9]{{1,4}}[/.-][0-9]{{1,2}}[/.-][0-9]|{_MONTH})"
_DAY_OR_YEAR = rf"(?:{_DAY}|(?:19|20)[0-9]{{2}}\b)"
_ON = r"\W{1,3}(?:(?:on|as|of|from|eff|effective|date|beginning|starting)\W+){0,4}"
_BEGINS = rf"\beff(?:ective)?{_ON}{_DAY_OR_YEAR}"
_ENDS = (
    rf"\b(?:deleted?|termed|terminat\w+|discontinued?|expire[sd]?|retired){_ON}{_DAY_OR_YEAR}"
    rf"|\b(?:through|thru|until|as\W+of|added){_ON}{_DAY}"
)
_NEEDS_PA = (
    r"\b(?:no|requires?|requiring|needs?|needing)\W+(?:a\W+)?pa\b"
    r"|\bpa\W+(?:is\W+|are\W+)?(?:not\W+)?(?:required|needed|necessary|for\W+members?)\b"
)
_AGES = r"\bmembers?\W+(?:are\W+|aged?\W+)?(?:under|over|below|above|younger|older|aged?|up)\b"
_NOT_MANAGED = r"\b(?:not|non|un)\W?(?:be\W+)?managed\b|\bmanaged\W+(?:if|only|when)\b"

_OF_EVERY_LIST = (
    (
        "approv",
        r"\b(?:prior|pre)\W?approv|\b(?:requires?|needs?)\W+approv|\bapproval\W+(?:is\W+)?req",
    ),
    ("determin", r"\bpre\W?determin"),
    (
        "notif",
        r"\bnotification\W+(?:is\W+)?(?:required|needed|only)\b|\brequires?\W+notification\b",
    ),
    ("referral", r"\breferral\W+(?:is\W+)?(?:required|needed)\b"),
    ("necessity", r"\bmedical\W+necessity\W+review\b"),
    ("age", r"\bage[sd]?\W+(?:under\W+|over\W+|from\W+)?[0-9]"),
    ("members only", r"\bmembers\W+only\b"),
    ("begin", rf"\bbegin(?:s|ning)?\W+(?:on\W+)?{_DAY}"),
    ("start", rf"\bstart(?:s|ing)?\W+(?:on\W+)?{_DAY}"),
    ("auth", r"\b(?:pre)?auth(?:\b|ori[sz])"),
    ("cert", r"\bpre\W?cert"),
    ("pa", _NEEDS_PA),
    ("scope", r"\b(?:in|out\W+of|outside)\W+scope\b"),
    ("managed", _NOT_MANAGED),
    ("member", _AGES),
    ("eff", _BEGINS),
    *((word, _ENDS) for word in ("delete", "term", "discontinue", "expire", "retired")),
    *((word, _ENDS) for word in ("through", "thru", "until", "as of", "added")),
)
_BETWEEN_WORDS = rf"[\s{HARMLESS}]+"
_LINES_OF_BUSINESS = ("medicare", "medicaid", "dsnp", "d-snp")


def alerts_of_every_list(names: Iterable[str], line_of_business: str) -> tuple[Phrase, ...]:
    """Return what sounds like a rule in any list's description, heading, product or category.

    `names` are those of the payer, the vendor and the plans. A line of business sounds like a rule
    where it is not the list's own.
    """
    return tuple(_alerts(names, words(line_of_business)))


def _alerts(names: Iterable[str], own: str) -> Iterator[Phrase]:
    for key, pattern in _OF_EVERY_LIST:
        yield _alert(pattern, key)
    others = (name for name in _LINES_OF_BUSINESS if words(name) not in own)
    for name in dict.fromkeys((*names, *others)):
        said = words(name).split()
        joined = _BETWEEN_WORDS.join(map(re.escape, said))
        yield _alert(rf"(?<!\w){joined}(?!\w)", max(said, key=len))


def _alert(pattern: str, key: str) -> Phrase:
    return Phrase(re.compile(pattern, re.IGNORECASE), key, (key,), ())
