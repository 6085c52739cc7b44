"""Statistics of samples, with confidence intervals. Shares are in 0..1 throughout."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import comb, prod, sqrt
from statistics import NormalDist, fmean, stdev

CONFIDENCE = 0.95
RESAMPLES = 5_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share with its 95 % confidence interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Spread:
    """The spread between runs. deviation: standard deviation, None for a single run."""

    runs: int
    deviation: float | None
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class PairedDifference:
    """The second run's share less the first run's, on the same problems.

    p: the probability of a difference as large if both are equally good. test: its name.
    """

    value: float
    low: float
    high: float
    p: float
    test: str


@dataclass(frozen=True, slots=True)
class VoteGroup:
    """Samples of one problem with equal answers: how many there are, and how many are right."""

    size: int
    right: int


def pass_at_k(n: int, c: int, k: int) -> float:
    """Probability that at least one of k samples is correct.

    The unbiased estimate from n samples of which c are correct
    (Chen et al. 2021, "Evaluating Large Language Models Trained on Code").
    Raises ValueError unless 0 <= c <= n and 1 <= k <= n.
    """
    if not (0 <= c <= n and 1 <= k <= n):
        raise ValueError(f"need 0 <= c <= n and 1 <= k <= n, got n={n} c={c} k={k}")
    return 1 - prod((n - c - i) / (n - i) for i in range(k))


def majority_at_k(groups: Sequence[VoteGroup], silent: int, k: int) -> float:
    """Probability that the commonest answer of k samples is right.

    The mean over all ways to take k of the samples, exactly. silent: samples without an answer,
    which have no vote; without any vote nothing is right. Tied groups win with equal probability.
    If the answers of a group got different verdicts because of their form, each is equally likely
    to represent the group.
    Raises ValueError unless 1 <= k <= the number of samples.
    """
    n = silent + sum(group.size for group in groups)
    if not 1 <= k <= n:
        raise ValueError(f"need 1 <= k <= {n} samples, got {k}")
    won = 0.0
    for index, winner in enumerate(groups):
        if winner.right:
            other_sizes = [group.size for group in (*groups[:index], *groups[index + 1 :])]
            won += winner.right / winner.size * _ways_to_win(winner.size, other_sizes, silent, k)
    return won / comb(n, k)


def _ways_to_win(size: int, other_sizes: Sequence[int], silent: int, k: int) -> float:
    """The number of ways in which k samples make this group the largest.

    A way with t other groups of the same size counts 1/(t + 1).
    """
    total = 0.0
    for votes in range(1, min(size, k) + 1):
        # ways[used, tied]: the number of ways to use `used` samples so that `tied` groups tie.
        ways: dict[tuple[int, int], int] = {(0, 0): 1}
        for other in (*other_sizes, None):
            most = silent if other is None else min(other, votes)
            further: dict[tuple[int, int], int] = {}
            for (used, tied), count in ways.items():
                for taken in range(min(most, k - votes - used) + 1):
                    is_tied = other is not None and taken == votes
                    state = (used + taken, tied + is_tied)
                    new = count * comb(silent if other is None else other, taken)
                    further[state] = further.get(state, 0) + new
            ways = further
        winning = sum(n / (tied + 1) for (used, tied), n in ways.items() if used == k - votes)
        total += comb(size, votes) * winning
    return total


def clustered(means: Sequence[float], samples: int) -> Estimate:
    """The mean over problems, with an interval that allows for correlated samples of one problem.

    means: one for each problem, over its samples. samples: their number over all problems.
    The problems represent all problems of their kind, so the standard error is that of their
    means, s / sqrt(n): for equally many samples each, the clustered one of Miller (2024, "Adding
    Error Bars to Evals", section 2.2). Near 0 or 1 that error is unreliable; for a model that is
    always wrong it is 0. So it only determines the effective number of independent samples,
    m = p (1 - p) / error^2. The interval is Wilson's for p and m, with Student's t instead of z:
    Franco, Little, Louis and Slud (2019, "Comparative Study of Confidence Intervals for
    Proportions in Complex Sample Surveys").
    Raises ValueError without problems.
    """
    n = len(means)
    if n == 0:
        raise ValueError("need at least one problem")
    p = fmean(means)
    effective_n = float(n)
    if n > 1 and (error := stdev(means) / sqrt(n)) > 0:
        effective_n = min(max(p * (1 - p) / error**2, float(n - 1)), float(max(samples, n)))
    return _wilson(p, effective_n, student_t(n - 1) if n > 1 else student_t(1))


def _wilson(p: float, n: float, z: float) -> Estimate:
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return Estimate(p, min(p, max(0.0, middle - reach)), max(p, min(1.0, middle + reach)))


@cache
def student_t(degrees: int) -> float:
    """The two-sided 95 % point of Student's t.

    By the expansion in 1/degrees of Abramowitz and Stegun (26.7.5), exact to two thousandths from
    six degrees of freedom on; smaller ones come from a table.
    """
    if degrees <= len(_FEW_DEGREES):
        return _FEW_DEGREES[degrees - 1]
    v = degrees
    z: float = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
    )


_FEW_DEGREES = (12.706, 4.303, 3.182, 2.776, 2.571)


def spread(runs: Sequence[float]) -> Spread:
    """The spread of the runs' shares."""
    deviation = stdev(runs) if len(runs) > 1 else None
    return Spread(len(runs), deviation, min(runs), max(runs))


def mcnemar(pairs: Sequence[tuple[bool, bool]]) -> float:
    """McNemar's exact test on the problems that exactly one of two models got right.

    Two-sided: the probability of a split at least as uneven if both sides are equally likely.
    """
    first = sum(a and not b for a, b in pairs)
    second = sum(b and not a for a, b in pairs)
    n, fewer = first + second, min(first, second)
    return min(1.0, 2 * sum(comb(n, i) for i in range(fewer + 1)) / (1 << n))


def paired(first: Sequence[float], second: Sequence[float], *, single: bool) -> PairedDifference:
    """Compare the means of the same problems under two models.

    The interval is a bootstrap's: it redraws problems, always both results of a problem together,
    with a fixed seed, and takes percentiles. Two models find the same problems hard; pairing
    removes that. For single answers the test is McNemar's, which is exact for right or wrong.
    For means of several samples, p is twice the share of resampled means beyond zero. Raises
    ValueError without problems.
    """
    differences = [b - a for a, b in zip(first, second, strict=True)]
    if not differences:
        raise ValueError("need at least one problem")
    rng = random.Random(0)  # noqa: S311 - repeatable, not secret
    n = len(differences)
    means = sorted(fmean(rng.choices(differences, k=n)) for _ in range(RESAMPLES))
    low, high = (
        means[round(q * (RESAMPLES - 1))] for q in ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2)
    )
    value = fmean(differences)
    if single:
        pairs = [(a > 0.5, b > 0.5) for a, b in zip(first, second, strict=True)]
        return PairedDifference(value, low, high, mcnemar(pairs), "McNemar, exact")
    beyond = min(sum(d <= 0 for d in means), sum(d >= 0 for d in means))
    return PairedDifference(
        value, low, high, min(1.0, 2 * (beyond + 1) / (RESAMPLES + 1)), "paired bootstrap"
    )


def percentile(values: Sequence[float], share: float) -> float | None:
    """The nearest-rank percentile; None without values."""
    if not values:
        return None
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]
