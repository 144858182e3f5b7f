"""Which documents are one person's, by how likely their agreements and differences are: Fellegi and Sunter's model.

Shape: documents are compared in pairs that agree in some block of columns; every column comes out at a level, from
different to the same; a level weighs the logarithm of how much likelier it is within one person than between two. How
likely each level is between two is counted on random pairs, within one person learnt by expectation maximisation; a
value that many bear weighs less than a rare one.
Why not a library: the published ones hold all pairs in their own engine and know no increments; here new documents can
be compared with all without comparing old ones again, and the whole is SQL and a table of patterns
(benchmarks/linkage.py has the figures beside Splink's). A run compares all documents nevertheless: the model is learnt of
all, and to look up what was compared before costs more than to compare (50,578 documents, 224,892 pairs: 1.6 s against
1.1 s of processor).
Source: Fellegi and Sunter (1969); Winkler on frequencies (1989).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from bonafides.store.duckdb import Store

Floats = NDArray[np.float64]
Manner = Literal["name", "date", "code", "text"]
# Levels of each manner of comparing, the last one is the same.
LEVELS: Mapping[Manner, int] = {"name": 4, "date": 4, "code": 3, "text": 2}
_ROUNDS, _TOLERANCE, _SAMPLE = 50, 1e-5, 400_000
# A block of more documents than this is a common value's, and its pairs are left to other blocks.
MOST_IN_BLOCK = 300
# Probability from which two documents are one person's.
SAME = 0.95


@dataclass(frozen=True)
class Compared:
    """One column of the documents, and how its values are compared."""

    column: str
    manner: Manner


@dataclass(frozen=True)
class Model:
    """What was learnt.

    Shape: `prior` is the probability that two documents drawn at random are one person's; by column, probabilities of
    its levels within one person and between two.
    """

    prior: float
    within: Mapping[str, tuple[float, ...]]
    between: Mapping[str, tuple[float, ...]]

    def plain(self) -> dict[str, Any]:
        """As JSON-ready values."""
        return {"prior": self.prior, "within": dict(self.within), "between": dict(self.between)}

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Model":
        """The model that `plain` told of."""
        return cls(
            told["prior"],
            {name: tuple(levels) for name, levels in told["within"].items()},
            {name: tuple(levels) for name, levels in told["between"].items()},
        )


@dataclass(frozen=True)
class Linked:
    """What linking came to.

    Shape: `person` maps a document to its person's id; `merged` a person's id to those of before that it took in,
    `split` an id of before to those that it fell into.
    """

    person: Mapping[str, str]
    merged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    split: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _level(compared: Compared) -> str:
    """SQL of the level at which two documents `l` and `r` agree in a column; -1 where one says nothing."""
    a, b = f"l.{compared.column}", f"r.{compared.column}"
    if compared.manner == "name":
        alike = f"jaro_winkler_similarity({a}, {b})"
        told = f"WHEN {a} = {b} THEN 3 WHEN {alike} >= 0.92 THEN 2 WHEN {alike} >= 0.8 THEN 1"
    elif compared.manner == "date":
        told = f"WHEN {a} = {b} THEN 3 WHEN levenshtein({a}, {b}) <= 1 THEN 2 WHEN substr({a}, 1, 4) = substr({b}, 1, 4) THEN 1"
    elif compared.manner == "code":
        told = f"WHEN {a} = {b} THEN 2 WHEN substr({a}, 1, 3) = substr({b}, 1, 3) THEN 1"
    else:
        told = f"WHEN {a} = {b} THEN 1"
    return f"CASE WHEN {a} IS NULL OR {b} IS NULL THEN -1 {told} ELSE 0 END AS g_{compared.column}"


def pairs(store: Store, columns: Sequence[Compared], blocks: Sequence[str], fresh: str | None = None) -> None:
    """`compared_pair`: (a, b, levels), each pair of documents once that agrees in a block.

    Shape: `document` has `id` and the columns, as texts; a block is SQL of a key over one of its rows. `fresh` names a
    table of ids: only pairs with one of them are made then.
    """
    found: list[str] = []
    for block in blocks:
        store.execute(
            f"CREATE OR REPLACE TEMP TABLE keyed_{len(found)} AS SELECT id, key FROM (SELECT id, {block} AS key FROM document) "
            f"WHERE key IS NOT NULL QUALIFY count(*) OVER (PARTITION BY key) BETWEEN 2 AND {MOST_IN_BLOCK}"
        )
        found.append(
            f"SELECT x.id AS a, y.id AS b FROM keyed_{len(found)} AS x JOIN keyed_{len(found)} AS y ON y.key = x.key AND x.id < y.id"
        )
    met = " UNION ".join(found)
    if fresh is not None:
        met = f"SELECT * FROM ({met}) WHERE a IN (SELECT id FROM {fresh}) OR b IN (SELECT id FROM {fresh})"
    levels = ", ".join(_level(one) for one in columns)
    rare = ", ".join(f"{_same(one)} AS f_{one.column}" for one in columns)
    counts = " ".join(
        f"LEFT JOIN (SELECT {one.column} AS v, count(*) * 1e0 / sum(count(*)) OVER () AS f FROM document WHERE {one.column} IS NOT NULL "
        f"GROUP BY {one.column}) AS t_{one.column} ON t_{one.column}.v = l.{one.column} AND l.{one.column} = r.{one.column}"
        for one in columns
    )
    store.execute(
        f"CREATE OR REPLACE TEMP TABLE compared_pair AS SELECT m.a, m.b, {levels}, {rare} FROM ({met}) AS m "
        f"JOIN document AS l ON l.id = m.a JOIN document AS r ON r.id = m.b {counts}"
    )


def _same(compared: Compared) -> str:
    return f"t_{compared.column}.f"


def learn(store: Store, columns: Sequence[Compared]) -> Model:
    """A model of the documents, from `compared_pair` and from random pairs."""
    between = _random(store, columns)
    names = [f"g_{one.column}" for one in columns]
    rows = store.rows(f"SELECT {', '.join(names)}, count(*) AS n FROM compared_pair GROUP BY ALL ORDER BY ALL")
    seen = np.array([[row[name] for name in names] for row in rows], dtype=np.int64).reshape(len(rows), len(names))
    n = np.array([row["n"] for row in rows], dtype=np.float64)
    within = [_first_guess(LEVELS[one.manner]) for one in columns]
    documents = int(store.value("SELECT count(*) FROM document"))
    whole = max(1.0, documents * (documents - 1) / 2)
    prior = min(0.5, max(1e-9, 1 / max(1, documents)))
    for _ in range(_ROUNDS):
        log = np.log(prior / (1 - prior)) + sum(
            np.where(seen[:, c] < 0, 0.0, np.log(within[c] / between[c])[np.maximum(seen[:, c], 0)])
            for c in range(len(columns))
        )
        p = 1 / (1 + np.exp(-np.clip(log, -60, 60)))
        before = prior
        # Of all pairs there are, not of those that a block brought together: pairs in no block are hardly anybody's.
        prior = float(np.clip((p * n).sum() / whole, 1e-12, 0.5))
        for c, one in enumerate(columns):
            counts = np.bincount(
                np.maximum(seen[:, c], 0), weights=np.where(seen[:, c] < 0, 0.0, p * n), minlength=LEVELS[one.manner]
            )
            within[c] = (counts + 0.5) / (counts + 0.5).sum()
        if abs(np.log(prior / before)) < _TOLERANCE:
            break
    return Model(
        prior,
        {one.column: tuple(map(float, within[c])) for c, one in enumerate(columns)},
        {one.column: tuple(map(float, between[c])) for c, one in enumerate(columns)},
    )


def _first_guess(levels: int) -> Floats:
    guess = np.full(levels, 0.1)
    guess[-1] = 0.9
    return np.asarray(guess / guess.sum())


def _random(store: Store, columns: Sequence[Compared]) -> list[Floats]:
    """How often each level is met between two random documents."""
    listed = ", ".join(_level(one) for one in columns)
    count = int(store.value("SELECT count(*) FROM document"))
    # Every document beside some others, a fixed step further on: the same pairs in every run.
    steps = max(1, min(40, _SAMPLE // max(1, count)))
    rows = store.columns(
        f"""WITH placed AS (SELECT *, row_number() OVER (ORDER BY digest(id)) AS place FROM document)
        SELECT {listed} FROM placed AS l CROSS JOIN range(1, {steps + 1}) AS s(step)
        JOIN placed AS r ON r.place = (l.place + s.step * 7919) % {max(1, count)} + 1 AND r.id <> l.id"""
    )
    found: list[Floats] = []
    for one in columns:
        levels = rows[f"g_{one.column}"]
        counts = np.bincount(levels[levels >= 0].astype(np.int64), minlength=LEVELS[one.manner]) + 0.5
        found.append(counts / counts.sum())
    return found


def matches(store: Store, columns: Sequence[Compared], model: Model, at: float = SAME) -> list[tuple[str, str]]:
    """Pairs of `compared_pair` that are one person's."""
    terms = [str(np.log(model.prior / (1 - model.prior)))]
    for one in columns:
        within, between = model.within[one.column], model.between[one.column]
        weights = [float(np.log(w / b)) for w, b in zip(within, between, strict=True)]
        same = len(weights) - 1
        cases = " ".join(f"WHEN {level} THEN {weight!r}" for level, weight in enumerate(weights[:-1]))
        # A rare value shared says more than a common one: its own frequency stands for the average.
        exact = f"ln({within[same]!r} / greatest(f_{one.column}, {between[same] / 100!r}))"
        terms.append(f"CASE g_{one.column} WHEN -1 THEN 0.0 {cases} ELSE {exact} END")
    log = float(np.log(at / (1 - at)))
    rows = store.rows(f"SELECT a, b FROM compared_pair WHERE {' + '.join(terms)} >= {log!r} ORDER BY a, b")
    return [(row["a"], row["b"]) for row in rows]


