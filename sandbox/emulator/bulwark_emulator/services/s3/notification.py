"""Event notifications: kept as they came; moto sends the events."""

from __future__ import annotations

from typing import Any

from moto.moto_api._internal import mock_random

from ...route import Call
from .bucket import bucket_of
from .documents import Document, keep
from .schema import invalid, malformed

# Member of the document, member with the destination, its service, and moto's names for both.
_DESTINATIONS = (
    ("TopicConfigurations", "TopicArn", "sns", "TopicConfiguration", "Topic"),
    ("QueueConfigurations", "QueueArn", "sqs", "QueueConfiguration", "Queue"),
    (
        "LambdaFunctionConfigurations",
        "LambdaFunctionArn",
        "lambda",
        "CloudFunctionConfiguration",
        "CloudFunction",
    ),
)


def _check(call: Call, document: dict[str, Any]) -> None:
    """Destinations are in the bucket's region; those without an id get one.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
    """
    bucket = bucket_of(call)
    for member, arn, service, _, _ in _DESTINATIONS:
        for entry in document.get(member, []):
            parts = entry[arn].split(":")
            if len(parts) < 6 or parts[2] != service:
                raise invalid("The ARN could not be parsed")
            if parts[3] != bucket.region_name:
                message = "The notification destination service region is not valid for the bucket location"
                raise invalid(f"{message} constraint")
            if not entry["Events"]:
                raise malformed()
            entry.setdefault("Id", mock_random.get_random_hex(48))
    bucket.set_notification_configuration(_for_moto(document))


def _for_moto(document: dict[str, Any]) -> dict[str, Any]:
    """The document in the form of its XML, which moto takes."""
    form: dict[str, Any] = {}
    for member, arn, _, xml_member, xml_arn in _DESTINATIONS:
        entries = [
            {"Id": entry["Id"], xml_arn: entry[arn], "Event": entry["Events"], **_filter(entry)}
            for entry in document.get(member, [])
        ]
        if entries:
            form[xml_member] = entries
    if "EventBridgeConfiguration" in document:
        form["EventBridgeConfiguration"] = {}
    return form


def _filter(entry: dict[str, Any]) -> dict[str, Any]:
    rules = entry.get("Filter", {}).get("Key", {}).get("FilterRules")
    return {"Filter": {"S3Key": {"FilterRule": rules}}} if rules else {}


keep(Document("BucketNotificationConfiguration", "NotificationConfiguration", _check))
