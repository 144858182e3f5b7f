"""Which engagements and applications are one person's, where no government id says so."""

import hashlib

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from bonafides.store.duckdb import Store

# Where people give what is their own, as against what they share with whoever uses one line or one computer.
OWN = (
    "worker:personal_email", "worker:phone", "worker:address", "application:email", "application:phone",
    "application:address", "application:profile_urls", "payee:account_token", "payee:wallet",
)  # fmt: skip
# What one person alone uses; a telephone and a home are shared by father and son of one name too.
_ALONE = ("email", "bank_account", "wallet", "profile")
# More holders than this are an agency's or a filler's.
_MOST_HOLDERS = 12


def link(store: Store) -> None:
    """Fill in `subject.person` where no government id token was given: documents of one full name that share what one
    person alone uses, or three kinds of things.

    Shape: who has a token keeps it; who has none takes that of the documents that share most, or, where none of them
    has one, an id made from the first of the group. Different tokens, or different dates of birth, are different people.
    Why: one person's second job or second application must not tie them to themself, and an export that leaves the
    token out must not hide that two engagements are one person's.
    """
    _alike(store)
    store.execute(
        """UPDATE subject SET person = b.person FROM (
          SELECT company, subject_id, max_by(person, in_order(kinds, person)) AS person
          FROM (SELECT x.a_company AS company, x.a AS subject_id, y.person, x.kinds FROM alike AS x
                JOIN subject AS y ON y.company = x.b_company AND y.subject_id = x.b
                UNION ALL SELECT x.b_company, x.b, y.person, x.kinds FROM alike AS x
                JOIN subject AS y ON y.company = x.a_company AND y.subject_id = x.a) AS n
          WHERE person IS NOT NULL GROUP BY company, subject_id) AS b
        WHERE subject.company = b.company AND subject.subject_id = b.subject_id AND subject.person IS NULL"""
    )
    _unnamed(store)


def _alike(store: Store) -> None:
    """`alike`: pairs of subjects, one of them at least without a token, whose documents seem one person's."""
    own = ", ".join(f"'{via}'" for via in OWN)
    alone = ", ".join(f"'{kind}'" for kind in _ALONE)
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE alike AS
        WITH born AS (SELECT company, worker_id, max(birth_date) AS born_on FROM worker GROUP BY company, worker_id),
        named AS (
          SELECT s.company, s.subject_id, folded(s.given_name) || ' ' || folded(s.family_name) AS name, s.person, b.born_on
          FROM subject AS s LEFT JOIN born AS b ON b.company = s.company AND b.worker_id = s.subject_id),
        own AS (
          SELECT DISTINCT g.company, g.subject_id, g.kind, g.value, n.name, n.person, n.born_on FROM sighting AS g
          JOIN named AS n ON n.company = g.company AND n.subject_id = g.subject_id AND n.name IS NOT NULL WHERE g.via IN ({own})),
        few AS (SELECT kind, value FROM own GROUP BY kind, value HAVING count(*) BETWEEN 2 AND {_MOST_HOLDERS})
        SELECT x.company AS a_company, x.subject_id AS a, y.company AS b_company, y.subject_id AS b, count(DISTINCT x.kind) AS kinds
        FROM own AS x JOIN few AS f ON f.kind = x.kind AND f.value = x.value
        JOIN own AS y ON y.kind = x.kind AND y.value = x.value AND y.name = x.name AND (x.company, x.subject_id) < (y.company, y.subject_id)
        WHERE (x.person IS NULL OR y.person IS NULL) AND (x.born_on = y.born_on) IS NOT FALSE
        GROUP BY ALL HAVING count(DISTINCT x.kind) >= 3 OR bool_or(x.kind IN ({alone}))"""
    )


def _unnamed(store: Store) -> None:
    """Groups none of whom has a token."""
    pairs = store.rows(
        """SELECT p.a_company, p.a, p.b_company, p.b FROM alike AS p
        JOIN subject AS x ON x.company = p.a_company AND x.subject_id = p.a AND x.person IS NULL
        JOIN subject AS y ON y.company = p.b_company AND y.subject_id = p.b AND y.person IS NULL ORDER BY ALL"""
    )
    ends = sorted({(p["a_company"], p["a"]) for p in pairs} | {(p["b_company"], p["b"]) for p in pairs})
    if not ends:
        return
    place = {end: n for n, end in enumerate(ends)}
    rows = [place[p["a_company"], p["a"]] for p in pairs]
    columns = [place[p["b_company"], p["b"]] for p in pairs]
    graph = coo_array((np.ones(len(pairs), dtype=np.int8), (rows, columns)), shape=(len(ends), len(ends)))
    label = connected_components(graph, directed=False)[1]
    first: dict[int, str] = {}
    for end, group in zip(ends, label, strict=True):
        first.setdefault(int(group), f"linked:{hashlib.sha256(chr(31).join(end).encode()).hexdigest()[:16]}")
    store.load(
        "linked",
        {
            "company": [company for company, _ in ends],
            "subject_id": [subject for _, subject in ends],
            "person": [first[int(group)] for group in label],
        },
        dict.fromkeys(("company", "subject_id", "person"), "VARCHAR"),
    )
    store.execute(
        "UPDATE subject SET person = n.person FROM linked AS n WHERE subject.company = n.company AND subject.subject_id = n.subject_id"
    )
    store.execute("DROP TABLE linked")
