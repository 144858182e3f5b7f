"""Where the members and hubs of a network stand in its picture: the same network, the same places.

Shape: members that hold the same hubs stand together as one bunch; hubs and bunches push one another away, and each
bunch is pulled to its hubs. Places are rounded in every round, so that the last digit of a machine's arithmetic cannot
grow into another picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Point = tuple[float, float]

MEMBER = 7.0
HUB = 23.0
_GAP = 6.0
_SPRING = 60.0
_ROUNDS = 300
_APART_ROUNDS = 120
_SHORTEST = 105.0
_GOLDEN = pi * (3 - sqrt(5))
_PUSH = 1.9
_SLACK = 600.0
_INWARD = 0.0042
_FLAT = 1.5
# Pictures are wider than tall.
_WIDE = 1.3
_MARGIN = 30.0


@dataclass(frozen=True)
class Places:
    """Units: of the picture, from its upper left corner. Order: as the members and hubs were given."""

    width: float
    height: float
    members: tuple[Point, ...]
    hubs: tuple[Point, ...]


def places(members: int, hubs: Sequence[Sequence[int]]) -> Places:
    """Where everything stands. Shape: `hubs` gives each hub's members by number."""
    bunches = _bunches(members, hubs)
    size = np.array([HUB] * len(hubs) + [_radius(len(bunch)) for _, bunch in bunches])
    edges = [(h, len(hubs) + n) for n, (held, _) in enumerate(bunches) for h in held]
    at = _settled(size, np.array(edges, dtype=np.int64).reshape(-1, 2))
    spots: dict[int, Point] = {}
    for n, (_, bunch) in enumerate(bunches):
        x, y = at[len(hubs) + n]
        for k, member in enumerate(bunch):
            spots[member] = _in_bunch(float(x), float(y), k, len(bunch))
    xs = [p[0] for p in spots.values()] + [float(p[0]) for p in at[: len(hubs)]]
    ys = [p[1] for p in spots.values()] + [float(p[1]) for p in at[: len(hubs)]]
    left, top = min(xs, default=0.0) - _MARGIN, min(ys, default=0.0) - _MARGIN
    return Places(
        round(max(xs, default=0.0) - left + _MARGIN, 1),
        round(max(ys, default=0.0) - top + _MARGIN, 1),
        tuple((round(spots[m][0] - left, 1), round(spots[m][1] - top, 1)) for m in range(members)),
        tuple((round(float(x) - left, 1), round(float(y) - top, 1)) for x, y in at[: len(hubs)]),
    )


def _bunches(members: int, hubs: Sequence[Sequence[int]]) -> list[tuple[tuple[int, ...], list[int]]]:
    held: dict[int, list[int]] = {m: [] for m in range(members)}
    for number, holders in enumerate(hubs):
        for member in holders:
            held[member].append(number)
    alike: dict[tuple[int, ...], list[int]] = {}
    for member, own in held.items():
        alike.setdefault(tuple(own), []).append(member)
    return sorted(alike.items(), key=lambda b: (-len(b[1]), b[0]))


def _radius(count: int) -> float:
    return MEMBER + (_spread(count - 1) if count > 1 else 0.0)


def _spread(k: int) -> float:
    """How far from its bunch's middle the k-th member stands."""
    return 3.2 * MEMBER * sqrt(k * 0.85)


def _in_bunch(x: float, y: float, k: int, count: int) -> Point:
    if count == 1:
        return x, y
    away, turn = _spread(k), k * _GOLDEN
    return x + away * cos(turn), y + away * sin(turn)


def _settled(size: Floats, edges: NDArray[np.int64]) -> Floats:
    count = len(size)
    order = np.arange(count, dtype=np.float64)
    away = 30.0 * np.sqrt(order + 0.5)
    at = np.column_stack([away * np.cos(order * _GOLDEN) * _WIDE, away * np.sin(order * _GOLDEN)])
    mass = np.ones(count)
    np.add.at(mass, edges.ravel(), 1.0)
    inward = _INWARD * mass[:, None] * np.array([1.0, _WIDE * _WIDE])
    for step in range(_ROUNDS):
        heat = 30.0 * (1 - step / _ROUNDS) + 0.5
        force = _pushed(at, mass) - at * inward
        if len(edges):
            arm = at[edges[:, 1]] - at[edges[:, 0]]
            far = np.maximum(1.0, np.sqrt((arm * arm).sum(axis=1)))
            # A pull that hardly grows with distance lets groups stand apart.
            tug = arm / far[:, None] * np.minimum(far / _SPRING, 1.0 + far / _SLACK)[:, None]
            np.add.at(force, edges[:, 0], tug)
            np.add.at(force, edges[:, 1], -tug)
        long = np.maximum(1e-9, np.sqrt((force * force).sum(axis=1)))
        move = np.minimum(long / np.sqrt(mass) * 8.0, heat)
        at = _rounded(at + force / long[:, None] * move[:, None])
    return _apart(_wide_enough(at, edges), size)


def _wide_enough(at: Floats, edges: NDArray[np.int64]) -> Floats:
    """Few have little to push with, and would stand so close that no line is seen between them."""
    if not len(edges):
        return at
    arm = at[edges[:, 1]] - at[edges[:, 0]]
    mean = float(np.sqrt((arm * arm).sum(axis=1)).mean())
    return _rounded(at * max(1.0, _SHORTEST / max(mean, 1.0)))


def _pushed(at: Floats, mass: Floats) -> Floats:
    gap = at[:, None, :] - at[None, :, :]
    square = (gap * gap).sum(axis=2)
    np.fill_diagonal(square, np.inf)
    push = _PUSH * np.outer(mass, mass) / np.maximum(square, 25.0)
    return np.asarray((gap * push[:, :, None]).sum(axis=1))


def _apart(at: Floats, size: Floats) -> Floats:
    """Push apart what would be drawn over one another; hubs are wider than tall."""
    need = size[:, None] + size[None, :] + _GAP
    np.fill_diagonal(need, 0.0)
    flat = np.array([1.0, _FLAT])
    for _ in range(_APART_ROUNDS):
        gap = (at[:, None, :] - at[None, :, :]) * flat
        far = np.sqrt((gap * gap).sum(axis=2))
        over = np.maximum(0.0, need - far)
        if not over.any():
            break
        turn = gap / np.maximum(far, 1.0)[:, :, None]
        at = _rounded(at + (turn * over[:, :, None]).sum(axis=1) * 0.3 / flat)
    return at


def _rounded(at: Floats) -> Floats:
    return np.asarray(np.round(at * 64) / 64)
