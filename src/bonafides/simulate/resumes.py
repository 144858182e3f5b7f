"""Plain texts of invented CVs: mostly personal, sometimes from a common template, sometimes copied."""

from bonafides.simulate import names
from bonafides.simulate.chance import Dice

_TECH = (
    "Python", "Go", "TypeScript", "React", "Kubernetes", "Terraform", "PostgreSQL", "Kafka", "Rust", "Java", "Spring",
    "Swift", "Kotlin", "Solidity", "GraphQL", "AWS", "Azure", "Redis", "Spark", "Airflow", "Vue", "Django", "Node.js",
)  # fmt: skip
_DID = (
    "built", "led the rewrite of", "maintained", "designed", "migrated", "scaled", "automated", "documented",
    "took over", "retired", "tested", "introduced", "untangled", "shipped", "measured",
)  # fmt: skip
_WHAT = (
    "the billing ledger", "an internal design system", "the release pipeline", "a customer support console",
    "the ingestion service", "partner onboarding", "our mobile checkout", "the audit trail", "a pricing engine",
    "warehouse reports", "the identity service", "search ranking", "a scheduling tool", "the data catalogue",
    "payroll imports", "the notification hub", "an experiment platform", "device provisioning",
)  # fmt: skip
_HOW = (
    "cutting costs by {n} percent", "for {n} internal teams", "serving {n} thousand requests a minute",
    "within {n} weeks", "with {n} colleagues", "across {n} regions", "after {n} interviews with users",
    "and halved the {n} nightly failures", "keeping {n} partners informed",
)  # fmt: skip
_HOBBIES = (
    "Outside work I restore bicycles.", "I coach a youth chess club.", "I volunteer at an animal shelter.",
    "I bake bread and keep a garden.", "I sing in a local choir.", "I run trails on weekends.",
    "I repair radios.", "I study maps.", "I teach evening classes.", "I sail when I can.",
)  # fmt: skip
TEMPLATE_HEAD = (
    "PROFESSIONAL SUMMARY A results oriented professional with a strong record of delivery who works well alone and "
    "in teams. CORE STRENGTHS Clear communication. Ownership. Attention to detail. Continuous learning."
)


def _line(dice: Dice) -> str:
    return f"{dice.pick(_DID).capitalize()} {dice.pick(_WHAT)} {dice.pick(_HOW).format(n=dice.between(2, 95))}."


def experience(dice: Dice, posts: int) -> str:
    """So many posts at invented firms, with years and lines of work."""
    year = 2026 - dice.between(0, 2)
    parts = []
    for _ in range(posts):
        since = year - dice.between(1, 4)
        lines = " ".join(_line(dice) for _ in range(dice.between(2, 4)))
        parts.append(
            f"{names.company_name(dice)} {dice.pick(('Labs', 'Inc', 'LLC', 'Group'))}, {since} to {year}. {lines}"
        )
        year = since
    return " ".join(parts)


def skills(dice: Dice) -> str:
    """A line of skills."""
    return "Skills: " + ", ".join(dice.shuffled(_TECH)[: dice.between(5, 9)]) + "."


def personal(dice: Dice, role: str, template: bool = False) -> str:
    """One person's own CV; with a template, its head is the words that many others use."""
    head = TEMPLATE_HEAD if template else f"{role} with {dice.between(2, 20)} years of practice. {_line(dice)}"
    return f"{head} {experience(dice, dice.between(2, 4))} {skills(dice)} {dice.pick(_HOBBIES)}"


def copied(dice: Dice, original: str) -> str:
    """A CV made from another's text: a few words changed, one line added."""
    words = original.split()
    for _ in range(dice.between(1, 4)):
        words[dice.below(len(words))] = dice.pick(_TECH)
    return " ".join(words) + " " + _line(dice)
