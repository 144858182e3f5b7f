"""Name of a machine on the network that was looked up or connected to.

Shape: lower case, without the port and the trailing dot.
Unknown: None for addresses (they are no names), for `localhost`, and for text that is no host name.
"""

import re
from functools import partial

from bonafides.kinds.base import Kind, is_filler, pseudonym, visible

_NAME = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*"
)
_PORT = re.compile(r":[0-9]{1,5}\Z")
_LOCAL = frozenset({"localhost", "localhost.localdomain"})


def _clean(raw: str) -> str | None:
    text = _PORT.sub("", visible(raw).lower()).removesuffix(".")
    if not text.isascii():
        # Names in other scripts arrive in both writings; the one on the wire is the ASCII one.
        try:
            text = text.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    # The last label of a real name is never all digits (RFC 3696), so this refuses every IPv4 address.
    if text.rpartition(".")[2].isdigit() or text in _LOCAL or is_filler(text) or not _NAME.fullmatch(text):
        return None
    return text


KIND = Kind(
    name="host",
    title="host",
    clean=_clean,
    masks=partial(pseudonym, "host"),
    # Everybody goes to the same places: hosts are read for what they are, never for who else went there.
    ties=False,
    family="",
)
