"""Seeded draws."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from simulations.dice import Dice


def test_same_seed_same_draws_on_every_machine() -> None:
    """A seed written in a report must give the same hospital on the reader's machine: these numbers are fixed for good."""
    dice = Dice(20260601)
    assert [dice.whole(1, 1000) for _ in range(6)] == [965, 755, 948, 685, 121, 503]
    assert Dice(1).shuffled("abcdef") == ["b", "f", "c", "a", "e", "d"]


def test_different_seeds_differ() -> None:
    """Another seed is another hospital."""
    assert [Dice(1).share() for _ in range(3)] != [Dice(2).share() for _ in range(3)]


@given(st.integers(0, 10**6), st.integers(-50, 50), st.integers(0, 60))
def test_whole_stays_between_its_ends(seed: int, low: int, width: int) -> None:
    """A patient drawn between two times never comes outside them."""
    assert low <= Dice(seed).whole(low, low + width) <= low + width


def test_whole_reaches_both_ends() -> None:
    """Both ends are possible, as often as the middle."""
    dice = Dice(3)
    counts = Counter(dice.whole(2, 4) for _ in range(3000))
    assert set(counts) == {2, 3, 4}
    assert min(counts.values()) > 900


def test_pick_follows_the_weights() -> None:
    """An examination asked for three times as often comes up about three times as often, one never asked for never."""
    dice = Dice(4)
    counts = Counter(dice.pick("abc", (3, 1, 0)) for _ in range(4000))
    assert counts["c"] == 0
    assert 2.6 < counts["a"] / counts["b"] < 3.4


@given(st.integers(0, 10**6), st.lists(st.integers(), max_size=30))
def test_shuffled_keeps_everybody(seed: int, items: list[int]) -> None:
    """Nobody is lost or doubled when a list is mixed."""
    assert sorted(Dice(seed).shuffled(items)) == sorted(items)
