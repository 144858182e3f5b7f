"""Keep personal data out of messages: logs hold record references, never values."""

import re

_PATTERNS = (
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "<e-mail>"),
    (re.compile(r"\b\d{1,3}(\.\d{1,3}){3}\b"), "<address>"),
    (re.compile(r"\b[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){3,7}\b"), "<address>"),
    (re.compile(r"\+?\d[\d ().-]{8,}\d"), "<number>"),
    (re.compile(r'"[^"]{0,2000}"'), "<text>"),
)


def redacted(text: str) -> str:
    """The text with everything that looks like a person's data taken out, one line, at most 300 characters."""
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return " ".join(text.split())[:300]
