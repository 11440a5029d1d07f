"""Hypothesis strategies for invented rules and rulebooks, with every requirement and condition."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from hypothesis import strategies as st

from precert.codes import is_code, parse_code, parse_range
from precert.facts import STATES
from precert.model import (
    PAYER,
    AddOnTo,
    Age,
    AtHome,
    AtPlace,
    Basis,
    ClientSpecific,
    Code,
    CodeRange,
    Condition,
    Contact,
    ContactParty,
    DefersTo,
    DeniedIfRequested,
    DescribeProcedure,
    DiagnosisSpan,
    Edition,
    ForPlan,
    InState,
    NoAuthStated,
    Otherwise,
    Program,
    Purchase,
    PurchaseAbove,
    Requirement,
    Rule,
    ScopeGuard,
    SourceDocument,
    SourceRef,
    UnitsAbove,
    Unless,
    Unread,
    WithCode,
    WithDiagnosis,
    WithModifier,
    WithProgram,
)
from precert.rulebook import Rulebook

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


class Parts(NamedTuple):
    """What `Rulebook.build` takes, in its order."""

    edition: Edition
    programs: tuple[Program, ...]
    plans: tuple[str, ...]
    documents: tuple[SourceDocument, ...]
    rules: tuple[Rule, ...]

    def build(self) -> Rulebook:
        return Rulebook.build(*self)


def texts() -> st.SearchStrategy[str]:
    """Any text of one line: no control characters, but formulas, quotes, commas and the rest."""
    return st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12) | (
        st.sampled_from(
            ["=1+1", "+ add-on", "-", "@x", "'", "'=", "''", 'a "b", c', "00100", "a\u2028b"]
        )
    )


def names() -> st.SearchStrategy[str]:
    """Texts that name something: not empty, no blanks around."""
    return texts().map(str.strip).filter(bool)


def codes() -> st.SearchStrategy[Code]:
    """Codes of every shape."""
    shapes = r"[0-9]{5}|[0-9]{4}[AFMTU]|[A-EGHJ-MP-V][0-9]{4}|REV0[0-9]{3}"
    return st.from_regex(shapes, fullmatch=True).map(parse_code).filter(is_code)


def ranges() -> st.SearchStrategy[CodeRange]:
    """Ranges of codes of every shape."""
    bounds = codes().map(lambda code: parse_range(f"{code.translate(_ZEROS)}-{code}"))
    return bounds.filter(lambda parsed: isinstance(parsed, CodeRange))  # type: ignore[return-value]  # what the filter leaves


_ZEROS = str.maketrans("123456789", "012345678")


def days() -> st.SearchStrategy[date]:
    """Dates of a list's time, and the first and the last there are."""
    usual = st.dates(date(2016, 1, 1), date(2031, 12, 31))
    return usual | st.sampled_from([date.min, date.max])


def digests(length: int) -> st.SearchStrategy[str]:
    """That many lower-case hexadecimal digits."""
    return st.text("0123456789abcdef", min_size=length, max_size=length)


PRINTED = tuple(each for each in Requirement if each is not Requirement.UNREAD)
DIAGNOSES = ("C50", "C50.9", "C50.911", "M80.0", "M80.9", "Z3A.1", "M1A", "M10-M14", "C50.1-C50.9")
PRIMARIES = ("K0001", "K0002", "E0601-E0610", "22600-22634", "0100T-0200T")


def scope_guards() -> st.SearchStrategy[ScopeGuard]:
    """One guard of scope, not negated."""
    bound = st.integers(0, 130)
    ages = st.tuples(bound, st.none()) | st.tuples(st.none(), bound) | st.tuples(bound, bound)
    places = st.from_regex(r"[0-9]{2}", fullmatch=True)
    modifiers = st.from_regex(r"[A-Z0-9]{2}", fullmatch=True)
    return st.one_of(
        st.builds(lambda both: Age(*both), ages),
        st.builds(AtPlace, _some(places)),
        st.builds(InState, _some(st.sampled_from(STATES))),
        st.builds(WithDiagnosis, _some(st.sampled_from(DIAGNOSES).map(_diagnosis_span))),
        st.builds(WithModifier, _some(modifiers)),
        st.builds(UnitsAbove, st.integers(0, 99), st.booleans()),
    )


