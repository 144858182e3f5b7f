"""Keyed hash of a number that a government gave to one person.

Shape: the text without blanks; case is kept.
Unknown: None for fillers, for days, times and network addresses, for numbers of which only the end is shown or that
an office program rounded, for words without a digit and for anything under six signs.
"""

from functools import partial

from bonafides.kinds.base import Kind, pseudonym, token

KIND = Kind(
    name="government_id",
    title="government id",
    clean=token,
    masks=partial(pseudonym, "government_id"),
    # The same token twice says that two engagements are one person, which explains other ties and makes none.
    ties=False,
    family="",
)
