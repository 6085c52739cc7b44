"""When a model has fallen into a loop."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine.repetition import (
    LOOK_EVERY,
    MAX_PATTERN,
    MIN_PATTERN,
    TIMES,
    RepetitionDetector,
    repeats,
)

OTHERS = list(range(1000, 1037))  # no two the same


@pytest.mark.parametrize("size", [MIN_PATTERN, 5, 17, MAX_PATTERN])
def test_ten_times_the_same_is_a_loop_and_nine_times_is_none(size):
    pattern = list(range(size))
    assert repeats(OTHERS + pattern * TIMES)
    assert not repeats(OTHERS + pattern * (TIMES - 1))
    assert not repeats([*OTHERS, *pattern * TIMES, 7777])


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_shorter_pattern_needs_what_several_of_it_make(size):
    enough = MIN_PATTERN * TIMES if size < 3 else 6 * TIMES
    pattern = list(range(size))
    assert repeats((pattern * 60)[:enough])
    assert not repeats((pattern * 60)[: enough - 1])


def test_a_longer_pattern_is_none():
    assert not repeats(list(range(MAX_PATTERN + 1)) * (TIMES + 2))


@given(st.lists(st.integers(0, 2), max_size=300), st.integers(0, 40), st.integers(1, 12))
def test_repeats_agrees_with_its_definition(ids, tail, size):
    ids += ids[-size:] * tail
    sizes = range(MIN_PATTERN, len(ids) // TIMES + 1)
    expected = any(ids[-size * TIMES :] == ids[-size:] * TIMES for size in sizes)
    assert repeats(ids) == expected


@pytest.mark.parametrize("seed", range(20))
def test_whatever_the_pieces_and_wherever_one_goes_on_it_ends_at_the_same_token(seed):
    dice = random.Random(seed)
    written = [dice.randrange(500) for _ in range(dice.randrange(1, 300))]
    written += [dice.randrange(500) for _ in range(dice.randrange(MIN_PATTERN, MAX_PATTERN))] * 20

    def ends_at(so_far, largest):
        detector = RepetitionDetector()
        position = so_far
        looped = detector.has_looped(written[:so_far])
        while not looped and position < len(written):
            piece = written[position : position + dice.randint(1, largest)]
            position += len(piece)
            looped = detector.has_looped(piece)
        assert looped
        return position

    end = ends_at(0, largest=1)
    assert end % LOOK_EVERY == 0
    for so_far in range(0, end + 1, 7):
        assert ends_at(so_far, largest=1) == end
    assert ends_at(end, largest=1) == end
    assert end <= ends_at(0, largest=5) < end + 5
