"""Replication rules that S3 refuses."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import ACCOUNT, refused


@pytest.fixture
def s3(client, new_bucket):
    new_bucket("audio", versions=True)
    new_bucket("logs")
    new_bucket("replica", "eu-central-1", versions=True)
    return client("s3")


def replication(**changes: Any) -> dict[str, Any]:
    rule = {
        "Status": "Enabled",
        "Priority": 1,
        "Filter": {"Prefix": ""},
        "DeleteMarkerReplication": {"Status": "Enabled"},
        "Destination": {"Bucket": "arn:aws:s3:::replica"},
        **changes,
    }
    rule = {name: value for name, value in rule.items() if value is not None}
    return {"Role": f"arn:aws:iam::{ACCOUNT}:role/replication", "Rules": [rule]}


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("InvalidRequest", {"DeleteMarkerReplication": None}),
        ("InvalidRequest", {"Priority": None}),
        ("InvalidRequest", {"Destination": {"Bucket": "arn:aws:s3:::nowhere"}}),
        ("InvalidRequest", {"Destination": {"Bucket": "arn:aws:s3:::logs"}}),
        ("InvalidRequest", {"SourceSelectionCriteria": {"SseKmsEncryptedObjects": {"Status": "Enabled"}}}),
        (
            "InvalidRequest",
            {
                "Destination": {
                    "Bucket": "arn:aws:s3:::replica",
                    "EncryptionConfiguration": {"ReplicaKmsKeyID": "one"},
                }
            },
        ),
        (
            "InvalidRequest",
            {
                "Destination": {
                    "Bucket": "arn:aws:s3:::replica",
                    "ReplicationTime": {"Status": "Enabled", "Time": {"Minutes": 15}},
                }
            },
        ),
        ("MalformedXML", {"Status": "On"}),
        ("MalformedXML", {"Filter": None}),
    ],
)
def test_replication_that_s3_refuses(s3, code, changes):
    with refused(code, 400):
        s3.put_bucket_replication(Bucket="audio", ReplicationConfiguration=replication(**changes))


def test_replication_needs_versions_at_the_source(s3):
    with refused("InvalidRequest", 400):
        s3.put_bucket_replication(Bucket="logs", ReplicationConfiguration=replication())
