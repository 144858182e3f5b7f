"""What a kind is: how its values are cleaned, what they are worth, how they are shown."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Kind:
    """One type of value that can connect people.

    Shape: `clean` maps raw text to one canonical text, or None when the text is no value of this kind
    (fillers, private addresses, malformed numbers). It is pure and is called once per distinct raw value.
    `masks` maps a canonical value to what is shown before a case is open: enough to tell kinds apart,
    never enough to identify.
    Units: `telling` is the share of shared values of this kind that are a network's rather than an honest
    coincidence, before the data have been looked at, by the number of holders: ascending `(holders, share)`
    pairs, each valid from that many holders on. Estimates from the data (network room) move it.
    `family` names the cause that values of several kinds share: one front door gives two people the same
    network address and the same postal address, so within one family only the strongest counts.
    """

    name: str
    title: str
    clean: Callable[[str], str | None]
    masks: Callable[[str], str]
    ties: bool
    family: str
    telling: tuple[tuple[int, float], ...] = field(default=())

    def share(self, holders: int) -> float:
        """Share of values with so many holders that are a network's, before looking at the data (0..1)."""
        found = 0.0
        for at_least, share in self.telling:
            if holders >= at_least:
                found = share
        return found
