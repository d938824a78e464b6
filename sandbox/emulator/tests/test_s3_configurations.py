"""Metrics, inventory, tiering and analytics: configurations of which a bucket has several, by id."""

from __future__ import annotations

import pytest
from conftest import ACCOUNT, refused


@pytest.fixture
def s3(client, new_bucket):
    new_bucket("audio")
    new_bucket("logs")
    return client("s3")


CONFIGURATIONS = {
    "metrics": {"Id": "uploads", "Filter": {"And": {"Prefix": "a/", "Tags": [{"Key": "k", "Value": "v"}]}}},
    "inventory": {
        "Id": "weekly",
        "IsEnabled": True,
        "IncludedObjectVersions": "Current",
        "Schedule": {"Frequency": "Weekly"},
        "OptionalFields": ["Size", "StorageClass", "EncryptionStatus"],
        "Filter": {"Prefix": "uploads/"},
        "Destination": {
            "S3BucketDestination": {
                "AccountId": ACCOUNT,
                "Bucket": "arn:aws:s3:::logs",
                "Format": "Parquet",
                "Prefix": "inventory",
                "Encryption": {"SSEKMS": {"KeyId": f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/one"}},
            }
        },
    },
    "intelligent_tiering": {
        "Id": "archive",
        "Status": "Enabled",
        "Filter": {"Tag": {"Key": "archive", "Value": "yes"}},
        "Tierings": [
            {"Days": 90, "AccessTier": "ARCHIVE_ACCESS"},
            {"Days": 180, "AccessTier": "DEEP_ARCHIVE_ACCESS"},
        ],
    },
    "analytics": {
        "Id": "classes",
        "Filter": {"Prefix": "a/"},
        "StorageClassAnalysis": {
            "DataExport": {
                "OutputSchemaVersion": "V_1",
                "Destination": {
                    "S3BucketDestination": {"Format": "CSV", "Bucket": "arn:aws:s3:::logs", "Prefix": "p"}
                },
            }
        },
    },
}


@pytest.mark.parametrize("kind", CONFIGURATIONS)
def test_configurations_by_id(s3, kind):
    document = CONFIGURATIONS[kind]
    member = "".join(word.capitalize() for word in kind.split("_")) + "Configuration"
    put, get, delete = (getattr(s3, f"{verb}_bucket_{kind}_configuration") for verb in ("put", "get", "delete"))
    list_all = getattr(s3, f"list_bucket_{kind}_configurations")
    named = {"Bucket": "audio", "Id": document["Id"]}

    with refused("NoSuchConfiguration", 404):
        get(**named)
    put(**named, **{member: document})
    second = {**document, "Id": "a-second"}
    put(Bucket="audio", Id="a-second", **{member: second})
    assert get(**named)[member] == document
    answer = list_all(Bucket="audio")
    assert answer[f"{member}List"] == [second, document]
    assert answer["IsTruncated"] is False
    with refused("InvalidArgument", 400):
        put(Bucket="audio", Id="another", **{member: document})

    delete(**named)
    with refused("NoSuchConfiguration", 404):
        get(**named)
    with refused("NoSuchConfiguration", 404):
        delete(**named)
    assert list_all(Bucket="audio")[f"{member}List"] == [second]
    s3.head_bucket(Bucket="audio")


def test_configurations_are_listed_by_the_page(s3):
    ids = [f"id-{n:03}" for n in range(150)]
    for name in ids:
        s3.put_bucket_metrics_configuration(Bucket="audio", Id=name, MetricsConfiguration={"Id": name})
    first = s3.list_bucket_metrics_configurations(Bucket="audio")
    assert first["IsTruncated"] and len(first["MetricsConfigurationList"]) == 100
    rest = s3.list_bucket_metrics_configurations(
        Bucket="audio", ContinuationToken=first["NextContinuationToken"]
    )
    both = first["MetricsConfigurationList"] + rest["MetricsConfigurationList"]
    assert [entry["Id"] for entry in both] == ids and not rest["IsTruncated"]


@pytest.mark.parametrize(
    ("kind", "code", "change"),
    [
        ("inventory", "InvalidS3DestinationBucket", "arn:aws:s3:::nowhere"),
        ("intelligent_tiering", "InvalidArgument", [{"Days": 89, "AccessTier": "ARCHIVE_ACCESS"}]),
        ("intelligent_tiering", "InvalidArgument", [{"Days": 731, "AccessTier": "DEEP_ARCHIVE_ACCESS"}]),
        ("intelligent_tiering", "MalformedXML", []),
    ],
)
def test_configurations_that_s3_refuses(s3, kind, code, change):
    document = CONFIGURATIONS[kind]
    if kind == "inventory":
        target = {**document["Destination"]["S3BucketDestination"], "Bucket": change}
        document = {**document, "Destination": {"S3BucketDestination": target}}
    else:
        document = {**document, "Tierings": change}
    member = "".join(word.capitalize() for word in kind.split("_")) + "Configuration"
    with refused(code, 400):
        getattr(s3, f"put_bucket_{kind}_configuration")(Bucket="audio", Id=document["Id"], **{member: document})
    with refused("NoSuchConfiguration", 404):
        getattr(s3, f"get_bucket_{kind}_configuration")(Bucket="audio", Id=document["Id"])