def _some(values: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(values, min_size=1, max_size=3).map(tuple)


def _diagnosis_span(text: str) -> DiagnosisSpan:
    first, _, last = text.partition("-")
    return DiagnosisSpan(first, last or first)


def _primary(text: str) -> Code | CodeRange:
    first, dash, last = text.partition("-")
    return CodeRange(Code(first), Code(last)) if dash else Code(first)


def conditions() -> st.SearchStrategy[Condition]:
    """One condition of the closed union."""
    some_codes = st.lists(codes(), min_size=1, max_size=3).map(tuple)
    maybe_day, maybe_name = st.none() | days(), st.none() | names()
    return st.one_of(
        st.builds(WithProgram, st.lists(names(), min_size=1, max_size=3).map(tuple)),
        st.builds(WithCode, some_codes),
        st.builds(ForPlan, names()),
        st.just(ClientSpecific()),
        st.builds(DefersTo, names()),
        st.builds(Unread, names(), digests(12)),
        st.builds(NoAuthStated, maybe_day),
        st.builds(DeniedIfRequested, some_codes),
        st.builds(Contact, st.sampled_from(ContactParty), maybe_name, maybe_name, maybe_day),
        st.just(Purchase()),
        st.builds(PurchaseAbove, st.integers(0, 99)),
        st.just(DescribeProcedure()),
        st.just(AtHome()),
        scope_guards(),
        st.builds(Unless, scope_guards()),
        st.builds(Otherwise, st.sampled_from(PRINTED)),
        st.builds(AddOnTo, _some(st.sampled_from(PRIMARIES).map(_primary))),
    )


def refs(documents: Sequence[str]) -> st.SearchStrategy[SourceRef]:
    """Places in these documents, with and without pages, sheets and areas."""
    page, name = st.none() | st.integers(1, 400), st.none() | names()
    line = st.integers(1, 99_999)
    return st.builds(SourceRef, st.sampled_from(documents), line, page, name, name)


def rules(programs: Sequence[str], documents: Sequence[str]) -> st.SearchStrategy[Rule]:
    """Rules of these programs, printed in these documents."""
    return st.builds(
        Rule,
        rule_id=names(),
        program=st.sampled_from(programs),
        product=texts(),
        category=texts(),
        heading=texts(),
        code=codes() | ranges(),
        requirement=st.sampled_from(Requirement),
        platform=st.none() | st.just(PAYER) | names(),
        conditions=st.lists(conditions(), max_size=3).map(tuple),
        descriptor_add_on=st.booleans(),
        um_cs=st.none() | st.booleans(),
        effective_from=st.none() | days(),
        effective_to=st.none() | days(),
        ref=refs(documents),
    )


def editions() -> st.SearchStrategy[Edition]:
    """Editions that do not end before they begin."""
    begins = date(2026, 1, 1)
    later = st.integers(0, 900).map(lambda count: begins + timedelta(count))
    basis = st.sampled_from(Basis)
    # A name may be empty or hold control characters here: TOML can write them.
    name: Any = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
    return st.builds(
        Edition, name, name, name, name, st.just(begins), basis, st.none() | later, later, basis
    )


@st.composite
def parts(draw: st.DrawFn) -> Parts:
    """Parts of a rulebook that hold together; the rules are in any order."""
    document_names = draw(st.lists(names(), min_size=1, max_size=2, unique=True))
    program_names = draw(st.lists(names(), min_size=1, max_size=4, unique=True))
    return Parts(
        edition=draw(editions()),
        programs=tuple(
            Program(name, draw(st.booleans()), draw(refs(document_names))) for name in program_names
        ),
        plans=tuple(draw(st.lists(names(), max_size=2))),
        documents=tuple(
            SourceDocument(
                name, draw(digests(64)), draw(st.integers(0, 9999)), draw(st.integers(0, 9))
            )
            for name in document_names
        ),
        rules=tuple(
            draw(
                st.lists(
                    rules(program_names, document_names),
                    max_size=8,
                    unique_by=lambda rule: rule.rule_id,
                )
            )
        ),
    )
