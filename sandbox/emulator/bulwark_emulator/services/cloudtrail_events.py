"""CloudTrail's event history: the requests for role sessions of identity providers' users, which the layer records."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

from ..errors import AwsError
from ..registry import operation
from ..route import Call
from ..store import table

# https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
_PAGE = 50


def add(account: str, event: dict[str, Any]) -> None:
    """Keeps an event (a record of CloudTrail's) for LookupEvents."""
    table("cloudtrail events", account)[event["eventID"]] = event


@operation("cloudtrail", "LookupEvents")
def lookup_events(call: Call) -> dict[str, Any]:
    """The newest first. An unsigned call tells no region: its event is in the history of every region.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
    """
    attributes = call.params.get("LookupAttributes") or []
    if len(attributes) > 1:
        raise AwsError("InvalidLookupAttributesException", "You can specify only one lookup attribute.", 400)
    found = [_view(event) for event in reversed(table("cloudtrail events", call.account).values())]
    found = [row for row in found if _within(call, row) and all(_has(row, wanted) for wanted in attributes)]
    start, size = _offset(call), min(call.params.get("MaxResults", _PAGE), _PAGE)
    page: dict[str, Any] = {"Events": found[start : start + size]}
    if len(found) > start + size:
        page["NextToken"] = str(start + size)
    return page


def _offset(call: Call) -> int:
    token = call.params.get("NextToken") or "0"
    if not token.isdigit():
        raise AwsError("InvalidNextTokenException", "Invalid token.", 400)
    return int(token)


def _view(event: dict[str, Any]) -> dict[str, Any]:
    return {
        "EventId": event["eventID"],
        "EventName": event["eventName"],
        "ReadOnly": str(event["readOnly"]).lower(),
        "EventTime": datetime.strptime(event["eventTime"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc),
        "EventSource": event["eventSource"],
        "Username": event["userIdentity"].get("userName", ""),
        "Resources": [{"ResourceType": row["type"], "ResourceName": row["ARN"]} for row in event["resources"]],
        "CloudTrailEvent": json.dumps(event),
    }


def _within(call: Call, row: dict[str, Any]) -> bool:
    start, end = call.params.get("StartTime"), call.params.get("EndTime")
    time = row["EventTime"]
    return (start is None or time >= _utc(start)) and (end is None or time <= _utc(end))


def _utc(time: datetime) -> datetime:
    return time if time.tzinfo else time.replace(tzinfo=timezone.utc)


def _has(row: dict[str, Any], wanted: dict[str, str]) -> bool:
    name, value = wanted["AttributeKey"], wanted["AttributeValue"]
    if name in ("ResourceType", "ResourceName"):
        return any(resource[name] == value for resource in row["Resources"])
    return bool(row.get(name) == value)
