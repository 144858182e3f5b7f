"""Templates of the pages, and the words and numbers in them."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bonafides.console.forms import ON_SUBJECT
from bonafides.workflow.habits import outlines


def _percent(p: float) -> str:
    """A probability; none is shown as certain."""
    if 0 < p < 0.0005 or 0.9995 < p < 1:
        return "under 0.1%" if p < 0.5 else "over 99.9%"
    return f"{p:.0%}" if 0.005 <= p <= 0.995 else f"{p:.1%}"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "percent": _percent,
        "db": lambda n: f"{n:+.1f}",
        "money": lambda n: f"{n or 0:,.0f}",
        "words": lambda text: str(text).replace("_", " "),
        "link": lambda tag: str(tag).replace(" ", "-"),
    }
    made.globals |= {"on_subject": ON_SUBJECT, "lands": outlines()}
    return made


def page(name: str, **told: Any) -> str:
    """A page in HTML."""
    return _environment().get_template(f"{name}.html.jinja").render(**told)
