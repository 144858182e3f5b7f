"""A key that signs commits.

Shape: for OpenPGP and X.509 the last 16 hex digits of the fingerprint in upper case, so that a whole fingerprint and
the long key id meet; for SSH `SHA256:` and the fingerprint as OpenSSH prints it, which is also computed from a public
key.
Unknown: None for ids under 16 hex digits (others can make a key with the same short id) and for keys with which a code
host signs everybody's merges.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from functools import partial
from hashlib import sha256

from bonafides.kinds.base import Kind, placeholders, pseudonym, visible

_HEX = re.compile(r"[0-9A-F]{16,128}")
_SSH_PRINT = re.compile(r"SHA256:([A-Za-z0-9+/]{43})=?")
_SSH_KEY = re.compile(r"(?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]+ +([A-Za-z0-9+/]{40,}={0,2})(?: .*)?")
# GitHub's web-flow keys: they sign what any user merges or edits in the browser.
_EVERYBODYS = placeholders("signing_key")


def _clean(raw: str) -> str | None:
    text = visible(raw)
    if ssh := _SSH_PRINT.fullmatch(text):
        return f"SHA256:{ssh[1]}"
    if key := _SSH_KEY.fullmatch(text):
        try:
            blob = b64decode(key[1], validate=True)
        except NotBase64:
            return None
        return "SHA256:" + b64encode(sha256(blob).digest()).decode().rstrip("=")
    digits = re.sub(r"[\s:]", "", text.upper().removeprefix("MD5:").removeprefix("0X"))
    if not _HEX.fullmatch(digits):
        return None
    value = digits[-16:]
    return None if len(set(value)) < 4 or value.lower() in _EVERYBODYS else value


KIND = Kind(
    name="signing_key",
    title="signing key",
    clean=_clean,
    masks=partial(pseudonym, "signing_key"),
    ties=True,
    family="code",
    # A key is meant to be one person's; honest sharing is a build machine, a bot or a pair's common computer. Most
    # shared keys are of that sort, since automation signs far more commits than any network does.
    telling=((2, 0.02),),
)
