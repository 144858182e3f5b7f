"""Chance that does not depend on the order of drawing: every person, company and day has a stream of its own."""

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

import numpy as np

T = TypeVar("T")
_BUFFER = 64


class Dice:
    """One stream of chance, named by what it is for.

    Why: a stream per name makes a world independent of the number of processes and of the order of the work.
    Uniform numbers are drawn in blocks because one call a number costs ten times as much.
    """

    __slots__ = ("_block", "_generator", "_hex", "_hex_words", "_next", "_next_hex", "_size")

    def __init__(self, seed: int, *names: str | int) -> None:
        digest = hashlib.blake2b("\x1f".join(map(str, names)).encode(), digest_size=16).digest()
        words = [int.from_bytes(digest[i : i + 4], "big") for i in range(0, 16, 4)]
        self._generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))
        self._block: list[float] = []
        self._next = 0
        self._size = 8
        self._hex = ""
        self._next_hex = 0
        self._hex_words = 2

    def uniform(self) -> float:
        """A number in [0, 1)."""
        if self._next == len(self._block):
            self._size = min(self._size * 2, _BUFFER)
            self._block = self._generator.random(self._size).tolist()
            self._next = 0
        value = self._block[self._next]
        self._next += 1
        return value

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self.uniform() < probability

    def below(self, limit: int) -> int:
        """A whole number in [0, limit)."""
        return int(self.uniform() * limit)

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.uniform() * (high - low + 1))

    def real(self, low: float, high: float) -> float:
        """A number in [low, high)."""
        return low + self.uniform() * (high - low)

    def pick(self, items: Sequence[T]) -> T:
        """One of them."""
        return items[int(self.uniform() * len(items))]

    def weighted(self, items: Sequence[T], weights: Sequence[float]) -> T:
        """One of them, likelier with more weight."""
        sums = list(accumulate(weights))
        return items[min(bisect_right(sums, self.uniform() * sums[-1]), len(items) - 1)]

    def normal(self, mean: float, spread: float) -> float:
        """Roughly normal: the sum of four uniform numbers, so never further than 3.5 spreads."""
        total = self.uniform() + self.uniform() + self.uniform() + self.uniform()
        return mean + (total - 2.0) * 1.7320508 * spread

    def lognormal(self, median: float, sigma: float) -> float:
        """A positive number with this median."""
        return float(np.exp(self.normal(float(np.log(median)), sigma)))

    def hexes(self, length: int) -> str:
        """A text of so many hex digits."""
        while len(self._hex) - self._next_hex < length:
            self._hex_words = min(self._hex_words * 2, _BUFFER)
            words = self._generator.integers(0, 1 << 64, self._hex_words, np.uint64)
            # Little-endian on every machine, so that bytes do not depend on where they are drawn.
            self._hex = self._hex[self._next_hex :] + words.astype("<u8").tobytes().hex()
            self._next_hex = 0
        start = self._next_hex
        self._next_hex += length
        return self._hex[start : start + length]

    def uuid(self) -> str:
        """A text in the shape of a UUID of version 4."""
        raw = self.hexes(30)
        return f"{raw[:8]}-{raw[8:12]}-4{raw[12:15]}-a{raw[15:18]}-{raw[18:]}"

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """All of them in another order."""
        return [items[i] for i in self._generator.permutation(len(items))]
