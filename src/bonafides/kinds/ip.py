"""A public network address: one IPv4 address, or the /64 of an IPv6 address.

Shape: `192.0.2.1`, or `2001:db8:1:2::/64`: providers hand a household one /64 or more, and computers change the
lower half daily, so the /64 is what stays and what people under one roof share. IPv4 inside IPv6 (mapped, 6to4,
Teredo, NAT64) is the IPv4 address.
Unknown: None for private, shared, loopback, link-local, unspecified and multicast ranges, for service names and for
zero-padded octets (`010` is eight to some readers and ten to others: refused, never guessed).
"""

from functools import partial
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network

from bonafides.kinds.base import Kind, pseudonym, visible

# Addresses that many unrelated networks use at once, so that sharing one says nothing. Written out rather than
# asked of `ipaddress.is_private`, whose answer changes with the Python patch level and takes in the ranges
# reserved for documentation and tests, which invented worlds use as public ones.
_NOT_PUBLIC_4 = tuple(
    (int(network.network_address), int(network.broadcast_address))
    for network in map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",  # carrier-grade NAT
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.168.0.0/16",
            "224.0.0.0/4",
            "255.255.255.255/32",
        ),
    )
)
_GLOBAL_6 = IPv6Network("2000::/3")
# Translated addresses share one /64 the world over; the customer is in the low 32 bits.
_NAT64 = IPv6Network("64:ff9b::/96")


def _clean_4(address: IPv4Address) -> str | None:
    number = int(address)
    return None if any(low <= number <= high for low, high in _NOT_PUBLIC_4) else str(address)


def _clean_6(address: IPv6Address) -> str | None:
    embedded = address.ipv4_mapped or address.sixtofour
    if embedded is None and address.teredo is not None:
        embedded = address.teredo[1]
    if embedded is None and address in _NAT64:
        embedded = IPv4Address(int(address) & 0xFFFFFFFF)
    if embedded is not None:
        return _clean_4(embedded)
    if address not in _GLOBAL_6:
        return None
    return f"{IPv6Address(int(address) >> 64 << 64)}/64"


def _without_port(text: str) -> str:
    """The address part of `192.0.2.1:443` and `[2001:db8::1]:443`."""
    if text.startswith("["):
        inside, bracket, port = text[1:].partition("]")
        return inside if bracket and (not port or (port[0] == ":" and port[1:].isdigit())) else ""
    if text.count(":") == 1:
        host, _, port = text.partition(":")
        return host if port.isdigit() else ""
    return text


def _clean(raw: str) -> str | None:
    text = _without_port(visible(raw))
    text, slash, length = text.partition("/")
    if slash and not (length.isascii() and length.isdigit()):
        return None
    if ":" not in text:
        # A wider network than one address is not an address.
        if slash and length != "32":
            return None
        try:
            return _clean_4(IPv4Address(text))
        except AddressValueError:
            return None
    if slash and not 64 <= int(length[:4]) <= 128:
        return None
    try:
        return _clean_6(IPv6Address(text.partition("%")[0]))
    except AddressValueError:
        return None


KIND = Kind(
    name="ip",
    title="network address",
    clean=_clean,
    masks=partial(pseudonym, "ip"),
    ties=True,
    family="network",
    # Carriers, campuses, cafés, hotels, leases that move on and company exits make nearly all sharing honest; more
    # holders of one line that is nobody's exit are a little more telling, because a home seldom has five workers.
    telling=((2, 0.002), (3, 0.01), (5, 0.02)),
)
