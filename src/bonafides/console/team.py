"""A team's file: where the console stands, which identity provider signs people in, and who has which role."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bonafides.cases.rules import ROLES
from bonafides.errors import BadSettings
from bonafides.settings import yaml_of

_KEYS = frozenset({"address", "issuer", "client_id", "members"})


@dataclass(frozen=True)
class Team:
    """Shape: `address` is where browsers reach the console, without a path; `issuer` the identity provider's URL, as it
    calls itself; `members` has a role by mail address, in lower case. The client's secret is not in the file.
    """

    address: str
    issuer: str
    client_id: str
    members: Mapping[str, str]

    @property
    def back(self) -> str:
        """Where the identity provider sends people back to."""
        return f"{self.address}/signed-in"


def read(path: Path) -> Team:
    """The team that a YAML file describes.

    Raises: BadSettings naming the file and what is wrong in it.
    """
    told = yaml_of(path)
    if not isinstance(told, dict) or set(told) != _KEYS:
        raise BadSettings(f"{path}: a team's file has {', '.join(sorted(_KEYS))}, and nothing else")
    for key in ("address", "issuer"):
        parts = urlsplit(str(told[key]))
        is_here = parts.hostname in ("127.0.0.1", "localhost", "::1")
        if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and is_here)):
            raise BadSettings(f"{path}: {key} is an https address (http only on this machine)")
    members = told["members"]
    if not isinstance(members, dict) or not members:
        raise BadSettings(f"{path}: members maps mail addresses to roles")
    for mail, role in members.items():
        if role not in ROLES or "@" not in str(mail):
            raise BadSettings(f"{path}: members maps mail addresses to one of {', '.join(ROLES)}")
    return Team(
        str(told["address"]).rstrip("/"),
        str(told["issuer"]),
        str(told["client_id"]),
        {str(mail).casefold(): role for mail, role in members.items()},
    )
