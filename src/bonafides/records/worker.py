"""Engagement of a person at a company."""

from bonafides.records.base import Address, Column, Table, address

TABLE = Table(
    name="worker",
    says="engagement of a person at a company",
    columns=(
        Column("worker_id", "text", "the company's id of the engagement", required=True),
        Column("employee_number", "text", "number by which other systems know the worker, where it is not worker_id"),
        Column("given_name", "text", "given name as HR has it; compared only within one person's own documents"),
        Column("family_name", "text", "family name as HR has it; compared only within one person's own documents"),
        Column(
            "work_email",
            "text",
            "account at this company; former ones come as further rows of the same worker",
            kind="email",
        ),
        Column("personal_email", "text", "private address given to HR", kind="email"),
        Column("phone", "text", "private number given to HR", kind="phone"),
        *address("", "claimed home"),
        Column("birth_date", "date", "date of birth; never scored"),
        Column(
            "government_id_token",
            "text",
            "keyed hash of a government id, the same key at every company that shares it",
            kind="government_id",
        ),
        Column("role", "text", "job title"),
        Column("department", "text", "department"),
        Column("manager_id", "text", "worker_id of the manager"),
        Column("engagement", "text", "employee or contractor"),
        Column("agency", "text", "agency or vendor through which the person is declared to be engaged"),
        Column("work_arrangement", "text", "remote, hybrid or onsite"),
        Column("hired_on", "date", "day of the contract"),
        Column("started_on", "date", "first day of work"),
        Column("ended_on", "date", "last day of work; NULL while it lasts"),
        Column("is_us_person_verified", "boolean", "export authorisation was checked by the company"),
    ),
    time="started_on",
    reaches=("worker",),
    addresses=(Address(),),
)
