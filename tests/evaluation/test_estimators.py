"""Each estimate against counting all cases, or against many draws from a known truth."""

import random
from itertools import combinations
from math import comb
from statistics import fmean

import pytest

from tutor.evaluation.estimators import (
    VoteGroup,
    clustered,
    majority_at_k,
    mcnemar,
    paired,
    pass_at_k,
    percentile,
    spread,
    student_t,
)


@pytest.mark.parametrize("n", range(1, 7))
def test_pass_at_k_is_the_share_of_choices_with_a_right_one(n):
    for right in range(n + 1):
        samples = [index < right for index in range(n)]
        for k in range(1, n + 1):
            counted = fmean(any(chosen) for chosen in combinations(samples, k))
            assert pass_at_k(n, right, k) == pytest.approx(counted)


def test_pass_at_k_of_many_samples_is_no_sum_of_huge_numbers():
    assert pass_at_k(10_000, 1, 100) == pytest.approx(0.01)


@pytest.mark.parametrize(("n", "c", "k"), [(2, 1, 3), (2, 3, 1), (2, -1, 1), (2, 1, 0)])
def test_pass_at_k_refuses_what_cannot_be(n, c, k):
    with pytest.raises(ValueError, match="need 0 <= c <= n"):
        pass_at_k(n, c, k)


def counted_majority(groups: list[VoteGroup], silent: int, k: int) -> float:
    """All choices of k, each tie shared among its groups."""
    samples = [index for index, group in enumerate(groups) for _ in range(group.size)]
    won = []
    for chosen in combinations([*samples, *[None] * silent], k):
        votes = [chosen.count(index) for index in range(len(groups))]
        tied = [index for index, n in enumerate(votes) if n and n == max(votes)]
        shares = [groups[index].right / groups[index].size for index in tied]
        won.append(fmean(shares) if shares else 0.0)
    return fmean(won)


@pytest.mark.parametrize(
    ("groups", "silent"),
    [
        ([VoteGroup(3, 3), VoteGroup(2, 0), VoteGroup(1, 0)], 1),
        ([VoteGroup(2, 0), VoteGroup(2, 2), VoteGroup(2, 0)], 0),  # a tie of three
        ([VoteGroup(3, 0), VoteGroup(2, 2)], 2),
        (
            [VoteGroup(4, 3), VoteGroup(3, 0)],
            0,
        ),  # one answer of the right value in a wrong form
        ([VoteGroup(1, 1)], 5),
        ([], 3),
    ],
)
def test_majority_is_the_mean_over_all_choices(groups, silent):
    for k in range(1, silent + sum(group.size for group in groups) + 1):
        assert majority_at_k(groups, silent, k) == pytest.approx(
            counted_majority(groups, silent, k)
        )


def test_a_majority_of_one_is_the_share_of_right_samples():
    assert majority_at_k([VoteGroup(5, 4), VoteGroup(2, 0)], 1, 1) == pytest.approx(4 / 8)


def test_majorities_of_many_samples_take_no_time():
    groups = [VoteGroup(30, 30), VoteGroup(20, 0), *[VoteGroup(1, 0)] * 10]
    assert majority_at_k(groups, 4, 64) == 1
    with pytest.raises(ValueError, match="1 <= k <= 64"):
        majority_at_k(groups, 4, 65)


def shares_of(dice: random.Random, problems: int, samples: int, a: float, b: float) -> list[float]:
    """Problems of unlike difficulty, from Beta(a, b), each answered several times."""
    hard = (dice.betavariate(a, b) for _ in range(problems))
    return [fmean(dice.random() < p for _ in range(samples)) for p in hard]


