"""A coverage-information goes into the resource's bytes, and nothing else of them changes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from precert.davinci.answer.extension import URL
from precert.davinci.answer.splice import with_extensions
from precert.davinci.refused import NotAHookRequest
from tests.support.thorough import examples

if TYPE_CHECKING:
    from collections.abc import Iterable

COVERAGE = "Coverage/1"
NEW = b'{"url":"new"}'
Pairs = list[tuple[str, Any]]


def ours(
    name: str, coverage: str = COVERAGE, url: str = URL, pa_needed: str = "auth-needed"
) -> dict[str, Any]:
    """A coverage-information with that assertion id."""
    parts = [
        {"url": "coverage", "valueReference": {"reference": coverage}},
        {"url": "covered", "valueCode": "conditional"},
        {"url": "pa-needed", "valueCode": pa_needed},
        {"url": "coverage-assertion-id", "valueString": name},
    ]
    return {"url": url, "extension": parts}


def spliced(raw: str | bytes, *new: bytes, name: str = "new") -> str | None:
    sent = raw.encode() if isinstance(raw, str) else raw
    told = with_extensions(sent, new or (NEW,), COVERAGE, name)
    return None if told is None else told.decode()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("{}", '{"extension":[{"url":"new"}]}'),
        ("{ }", '{ "extension":[{"url":"new"}]}'),
        ('{"id":"1"}', '{"id":"1","extension":[{"url":"new"}]}'),
        ('{\n "id" : "}" \n}', '{\n "id" : "}" \n,"extension":[{"url":"new"}]}'),
        ('{"extension":[]}', '{"extension":[{"url":"new"}]}'),
        ('{"extension":[ ]}', '{"extension":[{"url":"new"} ]}'),
        ('{"extension" : null, "id":"1"}', '{"extension" : [{"url":"new"}], "id":"1"}'),
        (
            '{"extension":[ {"url" : "x"}\t],"id":"1"}',
            '{"extension":[ {"url" : "x"},{"url":"new"}\t],"id":"1"}',
        ),
        ('{"\\u0065xtension":[1]}', '{"\\u0065xtension":[1,{"url":"new"}]}'),
        (
            '{"_extension":[],"extension":[],"modifierExtension":[]}',
            '{"_extension":[],"extension":[{"url":"new"}],"modifierExtension":[]}',
        ),
        (
            '{"code":{"extension":[]},"extension":[]}',
            '{"code":{"extension":[]},"extension":[{"url":"new"}]}',
        ),
        (
            '{"extension":[],"code":{"extension":[]}}',
            '{"extension":[{"url":"new"}],"code":{"extension":[]}}',
        ),
        (
            '{"code":{"extension":[]}}',
            '{"code":{"extension":[]},"extension":[{"url":"new"}]}',
        ),
        (
            '{"note":"\\"extension\\":[]","status":"extension","extension":[]}',
            '{"note":"\\"extension\\":[]","status":"extension","extension":[{"url":"new"}]}',
        ),
        (
            '{"extension":[1],"id":"1","extension":[1]}',
            '{"extension":[1],"id":"1","extension":[1,{"url":"new"}]}',
        ),
        (
            '{"extension":[1],"id":"1","extension":[2]}',
            '{"extension":[1],"id":"1","extension":[2,{"url":"new"}]}',
        ),
        (
            '{"extension":[null,"x",[1],{"url":3}]}',
            '{"extension":[null,"x",[1],{"url":3},{"url":"new"}]}',
        ),
    ],
)
def test_only_the_extension_changes(raw: str, expected: str) -> None:
    assert spliced(raw) == expected
    json.loads(expected)


@pytest.mark.parametrize("value", ['"x"', "1", "true", "{}"])
def test_an_extension_that_is_no_array_is_refused(value: str) -> None:
    with pytest.raises(NotAHookRequest, match="expected an array"):
        spliced(f'{{"extension":{value}}}')


def resource(*entries: object) -> str:
    return json.dumps({"id": "1", "extension": entries, "status": "draft"})


def entries_of(raw: str | None) -> list[Any]:
    assert raw is not None
    return list(json.loads(raw)["extension"])


def test_ours_is_replaced_in_its_place() -> None:
    before = resource({"url": "a"}, ours("old"), {"url": "b"})
    assert entries_of(spliced(before)) == [{"url": "a"}, {"url": "new"}, {"url": "b"}]


def test_all_repetitions_of_ours_are_replaced() -> None:
    before = resource(ours("old"), {"url": "a"}, ours("old"), ours("old"), {"url": "b"})
    after = spliced(before, b'{"url":"1"}', b'{"url":"2"}')
    assert entries_of(after) == [{"url": "1"}, {"url": "2"}, {"url": "a"}, {"url": "b"}]


@pytest.mark.parametrize(
    "other",
    [
        ours("new", coverage="Coverage/2"),
        ours("new", coverage="https://other.example/Coverage/11"),
        ours("new", url=f"{URL}-other"),
        {"url": URL, "extension": [{"url": "coverage", "valueString": 1}]},
        {"url": URL, "extension": "ext-coverage-information"},
        {"url": URL},
        URL,
    ],
)
def test_what_is_not_ours_stays(other: object) -> None:
    assert entries_of(spliced(resource(other))) == [other, {"url": "new"}]


@pytest.mark.parametrize(
    "reference",
    ["Coverage/1", "https://ehr.example/fhir/Coverage/1", "Coverage/1/_history/2"],
)
def test_one_coverage_may_be_referred_to_in_several_ways(reference: str) -> None:
    assert entries_of(spliced(resource(ours("old", reference)))) == [{"url": "new"}]


def encoded(*extensions: dict[str, Any]) -> list[bytes]:
    return [json.dumps(extension).encode() for extension in extensions]


def test_what_stands_there_already_is_no_action() -> None:
    assert spliced(resource(ours("new")), *encoded(ours("new"))) is None
    two = ours("new"), ours("new", pa_needed="no-auth")
    assert spliced(resource({"url": "a"}, *two), *encoded(*two)) is None
    assert spliced(resource(*reversed(two)), *encoded(*two)) is None


@pytest.mark.parametrize("changed", ["no-auth", "satisfied", ""])
def test_what_was_changed_under_its_id_is_replaced(changed: str) -> None:
    told = spliced(resource(ours("new", pa_needed=changed)), *encoded(ours("new")))
    assert entries_of(told) == [ours("new")]


def with_part(said: dict[str, Any], url: str, **value: Any) -> dict[str, Any]:  # noqa: ANN401  (JSON)
    return {**said, "extension": [*said["extension"], {"url": url, **value}]}


def test_answers_that_changed_their_billing_codes_are_replaced() -> None:
    codes: list[dict[str, Any]] = [{"code": "E0601"}, {"code": "E0470"}]
    new = [
        with_part(ours("new", pa_needed=said), "billingCode", valueCoding=each)
        for said, each in zip(("no-auth", "auth-needed"), codes, strict=True)
    ]
    changed = [
        with_part(ours("new", pa_needed=said), "billingCode", valueCoding=each)
        for said, each in zip(("no-auth", "auth-needed"), reversed(codes), strict=True)
    ]
    assert spliced(resource(*new), *encoded(*new)) is None
    assert entries_of(spliced(resource(*changed), *encoded(*new))) == new


def test_an_answer_that_is_over_is_replaced() -> None:
    over = with_part(ours("new"), "expiry-date", valueDate="2026-02-28")
    assert spliced(resource(over), *encoded(over)) is None
    assert entries_of(spliced(resource(over), *encoded(ours("new")))) == [ours("new")]


def test_another_number_of_repetitions_is_an_action() -> None:
    assert entries_of(spliced(resource(ours("new"), ours("new")))) == [{"url": "new"}]
    assert len(entries_of(spliced(resource(ours("new")), NEW, NEW))) == 2
    assert entries_of(spliced(resource(ours("new"), ours("old")), NEW, NEW)) == [{"url": "new"}] * 2


# --- whatever JSON a client writes ----------------------------------------------------------------

_KEYS = st.sampled_from(["extension", "_extension", "id", "code", 'a"b', "\\", "url", "é", ""])
_BLANKS = st.sampled_from(["", "", "", " ", "\n\t"])
_WORDS = st.sampled_from(['"extension":[]', "]", "}", "{", "\\", '"', "extension", URL, "\u2028x"])
_PLAIN = st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-1, 1) | _WORDS
_FOREIGN: st.SearchStrategy[Any] = _PLAIN | st.sampled_from(
    [[], {}, {"url": "x"}, ours("new", "Coverage/2"), {"extension": []}]
)
_OURS = st.sampled_from([ours("old"), ours("new"), ours("old", "https://e.example/Coverage/1")])


@st.composite
def written(draw: st.DrawFn, value: Any) -> str:  # noqa: ANN401  (any JSON value, objects as pairs)
    """The value as JSON with blanks where they may stand, characters perhaps escaped."""

    def blanks() -> str:
        return draw(_BLANKS)

    def text(word: str) -> str:
        plain = json.dumps(word, ensure_ascii=draw(st.booleans()))
        if word and draw(st.integers(0, 5)) == 0:
            return f'"\\u{ord(word[0]):04x}{plain[1:].removeprefix(json.dumps(word[0])[1:-1])}'
        return plain

    def of(each: Any) -> str:  # noqa: ANN401  (as above)
        if isinstance(each, str):
            return text(each)
        if isinstance(each, dict):
            each = tuple(each.items())
        if isinstance(each, tuple):
            pairs = [f"{blanks()}{text(k)}{blanks()}:{blanks()}{of(v)}{blanks()}" for k, v in each]
            return "{" + (",".join(pairs) or blanks()) + "}"
        if isinstance(each, list):
            return "[" + (",".join(f"{blanks()}{of(v)}{blanks()}" for v in each) or blanks()) + "]"
        return json.dumps(each)

    return of(value)


def _pairs(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(st.tuples(_KEYS, values), max_size=4).map(tuple)


_VALUES: st.SearchStrategy[Any] = st.recursive(
    _PLAIN, lambda inner: _pairs(inner) | st.lists(inner, max_size=3), max_leaves=8
)
_EXTENSIONS = st.none() | st.lists(_FOREIGN | _OURS, max_size=5)
_MEMBERS = st.tuples(_KEYS.filter(lambda key: key != "extension"), _VALUES) | st.tuples(
    st.just("extension"), _EXTENSIONS
)


def _read(raw: str | bytes) -> Any:  # noqa: ANN401  (a JSON value, objects as tuples of pairs)
    return json.loads(raw, object_pairs_hook=tuple, parse_float=str, parse_int=str)


def _last(pairs: Iterable[tuple[str, Any]]) -> int | None:
    return max((at for at, (key, _) in enumerate(pairs) if key == "extension"), default=None)


def _is_ours(entry: Any) -> bool:  # noqa: ANN401  (as above)
    return entry in [_read(json.dumps(each)) for each in _OURS_WRITTEN]


_OURS_WRITTEN = [ours("old"), ours("new"), ours("old", "https://e.example/Coverage/1")]


@settings(max_examples=examples(150, 600))
@given(
    st.lists(_MEMBERS, max_size=5).flatmap(lambda pairs: written(tuple(pairs))),
    st.integers(1, 3),
)
def test_whatever_a_client_writes_stays_as_it_is(raw: str, count: int) -> None:
    sent = raw.encode()
    told = with_extensions(sent, [NEW] * count, COVERAGE, "new")
    before = _read(sent)
    at = _last(before)
    entries = [] if at is None else before[at][1] or []
    mine = [entry for entry in entries if _is_ours(entry)]
    new = [_read(NEW)] * count
    if told is None:
        assert mine == [_read(json.dumps(ours("new")))] * count
        return
    after = _read(told)
    if at is None:
        assert after == (*before, ("extension", new))
        cut = told.rindex(b"}")
        assert sent == told[: sent.rindex(b"}")] + told[cut:]
        return
    assert after[:at] == before[:at]
    assert after[at + 1 :] == before[at + 1 :]
    kept = [entry for entry in entries if not _is_ours(entry)]
    found = list(after[at][1])
    place = found.index(new[0]) if new[0] not in kept else None
    assert place is not None
    assert found[:place] + found[place + count :] == kept
    assert found[place : place + count] == new
    first = next((index for index, entry in enumerate(entries) if _is_ours(entry)), None)
    assert place == (len(kept) if first is None else first)
    _differ_only_there(sent, told)


def _differ_only_there(sent: bytes, told: bytes) -> None:
    """Compare byte by byte, from both ends, up to where the two differ."""
    head = _alike(sent, told)
    tail = _alike(sent[head:][::-1], told[head:][::-1])
    changed = sent[head : len(sent) - tail]
    assert b"ext-coverage-information" in changed or changed in {b"", b"null"}, changed


def _alike(one: bytes, other: bytes) -> int:
    """Return how many bytes both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def test_a_resource_full_of_equal_arrays_takes_no_time() -> None:
    nested = ",".join(['{"extension":[]}'] * 50_000)
    raw = f'{{"contained":[{nested}],"extension":[],"note":[{nested}]}}'
    told = spliced(raw)
    assert told is not None
    assert told == raw.replace('],"extension":[],', '],"extension":[{"url":"new"}],')
