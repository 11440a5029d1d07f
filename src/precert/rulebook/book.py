"""The rulebook: everything one edition of a list says, in one immutable value with a digest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from precert.codes import code_set
from precert.errors import NoRulebook, UnreadableRulebook
from precert.model import CodeRange
from precert.model.code import first_code
from precert.rulebook.digest import sha256_of
from precert.rulebook.listing import WithRanges, sort_out
from precert.rulebook.rulebook_toml import (
    MANIFEST_FILE,
    Manifest,
    format_manifest,
    parse_manifest,
)
from precert.rulebook.rules_csv import RULES_FILE, format_rules, parse_rules, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from precert.codes import CodeSet
    from precert.model import Code, CodeFile, Edition, Program, Rule, SourceDocument, SourceRef
    from precert.rulebook.listing import Listing


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Rulebook:
    """The rules of one edition, sorted by program, code and place, and where they come from.

    `programs` keep the order of the list; `program_names` are the names of all of them, `link_only`
    of those that the list only links to. `plans` is the closed list of plans that a rule may speak
    of; `unread` are the documents with lines that could not be read. `exhaustive` is the place of
    the line, if any, that says that a code which is not listed needs no authorization, and
    `exhaustive_sets` are the code sets that it speaks of: those of which the list prints codes.
    `digest` (sha256, hex) names all of this: two rulebooks are equal when their digests are.
    `by_code` are the rules of each code that the list prints by itself, `ranges` the ranges of
    codes that it prints. `listing` is what `rules_for` looks up, `by_code` itself where there is no
    range: a plain dict for the hot path, never change it.

    Make one with `Rulebook.build`, `read_rulebook` or `load_rulebook`.
    """

    edition: Edition
    programs: tuple[Program, ...]
    program_names: tuple[str, ...]
    link_only: tuple[str, ...]
    plans: tuple[str, ...]
    documents: tuple[SourceDocument, ...]
    unread: tuple[SourceDocument, ...]
    rules: tuple[Rule, ...]
    exhaustive: SourceRef | None
    exhaustive_sets: frozenset[CodeSet]
    digest: str
    by_code: Mapping[Code, tuple[Rule, ...]]
    ranges: tuple[CodeRange, ...]
    listing: Listing
    code_files: tuple[CodeFile, ...]
    """The user's files of codes that changed a rule."""

    @classmethod
    def build(  # noqa: PLR0913 - one parameter for each part of a rulebook
        cls,
        edition: Edition,
        programs: Iterable[Program],
        plans: Iterable[str],
        documents: Iterable[SourceDocument],
        rules: Iterable[Rule],
        *,
        code_files: Iterable[CodeFile] = (),
        exhaustive: SourceRef | None = None,
    ) -> Rulebook:
        """Return the rulebook of these rules, given in any order.

        Its digest is that of the text that `write_rulebook` writes, and the text was read back and
        found to say the same. Raises NoRulebook when it does not: a rule names a program or a
        document that is not given, a rule_id or a name comes twice, a text holds a line break.
        """
        ordered = tuple(sorted(rules, key=sort_key))
        text = format_rules(ordered)
        manifest = Manifest(
            edition,
            tuple(plans),
            tuple(programs),
            tuple(documents),
            len(ordered),
            sha256_of(text),
            tuple(code_files),
            exhaustive,
        )
        digest = _prove(manifest, ordered, text)
        return assemble(manifest, ordered, digest)

    def rules_for(self, code: Code) -> tuple[Rule, ...]:
        """Return the rules of a code, in the order of the programs in the list, then by place.

        Those of every range that holds the code are among them.
        """
        return self.listing.get(code, ())

    @property
    def editions(self) -> tuple[Rulebook, ...]:
        """Its editions: itself alone, as `Editions` holds several."""
        return (self,)

    def on(self, day: date) -> Rulebook:  # noqa: ARG002 - as of `Editions`
        """Return the rulebook that answers for a day: itself, whatever the day."""
        return self

    def holds(self, program: str) -> bool:
        """Return whether the list prints that program, and more of it than a link."""
        return program in self.program_names and program not in self.link_only

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, Rulebook) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"<Rulebook {self.edition.name!r}: {len(self.rules)} rules, {self.digest[:12]}>"


def assemble(manifest: Manifest, rules: tuple[Rule, ...], digest: str) -> Rulebook:
    """Return the rulebook of a manifest and its rules, which are sorted, under a proven digest."""
    programs = manifest.programs
    names = tuple(program.name for program in programs)
    codes, of_ranges = sort_out(programs, rules)
    return Rulebook(
        edition=manifest.edition,
        programs=programs,
        program_names=names,
        link_only=tuple(program.name for program in programs if program.link_only),
        plans=manifest.plans,
        documents=manifest.documents,
        unread=tuple(document for document in manifest.documents if document.unread),
        rules=rules,
        exhaustive=manifest.exhaustive,
        exhaustive_sets=_sets_of(rules) if manifest.exhaustive is not None else frozenset(),
        digest=digest,
        by_code=codes,
        ranges=tuple(dict.fromkeys(r.code for r in of_ranges if isinstance(r.code, CodeRange))),
        listing=WithRanges(codes, of_ranges, names) if of_ranges else codes,
        code_files=manifest.code_files,
    )


def _sets_of(rules: Iterable[Rule]) -> frozenset[CodeSet]:
    return frozenset(code_set(first_code(rule.code)) for rule in rules)


def texts_of(rulebook: Rulebook) -> dict[str, str]:
    """Return the text of each file of a rulebook, by the file's name."""
    rules = format_rules(rulebook.rules)
    manifest = Manifest(
        rulebook.edition,
        rulebook.plans,
        rulebook.programs,
        rulebook.documents,
        len(rulebook.rules),
        sha256_of(rules),
        rulebook.code_files,
        rulebook.exhaustive,
    )
    return {RULES_FILE: rules, MANIFEST_FILE: format_manifest(manifest)[0]}


def _prove(manifest: Manifest, rules: tuple[Rule, ...], text: str) -> str:
    """Return the digest, having read the text back: what is on disk is what is in memory."""
    manifest_text, digest = format_manifest(manifest)
    try:
        read = parse_manifest(manifest_text, MANIFEST_FILE)
        programs = [program.name for program in manifest.programs]
        documents = [document.name for document in manifest.documents]
        read_rules = parse_rules(text, RULES_FILE, programs, documents)
    except UnreadableRulebook as error:
        raise NoRulebook(reason=f"it would not read back: {error}") from error
    if read != (manifest, digest) or read_rules != rules:
        pairs = zip(rules, read_rules, strict=True)
        different = next((rule.rule_id for rule, again in pairs if rule != again), MANIFEST_FILE)
        raise NoRulebook(reason=f"{different} would read back differently")
    return digest
