"""Requests about invented lists, drawn by hypothesis."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from precert.davinci.focus import Member
from precert.davinci.settings import Covered
from tests.davinci.asking import CODES, EVERY, focus, gathered, payer
from tests.support.orders import AGES, DAYS, DIAGNOSES, INVENTED_CODES, STATES, rulebooks
from tests.support.rulebooks import PLANS

if TYPE_CHECKING:
    from precert.davinci.focus import Focus, Gathered

_DOUBTS = (*[()] * 6, ("unread",), ("undated",), ("modified",), ("uncertain",))
_MODIFIED = ["K0001-NU", "K0001-RR", "K0002-NU-RR", "E0601-RT", "J7330-50-KH"]


def requests() -> st.SearchStrategy[Gathered]:
    """Requests about invented lists; some are plain orders of a list that gives every outcome."""
    return st.one_of(_requests(), _requests(), _requests(), _plain())


def _plain() -> st.SearchStrategy[Gathered]:
    codes = st.lists(st.sampled_from(sorted(CODES.values())), min_size=3, unique=True)
    return codes.map(
        lambda drawn: gathered(EVERY, *(focus(str(at), code) for at, code in enumerate(drawn)))
    )


@st.composite
def _requests(draw: st.DrawFn) -> Gathered:
    """One to four resources with up to three candidates."""
    codes = st.sampled_from([*INVENTED_CODES, *_MODIFIED])

    def resource(number: int) -> Focus:
        count = draw(st.sampled_from((1, 1, 1, 1, 0, 2, 3)))
        doubts: dict[str, Any] = dict.fromkeys(draw(st.sampled_from(_DOUBTS)), True)
        return focus(
            str(number),
            *draw(st.lists(codes, min_size=count, max_size=count, unique=True)),
            on=draw(st.sampled_from((DAYS[0], DAYS[0], DAYS[0], *DAYS, None))),
            units=draw(st.none() | st.integers(0, 6)),
            place_of_service=draw(st.sampled_from((None, "11", "12"))),
            diagnoses=draw(st.none() | st.sampled_from(DIAGNOSES)),
            asked=draw(st.sampled_from((True, True, True, False))),
            **doubts,
        )

    of = payer(
        draw(rulebooks() | st.just(EVERY)),
        covered=draw(st.sampled_from(Covered)),
        phone=draw(st.none() | st.just("800 555 0100")),
        url=draw(st.none() | st.just("https://acme.example/um")),
    )
    born = st.sampled_from(AGES).map(lambda age: date(2026 - age, 1, 1))
    return gathered(
        of,
        *(resource(number) for number in range(draw(st.integers(1, 4)))),
        member=Member(draw(st.none() | born), draw(st.none() | st.sampled_from(STATES))),
        complete=draw(st.booleans()),
        plan=draw(st.sampled_from((None, *PLANS, "unknown to the list"))),
        client_managed=draw(st.none() | st.booleans()),
        failed=draw(st.sampled_from(("", "", "", "Patient: it took too long"))),
    )
