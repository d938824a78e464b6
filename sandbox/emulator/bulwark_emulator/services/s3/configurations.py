"""Configurations of which a bucket has several by id: metrics, inventory, tiering, analytics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable

from ...errors import AwsError
from ...registry import operation
from ...route import Call
from .bucket import bucket_of, documents, find
from .schema import document_of, invalid, malformed

PAGE = 100


@dataclass(frozen=True)
class Configuration:
    """A kind of configuration, by the middle part of its operations' names, and how many a bucket may have."""

    name: str
    limit: int = 1000
    check: Callable[[dict[str, Any]], None] | None = None


def keep(kind: Configuration) -> None:
    """Registers put, get, list and delete."""
    member = f"{kind.name}Configuration"
    listed = f"{member}List"

    def rows(call: Call) -> dict[str, Any]:
        return documents(bucket_of(call).name).setdefault(member, {})

    def put(call: Call) -> None:
        document = document_of(call, member)
        if document["Id"] != call.params["Id"]:
            raise invalid("The id of the configuration does not match the id of the request")
        if kind.check:
            kind.check(document)
        if document["Id"] not in rows(call) and len(rows(call)) >= kind.limit:
            message = "You are attempting to create a new configuration but have already reached the limit"
            raise AwsError("TooManyConfigurations", message, 400)
        rows(call)[document["Id"]] = document

    def get(call: Call) -> dict[str, Any]:
        if call.params["Id"] not in rows(call):
            raise _missing()
        return {member: rows(call)[call.params["Id"]]}

    def delete(call: Call) -> None:
        if rows(call).pop(call.params["Id"], None) is None:
            raise _missing()

    def list_all(call: Call) -> dict[str, Any]:
        after = call.params.get("ContinuationToken", "")
        ids = sorted(row for row in rows(call) if row > after)
        answer: dict[str, Any] = {
            listed: [rows(call)[row] for row in ids[:PAGE]],
            "IsTruncated": len(ids) > PAGE,
        }
        if after:
            answer["ContinuationToken"] = after
        if len(ids) > PAGE:
            answer["NextContinuationToken"] = ids[PAGE - 1]
        return answer

    operation("s3", f"PutBucket{member}")(put)
    operation("s3", f"GetBucket{member}")(get)
    operation("s3", f"DeleteBucket{member}")(delete)
    operation("s3", f"ListBucket{member}s")(list_all)


def _missing() -> AwsError:
    return AwsError("NoSuchConfiguration", "The specified configuration does not exist.", 404)


def _check_inventory(document: dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketInventoryConfiguration.html"""
    target = document["Destination"]["S3BucketDestination"]["Bucket"]
    if not target.startswith("arn:") or find(target.rpartition(":")[2]) is None:
        message = "The destination bucket does not exist or its ARN is not valid"
        raise AwsError("InvalidS3DestinationBucket", message, 400)


def _check_tiering(document: dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tiering.html"""
    if not document["Tierings"]:
        raise malformed()
    least = {"ARCHIVE_ACCESS": 90, "DEEP_ARCHIVE_ACCESS": 180}
    for tier in document["Tierings"]:
        if not least[tier["AccessTier"]] <= tier["Days"] <= 730:
            raise invalid(
                f"'Days' for {tier['AccessTier']} must be between {least[tier['AccessTier']]} and 730"
            )


# https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketMetricsConfiguration.html
keep(Configuration("Metrics"))
keep(Configuration("Inventory", check=_check_inventory))
keep(Configuration("IntelligentTiering", check=_check_tiering))
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAnalyticsConfiguration.html
keep(Configuration("Analytics"))
