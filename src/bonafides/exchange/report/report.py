"""One self-contained HTML page: nothing is loaded from anywhere, and the same content gives the same bytes."""

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from bonafides.exchange.report import picture, wording
from bonafides.exchange.report.content import Asked, Report

_TEMPLATES = ("page", "outcome", "worklist", "networks", "dossiers", "gaps", "method")


def render(report: Report) -> str:
    """The page. Shape: HTML in UTF-8 whose only script and style are its own, named by hash in its content policy."""
    style, script = _slim(_text("report.css")), _slim(_text("report.js"))
    page = _environment().get_template("page.html.jinja")
    return _slim(
        page.render(
            report=report,
            style=Markup(style),
            script=Markup(script),
            policy=(
                f"default-src 'none'; style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(script)}'; "
                "base-uri 'none'; form-action 'none'"
            ),
            expected_wrong=_expected_wrong(report),
            touched=_touched(report),
            aside=_by_reason(report.intake.set_aside),
            unread=_by_reason(report.intake.unread),
            unattributed=_by_reason(report.intake.unattributed),
            unasked=_unasked(report.asked),
        )
    )


def _text(name: str) -> str:
    return (files("bonafides.exchange.report") / name).read_text("utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    found = Environment(
        loader=DictLoader({f"{name}.html.jinja": _text(f"{name}.html.jinja") for name in _TEMPLATES}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "percent": wording.percent,
        "decibans": wording.decibans,
        "odds": wording.odds,
        "day": wording.day,
        "title_of": wording.title,
        "short_of": wording.short,
        "explanation": wording.hypothesis,
        "strength": wording.strength,
        "hub_label": picture.label,
        "waterfall": picture.waterfall,
        "timeline": picture.timeline,
        "picture": picture.network,
    }
    found.globals |= {"many": wording.many, "money": wording.money, "words": wording, "stays": picture.stays}
    return found


def _slim(text: str) -> str:
    """Lines without indentation and without empty ones: nothing on the page depends on them."""
    return "\n".join(line for raw in text.splitlines() if (line := raw.strip())) + "\n"


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _expected_wrong(report: Report) -> float:
    """Of those to look at, how many are no stand-ins if the probabilities are right."""
    return sum(1 - d.probability("stand_in") for d in report.dossiers if d.tier in ("urgent", "review"))


def _touched(report: Report) -> list[tuple[str, int]]:
    """Controls on guarded assets with how many of those to look at touched some."""
    found: dict[str, int] = defaultdict(int)
    for dossier in report.dossiers:
        if dossier.tier in ("urgent", "review"):
            for control in dossier.controls:
                found[control] += 1
    return sorted(found.items())


def _by_reason(
    rows: Iterable[tuple[str, str, str, int]],
) -> list[tuple[str, str, int, list[tuple[str, int]]]]:
    """Rows of one source and reason together: (source, reason, count, companies with counts), largest first."""
    found: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for company, source, reason, n in rows:
        found[source, reason].append((company, n))
    made = [(source, reason, sum(n for _, n in held), sorted(held)) for (source, reason), held in found.items()]
    return sorted(made, key=lambda r: (-r[2], r[0], r[1]))


def _unasked(asked: Iterable[Asked]) -> list[tuple[str, Asked, str, tuple[str, ...]]]:
    """Indicators that could not be asked: (skipped or failed, indicator, reason, companies), failures first."""
    found: list[tuple[str, Any, str, tuple[str, ...]]] = []
    for one in asked:
        found += [("failed", one, why, companies) for why, companies in one.failed]
        found += [("skipped", one, why, companies) for why, companies in one.skipped]
    return sorted(found, key=lambda r: (r[0], -len(r[3]), r[1].indicator, r[2]))
