"""The referral pack as one page to read and print: the same content in the same order, self-contained."""

from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from bonafides.exchange.case.base import CaseExport, CaseFile
from bonafides.exchange.case.referral import pack


def _encode(case: CaseFile) -> bytes:
    text = (files("bonafides.exchange.case") / "referral_page.html.jinja").read_text("utf-8")
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.from_string(text).render(pack=pack(case)).encode("utf-8", "replace")


EXPORT = CaseExport("referral_page", "referral pack as a page to read and print", ".html", _encode, ())
