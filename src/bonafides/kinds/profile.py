"""A public profile or site that a person calls their own.

Shape: host and path without scheme, `www.`, query, fragment and trailing slash; the host in lower case. For LinkedIn
and code hosts, where case does not matter, the handle is lower-cased too, and LinkedIn's national hosts are one.
Unknown: None for text that is no web address, for platforms' own pages and company pages, which are nobody's.
"""

import re
from functools import partial
from urllib.parse import quote

from bonafides.kinds.base import Kind, placeholders, pseudonym, visible

_SCHEME = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_HOST = re.compile(r"(?=.{4,253}\Z)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,61}[^\W_])")
_PREFIX = re.compile(r"(?:www[0-9]?|m|mobile)\.(?=.+\.)")
_PATH = re.compile(r"[^\s<>\"\\^`{|}\x00-\x1f\x7f]{0,1000}")
_CASELESS = frozenset({"linkedin.com", "github.com", "gitlab.com", "bitbucket.org", "x.com", "instagram.com"})
_SAME = {"twitter.com": "x.com"}
# Platforms and their own pages: where the host belongs to a platform, the person is in the path.
_NOBODYS = placeholders("profile")
# The two places where LinkedIn keeps people; company, school, job and feed pages are not.
_LINKEDIN_PEOPLE = frozenset({"in", "pub"})


def _person(host: str, steps: list[str]) -> list[str]:
    """The part of a path that names the person; empty where it names none."""
    if host == "linkedin.com":
        # What follows the handle is a section or a language of the same profile.
        return steps[:2] if len(steps) > 1 and steps[0] in _LINKEDIN_PEOPLE else []
    if host == "stackoverflow.com":
        return steps[:2] if len(steps) > 1 and steps[0] == "users" and steps[1].isdigit() else []
    return steps


def _clean(raw: str) -> str | None:
    place = re.split(r"[?#]", _SCHEME.sub("", visible(raw), count=1), maxsplit=1)[0]
    host, _, path = place.partition("/")
    host = _PREFIX.sub("", re.sub(r":(?:80|443)\Z", "", host.lower()).removesuffix("."), count=1)
    if host.endswith(".linkedin.com"):
        host = "linkedin.com"
    host = _SAME.get(host, host)
    path = path.rstrip()
    if not _HOST.fullmatch(host) or not _PATH.fullmatch(path):
        return None
    # Written out or percent-encoded, a name is the same; encoding (never decoding) keeps this stable when repeated.
    path = quote(path, safe="/%:@!$&'()*+,;=~", errors="replace")
    steps = [step for step in path.split("/") if step]
    if host in _CASELESS:
        steps = [step.lower() for step in steps]
    if host in _NOBODYS:
        steps = _person(host, steps)
        if not steps or f"{host}/{steps[0]}".lower() in _NOBODYS:
            return None
    return "/".join([host, *steps])


KIND = Kind(
    name="profile",
    title="public profile",
    clean=_clean,
    masks=partial(pseudonym, "profile"),
    ties=True,
    family="text",
    # A profile is one person's by definition. Honest sharing is one person applying twice, which names and tokens
    # explain, an agency's page, or a portfolio made together.
    telling=((2, 0.05),),
)