@pytest.mark.parametrize(
    ("problems", "samples", "a", "b"),
    [
        (50, 4, 1, 1),
        (50, 1, 1, 1),
        (200, 8, 0.4, 0.4),  # most problems are always solved or never
        (100, 4, 0.2, 4),  # a weak model
        (40, 3, 9, 1),
        (12, 2, 1, 1),
    ],
)
def test_the_interval_holds_the_truth_as_often_as_it_says(problems, samples, a, b):
    dice = random.Random(f"{problems} {samples} {a} {b}")
    truth, draws = a / (a + b), 1_000
    estimates = (
        clustered(shares_of(dice, problems, samples, a, b), problems * samples)
        for _ in range(draws)
    )
    held = fmean(estimate.low <= truth <= estimate.high for estimate in estimates)
    assert 0.925 <= held <= 0.985


def test_the_interval_that_takes_samples_for_problems_would_be_too_narrow():
    """Eight samples of a problem are not eight problems."""
    alike = [1.0, 0.0] * 20
    estimate, careless = clustered(alike, 320), clustered(alike * 8, 320)
    assert estimate.high - estimate.low > 2 * (careless.high - careless.low)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_the_interval_of_an_always_wrong_model_is_no_point(share):
    estimate = clustered([share] * 8, 16)
    assert estimate.value == share
    assert estimate.high - estimate.low > 0.3


def test_the_interval_of_one_problem_says_nearly_nothing():
    estimate = clustered([1.0], 4)
    assert (estimate.value, estimate.high) == (1.0, 1.0)
    assert estimate.low < 0.01
    with pytest.raises(ValueError, match="at least one problem"):
        clustered([], 0)


# Tables of Student's t, two-sided 95 %.
@pytest.mark.parametrize(
    ("degrees", "t"), [(1, 12.706), (4, 2.776), (5, 2.571), (10, 2.228), (30, 2.042), (1318, 1.962)]
)
def test_student_t(degrees, t):
    assert student_t(degrees) == pytest.approx(t, abs=0.002)


def test_the_spread_between_runs():
    runs = spread([0.5, 0.6, 0.7])
    assert (runs.runs, runs.least, runs.most) == (3, 0.5, 0.7)
    assert runs.deviation == pytest.approx(0.1)
    assert spread([0.5]).deviation is None


@pytest.mark.parametrize(("first", "second"), [(0, 0), (5, 0), (1, 9), (6, 6), (10, 3)])
def test_mcnemar_counts_splits_at_least_as_uneven(first, second):
    n = first + second
    pairs = [(True, False)] * first + [(False, True)] * second + [(True, True)] * 7
    uneven = abs(first - second)
    counted = sum(comb(n, i) for i in range(n + 1) if abs(n - 2 * i) >= uneven) / 2**n
    assert mcnemar(pairs) == pytest.approx(counted)


def test_single_answers_are_compared_by_mcnemar():
    first, second = [1.0] * 10 + [0.0] * 20, [0.0] * 2 + [1.0] * 28
    difference = paired(first, second, single=True)
    assert difference.test == "McNemar, exact"
    assert difference.value == pytest.approx(18 / 30)
    pairs = [(a > 0, b > 0) for a, b in zip(first, second, strict=True)]
    assert difference.p == pytest.approx(mcnemar(pairs))
    assert 0 < difference.low < difference.value < difference.high


def test_means_are_compared_by_bootstrap_over_problems():
    dice = random.Random(3)
    first = shares_of(dice, 200, 4, 0.4, 0.4)
    better = [min(1.0, share + 0.25) for share in first]
    difference = paired(first, better, single=False)
    assert difference.test == "paired bootstrap"
    assert difference.p < 0.01
    assert difference.low > 0
    assert paired(first, first, single=False).p == 1


def test_equal_models_are_seldom_told_apart():
    dice = random.Random(5)
    low = 0
    for _ in range(25):
        hard = [dice.betavariate(0.4, 0.4) for _ in range(40)]
        first, second = ([fmean(dice.random() < p for _ in range(4)) for p in hard] for _ in "ab")
        low += paired(first, second, single=False).p < 0.05
    assert low <= 5


def test_percentiles_are_values_that_occurred():
    assert percentile([3, 1, 2], 0.5) == 2
    assert percentile(list(range(100)), 0.95) == 95
    assert percentile([], 0.5) is None
