"""Groups of subjects held together by unexplained values, with ids that last from run to run."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import igraph
import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Subject = tuple[str, str]
# Above so many members a group is looked at for parts that only a thread holds together.
LARGE = 60


@dataclass(frozen=True)
class Group:
    """One network. Order: members by company and subject."""

    network_id: str
    members: tuple[Subject, ...]
    came_from: tuple[str, ...]


def groups(
    members: Sequence[Subject],
    hubs: Mapping[int, Sequence[int]],
    probability: Sequence[float],
    at: float,
    before: Mapping[Subject, str],
) -> list[Group]:
    """Connected groups of at least two subjects, those with a mean probability of `at` or more.

    Shape: `hubs` maps a hub to places in `members`; `before` gives each subject's network in the run before.
    """
    found: list[list[Subject]] = []
    for component in _components(len(members), hubs):
        for part in _parted(component, hubs):
            if len(part) > 1 and float(np.mean([probability[i] for i in part])) >= at:
                found.append(sorted(members[i] for i in part))
    return _named(sorted(found), before)


def _components(count: int, hubs: Mapping[int, Sequence[int]]) -> Iterable[list[int]]:
    pairs = [(held[0], other) for held in hubs.values() for other in held[1:]]
    if not pairs:
        return []
    rows, columns = zip(*pairs, strict=True)
    graph = coo_array((np.ones(len(pairs), dtype=np.int8), (rows, columns)), shape=(count, count))
    _, label = connected_components(graph, directed=False)
    grouped: dict[int, list[int]] = defaultdict(list)
    for place in sorted({i for pair in pairs for i in pair}):
        grouped[int(label[place])].append(place)
    return grouped.values()


def _parted(component: list[int], hubs: Mapping[int, Sequence[int]]) -> list[list[int]]:
    """A large component's communities (Leiden); a small one is itself."""
    if len(component) <= LARGE:
        return [component]
    place = {member: n for n, member in enumerate(component)}
    weight: Counter[tuple[int, int]] = Counter()
    for held in hubs.values():
        inside = sorted(place[i] for i in held if i in place)
        for n, one in enumerate(inside):
            for other in inside[n + 1 :]:
                weight[(one, other)] += 1
    graph = igraph.Graph(n=len(component), edges=list(weight))
    igraph.set_random_number_generator(_Fixed())
    parts = graph.community_leiden(
        objective_function="modularity", weights=list(weight.values()), resolution=0.3, n_iterations=10
    )
    return [[component[i] for i in part] for part in parts]


class _Fixed:
    """igraph's source of chance, the same in every run."""

    def __init__(self) -> None:
        self._chance = np.random.default_rng(7)

    def randint(self, low: int, high: int) -> int:
        return int(self._chance.integers(low, high + 1))

    def random(self) -> float:
        return float(self._chance.random())

    def gauss(self, mean: float, spread: float) -> float:
        return float(self._chance.normal(mean, spread))


def _named(found: Sequence[Sequence[Subject]], before: Mapping[Subject, str]) -> list[Group]:
    """Ids: a group keeps the id of the network before to which most of its members belonged and which kept most of its
    members here.
    """
    sizes = Counter(before.values())
    claims: list[tuple[int, int, str]] = []
    shared: list[Counter[str]] = []
    for n, group in enumerate(found):
        counts = Counter(before[m] for m in group if m in before)
        shared.append(counts)
        claims += [(-common, n, old) for old, common in counts.items() if 2 * common > sizes[old]]
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for _, n, old in sorted(claims):
        if n not in ids and old not in taken:
            ids[n] = old
            taken.add(old)
    made = []
    for n, group in enumerate(found):
        name = ids.get(n) or _fresh(group, taken | set(sizes))
        taken.add(name)
        made.append(Group(name, tuple(group), tuple(sorted(shared[n]))))
    return made


def _fresh(group: Sequence[Subject], taken: set[str]) -> str:
    """An id from the group's first member; with a counter behind it where that id was used before."""
    stem = "N-" + hashlib.sha256("\x1f".join(group[0]).encode()).hexdigest()[:8]
    name, n = stem, 2
    while name in taken:
        name, n = f"{stem}-{n}", n + 1
    return name
