"""How likely chance alone would hold people together as a network is held.

Shape: people and the values that they share are the two sides of a graph. What ties a group beyond the one thread that
holds it, links less what a tree would need, for each of its people, is its density: independent things that meet in the
same people. Holders are dealt out anew within each kind, so that every value keeps how many hold it and nobody holds
more than before; the share of deals in which some group anywhere is as dense is the probability.
Why: groups are looked for, so a group must be compared with the best that chance offers anywhere, not with a group
picked beforehand. One value alone has no density, however many hold it, and so is never unlikely by this.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Whole = NDArray[np.int64]
# Deals at most, and links over all deals: the least probability that can be told is one in deals and one.
DEALS, LINKS = 199, 20_000_000


def density(hub: Whole, holder: Whole) -> dict[int, float]:
    """Density of each connected group, by its smallest holder. Shape: one entry a link; doubled links count once."""
    if not len(hub):
        return {}
    links = np.unique(np.column_stack([hub, holder]), axis=0)
    hubs, hub_of = np.unique(links[:, 0], return_inverse=True)
    holders, holder_of = np.unique(links[:, 1], return_inverse=True)
    nodes = len(hubs) + len(holders)
    graph = coo_array((np.ones(len(links), dtype=np.int8), (hub_of, len(hubs) + holder_of)), shape=(nodes, nodes))
    count, label = connected_components(graph, directed=False)
    of_links = np.bincount(label[hub_of], minlength=count)
    of_nodes = np.bincount(label, minlength=count)
    people = np.bincount(label[len(hubs) :], minlength=count)
    first = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(first, label[len(hubs) :], holders)
    return {int(first[n]): float(of_links[n] - of_nodes[n] + 1) / int(people[n]) for n in range(count)}


def probabilities(
    groups: Sequence[Sequence[int]], hub: Whole, holder: Whole, kind: Whole, seed: int = 7
) -> list[float]:
    """For each group the probability that chance would hold some group as densely.

    Shape: `groups` hold places of people, `hub`, `holder` and `kind` one entry a link. Units: 0..1, at least one in
    deals and one. Order: the same links in the same order give the same answer.
    """
    if not groups:
        return []
    own = []
    for group in groups:
        inside = np.isin(holder, np.asarray(group, dtype=np.int64))
        own.append(max(density(hub[inside], holder[inside]).values(), default=0.0))
    deals = int(min(DEALS, max(19, LINKS // max(1, len(hub)))))
    chance = np.random.default_rng(seed)
    as_much = np.zeros(len(groups), dtype=np.int64)
    order = np.argsort(kind, kind="stable")
    bounds = np.flatnonzero(np.diff(kind[order])) + 1
    for _ in range(deals):
        dealt = np.empty_like(holder)
        for part in np.split(order, bounds):
            dealt[part] = chance.permutation(holder[part])
        best = max(density(hub, dealt).values(), default=0.0)
        as_much += best >= np.asarray(own)
    return [round(float((1 + n) / (1 + deals)), 4) for n in as_much]
