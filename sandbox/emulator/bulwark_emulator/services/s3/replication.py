"""Replication rules: kept as they came. Objects are not copied."""

from __future__ import annotations

from typing import Any

from moto.moto_api._internal import mock_random

from ...route import Call
from .bucket import bucket_of, find
from .documents import Document, keep
from .schema import invalid, malformed, refused


def _check(call: Call, document: dict[str, Any]) -> None:
    """Both buckets have versions; rules with a filter say what becomes of delete markers.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html
    """
    if not bucket_of(call).is_versioned:
        message = "Versioning must be 'Enabled' on the bucket to apply a replication configuration"
        raise refused(message)
    rules = document["Rules"]
    if not rules or len(rules) > 1000:
        raise malformed()
    for rule in rules:
        rule.setdefault("ID", mock_random.get_random_hex(48))
        _check_rule(rule)
    if len({rule["ID"] for rule in rules}) < len(rules):
        raise invalid("Rule Id must be unique")
    priorities = [rule["Priority"] for rule in rules if "Priority" in rule]
    if len(set(priorities)) < len(priorities):
        raise refused("Found duplicate priorities. Priority must be unique.")


def _check_rule(rule: dict[str, Any]) -> None:
    if "Filter" in rule:
        for member in ("Priority", "DeleteMarkerReplication"):
            if member not in rule:
                raise refused(
                    f"{member} must be specified for this version of Cross Region Replication "
                    "configuration schema. Please refer to S3 Developer Guide for more information."
                )
        if len(rule["Filter"]) > 1:
            raise malformed()
    elif "Prefix" not in rule or "DeleteMarkerReplication" in rule:
        raise malformed()
    _check_destination(rule)


def _check_destination(rule: dict[str, Any]) -> None:
    destination = rule["Destination"]
    bucket = find(destination["Bucket"].rpartition(":")[2])
    if bucket is None:
        raise refused("Destination bucket must exist.")
    if not bucket.is_versioned:
        raise refused("Destination bucket must have versioning enabled.")
    encrypted = rule.get("SourceSelectionCriteria", {}).get("SseKmsEncryptedObjects", {})
    key = destination.get("EncryptionConfiguration", {}).get("ReplicaKmsKeyID")
    if encrypted.get("Status") == "Enabled" and not key:
        raise refused("ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.")
    if key and not encrypted:
        raise refused("SseKmsEncryptedObjects must be specified if EncryptionConfiguration tag is present.")
    if "ReplicationTime" in destination:
        if "Metrics" not in destination:
            raise refused("Metrics must be specified with ReplicationTime.")
        if destination["ReplicationTime"]["Time"].get("Minutes") != 15:
            raise refused("ReplicationTime must be 15 minutes.")


keep(
    Document(
        "BucketReplication",
        "ReplicationConfiguration",
        _check,
        wrapped=True,
        delete="DeleteBucketReplication",
        missing=(
            "ReplicationConfigurationNotFoundError",
            "The replication configuration was not found",
        ),
    )
)
