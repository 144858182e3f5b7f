"""A person's mailbox.

Shape: lower case, without display name and plus-tag; at gmail.com and googlemail.com, which are one, without dots.
Unknown: None without exactly one @ and a dotted domain, and for role mailboxes, which are nobody's.
"""

import re
from functools import partial

from bonafides.kinds.base import FILLERS, Kind, placeholders, pseudonym, visible

_ANGLED = re.compile(r"[^<>]*<([^<>]+)>")
_LOCAL = re.compile(r"[^\s@,;:<>()\[\]\\\"\x00-\x1f\x7f]{1,64}")
_DOMAIN = re.compile(r"(?=.{4,253}\Z)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,61}[^\W_])")
_DOTLESS = frozenset({"gmail.com", "googlemail.com"})
# Compared without dots, dashes and underscores. A referee given as a role is a company, not a person, and a
# recruiter's or payroll's mailbox stands in hundreds of honest records.
_ROLES = placeholders("email")


def _clean(raw: str) -> str | None:
    text = visible(raw).removeprefix("mailto:")
    if angled := _ANGLED.fullmatch(text):
        text = angled[1].strip()
    local, at, domain = text.lower().partition("@")
    domain = domain.removesuffix(".")
    local = local.partition("+")[0]
    if domain in _DOTLESS:
        local, domain = local.replace(".", ""), "gmail.com"
    if not (at and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain)):
        return None
    role = re.sub(r"[._-]", "", local)
    if role in _ROLES or local in FILLERS:
        return None
    return f"{local}@{domain}"


KIND = Kind(
    name="email",
    title="e-mail address",
    clean=_clean,
    masks=partial(pseudonym, "email"),
    ties=True,
    family="contact",
    # A mailbox that two people give is a couple's, a parent's or a former colleague's named as referee by several:
    # referees are the common case, and they are honest.
    telling=((2, 0.02),),
)
