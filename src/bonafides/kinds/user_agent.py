"""What a browser or client calls itself.

Shape: the text with blanks trimmed and runs of them made one.
"""

from functools import partial

from bonafides.kinds.base import Kind, is_filler, pseudonym, visible


def _clean(raw: str) -> str | None:
    text = " ".join(visible(raw).split())
    return None if is_filler(text) else text


KIND = Kind(
    name="user_agent",
    title="client",
    clean=_clean,
    masks=partial(pseudonym, "user_agent"),
    # Millions of strangers run the same browser of the same week: a change is worth seeing, sharing says nothing.
    ties=False,
    family="",
)
