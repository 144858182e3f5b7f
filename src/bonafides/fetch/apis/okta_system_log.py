"""Okta System Log. Source: https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/"""

from dlt.sources.helpers.rest_client.auth import APIKeyAuth
from dlt.sources.helpers.rest_client.paginators import HeaderLinkPaginator

from bonafides.fetch.apis.base import Api, stamp

API = Api(
    name="okta_system_log",
    says="Okta System Log",
    vendor_page="https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/",
    wants={"domain": "the organisation's domain, such as acme.okta.com"},
    secrets={"token": "an API token that may read logs"},
    base=lambda given: f"https://{given['domain']}",
    auth=lambda _, secret, __: APIKeyAuth(name="Authorization", api_key=f"SSWS {secret['token']}"),
    # Between two times pages end; without an end each answer would lead on to a page of what is still to come.
    ask=lambda _, start, stop: (
        "/api/v1/logs",
        {"since": stamp(start), "until": stamp(stop), "sortOrder": "ASCENDING", "limit": 1000},
    ),
    paginator=HeaderLinkPaginator,
)
