"""Microsoft Entra sign-ins. Source: https://learn.microsoft.com/en-us/graph/api/signin-list"""

from datetime import timedelta

from dlt.sources.helpers.rest_client.auth import OAuth2ClientCredentials
from dlt.sources.helpers.rest_client.paginators import JSONLinkPaginator

from bonafides.fetch.apis.base import Api, stamp

API = Api(
    name="entra_sign_in",
    says="Microsoft Entra sign-ins, by Microsoft Graph",
    vendor_page="https://learn.microsoft.com/en-us/graph/api/signin-list",
    wants={"tenant": "the tenant's id", "client_id": "the application's id, with AuditLog.Read.All"},
    secrets={"client_secret": "the application's secret"},
    base=lambda _: "https://graph.microsoft.com",
    auth=lambda given, secret, session: OAuth2ClientCredentials(
        access_token_url=f"{given.get('login', 'https://login.microsoftonline.com')}/{given['tenant']}/oauth2/v2.0/token",
        client_id=given["client_id"],
        client_secret=secret["client_secret"],
        access_token_request_data={"scope": "https://graph.microsoft.com/.default"},
        session=session,
    ),
    ask=lambda _, start, stop: (
        "/v1.0/auditLogs/signIns",
        {"$filter": f"createdDateTime ge {stamp(start)} and createdDateTime lt {stamp(stop)}", "$top": 1000},
    ),
    paginator=lambda: JSONLinkPaginator(next_url_path="['@odata.nextLink']"),
    items="value",
    delay=timedelta(hours=2),
    hosts=lambda given: (given.get("login", "https://login.microsoftonline.com"),),
)
