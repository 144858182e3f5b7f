"""Which engagements and applications are one person's, where no government id says so."""

from collections.abc import Mapping

from bonafides.derived import person_change
from bonafides.sightings.linkage import Compared, learn, matches, pairs, persons
from bonafides.store.engine import Engine

# Where people give what is their own, as against what they share with whoever uses one line or one computer.
OWN = (
    "worker:personal_email", "worker:phone", "worker:address", "application:email", "application:phone",
    "application:address", "application:profile_urls", "payee:account_token", "payee:wallet",
)  # fmt: skip
# What one person alone uses; a telephone and a home are shared by father and son of one name too.
_ALONE = ("email", "bank_account", "wallet", "profile")
# More holders than this are an agency's or a filler's.
_MOST_HOLDERS = 12
# What documents are compared by where nothing was given that one person alone uses. Names must be near, whatever the
# rest says: a couple has a home, a telephone and a family name in common.
_COMPARED = (
    Compared("given", "name"), Compared("family", "name"), Compared("born", "date"), Compared("phone", "text"),
    Compared("email", "text"), Compared("door", "text"), Compared("postal", "code"),
)  # fmt: skip
_BLOCKS = (
    "given || '|' || family || '|' || postal",
    "family || '|' || born",
    "given || '|' || born",
    "phone",
    "email",
    "door",
)
_NEAR = 2
# Fewer documents than this teach nothing.
_FEWEST = 200


def link(store: Engine, before: Mapping[tuple[str, str], str] | None = None) -> None:
    """Fill in `subject.person` where no government id token was given: documents of one full name that share what one
    person alone uses, or three kinds of things; of half a name, three kinds of things and what one person alone uses.

    Shape: who has a token keeps it; who has none takes that of the documents that share most, or, where none of them
    has one, an id made from the first of the group. Different tokens, or different dates of birth, are different people.
    `before` gives the person of each subject in the run before: ids last, and `person_change` says what merged or split.
    Why: one person's second job or second application must not tie them to themself, and an export that leaves the
    token out must not hide that two engagements are one person's.
    """
    _alike(store)
    _near(store)
    most_alike = """(
      SELECT company, subject_id, max_by(person, in_order(kinds, person)) AS person
      FROM (SELECT x.a_company AS company, x.a AS subject_id, y.person, x.kinds FROM alike AS x
            JOIN subject AS y ON y.company = x.b_company AND y.subject_id = x.b
            UNION ALL SELECT x.b_company, x.b, y.person, x.kinds FROM alike AS x
            JOIN subject AS y ON y.company = x.a_company AND y.subject_id = x.a) AS n
      WHERE person IS NOT NULL GROUP BY company, subject_id) AS b"""
    same = "subject.company = b.company AND subject.subject_id = b.subject_id"
    store.fill_in("subject", {"person": "b.person"}, most_alike, f"{same} AND subject.person IS NULL")
    _unnamed(store, before or {})


