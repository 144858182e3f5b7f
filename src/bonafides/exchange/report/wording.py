"""Words for what tables name with ids: hypotheses, claims, tiers, what explains a tie, kinds in short."""

from collections.abc import Mapping
from datetime import date

HYPOTHESES: Mapping[str, tuple[str, str]] = {
    "genuine": ("genuine", "everything is as the person says"),
    "elsewhere": ("elsewhere", "the right person, working from a place not disclosed"),
    "overextended": ("overextended", "the right person, with other jobs or subcontractors not disclosed"),
    "hijacked": ("account taken over", "somebody from outside got into the account"),
    "stand_in": ("stand-in", "somebody other than the claimed person does the work"),
}
WEIGHED = ("elsewhere", "overextended", "hijacked", "stand_in")

CLAIMS: Mapping[str, str] = {
    "identity": "is the person named in the documents",
    "location": "lives and works at the stated place",
    "custody": "keeps the company's computer",
    "authorship": "does the work without anybody else",
    "payee": "receives the pay",
    "history": "has the stated background and referees",
    "exclusivity": "holds no other job that gets in the way of this one",
    "stewardship": "uses data and access for the job alone",
}
# What a company could record so that the claim can be tested next time.
CONTROLS: Mapping[str, tuple[str, str]] = {
    "identity": ("checks in person, by notary or in a live call; applications; government id tokens", "verification"),
    "location": ("sign-ins with addresses and places, and claimed homes", "sign_in, worker"),
    "custody": ("shipments, device inventory, what is attached to computers", "shipment, device, peripheral"),
    "authorship": ("programs and connections on computers, commits, meetings", "process, connection, commit, meeting"),
    "payee": ("accounts asked for and accounts paid to", "payee, payment"),
    "history": ("applications with résumé, referees and profiles; calls back to them", "application, verification"),
    "exclusivity": ("the same records of more than one employer, side by side", "worker, sign_in, commit"),
    "stewardship": ("actions on services, and a list of guarded assets", "activity, asset"),
}
STANDINGS: Mapping[str, tuple[str, str]] = {
    "corroborated": ("✓", "borne out"),
    "contradicted": ("✗", "contradicted"),
    "mixed": ("±", "borne out and contradicted"),
    "quiet": ("–", "asked, nothing found"),
    "untested": ("?", "untested"),
}
TIERS: Mapping[str, tuple[str, str]] = {
    "urgent": ("■", "look at these first: strong evidence, and pay or guarded assets at stake"),
    "review": ("◆", "look at these: more likely than not that a claim does not hold"),
    "watch": ("○", "nothing to do yet: weak evidence, or another explanation than genuine leads"),
    "clear": ("·", "nothing that stands out"),
}
STEPS: Mapping[str, str] = {
    "prior": "before any evidence",
    "finding": "finding",
    "tie": "tie",
    "cap": "limit on what ties may add",
}
EXPLAINED: Mapping[str, str] = {
    "person": "explained: one person, by the same government id token or by name and own things",
    "agency": "explained: both declare the same agency",
    "company": "explained: the value is the company's own line, tool or stock",
    "household": "explained: both claim the same home, so it is taken for one household",
    "crowd": "explained: values like it are shared by strangers about as often as chance brings",
    "succession": "explained: one held it after the other, never on the same day",
}
LANES: Mapping[str, str] = {
    "engagement": "job",
    "equipment": "equipment",
    "access": "access",
    "pay": "pay",
    "check": "checks",
    "finding": "against",
    "favour": "in favour",
}
# Short marks for kinds in a picture, where colour alone must not tell them apart.
SHORT: Mapping[str, str] = {
    "bank_account": "PAY",
    "wallet": "WAL",
    "phone": "TEL",
    "email": "MAIL",
    "ip": "LINE",
    "postal_address": "DOOR",
    "resume": "CV",
    "signing_key": "KEY",
    "device_serial": "DEV",
    "peripheral_serial": "USB",
    "profile": "WEB",
    "government_id": "ID",
}
TITLES: Mapping[str, str] = {
    "bank_account": "account paid to",
    "wallet": "wallet",
    "phone": "telephone number",
    "email": "e-mail address",
    "ip": "network line",
    "postal_address": "postal address",
    "resume": "résumé text",
    "signing_key": "signing key",
    "device_serial": "computer",
    "peripheral_serial": "attached thing",
    "profile": "public profile",
    "government_id": "one person (government id, or name and own things)",
    "user_agent": "browser",
    "ties": "ties together",
    "prior": "how common each explanation is among workers",
}


# Beyond these odds the model's own errors are likelier than what it says.
MOST_ODDS = 10_000


def short(kind: str) -> str:
    """A kind's mark in pictures."""
    return SHORT.get(kind, kind[:4].upper())


def title(kind: str) -> str:
    """A kind in words."""
    return TITLES.get(kind, kind.replace("_", " "))


def hypothesis(name: str) -> str:
    """An explanation in words."""
    return HYPOTHESES.get(name, (name.replace("_", " "), ""))[0]


def percent(share: float) -> str:
    """A probability for people: never 0 % or 100 %, which nothing here could know."""
    if share < 0.001:
        told = "<0.1"
    elif share > 0.999:
        told = ">99.9"
    else:
        told = f"{share * 100:.1f}" if share < 0.1 or share > 0.9 else f"{share * 100:.0f}"
    return f"{told}\N{NO-BREAK SPACE}%"


def decibans(amount: float) -> str:
    """Decibans with a sign; a true minus, so that figures stand under one another."""
    text = f"{abs(amount):.2f}"
    return text if text == "0.00" else f"{'−' if amount < 0 else '+'}{text}"


def odds(amount: float) -> str:
    """What so many decibans mean as odds."""
    ratio = 10 ** (abs(amount) / 10)
    if ratio > MOST_ODDS:
        return f"more than {MOST_ODDS:,} to 1 {'for' if amount >= 0 else 'against'}"
    told = f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}"
    return f"{told} to 1 {'for' if amount >= 0 else 'against'}"


def money(amount: float, currency: str) -> str:
    """An amount in whole units.

    Why rounded twice: sums of cents differ in their last bits with the order of adding, and half a unit would tip over.
    """
    told = f"{round(amount, 2):,.0f}"
    return f"{told} {currency}" if currency else told


def day(on: date | None) -> str:
    """A day as the page writes it."""
    return on.isoformat() if on else "not known"


def many(n: int, one: str, more: str = "") -> str:
    """A count with its noun."""
    return f"{n:,} {one if n == 1 else more or one + 's'}"


def strength(weight: float) -> str:
    """Decibans in a word."""
    size = abs(weight)
    return "strong" if size >= 15 else "fair" if size >= 7 else "weak"
