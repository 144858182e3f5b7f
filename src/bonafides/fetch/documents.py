"""The items of JSON that is not written one item a line: lists, envelopes round a list, objects over several lines."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bonafides.fetch.folders import PEEK_BYTES, WRAPPED
from bonafides.fetch.streams import NO_TEXT

_BLANK = re.compile(r"[ \t\r\n\ufeff]*")
_READ_AHEAD = 1 << 20
_LOST = "; what follows is lost"


def documents(chunks: Iterator[str], longest: int) -> Iterator[tuple[int, str, str | None]]:
    """Each item as (number from 1, its text on one line, why it cannot be used or None).

    Why: the text stays as the vendor wrote it but for line ends, so that hashes and numbers stay too. Nothing but one
    item is held at a time. What comes after a place that is no JSON cannot be told apart, so it is one item.
    """
    yield from _Reader(chunks, longest).items()


def _refuse(_: str) -> Any:
    raise ValueError


class _Reader:
    """Text that is read on as it is needed."""

    def __init__(self, chunks: Iterator[str], longest: int) -> None:
        self._chunks = chunks
        self._longest = longest
        self._decode = json.JSONDecoder(parse_constant=_refuse).raw_decode
        self._text = ""
        self._place = 0

    def items(self) -> Iterator[tuple[int, str, str | None]]:
        number, listed, wrapped = 0, False, 0
        while True:
            character = self._next("," if listed else "")
            if not character:
                if listed:
                    yield 0, "", "the document ends before its list does"
                return
            if listed and character == "]":
                self._place += 1
                listed = False
                while wrapped:
                    if not self._end_of_envelope():
                        yield 0, "", "the document ends before its envelope does"
                        return
                    wrapped -= 1
            elif not listed and character == "[":
                self._place += 1
                listed = True
            elif not listed and character == "{" and (wrapped := self._envelope()):
                listed = True
            else:
                number += 1
                text, reason = self._item()
                yield number, text, reason
                if reason and reason.endswith(_LOST):
                    return

    def _item(self) -> tuple[str, str | None]:
        try:
            value, text = self._value()
        except (ValueError, RecursionError) as why:
            told = "nested too deeply" if isinstance(why, RecursionError) else getattr(why, "msg", "an odd number")
            return self._text[self._place : self._place + 1024], f"not JSON: {told}{_LOST}"
        if not isinstance(value, dict):
            return text, "not a JSON object"
        return text.replace("\r", " ").replace("\n", " "), "bytes that are no text" if NO_TEXT in text else None

    def _value(self) -> tuple[Any, str]:
        """The JSON value at the place, read on until it is whole, and its text. Raises: ValueError, RecursionError."""
        while True:
            try:
                value, end = self._decode(self._text, self._place)
            except ValueError:
                held = len(self._text) - self._place
                if held > self._longest or not self._have(2 * held + _READ_AHEAD):
                    raise
                continue
            if end == len(self._text) and self._have(end - self._place + 1):
                continue  # a number may go on
            text = self._text[self._place : end]
            self._place = end
            return value, text

    def _envelope(self) -> int:
        """Pass over what stands before an envelope's list; answers how many objects lie round it."""
        self._have(PEEK_BYTES)
        found = WRAPPED.match(self._text, self._place)
        if found is None:
            return 0
        self._place = found.end()
        return 2 if found["inner"] else 1

    def _end_of_envelope(self) -> bool:
        """Pass over what an envelope says after its list; False where it does not end."""
        try:
            while (character := self._next("")) == ",":
                self._place += 1
                self._next("")
                self._value()
                if self._next("") != ":":
                    return False
                self._place += 1
                self._next("")
                self._value()
        except (ValueError, RecursionError):
            return False
        self._place += 1
        return character == "}"

    def _next(self, pass_over: str) -> str:
        """The next character that is neither blank nor to be passed over; empty at the end."""
        while True:
            self._place = _BLANK.match(self._text, self._place).end()  # type: ignore[union-attr]  # matches nothing too
            if self._place == len(self._text):
                if not self._have(1):
                    return ""
            elif self._text[self._place] == pass_over:
                self._place += 1
            else:
                return self._text[self._place]

    def _have(self, wanted: int) -> bool:
        """Read on until that many characters lie ahead; False if nothing more came."""
        have, more = len(self._text) - self._place, []
        while have < wanted and (chunk := next(self._chunks, None)) is not None:
            more.append(chunk)
            have += len(chunk)
        if more:
            self._text, self._place = self._text[self._place :] + "".join(more), 0
        return bool(more)