def _alike(store: Engine) -> None:
    """`alike`: pairs of subjects, one of them at least without a token, whose documents seem one person's.

    Why: whoever took another name (at a wedding, or with their sex) keeps their telephone, home, mailbox and profile; a
    couple that shares a mailbox and a name has two profiles.
    """
    own = ", ".join(f"'{via}'" for via in OWN)
    alone = ", ".join(f"'{kind}'" for kind in _ALONE)
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE alike AS
        WITH born AS (SELECT company, subject_id, max(birth_date) AS born_on FROM worker GROUP BY company, subject_id),
        named AS (
          SELECT s.company, s.subject_id, folded(s.given_name) AS given, folded(s.family_name) AS family, s.person, b.born_on
          FROM subject AS s LEFT JOIN born AS b ON b.company = s.company AND b.subject_id = s.subject_id),
        own AS (
          SELECT DISTINCT g.company, g.subject_id, g.kind, g.value, n.given, n.family, n.person, n.born_on FROM sighting AS g
          JOIN named AS n ON n.company = g.company AND n.subject_id = g.subject_id AND n.given IS NOT NULL AND n.family IS NOT NULL WHERE g.via IN ({own})),
        few AS (SELECT kind, value FROM own GROUP BY kind, value HAVING count(*) BETWEEN 2 AND {_MOST_HOLDERS})
        SELECT x.company AS a_company, x.subject_id AS a, y.company AS b_company, y.subject_id AS b, count(DISTINCT x.kind) AS kinds
        FROM own AS x JOIN few AS f ON f.kind = x.kind AND f.value = x.value
        JOIN own AS y ON y.kind = x.kind AND y.value = x.value AND (y.given = x.given OR y.family = x.family)
         AND (x.company, x.subject_id) < (y.company, y.subject_id)
        WHERE (x.person IS NULL OR y.person IS NULL) AND (x.born_on = y.born_on) IS NOT FALSE
        GROUP BY x.company, x.subject_id, y.company, y.subject_id
        HAVING CASE WHEN bool_and(y.given = x.given AND y.family = x.family) THEN count(DISTINCT x.kind) >= 3 OR bool_or(x.kind IN ({alone}))
          ELSE count(DISTINCT x.kind) >= 3 AND bool_or(x.kind = 'profile' OR (y.given = x.given AND x.kind = 'email')) END"""
    )


def _near(store: Engine) -> None:
    """Add to `alike` the documents that are likely one person's though no value is the same: a misspelt name, a turned
    date, a home that was written otherwise.
    """
    store.execute(
        """CREATE OR REPLACE TEMP TABLE document AS
        WITH born AS (SELECT company, subject_id, max(birth_date) AS born_on FROM worker GROUP BY company, subject_id),
        own AS (
          SELECT company, subject_id, min(CASE WHEN via IN ('worker:phone', 'application:phone') THEN value END) AS phone,
                 min(CASE WHEN via IN ('worker:personal_email', 'application:email') THEN value END) AS email FROM sighting GROUP BY company, subject_id)
        SELECT s.company || chr(31) || s.subject_id AS id, folded(s.given_name) AS given, folded(s.family_name) AS family, CAST(b.born_on AS VARCHAR) AS born,
               o.phone, o.email, s.address AS door, s.postal_code AS postal
        FROM subject AS s LEFT JOIN born AS b ON b.company = s.company AND b.subject_id = s.subject_id
        LEFT JOIN own AS o ON o.company = s.company AND o.subject_id = s.subject_id
        WHERE s.person IS NULL AND s.given_name IS NOT NULL AND s.family_name IS NOT NULL"""
    )
    found: list[tuple[str, ...]] = []
    with store.beside("document") as own:
        if own.value("SELECT count(*) FROM document") >= _FEWEST:
            pairs(own, _COMPARED, _BLOCKS)
            model = learn(own, _COMPARED)
            own.execute(f"DELETE FROM compared_pair WHERE least(g_given, g_family) < {_NEAR} OR g_born = 0")
            found = [(*a.split("\x1f"), *b.split("\x1f")) for a, b in matches(own, _COMPARED, model)]
    names = ("a_company", "a", "b_company", "b")
    store.load("near_pair", {n: [f[i] for f in found] for i, n in enumerate(names)}, dict.fromkeys(names, "VARCHAR"))
    store.execute(f"INSERT INTO alike ({', '.join(names)}, kinds) SELECT {', '.join(names)}, 1 FROM near_pair")
    store.execute("DROP TABLE near_pair")


def _unnamed(store: Engine, before: Mapping[tuple[str, str], str]) -> None:
    """Groups none of whom has a token; and what became of those of the run before."""
    found = store.rows(
        """SELECT p.a_company, p.a, p.b_company, p.b FROM alike AS p
        JOIN subject AS x ON x.company = p.a_company AND x.subject_id = p.a AND x.person IS NULL
        JOIN subject AS y ON y.company = p.b_company AND y.subject_id = p.b AND y.person IS NULL ORDER BY ALL"""
    )
    same = [(f"{p['a_company']}\x1f{p['a']}", f"{p['b_company']}\x1f{p['b']}") for p in found]
    ends = sorted({end for pair in same for end in pair})
    known = {
        f"{company}\x1f{subject}": person
        for (company, subject), person in before.items()
        if person.startswith("linked:")
    }
    linked = persons(ends, same, known)
    told = sorted(linked.person.items())
    store.load(
        "linked",
        {
            "company": [end.split("\x1f")[0] for end, _ in told],
            "subject_id": [end.split("\x1f")[1] for end, _ in told],
            "person": [person for _, person in told],
        },
        dict.fromkeys(("company", "subject_id", "person"), "VARCHAR"),
    )
    meets = "subject.company = n.company AND subject.subject_id = n.subject_id"
    store.fill_in("subject", {"person": "n.person"}, "linked AS n", meets)
    store.execute("DROP TABLE linked")
    store.create(person_change.TABLE)
    changes = [(person, "merged", of) for person, of in sorted(linked.merged.items())]
    changes += [(person, "split", of) for person, of in sorted(linked.split.items())]
    store.append(person_change.TABLE, [{"person": p, "change": c, "others": ";".join(of)} for p, c, of in changes])
