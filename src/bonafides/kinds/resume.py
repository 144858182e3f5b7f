"""What a curriculum vitae says, so that near copies can be found.

Shape: `<shingles>-<signature>`: how many different runs of five words the text has, and 64 MinHash minima of them as
512 hex digits. Equal signatures are copies; `groups` finds the near ones. Mail addresses, web addresses and numbers
are left out, since they are what a copyist changes first, and case and punctuation do not count.
Unknown: None under 40 words, where a few usual phrases would make strangers alike.
Why: our own MinHash rather than datasketch's, which takes 1.3 s to import (scipy) and lets its choice of hashes change
between versions, while these signatures are stored; the tests hold it against the true likeness.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from hashlib import blake2b
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from bonafides.kinds.base import Kind, pseudonym

_FEWEST_WORDS = 40
_RUN = 5
_MINIMA = 64
# 21 bands of 3: a pair is looked at with probability 0.94 at a likeness of 0.5, 0.99 at 0.6 and 0.02 at 0.1, so
# strangers are seldom compared. The 64th minimum only sharpens the estimate.
_BANDS = 21
_BAND = 3
_WORD = re.compile(r"[^\W\d_]+(?:[.+#'-][^\W\d_]+)*")
# Multiply-shift hashing: the high half of factor·x + offset modulo 2^64, each permutation an odd factor and an offset
# of a fixed seed. They may never change: stored signatures are compared with new ones.
_SEEDED = np.random.Generator(np.random.PCG64(20261122)).integers(0, 2**64, (2, _MINIMA), dtype=np.uint64)
_FACTORS, _OFFSETS = _SEEDED[0] | np.uint64(1), _SEEDED[1]


@lru_cache(maxsize=1 << 16)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


def _words(raw: str) -> list[str]:
    """What is compared of a text: its words, without what identifies whoever it is about."""
    kept = (part for part in normalize("NFKC", raw).casefold().split() if "@" not in part and "://" not in part)
    return _WORD.findall(" ".join(part for part in kept if not part.startswith("www.")))


def _shingles(words: list[str]) -> NDArray[np.uint64]:
    """Hashes of the different runs of five words."""
    hashes = np.array([_hash(word) for word in words], dtype=np.uint64)
    run = np.zeros(len(words) - _RUN + 1, dtype=np.uint64)
    for place in range(_RUN):
        run = run * np.uint64(0x9E3779B97F4A7C15) + hashes[place : place + len(run)]
        run ^= run >> np.uint64(29)
    return np.unique(run)


def _clean(raw: str) -> str | None:
    words = _words(raw)
    if len(words) < _FEWEST_WORDS:
        return None
    shingles = _shingles(words)
    minima = ((_FACTORS[:, None] * shingles + _OFFSETS[:, None]).min(axis=1) >> np.uint64(32)).astype(">u4")
    return f"{len(shingles)}-{minima.tobytes().hex()}"


def _read(value: str) -> tuple[int, NDArray[np.uint32]]:
    size, _, minima = value.partition("-")
    return int(size), np.frombuffer(bytes.fromhex(minima), dtype=">u4")


def _buckets(minima: NDArray[np.uint32]) -> Iterator[list[int]]:
    """Rows that agree in a whole band."""
    for band in range(_BANDS):
        buckets: dict[bytes, list[int]] = defaultdict(list)
        for row, key in enumerate(np.ascontiguousarray(minima[:, band * _BAND : (band + 1) * _BAND])):
            buckets[key.tobytes()].append(row)
        yield from (bucket for bucket in buckets.values() if len(bucket) > 1)


def keys(value: str) -> list[str]:
    """What near copies have in common: the bands of a signature, of which they share one at least."""
    minima = value.partition("-")[2]
    size = 8 * _BAND
    return [f"{band}:{minima[band * size : (band + 1) * size]}" for band in range(_BANDS)]


def groups(values: Iterable[str], threshold: float = 0.5) -> list[frozenset[str]]:
    """Which values are near copies of one another: groups of two and more, in order of their first member.

    Shape: two values are joined when the estimated share of runs of five words that they have in common (Jaccard)
    reaches `threshold`; a group is what hangs together, so its ends may be less alike than that.
    Order: that of the values never matters.
    Why: 64 minima give a standard error of 0.06 at a likeness of 0.5; the bands may miss pairs that are less alike,
    whatever the threshold.
    """
    distinct = sorted(set(values))
    if len(distinct) < 2:
        return []
    read = [_read(value) for value in distinct]
    sizes, minima = np.array([size for size, _ in read]), np.stack([signature for _, signature in read])
    leader = list(range(len(distinct)))

    def find(row: int) -> int:
        while leader[row] != row:
            leader[row] = leader[leader[row]]
            row = leader[row]
        return row

    def alike(row: int, others: NDArray[np.intp]) -> NDArray[np.bool_]:
        # Sets of very different sizes cannot have that share in common, whatever the minima say.
        fits: NDArray[np.bool_] = np.minimum(sizes[others], sizes[row]) >= threshold * np.maximum(
            sizes[others], sizes[row]
        )
        fits &= (minima[others] == minima[row]).mean(axis=1) >= threshold
        return fits

    for bucket in _buckets(minima):
        # Whatever joins what was reached leaves the rest, so a crowd of copies costs one comparison each.
        rest = np.array(bucket)
        reached: list[int] = []
        while len(rest) and (reached or len(rest) > 1):
            row = reached.pop() if reached else int(rest[0])
            rest = rest[rest != row]
            joins = alike(row, rest)
            for other in rest[joins].tolist():
                low, high = sorted((find(row), find(other)))
                leader[high] = low
                reached.append(other)
            rest = rest[~joins]
    members: dict[int, list[str]] = defaultdict(list)
    for row, value in enumerate(distinct):
        members[find(row)].append(value)
    return [frozenset(group) for _, group in sorted(members.items()) if len(group) > 1]


KIND = Kind(
    name="resume",
    title="curriculum vitae",
    clean=_clean,
    masks=partial(pseudonym, "resume"),
    ties=True,
    family="text",
    # Templates, résumé writers and people who describe the same job at the same firm make texts alike.
    telling=((2, 0.01),),
    meets=groups,
    near=keys,
)
