"""`rulebook.toml`: whose list it is, which edition, which documents, and the digest of it all.

The file holds the sha256 of `rules.csv`, so the digest of this one text covers everything that the
rulebook says. It is the sha256 of the file without the digest's own line, which a shell can check:
`grep -v '^digest = ' rulebook.toml | sha256sum`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from precert.model import Basis, CodeFile, Edition, Program, SourceDocument, SourceRef
from precert.rulebook.digest import take_sha256, verify_digest, with_digest
from precert.rulebook.toml import Section, format_pairs, format_value, parse_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_Named = TypeVar("_Named", Program, SourceDocument, CodeFile)

MANIFEST_FILE = "rulebook.toml"
EDITIONS_FILE = "editions.toml"
"""What names the editions of a rulebook that holds several; see `editions_toml`."""
SCHEMA = 2

_ABOUT = "# Written by precert: change the list and import it again, not this file.\n"


class Manifest(NamedTuple):
    """What `rulebook.toml` says: all of a rulebook but its rules, which it counts and hashes."""

    edition: Edition
    plans: tuple[str, ...]
    programs: tuple[Program, ...]
    documents: tuple[SourceDocument, ...]
    rules_count: int
    rules_sha256: str
    code_files: tuple[CodeFile, ...] = ()
    exhaustive: SourceRef | None = None


def format_manifest(manifest: Manifest) -> tuple[str, str]:
    """Return the text of `rulebook.toml`, whose lines end with LF, and the digest in it."""
    plans = ", ".join(map(format_value, manifest.plans))
    rules = (("count", manifest.rules_count), ("sha256", manifest.rules_sha256))
    parts = [
        f"plans = [{plans}]\n",
        f"\n[edition]\n{_format_edition(manifest.edition)}",
        f"\n[rules]\n{format_pairs(rules)}",
        _format_exhaustive(manifest.exhaustive),
        *(f"\n[[programs]]\n{_format_program(program)}" for program in manifest.programs),
        *(f"\n[[documents]]\n{_format_document(document)}" for document in manifest.documents),
        *(f"\n[[code_files]]\n{_format_code_file(file)}" for file in manifest.code_files),
    ]
    head, body = f"{_ABOUT}schema = {SCHEMA}\n", "".join(parts)
    return with_digest(head, body)


def parse_manifest(text: str, path: str) -> tuple[Manifest, str]:
    """Return what the text of `rulebook.toml` says, and its digest, which was verified.

    Raises UnreadableRulebook, at the line of `path`, for what `format_manifest` does not write.
    """
    top = Section(path, text, parse_toml(text, path), "")
    schema = top.take("schema", int)
    if schema > SCHEMA:
        reason = f"read {schema}, expected {SCHEMA}: it was made by a newer precert"
        remedy = "upgrade precert, or import the list again"
        raise top.error(key="schema", reason=reason, remedy=remedy)
    if schema < SCHEMA:
        raise top.error(key="schema", reason=f"read {schema}, expected {SCHEMA}")
    digest = top.take("digest", str)
    manifest = _parse_sections(top)
    top.done()
    verify_digest(top, text, digest, remedy="import the list again")
    return manifest, digest


def _format_edition(edition: Edition) -> str:
    return format_pairs(
        [
            ("name", edition.name),
            ("payer", edition.payer),
            ("line_of_business", edition.line_of_business),
            ("vendor", edition.vendor),
            ("effective_from", edition.effective_from),
            ("effective_from_basis", str(edition.effective_from_basis)),
            ("effective_to", edition.effective_to),
            ("review_by", edition.review_by),
            ("review_by_basis", str(edition.review_by_basis)),
        ]
    )


def _format_program(program: Program) -> str:
    own = format_pairs([("name", program.name), ("link_only", program.link_only)])
    return own + _format_ref(program.ref)


def _format_exhaustive(ref: SourceRef | None) -> str:
    """Return the table of the line that says so; a list without one has no such table."""
    return "" if ref is None else f"\n[exhaustive]\n{_format_ref(ref)}"


def _format_ref(ref: SourceRef) -> str:
    return format_pairs(
        [
            ("document", ref.document),
            ("page", ref.page),
            ("sheet", ref.sheet),
            ("line", ref.line),
            ("area", ref.area),
        ]
    )


def _format_document(document: SourceDocument) -> str:
    return format_pairs(
        [
            ("name", document.name),
            ("sha256", document.sha256),
            ("lines", document.lines),
            ("unread", document.unread),
        ]
    )


def _format_code_file(file: CodeFile) -> str:
    return format_pairs([("name", file.name), ("sha256", file.sha256)])


def _parse_sections(top: Section) -> Manifest:
    rules = top.table("rules")
    documents = _parse_each(top.tables("documents"), _parse_document)
    manifest = Manifest(
        _parse_edition(top.table("edition")),
        top.take_texts("plans"),
        _parse_each(top.tables("programs"), _parse_program),
        documents,
        rules.take("count", int),
        take_sha256(rules),
        _parse_each(top.optional_tables("code_files"), _parse_code_file),
        _parse_exhaustive(top),
    )
    rules.done()
    names = [document.name for document in documents]
    for program, section in zip(manifest.programs, top.tables("programs"), strict=True):
        _check_document(program.ref, section, names)
    if manifest.exhaustive is not None:
        _check_document(manifest.exhaustive, top.table("exhaustive"), names)
    return manifest


def _check_document(ref: SourceRef, section: Section, names: Sequence[str]) -> None:
    if ref.document not in names:
        read = f"read {ref.document!r}, expected one of the documents"
        raise section.error(key="document", reason=f"{read}: {', '.join(names)}")


def _parse_exhaustive(top: Section) -> SourceRef | None:
    section = top.optional_table("exhaustive")
    if section is None:
        return None
    ref = _take_ref(section)
    section.done()
    return ref


def _parse_each(
    sections: Iterable[Section], parse: Callable[[Section], _Named]
) -> tuple[_Named, ...]:
    """Return what each section says; no two may have the same name."""
    named: dict[str, _Named] = {}
    for section in sections:
        value = parse(section)
        section.done()
        if value.name in named:
            reason = f"read {value.name!r} again, expected each name once"
            raise section.error(key="name", reason=reason)
        named[value.name] = value
    return tuple(named.values())


def _parse_edition(section: Section) -> Edition:
    edition = Edition(
        section.take("name", str),
        section.take("payer", str),
        section.take("line_of_business", str),
        section.take("vendor", str),
        section.take("effective_from", date),
        _take_basis(section, "effective_from_basis"),
        section.take_optional("effective_to", date),
        section.take("review_by", date),
        _take_basis(section, "review_by_basis"),
    )
    section.done()
    if edition.effective_to is not None and edition.effective_to < edition.effective_from:
        expected = f"expected no day before effective_from, {edition.effective_from}"
        reason = f"read {edition.effective_to}, {expected}"
        raise section.error(key="effective_to", reason=reason)
    return edition


def _parse_program(section: Section) -> Program:
    ref = _take_ref(section)
    return Program(section.take("name", str), section.take("link_only", bool), ref)


def _take_ref(section: Section) -> SourceRef:
    document, line = section.take("document", str), section.take("line", int)
    page, sheet = section.take_optional("page", int), section.take_optional("sheet", str)
    return SourceRef(document, line, page, sheet, section.take_optional("area", str))


def _parse_document(section: Section) -> SourceDocument:
    name, digest = section.take("name", str), take_sha256(section)
    return SourceDocument(name, digest, section.take("lines", int), section.take("unread", int))


def _parse_code_file(section: Section) -> CodeFile:
    return CodeFile(section.take("name", str), take_sha256(section))


def _take_basis(section: Section, key: str) -> Basis:
    word = section.take(key, str)
    if word not in tuple(Basis):
        raise section.error(key, f"read {word!r}, expected {' or '.join(Basis)}")
    return Basis(word)
