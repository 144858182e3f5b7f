"""Belief propagation over shared values: what is known of the other holders travels to each holder.

A shared value (hub) is either a network's or an honest coincidence. In the first case each holder is a stand-in
with the hub's probability `held`, in the second with `free` times the prior (1 for a shared thing; next to 0 where
the holders are one person, who is a stand-in everywhere or nowhere); holders' own evidence then says which case it is,
and the case speaks back to each holder.
Why not pairs: a value that k people hold would be counted k - 1 times, once for each pair, and a shared house of
four would convict itself. As one factor it is counted once, whatever k, and members whom somebody met in person
switch it off.

What one person's engagements hold in common is told to each of them by itself. So where one speaks for the other,
as the same person, that is left out: else one exit that both sign in from would count once for each and once more
between them.

What merely holding the value with unknown people is worth is a finding's business; so messages are taken against
the message that holders of prior standing would send, and unknown company adds nothing.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_ROUNDS = 200
_TOLERANCE = 0.01  # decibans
_DAMPING = 0.5
_FLOOR = 1e-12

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Beliefs:
    """Shape: `message` is what each (hub, holder) edge tells the holder, decibans; `counted` whether it is the strongest of
    its family for that holder; `converged` false where the rounds ran out.
    """

    message: Floats
    counted: NDArray[np.bool_]
    score: Floats
    converged: bool
    rounds: int


def propagate(
    own: Floats,
    hub: Whole,
    holder: Whole,
    family: Whole,
    party: Whole,
    share: Floats,
    held: Floats,
    free: Floats,
    prior: float,
    cap: Floats,
    echo: Floats,
    given: Floats,
) -> Beliefs:
    """Messages along all edges until they settle.

    Shape: `own` decibans of stand_in against all else for each subject; `hub`, `holder`, `family` and `party` one entry
    an edge; `share`, `held` and `free` one a hub; `cap` the most that ties together may add to each subject; `echo` and
    `given` one an edge: decibans of the holder's own that the hub's other holders have by themselves, and that findings
    gave for holding it.
    """
    message = np.zeros(len(hub))
    counted = np.zeros(len(hub), dtype=bool)
    if not len(hub):
        return Beliefs(message, counted, own.copy(), True, 0)
    order = np.argsort(hub, kind="stable")
    hub, holder, family, party = hub[order], holder[order], family[order], party[order]
    places, place_of = np.unique(hub * (int(party.max()) + 1) + party, return_inverse=True)
    hub_of_place = places // (int(party.max()) + 1)
    first_place = np.flatnonzero(np.r_[True, hub_of_place[1:] != hub_of_place[:-1]])
    place_sizes = np.diff(np.r_[first_place, len(places)])
    of_held, of_free = held[hub], free[hub]
    of_share = _share_given(share[hub], of_held, given[order], prior)
    slot = holder * (int(family.max()) + 1) + family
    slots, slot_of = np.unique(slot, return_inverse=True)
    slot_holder = slots // (int(family.max()) + 1)
    message = message[order]
    echo_edge, echo_slot = _echoes(hub, holder, slot_of, free)
    converged, rounds = False, 0
    at_prior = np.zeros(len(hub))
    while rounds < _ROUNDS and not converged:
        rounds += 1
        best = _strongest(message, slot_of, len(slots))
        told = np.zeros(len(own))
        np.add.at(told, slot_holder, best)
        # The holder's belief without the whole family of this value: what the same cause says twice is not news.
        known = told[holder] - best[slot_of]
        np.subtract.at(known, echo_edge, best[echo_slot])
        belief = _probability(own[holder] - echo[order] + np.minimum(known, cap[holder]))
        support = np.log(np.maximum(_FLOOR, belief * of_held / prior + (1 - belief) * (1 - of_held) / (1 - prior)))
        doubt = np.log(np.maximum(_FLOOR, belief * of_free + (1 - belief)))
        # One party speaks once, by its strongest voice, and not to its own: what joins a household is its home.
        voice = _strongest(support - doubt, place_of, len(places))
        rest = np.repeat(np.add.reduceat(voice, first_place), place_sizes)[place_of] - voice[place_of]
        told_now = _told(of_share, of_held, of_free, rest, prior)
        fresh = told_now - _told(of_share, of_held, of_free, at_prior, prior)
        change = float(np.max(np.abs(fresh - message)))
        message = _DAMPING * message + (1 - _DAMPING) * fresh
        converged = change < _TOLERANCE
    best = _strongest(message, slot_of, len(slots))
    counted = np.zeros(len(hub), dtype=bool)
    hits = np.flatnonzero(message == best[slot_of])
    _, first = np.unique(slot_of[hits], return_index=True)
    counted[hits[first]] = True
    told = np.zeros(len(own))
    np.add.at(told, slot_holder, best)
    back_message, back_counted = np.empty_like(message), np.empty_like(counted)
    back_message[order], back_counted[order] = message, counted
    return Beliefs(back_message, back_counted, own + np.minimum(told, cap), converged, rounds)


def _echoes(hub: Whole, holder: Whole, slot_of: Whole, free: Floats) -> tuple[Whole, Whole]:
    """Edges of the hubs that join one person, each with the slots of what another engagement of that person holds too."""
    one = np.flatnonzero(free[hub] < 1)
    of_person = defaultdict(list)
    for edge in one.tolist():
        of_person[int(holder[edge])].append(edge)
    together: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for edge in np.flatnonzero(np.isin(holder, holder[one])).tolist():
        for own in of_person[int(holder[edge])]:
            if hub[own] != hub[edge]:
                together[int(hub[own]), int(hub[edge])].append((own, int(slot_of[edge])))
    found = sorted({pair for pairs in together.values() if len(pairs) > 1 for pair in pairs})
    edges, slots = np.array(found, dtype=np.int64).reshape(-1, 2).T
    return edges, slots


def _strongest(message: Floats, slot_of: Whole, slots: int) -> Floats:
    """Of the messages of one family to one holder the one furthest from zero; for equals the greater."""
    high, low = np.full(slots, -np.inf), np.full(slots, np.inf)
    np.maximum.at(high, slot_of, message)
    np.minimum.at(low, slot_of, message)
    return np.where(np.abs(low) > np.abs(high), low, high)


def _share_given(share: Floats, held: Floats, given: Floats, prior: float) -> Floats:
    """The share with which unknown company says no more than findings gave: where a finding is worth less than the value,
    as those of shared homes are, so is the value to begin with, and known company can still say it all.
    """
    least = (np.power(10.0, given / 10) - 1) / np.maximum(_FLOOR, held / prior - 1)
    return np.where(given > 0, np.minimum(share, np.maximum(_FLOOR, least)), share)


def _told(share: Floats, held: Floats, free: Floats, rest: Floats, prior: float) -> Floats:
    """What a hub says to a holder when the rest of its holders support `rest` (natural log) that it is a network's."""
    network = np.log(share) + np.clip(rest, -60, 60)
    honest = np.log1p(-share)
    yes = np.logaddexp(honest + np.log(free), network + np.log(held / prior))
    no = np.logaddexp(honest, network + np.log((1 - held) / (1 - prior)))
    return np.asarray((yes - no) * 10 / np.log(10))


def _probability(decibans: Floats) -> Floats:
    return np.asarray(1 / (1 + np.power(10.0, -np.clip(decibans, -300, 300) / 10)))
