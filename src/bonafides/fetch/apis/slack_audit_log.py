"""Slack audit log. Source: https://docs.slack.dev/admins/audit-logs-api/"""

from dlt.sources.helpers.rest_client.auth import BearerTokenAuth
from dlt.sources.helpers.rest_client.paginators import JSONResponseCursorPaginator

from bonafides.fetch.apis.base import Api

API = Api(
    name="slack_audit_log",
    says="Slack Enterprise audit log",
    vendor_page="https://docs.slack.dev/admins/audit-logs-api/",
    wants={},
    secrets={"token": "a user token with auditlogs:read"},
    base=lambda _: "https://api.slack.com",
    auth=lambda _, secret, __: BearerTokenAuth(secret["token"]),
    ask=lambda _, start, stop: (
        "/audit/v1/logs",
        {"oldest": int(start.timestamp()), "latest": int(stop.timestamp()), "limit": 1000},
    ),
    paginator=lambda: JSONResponseCursorPaginator(cursor_path="response_metadata.next_cursor", cursor_param="cursor"),
    items="entries",
)
