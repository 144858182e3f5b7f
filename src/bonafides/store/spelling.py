"""The same SQL for an engine that lacks our functions as functions: each call is put as that engine puts it.

Shape: only names of functions that stand in a table like `shims.MACROS`, names of types and texts with a quote in them
are spelled otherwise; all else stays as it is.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from sqlglot.dialects.duckdb import DuckDB
from sqlglot.tokenizer_core import Token, TokenType

from bonafides.errors import BadUnit

_TOKENIZER = DuckDB.Tokenizer()
_HEAD = re.compile(r"(\w+)\(([^)]*)\)")


def macros(told: Mapping[str, str]) -> dict[str, tuple[tuple[str, ...], str]]:
    """By name its parameters and its body, of a table as `shims.MACROS`."""
    made = {}
    for head, body in told.items():
        found = _HEAD.fullmatch(head)
        if found is None:
            raise BadUnit(f"{head}: a function is written as name(parameter, …)")
        made[found[1]] = (tuple(p.strip() for p in found[2].split(",")), body)
    return made


class Spelling:
    """How one engine spells functions and types."""

    def __init__(self, told: Mapping[str, str], types: Mapping[str, str], quoted: Callable[[str], str]) -> None:
        """Shape: `quoted` writes a text that has a quote in it."""
        self._types, self._quoted = types, quoted
        self._macros = macros(told)
        self._made: dict[str, tuple[tuple[str, ...], str]] = {}
        self.spelled = lru_cache(maxsize=4096)(self._spelled)

    def _body(self, name: str) -> tuple[tuple[str, ...], str]:
        """Parameters and body of a function, its own calls of others spelled out."""
        if name not in self._made:
            parameters, body = self._macros[name]
            # A body may call what the engine itself has under the function's own name.
            self._made[name] = (parameters, self._put(body, frozenset({name})))
        return self._made[name]

    def _spelled(self, sql: str) -> str:
        return self._put(sql, frozenset())

    def _put(self, sql: str, but: frozenset[str]) -> str:
        tokens = _TOKENIZER.tokenize(sql)
        out: list[str] = []
        at, n = 0, 0
        while n < len(tokens):
            token = tokens[n]
            name = token.text.lower()
            if token.token_type in (TokenType.STRING, TokenType.IDENTIFIER):
                if token.token_type == TokenType.STRING and "'" in token.text:
                    out += [sql[at : token.start], self._quoted(token.text)]
                    at = token.end + 1
                n += 1
                continue
            if (
                name in self._macros
                and name not in but
                and n + 1 < len(tokens)
                and tokens[n + 1].token_type == TokenType.L_PAREN
            ):
                end, pieces = _arguments(sql, tokens, n + 1)
                # With more or fewer arguments it is the engine's own function of that name.
                if len(pieces) == len(self._macros[name][0]):
                    out += [sql[at : token.start], self._called(name, [self._put(p, but) for p in pieces])]
                    at, n = tokens[end].end + 1, end + 1
                    continue
            if name.upper() in self._types:
                out += [sql[at : token.start], self._types[name.upper()]]
                at = token.end + 1
            n += 1
        out.append(sql[at:])
        return "".join(out)

    def _called(self, name: str, pieces: list[str]) -> str:
        parameters, body = self._body(name)
        given = dict(zip(parameters, pieces, strict=True))
        out: list[str] = []
        at = 0
        for token in _TOKENIZER.tokenize(body):
            if token.text in given and token.token_type not in (TokenType.STRING, TokenType.IDENTIFIER):
                piece = given[token.text]
                out += [body[at : token.start], piece if piece.isidentifier() else f"({piece})"]
                at = token.end + 1
        out.append(body[at:])
        return "".join(out)


def _arguments(sql: str, tokens: list[Token], opened: int) -> tuple[int, list[str]]:
    """Where the parenthesis that opens at a token closes, and the texts between its commas."""
    depth, start = 0, tokens[opened].end + 1
    pieces: list[str] = []
    for n in range(opened, len(tokens)):
        kind = tokens[n].token_type
        if kind == TokenType.L_PAREN:
            depth += 1
        elif kind == TokenType.R_PAREN:
            depth -= 1
            if not depth:
                pieces.append(sql[start : tokens[n].start].strip())
                return n, pieces
        elif kind == TokenType.COMMA and depth == 1:
            pieces.append(sql[start : tokens[n].start].strip())
            start = tokens[n].end + 1
    raise BadUnit("a parenthesis is not closed")
