"""Application for a job."""

from bonafides.records.base import Address, Column, Table, address

TABLE = Table(
    name="application",
    says="application for a job",
    columns=(
        Column("application_id", "text", "the applicant system's id", required=True),
        Column("worker_id", "text", "engagement that it led to; NULL before hire"),
        Column("given_name", "text", "given name as applied"),
        Column("family_name", "text", "family name as applied"),
        Column("email", "text", "contact address", kind="email"),
        Column("phone", "text", "contact number", kind="phone"),
        *address("", "applicant's address"),
        Column("applied_at", "timestamp", "when it was handed in"),
        Column("ip", "text", "address from which it was handed in", kind="ip"),
        Column("user_agent", "text", "browser", kind="user_agent"),
        Column("role", "text", "job applied for"),
        Column("stage", "text", "where the application stands"),
        Column("resume_text", "text", "plain text of the CV", kind="resume"),
        Column("reference_phones", "text", "numbers of the referees", kind="phone", many=True),
        Column("reference_emails", "text", "addresses of the referees", kind="email", many=True),
        Column("profile_urls", "text", "public profiles", kind="profile", many=True),
    ),
    time="applied_at",
    reaches=("worker", "application"),
    addresses=(Address(),),
)
