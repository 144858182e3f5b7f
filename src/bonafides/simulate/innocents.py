"""Honest people, and every honest reason for looking otherwise."""

from bonafides.simulate import people
from bonafides.simulate.companies import Company
from bonafides.simulate.internet import Internet
from bonafides.simulate.people import Job
from bonafides.simulate.population import Population, hire
from bonafides.simulate.records import COLUMNS


def open_everything(company: Company, internet: Internet) -> None:
    """Gives the only company of a world every export."""
    company.has_endpoint = company.has_github = company.github_ip = company.has_git = True
    company.identity = "okta_system_log"

    company.tables = frozenset(COLUMNS)


def settle(pop: Population, count: int) -> None:
    """Fills the companies with so many honest workers."""
    dice = pop.dice("innocents")
    weights = [c.size for c in pop.companies]
    slots = [*pop.companies, *pop.companies][: max(0, count)]
    slots += [dice.weighted(pop.companies, weights) for _ in range(count - len(slots))]
    made: list[Job] = []
    for number, company in enumerate(slots):
        own = pop.dice("worker", number)
        at_office = company.office is not None and own.chance(company.office_share)
        arrangement = "remote" if not at_office else own.pick(("hybrid", "hybrid", "onsite"))
        home = people.home(own, pop.internet, company.office_place if at_office else None)
        who = people.person(own, pop.internet, pop.phones, f"G{number}", home)
        made.append(hire(pop, own, company, who, arrangement))
    pop.jobs += made
