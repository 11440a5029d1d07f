"""A layout's key phrases and the placeholders in them: template in, compiled pattern out.

A phrase matches whole words in any case, with any harmless signs between them. A placeholder stands
for a value: it has a shape, and a conversion into the notation of conditions that may still refuse
(a thirteenth month is no date).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from precert.codes import is_code, parse_code
from precert.lists.dates import DATE, read_day
from precert.lists.markup import HARMLESS, words
from precert.lists.placeholder import Placeholder
from precert.lists.scope_values import contradict, scope_placeholders
from precert.notation import encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LONGEST_PHRASE = 5
"""Words in a phrase; a layout holds key phrases and never a payer's sentence."""

_PART = re.compile(r"\{(?P<placeholder>[^{}]*)\}|(?P<word>\w+)|(?P<sign>[^\w\s])")
_HARMLESS_SIGN = re.compile(rf"[{HARMLESS}]")
_GAP = rf"[\s{HARMLESS}]"
_CODE = r"(?:[0-9]{5}|[0-9]{4}[A-Z]|[A-Z][0-9]{4})"
_AND = r"(?:\s?(?:,|;|/|&|\band\b|\bor\b))+\s?"
_PHONE = (
    r"(?:1[ .-])?\(?[0-9]{3}\)?[ .-]{1,2}[0-9]{3}[ .-][0-9]{4}(?: (?:option|ext\.?) ?[0-9]{1,6})?"
)
_NOTHING = r"(?!)"


class Phrase(NamedTuple):
    """A compiled phrase; a text that holds the phrase holds the word `key`, in whatever case."""

    pattern: re.Pattern[str]
    key: str
    words: tuple[str, ...]
    placeholders: tuple[str, ...]


def placeholders(
    groups: Mapping[str, Sequence[str]],
    parties: Mapping[str, str],
    plans: Iterable[str],
    *,
    day_first: bool = False,
) -> dict[str, Placeholder]:
    """Return the placeholders by name; groups, parties, plans, order of dates are the layout's."""
    named_groups = {words(name): ", ".join(map(encode, group)) for name, group in groups.items()}
    named_parties = {words(name): party for name, party in parties.items()}
    named_plans = {words(plan): encode(plan) for plan in plans}
    phone = Placeholder(_PHONE, _phone, "1")

    def iso(printed: str) -> str | None:
        day = read_day(printed, day_first=day_first)
        return None if day is None else day.isoformat()

    return {
        "date": Placeholder(DATE, iso, "2026-01-01"),
        "code": Placeholder(_CODE, _codes, "E0601"),
        "codes": Placeholder(rf"{_CODE}(?:{_AND}{_CODE})*", _codes, "E0601"),
        "count": Placeholder("[0-9]{1,4}", str, "4"),
        "pages": Placeholder("[0-9]{1,4}", str, "4"),
        "phone": phone,
        "fax": phone,
        "party": _one_of(named_parties, "payer"),
        "group": _one_of(named_groups, "program"),
        "plan": _one_of(named_plans, "plan"),
        "program": Placeholder(r"\w.*", encode, "program"),
        "name": Placeholder(r"\w[\w&,/' -]{0,60}?", encode, "name"),
        "year": Placeholder("[0-9]{4}", str, "2026"),
        **scope_placeholders(),
    }


def compile_phrase(
    template: str, known: Mapping[str, Placeholder], *, whole: bool = False, cut_off: bool = False
) -> Phrase:
    """Return the phrase that `template` notes; `whole`: nothing else may be printed beside it.

    `cut_off` lets its last word go on in the text. Raises ValueError, saying what was read and what
    was expected, for a template with no word, too many words or an unknown placeholder.
    """
    parts = [part for part in _PART.finditer(template) if not _is_harmless(part)]
    names = tuple(part["placeholder"] for part in parts if part["placeholder"] is not None)
    spoken = tuple(part[0].casefold() for part in parts if part["placeholder"] is None)
    if len({*names} & {*known}) < len(names):
        message = f"{template!r} has a placeholder that is none, or has one twice: "
        message += f"expected {', '.join(known)}"
        raise ValueError(message)
    if not parts or len(spoken) > LONGEST_PHRASE:
        message = f"{template!r} has {len(spoken)} words: expected 1 to {LONGEST_PHRASE}"
        raise ValueError(message)
    pattern = _joined(parts, known)
    if whole:
        pattern = rf"{_GAP}*{pattern}{_GAP}*\Z"
    else:
        before = "" if parts[0]["sign"] else r"(?<!\w)"
        after = "" if cut_off or parts[-1]["sign"] else r"(?!\w)"
        pattern = f"{before}{pattern}{after}"
    key = max((word for word in spoken if word.isascii()), key=len, default="")
    return Phrase(re.compile(pattern, re.IGNORECASE), key, spoken, names)


def _is_harmless(part: re.Match[str]) -> bool:
    return part["sign"] is not None and _HARMLESS_SIGN.fullmatch(part["sign"]) is not None


def _joined(parts: Iterable[re.Match[str]], known: Mapping[str, Placeholder]) -> str:
    """Return the parts' pattern: words stand at least a gap apart, a sign may touch them."""
    pattern = ""
    touches = True
    for part in parts:
        if pattern:
            pattern += _GAP + ("*" if touches or part["sign"] else "+")
        name = part["placeholder"]
        pattern += re.escape(part[0]) if name is None else f"(?P<{name}>{known[name].pattern})"
        touches = part["sign"] is not None
    return pattern


def noted(match: re.Match[str], known: Mapping[str, Placeholder]) -> dict[str, str] | None:
    """Return the values of the matched placeholders in the notation; None where one is no value."""
    found: dict[str, str] = {}
    for name, printed in match.groupdict().items():
        value = known[name].noted(printed)
        if value is None:
            return None
        found[name] = value
    return None if contradict(found) else found


def _one_of(named: Mapping[str, str], sample: str) -> Placeholder:
    """Return the placeholder for the layout's own names, the longest of them first."""
    patterns = [
        rf"{_GAP}+".join(map(re.escape, name.split()))
        for name in sorted(named, key=len, reverse=True)
    ]
    pattern = f"(?:{'|'.join(patterns)})" if patterns else _NOTHING
    return Placeholder(pattern, lambda printed: named.get(words(printed)), sample)


def _phone(printed: str) -> str:
    """Return the number without the brackets that may stand around its first digits."""
    return encode(printed.replace("(", "").replace(")", ""))


def _codes(printed: str) -> str | None:
    """Return the codes of the text, joined as in the notation; None where one of them is none."""
    codes = [parse_code(text) for text in re.findall(_CODE, printed, re.IGNORECASE)]
    return ", ".join(code for code in codes if is_code(code)) if all(map(is_code, codes)) else None
