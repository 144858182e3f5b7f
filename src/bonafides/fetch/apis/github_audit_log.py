"""GitHub organisation audit log. Source: https://docs.github.com/en/enterprise-cloud@latest/rest/orgs/orgs"""

from dlt.sources.helpers.rest_client.auth import BearerTokenAuth
from dlt.sources.helpers.rest_client.paginators import HeaderLinkPaginator

from bonafides.fetch.apis.base import Api, stamp

API = Api(
    name="github_audit_log",
    says="GitHub organisation audit log, web and Git events",
    vendor_page="https://docs.github.com/en/enterprise-cloud@latest/rest/orgs/orgs",
    wants={"organisation": "the organisation's name"},
    secrets={"token": "a token with read:audit_log"},
    base=lambda _: "https://api.github.com",
    auth=lambda _, secret, __: BearerTokenAuth(secret["token"]),
    ask=lambda given, start, stop: (
        f"/orgs/{given['organisation']}/audit-log",
        {"phrase": f"created:{stamp(start)}..{stamp(stop)}", "include": "all", "order": "asc", "per_page": 100},
    ),
    paginator=HeaderLinkPaginator,
    headers={"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"},
)
