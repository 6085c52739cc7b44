"""Points on the canvas, where y grows downwards; angles are counterclockwise, in degrees."""

from __future__ import annotations

import math

from tutor.figures.placement import Point


def angle_of(start: Point, end: Point) -> float:
    return math.degrees(math.atan2(start[1] - end[1], end[0] - start[0]))


def angle_between(first: Point, vertex: Point, last: Point) -> float:
    """Of the corner at `vertex`, from 0 to 180."""
    turn = abs(angle_of(vertex, first) - angle_of(vertex, last)) % 360
    return min(turn, 360 - turn)


def turned(point: Point, angle: float, distance: float) -> Point:
    """So far from a point in this direction."""
    turn = math.radians(angle)
    return point[0] + distance * math.cos(turn), point[1] - distance * math.sin(turn)


def away(start: Point, end: Point, distance: float) -> Point:
    """Beyond the end."""
    return turned(end, angle_of(start, end), distance)


def middle(start: Point, end: Point) -> Point:
    return (start[0] + end[0]) / 2, (start[1] + end[1]) / 2


def between(start: Point, end: Point, share: float) -> Point:
    """The point that lies at this share of the way."""
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def foot(top: Point, start: Point, end: Point) -> Point:
    """Where the perpendicular from a point meets the line through two others."""
    x, y = end[0] - start[0], end[1] - start[1]
    share = ((top[0] - start[0]) * x + (top[1] - start[1]) * y) / (x * x + y * y)
    return start[0] + share * x, start[1] + share * y
