"""Orders that hold a line whose rules look at more than code and date: `determine` answers them.

Such orders are gathered with their lines that concern each other. Orders that are alike (the same
codes and facts in the same order, days in the same spans, the same lines on one day) are answered
once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from precert.batch.columns import OF_LINE, OF_ORDER, Role
from precert.batch.concerns import NOT_LISTED
from precert.batch.lexicon import ORDER_FACT_TYPES
from precert.batch.orders import NumberedOrder, OrderAnswerer
from precert.batch.sources.text_records import SHOWN
from precert.batch.sql import (
    CODE,
    FILE,
    LINE_FACTS,
    ORDER_FACTS,
    ROW,
    create,
    insert,
    place,
    quoted,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from precert.batch.asked import Asked

_CHUNK = 20_000  # orders answered at once: bounds what Python holds

MOST_BROKEN = 1_000
"""With more broken records than that no order counts as whole: each is looked for in each."""

_SPANS = {"day": "DATE", "span": "BIGINT"}
_ANSWERED = {"alike": "BIGINT", "place": "BIGINT", "answer": "INTEGER", "primary_place": "BIGINT"}


def answer_contextual(asked: Asked) -> None:
    """Create `contextual`: place, answer and primary line of each line that looks at more.

    A line whose order contradicts itself has a reason there, and no answer.
    """
    answerer = OrderAnswerer(asked.rulebook, asked.codes, asked.line_facts, asked.answers)
    _gather_lines(asked)
    _gather_orders(asked)
    _number_lines(asked, answerer)
    _find_alike(asked)
    _answer_alike(asked, answerer)
    asked.con.execute(f"""
        CREATE OR REPLACE TABLE contextual AS
        SELECT {place("l.file", "l.row")} AS place, l.reason, a.answer, p.label AS primary_line
        FROM numbered_lines l
        LEFT JOIN alike_orders o USING (key)
        LEFT JOIN answered a ON a.alike = o.alike AND a.place = l.place
        LEFT JOIN numbered_lines p ON p.key = l.key AND p.place = a.primary_place
        WHERE l.looks
    """)
    for table in ("order_lines", "orders", "numbered_lines", "alike", "alike_orders", "answered"):
        asked.con.execute(f"DROP TABLE {table}")


def _gather_lines(asked: Asked) -> None:
    """Create `order_lines`: every line of each order that holds a line which looks at more.

    Its `label` is what an answer calls it: its own id, or its number in the order.
    """
    of_order = asked.mapped(OF_ORDER)
    told = ", ".join(
        f"{f'{ORDER_FACTS}.{name}' if of_order else f'NULL::{kind}'} AS {name}"
        for name, kind in ORDER_FACT_TYPES.items()
    )
    number = f"row_number() OVER (PARTITION BY {asked.key} ORDER BY l.{FILE}, l.{ROW})"
    label = next((f"l.{quoted(name)}" for name in asked.columns.get(Role.LINE_ID, ())), number)
    theirs = f"(SELECT * FROM lines l WHERE {asked.key} IN ({_keys(asked)}))"
    asked.con.execute(f"""
        CREATE OR REPLACE TABLE order_lines AS
        SELECT {asked.key} AS key, l.{FILE} AS file, l.{ROW} AS row, {label} AS label,
            CASE WHEN {asked.readable} THEN
                if({asked.looks}, {CODE}.code, {CODE}.seen_as) END AS code,
            {asked.day} AS day, {f"{LINE_FACTS}.facts" if asked.mapped(OF_LINE) else "0"} AS facts,
            {asked.looks} AS looks, {CODE}.looks_among AS looks_among,
            {CODE}.concern | if({asked.answer} IN ({_not_listed(asked)}), {NOT_LISTED}, 0)
                AS concern,
            {told}
        FROM {asked.joined(theirs)}
    """)


def _not_listed(asked: Asked) -> str:
    """Return the numbers of the answers that no rule gives."""
    rows = enumerate(asked.answers.rows)
    return ", ".join(str(n) for n, row in rows if row.rule_ids is None) or "NULL"


def _keys(asked: Asked) -> str:
    """Return the query for the orders that hold a line which looks at more."""
    if asked.mapped(OF_LINE):
        return f"SELECT DISTINCT {asked.key} FROM {asked.joined()} WHERE {asked.looks}"
    return f"""
        SELECT DISTINCT {asked.key} FROM lines l
        WHERE {asked.code} IN (
            SELECT text0 FROM code_texts WHERE (looks & {int(asked.looks_of_all)}) <> 0
        )
    """


def _gather_orders(asked: Asked) -> None:
    """Create `orders`: the facts of each, and the bits of the lines that its lines may look at.

    An order of which a line could not be read is not whole, whatever was told: what that line asks
    for may be the companion of another. That is also so where a broken record names the order, and
    for every order where there are too many of these to look at, or one may hide its order.
    Several lines are a whole order where nothing is told, also not that the table is a part.
    """
    told = "min(complete)" if Role.COMPLETE in asked.columns else str(asked.whole)
    asked.con.execute(f"""
        CREATE OR REPLACE TABLE orders AS
        SELECT key, looked_at, client_managed, plan, age, state, diagnoses, reason,
            CASE WHEN unread OR {_lost(asked)} THEN false
                 WHEN complete IS NULL AND count > 1 THEN {asked.whole}
                 ELSE complete END AS complete
        FROM (
            SELECT key, count(*) AS count, bool_or(code IS NULL) AS unread,
                bit_or(CASE WHEN looks THEN looks_among ELSE 0 END) AS looked_at,
                {told} AS complete, min(client_managed) AS client_managed, min(plan) AS plan,
                min(seen_age) AS age, min(seen_state) AS state, min(seen_diagnoses) AS diagnoses,
                nullif(concat_ws('; ', {", ".join(map(_contradiction, OF_ORDER))}), '') AS reason
            FROM order_lines GROUP BY key
        )
    """)


def _lost(asked: Asked) -> str:
    """Return the condition under which a broken record may hold a line of the order `key`."""
    # An id may stand there escaped: "A""1" in CSV, "x\\/1" in JSON.
    unclear = f"""len(text) >= {SHOWN} OR contains(text, '\\') OR contains(text, '""')"""
    counted = f"SELECT count(*), count(*) FILTER ({unclear}) FROM broken"
    ((count, hidden),) = asked.con.execute(counted).fetchall()
    if hidden or count > MOST_BROKEN:
        return "true"
    return "EXISTS (SELECT 1 FROM broken b WHERE contains(b.text, key))" if count else "false"


def _contradiction(role: Role) -> str:
    """Return the expression for how an order contradicts itself about a fact, or null."""
    return f"""
        CASE WHEN min({role}) <> max({role}) THEN
            '{role}: the lines of the order tell ' || min({role}) || ' and ' || max({role}) ||
            ', expected one of them'
        END
    """


def _number_lines(asked: Asked, answerer: OrderAnswerer) -> None:
    """Create `numbered_lines`: the lines that concern each other, and their places in the order.

    `word` is one number for all that makes two lines alike: `OrderAnswerer` reads it.
    """
    con = asked.con
    days = con.execute("SELECT DISTINCT day FROM order_lines WHERE day IS NOT NULL").fetchall()
    create(con, "spans", _SPANS, [(day, answerer.span(day)) for (day,) in days])
    con.execute(f"""
        CREATE OR REPLACE TABLE numbered_lines AS
        SELECT key, file, row, label, day, looks, reason,
            row_number() OVER (PARTITION BY key ORDER BY file, row) - 1 AS place,
            {answerer.word("code", "span", "facts", "looks")} AS word
        FROM order_lines JOIN orders USING (key) JOIN spans USING (day)
        WHERE code IS NOT NULL AND (looks OR (concern & looked_at) <> 0)
    """)


def _find_alike(asked: Asked) -> None:
    """Create `alike_orders`, each order and the number of those like it, and one `alike` of each.

    An order of several days is like another only if the same of its lines are on one day.
    """
    con = asked.con
    con.execute("""
        CREATE OR REPLACE TABLE signed AS
        SELECT key, days, {
            'words': words, 'complete': complete, 'client_managed': client_managed, 'plan': plan,
            'age': age, 'state': state, 'diagnoses': diagnoses,
            'apart': CASE WHEN len(days) > 1
                THEN list_transform(days, lambda day: list_position(days, day)) END
        } AS signature
        FROM (
            SELECT key, list(word ORDER BY place) AS words,
                CASE WHEN min(day) = max(day) THEN [min(day)]
                    ELSE list(day ORDER BY place) END AS days
            FROM numbered_lines WHERE reason IS NULL GROUP BY key
        ) JOIN orders USING (key)
    """)
    con.execute("""
        CREATE OR REPLACE TABLE alike AS
        SELECT row_number() OVER () AS number, signature, any_value(days) AS days
        FROM signed GROUP BY signature
    """)
    con.execute("""
        CREATE OR REPLACE TABLE alike_orders AS
        SELECT key, number AS alike FROM signed JOIN alike USING (signature)
    """)
    con.execute("DROP TABLE signed")


def _answer_alike(asked: Asked, answerer: OrderAnswerer) -> None:
    """Create `answered`: for each of `alike` and each asked place in it, the answer and primary."""
    create(asked.con, "answered", _ANSWERED)
    reading = asked.con.cursor()
    reading.execute("""
        SELECT number, signature.words, days,
            signature.complete, signature.client_managed, signature.plan,
            signature.age, signature.state, signature.diagnoses
        FROM alike
    """)
    while chunk := reading.fetchmany(_CHUNK):
        insert(asked.con, "answered", _ANSWERED, _answers(answerer, chunk))
    reading.close()


def _answers(answerer: OrderAnswerer, chunk: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [
        (number, *answered)
        for number, *order in chunk
        for answered in answerer.answer(NumberedOrder(*order))
    ]
