"""Server access logs: where they go. None are delivered; AWS takes hours to."""

from __future__ import annotations

from typing import Any

from ...errors import AwsError
from ...route import Call
from .bucket import bucket_of, find
from .documents import Document, keep
from .schema import malformed


def _check(call: Call, document: dict[str, Any]) -> None:
    """The target is a bucket of the same account and region. Permissions are not looked at: AWS finds
    out when it delivers.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
    """
    if "LoggingEnabled" not in document:
        return
    logging = document["LoggingEnabled"]
    if len(logging.get("TargetObjectKeyFormat", {})) > 1:
        raise malformed()
    source, target = bucket_of(call), find(logging["TargetBucket"])
    if target is None:
        message = "The target bucket for logging does not exist"
        raise AwsError("InvalidTargetBucketForLogging", message, 400)
    if target.account_id != source.account_id:
        message = "The owner for the bucket to be logged and the target bucket must be the same."
        raise AwsError("InvalidTargetBucketForLogging", message, 400)
    if target.region_name != source.region_name:
        message = "Cross S3 location logging not allowed."
        raise AwsError("CrossLocationLoggingProhibitted", message, 403)
    if "TargetGrants" in logging and target.ownership_rule == "BucketOwnerEnforced":
        message = (
            "Access Control List (ACL) grants are not supported for a target bucket with the "
            "BucketOwnerEnforced setting"
        )
        raise AwsError("InvalidArgument", message, 400)


keep(Document("BucketLogging", "BucketLoggingStatus", _check))
