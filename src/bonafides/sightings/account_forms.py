"""How a company makes accounts of names, learnt where HR does not say whose account is whose.

Why: many an HR export has a private address and no work address; the logs name work accounts only, and all that they
tell would be about nobody. Nearly all companies make accounts of names by one rule, which shows in how many fit it.
"""

from bonafides.store.engine import Engine

# Ways in which a given name `g` and a family name `f` make an account's name.
_FORMS = (
    "g || '.' || f",
    "g || f",
    "g || '_' || f",
    "g || '-' || f",
    "f || '.' || g",
    "f || g",
    "substr(g, 1, 1) || f",
    "substr(g, 1, 1) || '.' || f",
    "f || substr(g, 1, 1)",
    "g || substr(f, 1, 1)",
    "g || '.' || substr(f, 1, 1)",
    "g",
    "f",
)
# A rule that fewer people fit may be chance.
_FEWEST = 3


def _letters(text: str) -> str:
    """SQL of a name as accounts write it: without what stands between its parts."""
    return f"translate({text}, '-.,/ ''’`', '')"


def learn(store: Engine) -> None:
    """Add to `account` accounts that are called as a company's rule makes it of one worker's name alone, of workers whom HR
    gives no work address.

    Shape: a rule is that of one domain (or of names without one) which most people fit, three at least, and half of
    these workers or of the accounts in `logged_account` that nobody is known by.
    """
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE without_account AS
        SELECT k.company, k.worker_id, {_letters("split_part(folded(min(w.given_name)), ' ', 1)")} AS g, {_letters("folded(min(w.family_name))")} AS f
        FROM worker AS w JOIN known_worker AS k ON k.company = w.company AND k.known_as = w.worker_id
        GROUP BY k.company, k.worker_id
        HAVING count(w.work_email) = 0 AND min(folded(w.given_name)) = max(folded(w.given_name)) AND min(folded(w.family_name)) = max(folded(w.family_name))"""
    )
    if not store.value("SELECT count(*) FROM without_account"):
        return
    made = " UNION ALL ".join(
        f"SELECT company, worker_id, {n} AS form, {sql} AS name FROM without_account WHERE length(g) > 1 AND length(f) > 1"
        for n, sql in enumerate(_FORMS)
    )
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE account_made AS
        WITH unknown AS (
          SELECT DISTINCT s.company, s.account, coalesce(part_of(s.account, '@(.+)$'), '') AS domain, coalesce(part_of(s.account, '^([^@]+)@'), s.account) AS name
          FROM logged_account AS s LEFT JOIN account AS a ON a.company = s.company AND a.account = s.account
          WHERE a.account IS NULL AND s.account IS NOT NULL AND NOT matches(s.account, '[:/ ]')),
        made AS ({made}),
        own AS (SELECT company, form, name, min(worker_id) AS worker_id FROM made GROUP BY company, form, name HAVING count(*) = 1),
        fits AS (
          SELECT u.company, u.domain, o.form, u.account, u.name, o.worker_id FROM unknown AS u JOIN own AS o ON o.company = u.company AND o.name = u.name),
        people AS (SELECT company, count(*) AS n FROM without_account GROUP BY company),
        accounts AS (SELECT company, domain, count(*) AS n FROM unknown GROUP BY company, domain),
        rule AS (
          SELECT t.company, t.domain, min_by(t.form, in_order(-t.n, t.form)) AS form FROM (
            SELECT company, domain, form, count(*) AS n FROM fits GROUP BY company, domain, form) AS t
          JOIN people AS p ON p.company = t.company JOIN accounts AS a ON a.company = t.company AND a.domain = t.domain
          WHERE t.n >= {_FEWEST} AND 2 * t.n >= least(p.n, a.n) GROUP BY t.company, t.domain)
        SELECT f.company, f.account, f.name, f.worker_id FROM fits AS f
        JOIN rule AS r ON r.company = f.company AND r.domain = f.domain AND r.form = f.form"""
    )
    store.execute("INSERT INTO account SELECT DISTINCT company, account, worker_id FROM account_made")
    store.execute(
        """INSERT INTO account SELECT m.company, m.name, min(m.worker_id) FROM account_made AS m
        WHERE NOT EXISTS (SELECT 1 FROM account AS a WHERE a.company = m.company AND a.account = m.name)
        GROUP BY m.company, m.name HAVING count(DISTINCT m.worker_id) = 1"""
    )
