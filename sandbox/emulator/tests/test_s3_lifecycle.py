"""Lifecycle rules: kept whole, and refused where S3 refuses them."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from conftest import refused


@pytest.fixture
def s3(client, new_bucket):
    new_bucket("audio")
    return client("s3")


LIFECYCLE = {
    "Rules": [
        {
            "ID": "bucket",
            "Status": "Enabled",
            "Filter": {"Prefix": ""},
            "Expiration": {"ExpiredObjectDeleteMarker": True},
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
            "NoncurrentVersionExpiration": {"NoncurrentDays": 60, "NewerNoncurrentVersions": 3},
            "NoncurrentVersionTransitions": [
                {"NoncurrentDays": 30, "StorageClass": "STANDARD_IA", "NewerNoncurrentVersions": 2}
            ],
            "Transitions": [
                {"Days": 30, "StorageClass": "STANDARD_IA"},
                {"Days": 90, "StorageClass": "GLACIER_IR"},
            ],
        },
        {
            "ID": "sizes",
            "Status": "Disabled",
            "Filter": {
                "And": {
                    "Prefix": "tmp/",
                    "ObjectSizeGreaterThan": 500,
                    "ObjectSizeLessThan": 64000,
                    "Tags": [{"Key": "keep", "Value": "no"}],
                }
            },
            "Expiration": {"Days": 1},
        },
        {"ID": "empty filter", "Status": "Enabled", "Filter": {}, "Expiration": {"Days": 400}},
        {
            "ID": "one size",
            "Status": "Enabled",
            "Filter": {"ObjectSizeGreaterThan": 10},
            "Transitions": [{"Days": 0, "StorageClass": "INTELLIGENT_TIERING"}],
        },
        {
            "ID": "date",
            "Status": "Enabled",
            "Filter": {"Tag": {"Key": "a", "Value": "b"}},
            "Expiration": {"Date": datetime(2031, 1, 1, tzinfo=timezone.utc)},
        },
        {"ID": "old form", "Status": "Enabled", "Prefix": "old/", "Expiration": {"Days": 5}},
    ]
}


def test_lifecycle_rules_are_kept_whole(s3):
    s3.put_bucket_lifecycle_configuration(Bucket="audio", LifecycleConfiguration=LIFECYCLE)
    answer = s3.get_bucket_lifecycle_configuration(Bucket="audio")
    assert answer["Rules"] == LIFECYCLE["Rules"]
    assert answer["TransitionDefaultMinimumObjectSize"] == "all_storage_classes_128K"
    s3.delete_bucket_lifecycle(Bucket="audio")
    with refused("NoSuchLifecycleConfiguration", 404):
        s3.get_bucket_lifecycle_configuration(Bucket="audio")


def test_lifecycle_minimum_size_is_a_header_of_both(s3):
    put = s3.put_bucket_lifecycle_configuration(
        Bucket="audio",
        LifecycleConfiguration=LIFECYCLE,
        TransitionDefaultMinimumObjectSize="varies_by_storage_class",
    )
    got = s3.get_bucket_lifecycle_configuration(Bucket="audio")
    for answer in (put, got):
        headers = answer["ResponseMetadata"]["HTTPHeaders"]
        assert headers["x-amz-transition-default-minimum-object-size"] == "varies_by_storage_class"


def test_lifecycle_rules_without_an_id_get_one(s3):
    rules = [{"Status": "Enabled", "Filter": {"Prefix": p}, "Expiration": {"Days": 1}} for p in ("a/", "b/")]
    s3.put_bucket_lifecycle_configuration(Bucket="audio", LifecycleConfiguration={"Rules": rules})
    first = [rule["ID"] for rule in s3.get_bucket_lifecycle_configuration(Bucket="audio")["Rules"]]
    assert len(set(first)) == 2
    again = [rule["ID"] for rule in s3.get_bucket_lifecycle_configuration(Bucket="audio")["Rules"]]
    assert again == first


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("MalformedXML", {"Filter": None}),
        ("MalformedXML", {"Prefix": "a/"}),
        ("MalformedXML", {"Filter": {"Prefix": "a/", "ObjectSizeGreaterThan": 1}}),
        ("MalformedXML", {"Filter": {"And": {"Prefix": "a/"}}}),
        ("InvalidRequest", {"Filter": {"And": {"ObjectSizeGreaterThan": 9, "ObjectSizeLessThan": 9}}}),
        ("InvalidRequest", {"Expiration": None}),
        ("MalformedXML", {"Expiration": {"Days": 1, "ExpiredObjectDeleteMarker": True}}),
        ("MalformedXML", {"Expiration": {}}),
        ("InvalidArgument", {"Expiration": {"Days": 0}}),
        ("InvalidArgument", {"Expiration": {"Date": datetime(2031, 1, 1, 12, tzinfo=timezone.utc)}}),
        ("MalformedXML", {"Status": "On"}),
        ("MalformedXML", {"Transitions": [{"Days": 40, "StorageClass": "TAPE"}]}),
        ("MalformedXML", {"Transitions": [{"StorageClass": "GLACIER"}]}),
        ("InvalidArgument", {"Transitions": [{"Days": 29, "StorageClass": "STANDARD_IA"}]}),
        ("InvalidArgument", {"Transitions": [{"Days": 100, "StorageClass": "GLACIER"}]}),
        (
            "InvalidArgument",
            {"Transitions": [{"Days": 30, "StorageClass": "ONEZONE_IA"}, {"Days": 59, "StorageClass": "GLACIER"}]},
        ),
        (
            "InvalidRequest",
            {"Transitions": [{"Days": 30, "StorageClass": "GLACIER"}, {"Days": 60, "StorageClass": "GLACIER"}]},
        ),
        (
            "InvalidRequest",
            {
                "Transitions": [
                    {"Date": datetime(2031, 1, 1, tzinfo=timezone.utc), "StorageClass": "GLACIER"},
                ]
            },
        ),
        ("MalformedXML", {"NoncurrentVersionExpiration": {"NewerNoncurrentVersions": 3}}),
        ("InvalidArgument", {"NoncurrentVersionExpiration": {"NoncurrentDays": 0}}),
        (
            "InvalidArgument",
            {"NoncurrentVersionExpiration": {"NoncurrentDays": 1, "NewerNoncurrentVersions": 101}},
        ),
        (
            "InvalidArgument",
            {
                "NoncurrentVersionExpiration": {"NoncurrentDays": 30},
                "NoncurrentVersionTransitions": [{"NoncurrentDays": 30, "StorageClass": "GLACIER"}],
            },
        ),
        ("InvalidArgument", {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 0}}),
        (
            "InvalidRequest",
            {
                "Filter": {"Tag": {"Key": "a", "Value": "b"}},
                "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
            },
        ),
        (
            "InvalidRequest",
            {
                "Filter": {"ObjectSizeGreaterThan": 1},
                "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
            },
        ),
        (
            "InvalidRequest",
            {"Filter": {"Tag": {"Key": "a", "Value": "b"}}, "Expiration": {"ExpiredObjectDeleteMarker": True}},
        ),
        ("InvalidArgument", {"ID": "x" * 256}),
    ],
)
def test_lifecycle_rules_that_s3_refuses(s3, code, change):
    rule = {"ID": "one", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 100}}
    rule = {name: value for name, value in {**rule, **change}.items() if value is not None}
    with refused(code, 400):
        s3.put_bucket_lifecycle_configuration(Bucket="audio", LifecycleConfiguration={"Rules": [rule]})
    with refused("NoSuchLifecycleConfiguration"):
        s3.get_bucket_lifecycle_configuration(Bucket="audio")


def test_lifecycle_ids_are_unique(s3):
    rules = [{"ID": "one", "Status": "Enabled", "Filter": {"Prefix": p}, "Expiration": {"Days": 1}} for p in "ab"]
    with refused("InvalidArgument", 400):
        s3.put_bucket_lifecycle_configuration(Bucket="audio", LifecycleConfiguration={"Rules": rules})
