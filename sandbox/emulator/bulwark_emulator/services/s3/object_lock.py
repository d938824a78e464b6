"""Object lock: the default of a bucket, and the retention of a version."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from moto.s3.models import FakeKey

from ...answer import Answer
from ...errors import AwsError
from ...registry import operation
from ...route import Call
from .bucket import backend_of, bucket_of, documents
from .schema import document_of, invalid, malformed, refused

_NAME = "ObjectLockRule"


@operation("s3", "PutObjectLockConfiguration")
def put_object_lock_configuration(call: Call) -> None:
    """Turns object lock on for any bucket with versions, whether it has objects or not.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html
    """
    bucket, document = bucket_of(call), document_of(call, "ObjectLockConfiguration")
    if not bucket.is_versioned:
        message = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration"
        raise AwsError("InvalidBucketState", message, 409)
    if "ObjectLockEnabled" not in document:
        raise malformed()
    rule = document.get("Rule")
    retention = _default_retention(rule) if rule is not None else {}
    bucket.object_lock_enabled = True
    bucket.default_lock_mode = retention.get("Mode", "")
    bucket.default_lock_days = retention.get("Days", 0)
    bucket.default_lock_years = retention.get("Years", 0)
    documents(bucket.name)[_NAME] = rule


def _default_retention(rule: dict[str, Any]) -> dict[str, Any]:
    retention = rule.get("DefaultRetention", {})
    if "Mode" not in retention or ("Days" in retention) == ("Years" in retention):
        raise malformed()
    period = retention.get("Days", retention.get("Years"))
    if period < 1:
        raise invalid("Default retention period must be a positive integer value.")
    if retention.get("Days", 0) > 36500 or retention.get("Years", 0) > 100:
        raise invalid("Default retention period too large.")
    return retention


@operation("s3", "GetObjectLockConfiguration")
def get_object_lock_configuration(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html"""
    bucket = bucket_of(call)
    if not bucket.object_lock_enabled:
        message = "Object Lock configuration does not exist for this bucket"
        raise AwsError("ObjectLockConfigurationNotFoundError", message, 404, BucketName=bucket.name)
    configuration = {"ObjectLockEnabled": "Enabled"}
    rule = documents(bucket.name).get(_NAME)
    if rule is not None:
        configuration["Rule"] = rule
    return {"ObjectLockConfiguration": configuration}


@operation("s3", "GetObjectRetention")
def get_object_retention(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectRetention.html"""
    version = _version(call)
    if not version.lock_mode:
        message = "The specified object does not have a ObjectLock configuration"
        raise AwsError("NoSuchObjectLockConfiguration", message, 404)
    return {"Retention": {"Mode": version.lock_mode, "RetainUntilDate": _until(version)}}


@operation("s3", "PutObjectRetention")
def put_object_retention(call: Call) -> Answer:
    """A retention that still runs can be made longer; Governance can be lifted by those who bypass it.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html#object-lock-retention-modes
    """
    version, wanted = _version(call), call.params.get("Retention", {})
    until = _until(version)
    if version.lock_mode and until and until > datetime.now(timezone.utc):
        new = wanted.get("RetainUntilDate")
        new = new.replace(tzinfo=timezone.utc) if new and new.tzinfo is None else new
        longer = wanted.get("Mode") in (version.lock_mode, "COMPLIANCE") and new and new >= until
        bypass = version.lock_mode == "GOVERNANCE" and call.params.get("BypassGovernanceRetention")
        if not longer and not bypass:
            message = "Access Denied because object protected by object lock."
            raise AwsError("AccessDenied", message, 403)
    return call.forward()


def _version(call: Call) -> FakeKey:
    bucket, params = bucket_of(call), call.params
    if not bucket.object_lock_enabled:
        raise refused("Bucket is missing Object Lock Configuration")
    version_id = params.get("VersionId")
    version = backend_of(bucket).get_object(bucket.name, params["Key"], version_id)
    if version is None and version_id:
        raise AwsError("NoSuchVersion", "The specified version does not exist.", 404, Key=params["Key"])
    if version is None:
        raise AwsError("NoSuchKey", "The specified key does not exist.", 404, Key=params["Key"])
    return version


def _until(version: FakeKey) -> datetime | None:
    if not version.lock_until:
        return None
    until = datetime.fromisoformat(str(version.lock_until).replace("Z", "+00:00"))
    return until if until.tzinfo else until.replace(tzinfo=timezone.utc)
