"""Invented names from six arbitrary lists of syllables, so that no real person is meant.

The list a person's name comes from is the truth's `name_group` (A to F). It is drawn by chance, independent of
everything else in the world: false alarms by group must differ by chance only.
"""

import re

from bonafides.simulate.chance import Dice

GROUPS = "ABCDEF"
# group: heads | tails of given names | heads | tails of family names
_SYLLABLES = """
A: Bel Cor Dar Fen Gal Hal Jor Mel Nor Tam | lin wick mer dra ton
 | Ald Bran Crest Dun Ever Falk Grim Hart Kel Lang | mere holt worth by stead low
B: Ao Eri Ila Oma Uri Ale Ino Ela Aru Ozi | va li ro na mi
 | Amo Bele Cari Dova Eseo Fari Ilo Lumi Nava Oro | retti lane mosa veira nelo dale
C: Zhe Kra Vla Sto Pre Gro Tri Bru Dre Sko | vik zan mir lek dor
 | Brze Cher Dvor Grab Hrad Kolm Lesz Novi Pruz Stav | kin ovar ecz anov insk el
D: Ka Mo Ti Sa Ru No Hi Yu Re Wa | kesh tari mone suri hiro
 | Aka Bisha Chidi Ema Fumo Hako Imi Kita Mbe Naga | mori nwe rana tolu saka beki
E: Quill Thorn Bram Ash Wren Lark Reed Dell Moss Vale | ey en a is o
 | Black Cinder Elder Fallow Gold Heather Iron Juniper Maple Night | brook field gate hollow ridge shaw
F: Xan Jes Pho Lys Cae Ther Nyx Sib Dio Eur | ia os une ander elle
 | Andro Basil Calli Demo Eudo Heli Iso Kyri Leo Myro | pholis ades takis xenos kratis menes
"""
_COMPANY = """
Velo Arden Quanta Bright Cobalt Delta Ember Fathom Garnet Harbor Indigo Juno Krypta Lumen Marl Nimbus Onyx Pylon
Quarry Rivet Sable Tundra Umbra Vertex Willow Xylo Yonder Zephyr | ra wave forge line works grid path stack loom point
mark base
"""
_STREET = """
Alder Birch Cedar Dogwood Elm Foxglove Granite Hawthorn Ivy Juniper Kestrel Larch Magnolia Nutmeg Orchard Poplar
Quarry Rosewood Sycamore Thistle Umber Violet Walnut Yarrow | Street Avenue Drive Lane Court Road Way Place
"""


def _read() -> dict[str, tuple[list[str], ...]]:
    found = {}
    for block in re.split(r"\n(?=[A-F]:)", _SYLLABLES.strip()):
        group, rest = block.split(":", 1)
        found[group] = tuple(part.split() for part in rest.split("|"))
    return found


_LISTS = _read()
_COMPANIES, _COMPANY_ENDS = (part.split() for part in _COMPANY.split("|"))
_STREETS, _STREET_KINDS = (part.split() for part in _STREET.split("|"))


def given_name(dice: Dice, group: str) -> str:
    """A given name from the group's list."""
    heads, tails = _LISTS[group][:2]
    return dice.pick(heads) + dice.pick(tails)


def family_name(dice: Dice, group: str) -> str:
    """A family name from the group's list."""
    heads, tails = _LISTS[group][2:]
    return dice.pick(heads) + dice.pick(tails)


def company_name(dice: Dice) -> str:
    """A company's name, one word."""
    return dice.pick(_COMPANIES) + dice.pick(_COMPANY_ENDS)


def street(dice: Dice) -> str:
    """House number and street."""
    return f"{dice.between(11, 9899)} {dice.pick(_STREETS)} {dice.pick(_STREET_KINDS)}"