def persons(documents: Sequence[str], same: Sequence[tuple[str, str]], before: Mapping[str, str]) -> Linked:
    """Groups of documents, with ids that last.

    Shape: `before` maps documents to the person of the run before. A group keeps the id of the person most of whose
    documents it holds; a new one is called after its first document. What merged and what fell apart is told.
    """
    place = {document: n for n, document in enumerate(documents)}
    links = [(place[a], place[b]) for a, b in same if a in place and b in place]
    label: NDArray[Any] = np.arange(len(documents))
    if links:
        rows, columns = zip(*links, strict=True)
        graph = coo_array((np.ones(len(links), dtype=np.int8), (rows, columns)), shape=(len(documents),) * 2)
        label = connected_components(graph, directed=False)[1]
    groups: dict[int, list[str]] = {}
    for document, group in zip(documents, label, strict=True):
        groups.setdefault(int(group), []).append(document)
    claims: list[tuple[int, str, int]] = []
    held: dict[int, dict[str, int]] = {}
    for number, members in groups.items():
        counts: dict[str, int] = {}
        for member in members:
            if member in before:
                counts[before[member]] = counts.get(before[member], 0) + 1
        held[number] = counts
        claims += [(-n, old, number) for old, n in counts.items()]
    named: dict[int, str] = {}
    taken: set[str] = set()
    for _, old, number in sorted(claims):
        if number not in named and old not in taken:
            named[number] = old
            taken.add(old)
    for number, members in groups.items():
        named.setdefault(number, _fresh(min(members), taken))
        taken.add(named[number])
    person = {member: named[group] for group, members in groups.items() for member in members}
    fell: dict[str, set[str]] = {}
    for number, counts in held.items():
        for old in counts:
            fell.setdefault(old, set()).add(named[number])
    return Linked(
        person,
        {named[g]: tuple(sorted(counts)) for g, counts in held.items() if len(counts) > 1},
        {old: tuple(sorted(new)) for old, new in fell.items() if len(new) > 1},
    )


def _fresh(document: str, taken: set[str]) -> str:
    stem = f"linked:{hashlib.sha256(document.encode()).hexdigest()[:16]}"
    name, n = stem, 2
    while name in taken:
        name, n = f"{stem}-{n}", n + 1
    return name
