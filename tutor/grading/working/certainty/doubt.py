"""Why a statement that contradicts something is not called wrong."""

from __future__ import annotations

from enum import StrEnum


class Doubt(StrEnum):
    UNREAD = "unread"  # words or signs beside it were not understood
    SCOPE = "scope"  # it is tried, denied or supposed, or holds in one case
    MEANING = "meaning"  # words give its letter to another quantity
    PREMISE = "premise"  # what it contradicts is not certain itself
    CONDITION = "condition"  # it tells what is sought
    CHOICE = "choice"  # one of several solutions, of which others are named elsewhere
    ANGLE = "angle"  # a number of degrees or of radians
    ROUNDED = "rounded"  # near what is known
