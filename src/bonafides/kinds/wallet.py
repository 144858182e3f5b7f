"""A virtual-currency address.

Shape: the bare address: payment schemes (`bitcoin:…`) and requested amounts are dropped; addresses that are written in
any case (EVM `0x…`, bech32) are lower-cased, all others keep their case, which is part of their check sum. A
destination tag or memo stays, after a colon: an exchange gives all its customers one address and each a tag.
Unknown: None under 20 signs, for addresses shortened for display, and for addresses to which coins are sent to be lost.
"""

import re
from functools import partial

from bonafides.kinds.base import Kind, is_filler, placeholders, pseudonym, visible

_SCHEME = re.compile(
    r"(?:bitcoin|bitcoincash|litecoin|dogecoin|dash|ethereum|tron|ripple|xrp|monero|solana|stellar|cardano|pay):(?://)?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[A-Za-z0-9_-]{20,256}")
_TAG = re.compile(r"(?:^|&)(?:dt|tag|memo|memoid)=([A-Za-z0-9]{1,64})(?:&|$)", re.IGNORECASE)
_PLAIN_TAG = re.compile(r"[A-Za-z0-9]{1,64}")
_EVM = re.compile(r"0[xX][0-9a-fA-F]{40}")
_BECH32 = re.compile(r"(?:bc|tb|ltc|addr|cosmos|osmo)1[a-z0-9]+", re.IGNORECASE)
# A key that hashes to one sign twelve times running cannot be found: coins are sent there to be lost.
_BURNT = re.compile(r"(.)\1{11}")
_NOBODYS = placeholders("wallet")


def _clean(raw: str) -> str | None:
    text = visible(raw)
    if is_filler(text):
        return None
    scheme = _SCHEME.match(text)
    address, _, query = text[scheme.end() if scheme else 0 :].partition("?")
    # EIP-681: `ethereum:0x…@1` names the chain.
    address = address.partition("@")[0]
    address, colon, tag = address.partition(":")
    if colon and not _PLAIN_TAG.fullmatch(tag):
        return None
    if not colon and (asked := _TAG.search(query)):
        tag = asked[1]
    if not _ADDRESS.fullmatch(address):
        return None
    if _EVM.fullmatch(address) or (_BECH32.fullmatch(address) and address in (address.lower(), address.upper())):
        address = address.lower()
    if _BURNT.search(address) or address.lower() in _NOBODYS:
        return None
    return f"{address}:{tag}" if tag else address


KIND = Kind(
    name="wallet",
    title="virtual-currency address",
    clean=_clean,
    masks=partial(pseudonym, "wallet"),
    ties=True,
    family="money",
    # A wallet is one keyholder's; two workers paid into one are a couple, one person twice, customers of an exchange
    # whose tags were lost on the way, or a network. Rare enough among honest people to say more than a bank account.
    telling=((2, 0.1), (3, 0.3)),
)
