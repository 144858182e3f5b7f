"""One worker's engagement or one applicant not hired yet, with what they claim."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="subject",
    says="one worker's engagement or one applicant not hired yet, with what they claim",
    columns=(
        Column("company", "text", "company"),
        Column("subject_id", "text", "worker_id, or application_id of an applicant"),
        Column("subject_kind", "text", "worker or applicant"),
        Column(
            "person",
            "text",
            "cleaned government id token, or who is known as one person by name and own things; NULL if neither",
        ),
        Column("given_name", "text", "as HR or the application has it"),
        Column("family_name", "text", "as HR or the application has it"),
        Column("role", "text", "job title or job applied for"),
        Column("department", "text", "department"),
        Column("manager_id", "text", "manager's worker_id"),
        Column("engagement", "text", "employee or contractor"),
        Column("agency", "text", "declared agency, lower case"),
        Column("work_arrangement", "text", "remote, hybrid or onsite"),
        Column("started_on", "date", "first day of work; NULL for applicants"),
        Column("ended_on", "date", "last day of work; NULL while it lasts"),
        Column("is_us_person_verified", "boolean", "export authorisation was checked"),
        Column("address", "text", "claimed home as a cleaned postal_address value"),
        Column("city", "text", "claimed city"),
        Column("region", "text", "claimed region"),
        Column("country", "text", "claimed country"),
        Column("postal_code", "text", "claimed postal code"),
        Column("latitude", "number", "claimed home, degrees north; NULL if the place is not known to us"),
        Column("longitude", "number", "claimed home, degrees east"),
        Column(
            "is_vouched",
            "boolean",
            "somebody at the company met the person: passed check in person, by notary or badge",
        ),
        Column("first_at", "timestamp", "first time seen in any record"),
        Column("last_at", "timestamp", "last time seen in any record"),
        Column("wages", "number", "sum of payments to the worker, all currencies as they stand"),
    ),
    time=None,
    reaches=(),
)
