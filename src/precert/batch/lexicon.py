"""Every distinct text of the columns, read once: small tables that the lines are joined with.

`code_texts` holds what a code's text means and answers, `day_texts` dates, `line_facts` and
`order_facts` what the other columns tell together. A text that cannot be read has
a reason instead of a meaning.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from precert.batch.columns import OF_LINE, OF_ORDER, Role
from precert.batch.concerns import Concerns
from precert.batch.dates import date_reader
from precert.batch.readings import OrderFacts, read_line_facts, read_order_facts
from precert.batch.settled import Piece, Settling
from precert.batch.sql import create
from precert.codes import is_code, parse_code
from precert.determine import looks_at, tells
from precert.errors import CallerError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from precert.batch.asked import Asked
    from precert.batch.readings import Texts
    from precert.determine import OrderLine
    from precert.model import Code

T = TypeVar("T")
P = ParamSpec("P")

_CODE_TEXTS = {
    "text0": "VARCHAR",
    "reason": "VARCHAR",
    "code": "INTEGER",
    "seen_as": "INTEGER",
    "looks": "INTEGER",
    "looks_among": "BIGINT",
    "concern": "BIGINT",
}
ORDER_FACT_TYPES = {
    **dict.fromkeys(("complete", "client_managed"), "BOOLEAN"),
    **dict.fromkeys(("age", "seen_age"), "INTEGER"),
    **dict.fromkeys(("plan", "state", "diagnoses", "seen_state", "seen_diagnoses"), "VARCHAR"),
}
_DAY_TEXTS = {"text0": "VARCHAR", "day": "DATE", "reason": "VARCHAR"}


def read_texts(asked: Asked) -> None:
    """Create the small tables of what stands in the columns of the lines."""
    _look_at_orders(asked)
    _read_codes(asked)
    if asked.day_is_text:
        _read_days(asked)
    _read_line_facts(asked)
    _read_order_facts(asked)


def _look_at_orders(asked: Asked) -> None:
    """See whether every order is plain: ASCII that neither begins nor ends with a blank."""
    (order,) = asked.texts(Role.ORDER_ID)
    blank = f"{order} < '!' OR {order}[-1] < '!'"  # tab, CR, LF and the blank itself
    unclear = f"bool_or({order} IS NULL OR {blank} OR strlen({order}) <> length({order}))"
    ((found,),) = asked.con.execute(f"SELECT {unclear} FROM lines l").fetchall()
    asked.orders_are_plain = not found


def _read_codes(asked: Asked) -> None:
    """Create `code_texts`: what each text means, and its date pieces side by side.

    A text has one row, so that a line meets it once: the pieces are told apart by an expression.
    """
    rows: list[tuple[object, ...]] = []
    pieces: list[list[Piece]] = []
    numbers: dict[Code, int] = {}
    alike: dict[Hashable, int] = {}
    concerns = Concerns(asked.rulebook)
    settling = Settling(asked.rulebook, asked.answers)
    for (text,) in _distinct(asked, [asked.code], f"{asked.code} IS NOT NULL"):
        code = parse_code(text)
        if not is_code(code):
            rows.append((text, str(code), None, None, None, None, None))
            pieces.append([])
            continue
        number = numbers.setdefault(code, len(numbers))
        seen_as = alike.setdefault(concerns.seen_as(code), number)
        looks = int(looks_at(asked.rulebook.rules_for(code)))
        rows.append((text, None, number, seen_as, looks, concerns.to(code), concerns.of(code)))
        pieces.append(settling.settle(code))
    asked.codes.extend(numbers)
    asked.pieces = max(map(len, pieces), default=1) or 1
    columns = dict(_CODE_TEXTS)
    for number in range(1, asked.pieces + 1):
        columns |= {f"first{number}": "DATE", f"answer{number}": "INTEGER"}
    padding = Piece(None, None)
    create(
        asked.con,
        "code_texts",
        columns,
        [
            (*row, *chain.from_iterable(several + [padding] * (asked.pieces - len(several))))
            for row, several in zip(rows, pieces, strict=True)
        ],
    )


def _read_days(asked: Asked) -> None:
    read = date_reader(asked.date_format)
    rows: list[Sequence[object]] = []
    (day,) = asked.texts(Role.DATE_OF_SERVICE)
    for (text,) in _distinct(asked, [day], f"{day} IS NOT NULL"):
        rows.append((text, *_read(read, text)))
    create(asked.con, "day_texts", _DAY_TEXTS, rows)


def _read_line_facts(asked: Asked) -> None:
    numbers: dict[OrderLine, int] = {}
    rows: list[Sequence[object]] = []
    for texts, told in _together(asked, OF_LINE):
        facts, reason = _read(read_line_facts, told, asked.rulebook, asked.sought)
        if facts is None:
            rows.append((*texts, None, None, reason))
        else:
            rows.append((*texts, numbers.setdefault(facts, len(numbers)), int(tells(facts)), None))
    asked.line_facts.extend(numbers)
    columns = {"facts": "INTEGER", "tells": "INTEGER", "reason": "VARCHAR"}
    create(asked.con, "line_facts", _texts(asked, OF_LINE) | columns, rows)


def _read_order_facts(asked: Asked) -> None:
    rows: list[Sequence[object]] = []
    for texts, told in _together(asked, OF_ORDER):
        facts, reason = _read(read_order_facts, told, asked.rulebook, asked.sought)
        rows.append((*texts, *(facts or OrderFacts()), reason))
    columns = {name: ORDER_FACT_TYPES[name] for name in OrderFacts._fields} | {"reason": "VARCHAR"}
    create(asked.con, "order_facts", _texts(asked, OF_ORDER) | columns, rows)


def _together(asked: Asked, roles: Iterable[Role]) -> Iterator[tuple[tuple[str, ...], Texts]]:
    """Return the texts that stand together in the roles' columns, and what stands in each role."""
    mapped = asked.mapped(roles)
    widths = [len(asked.columns[role]) for role in mapped]
    expressions = [text for role in mapped for text in asked.texts(role)]
    for texts in _distinct(asked, expressions) if expressions else ():
        rest = list(texts)
        told: Texts = {}
        for role, width in zip(mapped, widths, strict=True):
            told[role] = " ".join(text for text in rest[:width] if text)
            del rest[:width]
        yield texts, told


def _texts(asked: Asked, roles: Iterable[Role]) -> dict[str, str]:
    """Return the columns that hold the texts of the roles' columns."""
    count = sum(len(asked.columns[role]) for role in asked.mapped(roles))
    return {f"text{number}": "VARCHAR" for number in range(count)}


def _distinct(
    asked: Asked, expressions: Sequence[str], where: str = "true"
) -> list[tuple[str, ...]]:
    """Return what stands together in the lines, each once."""
    texts = ", ".join(expressions)
    return asked.con.execute(f"SELECT DISTINCT {texts} FROM lines l WHERE {where}").fetchall()


def _read(read: Callable[P, T], *given: P.args, **told: P.kwargs) -> tuple[T | None, str | None]:
    """Return what was read, or else why it could not be."""
    try:
        return read(*given, **told), None
    except CallerError as error:
        return None, str(error)
