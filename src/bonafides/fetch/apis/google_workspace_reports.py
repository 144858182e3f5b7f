"""Google Workspace login events. Source: https://developers.google.com/workspace/admin/reports/reference/rest/v1/activities/list"""

from datetime import timedelta

from dlt.sources.helpers.rest_client.auth import BearerTokenAuth
from dlt.sources.helpers.rest_client.paginators import JSONResponseCursorPaginator

from bonafides.fetch.apis.base import Api, stamp

API = Api(
    name="google_workspace_reports",
    says="Google Workspace activity reports of one application",
    vendor_page="https://developers.google.com/workspace/admin/reports/reference/rest/v1/activities/list",
    wants={"application": "login, chrome, admin, token or another application of the reports"},
    secrets={"token": "an access token with admin.reports.audit.readonly"},
    base=lambda _: "https://admin.googleapis.com",
    auth=lambda _, secret, __: BearerTokenAuth(secret["token"]),
    ask=lambda given, start, stop: (
        f"/admin/reports/v1/activity/users/all/applications/{given['application']}",
        {"startTime": stamp(start), "endTime": stamp(stop), "maxResults": 1000},
    ),
    paginator=lambda: JSONResponseCursorPaginator(cursor_path="nextPageToken", cursor_param="pageToken"),
    items="items",
    delay=timedelta(hours=6),
)
