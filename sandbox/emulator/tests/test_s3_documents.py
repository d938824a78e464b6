"""Documents of a bucket: what is put is what is got, and what S3 refuses is refused."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import ACCOUNT, refused

QUEUE = f"arn:aws:sqs:eu-west-1:{ACCOUNT}:uploads"

# Put operation, get operation, the put operation's member, the document.
# A get operation answers with the member, or with its content.
ROUND_TRIPS: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "logging, simple prefix": (
        "put_bucket_logging",
        "get_bucket_logging",
        "BucketLoggingStatus",
        {
            "LoggingEnabled": {
                "TargetBucket": "logs",
                "TargetPrefix": "",
                "TargetObjectKeyFormat": {"SimplePrefix": {}},
            }
        },
    ),
    "logging, partitioned prefix": (
        "put_bucket_logging",
        "get_bucket_logging",
        "BucketLoggingStatus",
        {
            "LoggingEnabled": {
                "TargetBucket": "logs",
                "TargetPrefix": "s3-access/",
                "TargetObjectKeyFormat": {"PartitionedPrefix": {"PartitionDateSource": "EventTime"}},
            }
        },
    ),
    "notification, EventBridge": (
        "put_bucket_notification_configuration",
        "get_bucket_notification_configuration",
        "NotificationConfiguration",
        {"EventBridgeConfiguration": {}},
    ),
    "notification, all destinations": (
        "put_bucket_notification_configuration",
        "get_bucket_notification_configuration",
        "NotificationConfiguration",
        {
            "QueueConfigurations": [
                {
                    "Id": "uploads",
                    "QueueArn": QUEUE,
                    "Events": ["s3:ObjectCreated:*"],
                    "Filter": {
                        "Key": {
                            "FilterRules": [
                                {"Name": "prefix", "Value": "uploads/"},
                                {"Name": "suffix", "Value": ".wav"},
                            ]
                        }
                    },
                }
            ],
            "TopicConfigurations": [
                {
                    "Id": "lost",
                    "TopicArn": f"arn:aws:sns:eu-west-1:{ACCOUNT}:lost",
                    "Events": ["s3:ObjectRemoved:Delete", "s3:LifecycleExpiration:*"],
                }
            ],
            "LambdaFunctionConfigurations": [
                {
                    "Id": "tag",
                    "LambdaFunctionArn": f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:tag",
                    "Events": ["s3:ObjectTagging:Put"],
                }
            ],
            "EventBridgeConfiguration": {},
        },
    ),
    "cors": (
        "put_bucket_cors",
        "get_bucket_cors",
        "CORSConfiguration",
        {
            "CORSRules": [
                {
                    "ID": "app",
                    "AllowedOrigins": ["https://app.acme.example"],
                    "AllowedMethods": ["GET", "PUT", "POST"],
                    "AllowedHeaders": ["content-type", "x-amz-*"],
                    "ExposeHeaders": ["ETag"],
                    "MaxAgeSeconds": 3600,
                },
                {"AllowedOrigins": ["*"], "AllowedMethods": ["HEAD"]},
            ]
        },
    ),
    "replication": (
        "put_bucket_replication",
        "get_bucket_replication",
        "ReplicationConfiguration",
        {
            "Role": f"arn:aws:iam::{ACCOUNT}:role/replication",
            "Rules": [
                {
                    "ID": "all",
                    "Priority": 1,
                    "Status": "Enabled",
                    "Filter": {"Prefix": ""},
                    "DeleteMarkerReplication": {"Status": "Enabled"},
                    "SourceSelectionCriteria": {
                        "SseKmsEncryptedObjects": {"Status": "Enabled"},
                        "ReplicaModifications": {"Status": "Enabled"},
                    },
                    "ExistingObjectReplication": {"Status": "Enabled"},
                    "Destination": {
                        "Bucket": "arn:aws:s3:::replica",
                        "Account": ACCOUNT,
                        "StorageClass": "STANDARD_IA",
                        "AccessControlTranslation": {"Owner": "Destination"},
                        "EncryptionConfiguration": {
                            "ReplicaKmsKeyID": f"arn:aws:kms:eu-central-1:{ACCOUNT}:key/one"
                        },
                        "ReplicationTime": {"Status": "Enabled", "Time": {"Minutes": 15}},
                        "Metrics": {"Status": "Enabled", "EventThreshold": {"Minutes": 15}},
                    },
                },
                {
                    "ID": "tagged",
                    "Priority": 2,
                    "Status": "Disabled",
                    "Filter": {"And": {"Prefix": "a/", "Tags": [{"Key": "keep", "Value": "yes"}]}},
                    "DeleteMarkerReplication": {"Status": "Disabled"},
                    "Destination": {"Bucket": "arn:aws:s3:::replica"},
                },
            ],
        },
    ),
    "request payment": (
        "put_bucket_request_payment",
        "get_bucket_request_payment",
        "RequestPaymentConfiguration",
        {"Payer": "Requester"},
    ),
    "acceleration": (
        "put_bucket_accelerate_configuration",
        "get_bucket_accelerate_configuration",
        "AccelerateConfiguration",
        {"Status": "Enabled"},
    ),
    "ownership": (
        "put_bucket_ownership_controls",
        "get_bucket_ownership_controls",
        "OwnershipControls",
        {"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]},
    ),
    "public access": (
        "put_public_access_block",
        "get_public_access_block",
        "PublicAccessBlockConfiguration",
        {
            "BlockPublicAcls": True,
            "IgnorePublicAcls": False,
            "BlockPublicPolicy": True,
            "RestrictPublicBuckets": False,
        },
    ),
    "encryption, KMS": (
        "put_bucket_encryption",
        "get_bucket_encryption",
        "ServerSideEncryptionConfiguration",
        {
            "Rules": [
                {
                    "ApplyServerSideEncryptionByDefault": {
                        "SSEAlgorithm": "aws:kms",
                        "KMSMasterKeyID": f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/one",
                    },
                    "BucketKeyEnabled": True,
                }
            ]
        },
    ),
    "tagging": (
        "put_bucket_tagging",
        "get_bucket_tagging",
        "Tagging",
        {"TagSet": [{"Key": "Owner", "Value": "platform@acme.example"}, {"Key": "Empty", "Value": ""}]},
    ),
    "object lock, days": (
        "put_object_lock_configuration",
        "get_object_lock_configuration",
        "ObjectLockConfiguration",
        {
            "ObjectLockEnabled": "Enabled",
            "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 3}},
        },
    ),
    "object lock, years": (
        "put_object_lock_configuration",
        "get_object_lock_configuration",
        "ObjectLockConfiguration",
        {
            "ObjectLockEnabled": "Enabled",
            "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Years": 1}},
        },
    ),
    "object lock, no default": (
        "put_object_lock_configuration",
        "get_object_lock_configuration",
        "ObjectLockConfiguration",
        {"ObjectLockEnabled": "Enabled"},
    ),
}


@pytest.fixture
def s3(client, new_bucket):
    new_bucket("audio", versions=True)
    new_bucket("logs")
    new_bucket("replica", "eu-central-1", versions=True)
    client("sqs").create_queue(QueueName="uploads")
    return client("s3")


def got(answer: dict[str, Any], member: str) -> Any:
    answer = {key: value for key, value in answer.items() if key != "ResponseMetadata"}
    return answer.get(member, answer)


@pytest.mark.parametrize("case", ROUND_TRIPS)
def test_what_is_put_is_got(s3, case):
    put, get, member, document = ROUND_TRIPS[case]
    getattr(s3, put)(Bucket="audio", **{member: document})
    assert got(getattr(s3, get)(Bucket="audio"), member) == document
    assert got(getattr(s3, get)(Bucket="audio"), member) == document, "the second read"


@pytest.mark.parametrize(
    ("get", "code"),
    {
        "get_bucket_lifecycle_configuration": "NoSuchLifecycleConfiguration",
        "get_bucket_cors": "NoSuchCORSConfiguration",
        "get_bucket_replication": "ReplicationConfigurationNotFoundError",
        "get_bucket_policy": "NoSuchBucketPolicy",
        "get_bucket_policy_status": "NoSuchBucketPolicy",
        "get_bucket_tagging": "NoSuchTagSet",
        "get_bucket_website": "NoSuchWebsiteConfiguration",
        "get_object_lock_configuration": "ObjectLockConfigurationNotFoundError",
    }.items(),
)
def test_nothing_is_there_at_first(s3, get, code):
    with refused(code, 404):
        getattr(s3, get)(Bucket="audio")


@pytest.mark.parametrize(
    ("get", "answer"),
    {
        "get_bucket_logging": {},
        "get_bucket_notification_configuration": {},
        "get_bucket_accelerate_configuration": {},
        "get_bucket_request_payment": {"Payer": "BucketOwner"},
        "get_bucket_ownership_controls": {
            "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
        },
        "get_public_access_block": {
            "PublicAccessBlockConfiguration": {
                "BlockPublicAcls": True,
                "IgnorePublicAcls": True,
                "BlockPublicPolicy": True,
                "RestrictPublicBuckets": True,
            }
        },
        "get_bucket_encryption": {
            "ServerSideEncryptionConfiguration": {
                "Rules": [
                    {
                        "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"},
                        "BucketKeyEnabled": False,
                    }
                ]
            }
        },
    }.items(),
)
def test_new_buckets_have_defaults(s3, get, answer):
    assert got(getattr(s3, get)(Bucket="logs"), "") == answer


@pytest.mark.parametrize(
    ("case", "delete", "code"),
    [
        ("cors", "delete_bucket_cors", "NoSuchCORSConfiguration"),
        ("replication", "delete_bucket_replication", "ReplicationConfigurationNotFoundError"),
        ("tagging", "delete_bucket_tagging", "NoSuchTagSet"),
        ("ownership", "delete_bucket_ownership_controls", "OwnershipControlsNotFoundError"),
        ("public access", "delete_public_access_block", "NoSuchPublicAccessBlockConfiguration"),
    ],
)
def test_deleted_documents_are_gone(s3, case, delete, code):
    put, get, member, document = ROUND_TRIPS[case]
    getattr(s3, put)(Bucket="audio", **{member: document})
    getattr(s3, delete)(Bucket="audio")
    with refused(code, 404):
        getattr(s3, get)(Bucket="audio")
    getattr(s3, delete)(Bucket="audio")
    s3.head_bucket(Bucket="audio")


def test_deleted_encryption_is_the_default_again(s3):
    put, get, member, document = ROUND_TRIPS["encryption, KMS"]
    getattr(s3, put)(Bucket="audio", **{member: document})
    s3.delete_bucket_encryption(Bucket="audio")
    rule = got(getattr(s3, get)(Bucket="audio"), member)["Rules"][0]
    assert rule["ApplyServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}


def test_empty_documents_turn_off(s3):
    for case in ("logging, partitioned prefix", "notification, EventBridge"):
        put, get, member, document = ROUND_TRIPS[case]
        getattr(s3, put)(Bucket="audio", **{member: document})
        getattr(s3, put)(Bucket="audio", **{member: {}})
        assert got(getattr(s3, get)(Bucket="audio"), member) == {}


def test_documents_go_with_the_bucket(s3, new_bucket):
    for case in ("cors", "logging, partitioned prefix", "object lock, days"):
        put, _, member, document = ROUND_TRIPS[case]
        getattr(s3, put)(Bucket="audio", **{member: document})
    s3.put_bucket_metrics_configuration(
        Bucket="audio", Id="EntireBucket", MetricsConfiguration={"Id": "EntireBucket"}
    )
    s3.delete_bucket(Bucket="audio")
    new_bucket("audio", versions=True)
    with refused("NoSuchCORSConfiguration"):
        s3.get_bucket_cors(Bucket="audio")
    with refused("NoSuchConfiguration"):
        s3.get_bucket_metrics_configuration(Bucket="audio", Id="EntireBucket")
    with refused("ObjectLockConfigurationNotFoundError"):
        s3.get_object_lock_configuration(Bucket="audio")
    assert "LoggingEnabled" not in s3.get_bucket_logging(Bucket="audio")


def test_every_document_operation_wants_a_bucket(s3):
    for put, get, member, document in ROUND_TRIPS.values():
        with refused("NoSuchBucket", 404):
            getattr(s3, get)(Bucket="nowhere")
        with refused("NoSuchBucket", 404):
            getattr(s3, put)(Bucket="nowhere", **{member: document})


def test_logs_go_to_a_bucket_of_the_region(s3):
    for target, code in (("nowhere", "InvalidTargetBucketForLogging"), ("replica", "CrossLocationLoggingProhibitted")):
        with refused(code):
            s3.put_bucket_logging(
                Bucket="audio",
                BucketLoggingStatus={"LoggingEnabled": {"TargetBucket": target, "TargetPrefix": ""}},
            )


def test_log_grants_need_access_control_lists(s3):
    grantee = {"Type": "CanonicalUser", "ID": "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a"}
    document = {
        "LoggingEnabled": {
            "TargetBucket": "logs",
            "TargetPrefix": "",
            "TargetGrants": [{"Grantee": grantee, "Permission": "READ"}],
        }
    }
    with refused("InvalidArgument", 400):
        s3.put_bucket_logging(Bucket="audio", BucketLoggingStatus=document)
    s3.put_bucket_ownership_controls(
        Bucket="logs", OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]}
    )
    s3.put_bucket_logging(Bucket="audio", BucketLoggingStatus=document)
    assert got(s3.get_bucket_logging(Bucket="audio"), "") == document


def test_notifications_are_sent(s3, client):
    _, _, member, document = ROUND_TRIPS["notification, all destinations"]
    s3.put_bucket_notification_configuration(
        Bucket="audio", **{member: {"QueueConfigurations": document["QueueConfigurations"]}}
    )
    sqs = client("sqs")
    url = sqs.get_queue_url(QueueName="uploads")["QueueUrl"]
    sqs.purge_queue(QueueUrl=url)
    s3.put_object(Bucket="audio", Key="uploads/take.mp3", Body=b"other suffix")
    s3.put_object(Bucket="audio", Key="uploads/take.wav", Body=b"sound")
    messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    assert len(messages) == 1 and "take.wav" in messages[0]["Body"]


def test_notifications_stay_in_the_region(s3):
    entry = {"QueueArn": f"arn:aws:sqs:us-east-1:{ACCOUNT}:uploads", "Events": ["s3:ObjectCreated:*"]}
    for arn in (entry["QueueArn"], f"arn:aws:sns:eu-west-1:{ACCOUNT}:uploads"):
        with refused("InvalidArgument", 400):
            s3.put_bucket_notification_configuration(
                Bucket="audio", NotificationConfiguration={"QueueConfigurations": [{**entry, "QueueArn": arn}]}
            )


def test_acceleration_needs_a_name_without_dots(s3, new_bucket):
    new_bucket("audio.acme.example")
    with refused("InvalidRequest", 400):
        s3.put_bucket_accelerate_configuration(
            Bucket="audio.acme.example", AccelerateConfiguration={"Status": "Enabled"}
        )


@pytest.mark.parametrize(
    "rule",
    [
        {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256", "KMSMasterKeyID": "one"}},
        {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "rot13"}},
    ],
)
def test_encryption_that_s3_refuses(s3, rule):
    with pytest.raises(s3.exceptions.ClientError, match="InvalidArgument|MalformedXML"):
        s3.put_bucket_encryption(Bucket="audio", ServerSideEncryptionConfiguration={"Rules": [rule]})
    assert s3.get_bucket_encryption(Bucket="audio")["ServerSideEncryptionConfiguration"]["Rules"][0][
        "ApplyServerSideEncryptionByDefault"
    ] == {"SSEAlgorithm": "AES256"}


def test_versioning(s3):
    assert got(s3.get_bucket_versioning(Bucket="logs"), "") == {}
    s3.put_bucket_versioning(Bucket="logs", VersioningConfiguration={"Status": "Enabled"})
    assert s3.get_bucket_versioning(Bucket="logs")["Status"] == "Enabled"
    with refused("AccessDenied", 403):
        s3.put_bucket_versioning(
            Bucket="logs", VersioningConfiguration={"Status": "Enabled", "MFADelete": "Enabled"}
        )
    s3.put_bucket_versioning(
        Bucket="logs",
        MFA=f"arn:aws:iam::{ACCOUNT}:mfa/root 123456",
        VersioningConfiguration={"Status": "Suspended", "MFADelete": "Enabled"},
    )
    assert got(s3.get_bucket_versioning(Bucket="logs"), "") == {"Status": "Suspended", "MFADelete": "Enabled"}
    with refused("IllegalVersioningConfigurationException", 400):
        s3.put_bucket_versioning(Bucket="logs", VersioningConfiguration={"Status": "Disabled"})


@pytest.mark.parametrize(
    ("code", "configuration"),
    [
        ("MalformedXML", {"Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}}),
        ("MalformedXML", {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Days": 1}}}),
        (
            "MalformedXML",
            {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1, "Years": 1}}},
        ),
        (
            "InvalidArgument",
            {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 0}}},
        ),
        (
            "InvalidArgument",
            {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 36501}}},
        ),
    ],
)
def test_object_lock_that_s3_refuses(s3, code, configuration):
    with refused(code, 400):
        s3.put_object_lock_configuration(Bucket="audio", ObjectLockConfiguration=configuration)
    with refused("ObjectLockConfigurationNotFoundError"):
        s3.get_object_lock_configuration(Bucket="audio")


def test_object_lock_needs_versions_and_keeps_them(s3):
    lock = {"ObjectLockEnabled": "Enabled"}
    with refused("InvalidBucketState", 409):
        s3.put_object_lock_configuration(Bucket="logs", ObjectLockConfiguration=lock)
    s3.put_object(Bucket="audio", Key="there-before", Body=b"")
    s3.put_object_lock_configuration(Bucket="audio", ObjectLockConfiguration=lock)
    with refused("InvalidBucketState", 409):
        s3.put_bucket_versioning(Bucket="audio", VersioningConfiguration={"Status": "Suspended"})


def test_a_document_that_is_no_xml(s3):
    s3.meta.events.register_first("before-sign.s3.PutBucketCors", spoil)
    try:
        with refused("MalformedXML", 400):
            s3.put_bucket_cors(Bucket="audio", CORSConfiguration=ROUND_TRIPS["cors"][3])
    finally:
        s3.meta.events.unregister("before-sign.s3.PutBucketCors", spoil)


def spoil(request: Any, **_: Any) -> None:
    request.data = b"<CORSConfiguration><CORSRule>"
