"""The memory of used tokens: bounded, forgetful in time, and safe among threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from precert.davinci.trust.replay import Replay, Use

NOW = 1_790_000_000.0


def test_a_token_is_used_once_until_it_is_over() -> None:
    replay = Replay()
    assert replay.use("clinic", "one", NOW + 300, NOW) is Use.FIRST
    assert replay.use("clinic", "one", NOW + 300, NOW + 299) is Use.AGAIN
    assert replay.use("clinic", "one", NOW + 900, NOW + 420) is Use.FIRST


def test_two_issuers_may_use_one_name() -> None:
    replay = Replay()
    assert replay.use("clinic", "one", NOW + 300, NOW) is Use.FIRST
    assert replay.use("practice", "one", NOW + 300, NOW) is Use.FIRST
    assert replay.use("clini", "cone", NOW + 300, NOW) is Use.FIRST


def test_where_there_is_no_room_nothing_is_forgotten_and_nothing_taken() -> None:
    replay = Replay(issuers=2, most=6)
    assert [replay.use("clinic", f"{n}", NOW + 300, NOW) for n in range(3)] == [Use.FIRST] * 3
    assert replay.use("clinic", "more", NOW + 300, NOW) is Use.NO_ROOM
    assert replay.use("clinic", "0", NOW + 300, NOW) is Use.AGAIN
    assert replay.use("practice", "0", NOW + 300, NOW) is Use.FIRST
    assert replay.use("clinic", "more", NOW + 900, NOW + 400) is Use.FIRST


def test_the_memory_holds_what_could_still_be_used() -> None:
    replay = Replay()
    for number in range(10_000):
        at = NOW + number
        assert replay.use("clinic", f"{number}", at + 300, at) is Use.FIRST
    assert 300 <= len(replay) <= 300 + 120


def test_of_many_threads_one_is_the_first() -> None:
    replay, barrier = Replay(), Barrier(8)

    def use_all(_: int) -> int:
        barrier.wait()
        return sum(
            replay.use("clinic", f"{number}", NOW + 300, NOW) is Use.FIRST for number in range(2000)
        )

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(use_all, range(8))) == 2000


def test_a_name_may_be_any_text() -> None:
    replay = Replay()
    for name in ("é", "\ud800", "\0", "a\nb", " "):
        assert replay.use("clinic", name, NOW + 300, NOW) is Use.FIRST
        assert replay.use("clinic", name, NOW + 300, NOW) is Use.AGAIN
