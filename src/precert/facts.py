"""The grammar of facts about a member and an order: text in, the canonical value or None.

A state is a USPS abbreviation (also told by its name), a diagnosis an ICD-10-CM category or code
with its dot (told with or without), a place of service CMS's code of two digits.
"""

from __future__ import annotations

import re

OLDEST = 130
"""No member is older, in whole years."""

_DIAGNOSIS = re.compile(r"([A-Z][0-9][0-9A-Z])(?:\.?([0-9A-Z]{1,4}))?")
_PLACE = re.compile(r"[0-9]{2}")

_STATES = """
AL Alabama, AK Alaska, AZ Arizona, AR Arkansas, CA California, CO Colorado, CT Connecticut,
DE Delaware, DC District of Columbia, FL Florida, GA Georgia, HI Hawaii, ID Idaho, IL Illinois,
IN Indiana, IA Iowa, KS Kansas, KY Kentucky, LA Louisiana, ME Maine, MD Maryland, MA Massachusetts,
MI Michigan, MN Minnesota, MS Mississippi, MO Missouri, MT Montana, NE Nebraska, NV Nevada,
NH New Hampshire, NJ New Jersey, NM New Mexico, NY New York, NC North Carolina, ND North Dakota,
OH Ohio, OK Oklahoma, OR Oregon, PA Pennsylvania, RI Rhode Island, SC South Carolina,
SD South Dakota, TN Tennessee, TX Texas, UT Utah, VT Vermont, VA Virginia, WA Washington,
WV West Virginia, WI Wisconsin, WY Wyoming, AS American Samoa, GU Guam,
MP Northern Mariana Islands, PR Puerto Rico, VI Virgin Islands, FM Micronesia,
MH Marshall Islands, PW Palau, AA Armed Forces Americas, AE Armed Forces Europe,
AP Armed Forces Pacific
"""
_NAMES = dict(entry.split(" ", 1) for entry in " ".join(_STATES.split()).split(", "))
_BY_NAME = {name.casefold(): state for state, name in _NAMES.items()}

STATES = tuple(_NAMES)
"""Every USPS abbreviation: states, the district, territories, freely associated, armed forces."""


def parse_state(text: str) -> str | None:
    """Return the USPS abbreviation that `text` is or names, in any case, or None."""
    if text in _NAMES:
        return text
    word = " ".join(text.split())
    return word.upper() if word.upper() in _NAMES else _BY_NAME.get(word.casefold())


def parse_diagnosis(text: str) -> str | None:
    """Return the canonical ICD-10-CM category or code (`C50`, `C50.911`), or None.

    Only the shape is known here: whether there is such a code changes every year.
    """
    match = _DIAGNOSIS.fullmatch(text.strip().upper())
    if match is None:
        return None
    return f"{match[1]}.{match[2]}" if match[2] else match[1]


def is_place(text: str) -> bool:
    """Return whether `text` has the shape of a place of service code."""
    return _PLACE.fullmatch(text) is not None
