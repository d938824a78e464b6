"""Objects: how they are encrypted, suspended versions, retention."""

from __future__ import annotations

import urllib.request
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from conftest import refused


@pytest.fixture
def key(client) -> str:
    return client("kms").create_key()["KeyMetadata"]["Arn"]


@pytest.fixture
def s3(client, new_bucket):
    new_bucket("audio")
    return client("s3")


def encrypt(s3: Any, key: str, bucket_key: bool = True, bucket: str = "audio") -> None:
    s3.put_bucket_encryption(
        Bucket=bucket,
        ServerSideEncryptionConfiguration={
            "Rules": [
                {
                    "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key},
                    "BucketKeyEnabled": bucket_key,
                }
            ]
        },
    )


def encryption(answer: dict[str, Any]) -> tuple[str, str, bool]:
    return (
        answer.get("ServerSideEncryption", ""),
        answer.get("SSEKMSKeyId", ""),
        answer.get("BucketKeyEnabled", False),
    )


def everywhere(s3: Any, put: dict[str, Any], name: str = "take.wav") -> set[tuple[str, str, bool]]:
    """What the answers to put, head and get say about the encryption."""
    named = {"Bucket": "audio", "Key": name}
    return {encryption(answer) for answer in (put, s3.head_object(**named), s3.get_object(**named))}


def test_sse_s3_by_default(s3):
    put = s3.put_object(Bucket="audio", Key="take.wav", Body=b"sound")
    assert everywhere(s3, put) == {("AES256", "", False)}


@pytest.mark.parametrize("bucket_key", [True, False])
def test_the_bucket_key_by_default(s3, key, bucket_key):
    encrypt(s3, key, bucket_key)
    put = s3.put_object(Bucket="audio", Key="take.wav", Body=b"sound")
    assert everywhere(s3, put) == {("aws:kms", key, bucket_key)}


@pytest.mark.parametrize("name", ["id", "alias"])
def test_answers_have_the_arn_whatever_the_default_names(s3, client, key, name):
    client("kms").create_alias(AliasName="alias/audio", TargetKeyId=key.partition("/")[2])
    encrypt(s3, key.partition("/")[2] if name == "id" else "alias/audio")
    put = s3.put_object(Bucket="audio", Key="take.wav", Body=b"sound")
    assert everywhere(s3, put) == {("aws:kms", key, True)}


def test_the_request_overrules_the_default(s3, client, key):
    encrypt(s3, key)
    other = client("kms").create_key()["KeyMetadata"]["Arn"]
    named = {"Bucket": "audio", "Key": "take.wav", "Body": b"sound"}
    put = s3.put_object(**named, ServerSideEncryption="AES256")
    assert everywhere(s3, put) == {("AES256", "", False)}
    put = s3.put_object(**named, ServerSideEncryption="aws:kms", SSEKMSKeyId=other)
    assert everywhere(s3, put) == {("aws:kms", other, True)}
    put = s3.put_object(**named, ServerSideEncryption="aws:kms", SSEKMSKeyId=other, BucketKeyEnabled=False)
    assert {answer[:2] for answer in everywhere(s3, put)} == {("aws:kms", other)}


def test_kms_without_a_key_is_the_key_of_s3(s3, client, key):
    encrypt(s3, key)
    put = s3.put_object(Bucket="audio", Key="take.wav", Body=b"sound", ServerSideEncryption="aws:kms")
    managed = client("kms").describe_key(KeyId="alias/aws/s3")["KeyMetadata"]
    assert everywhere(s3, put) == {("aws:kms", managed["Arn"], True)}
    assert managed["KeyManager"] == "AWS"


def test_keys_of_other_regions_are_not_found(s3, client):
    foreign = client("kms", "eu-central-1").create_key()["KeyMetadata"]["Arn"]
    for sse in ({"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": foreign}, {}):
        encrypt(s3, foreign)
        with refused("KMS.NotFoundException", 400):
            s3.put_object(Bucket="audio", Key="take.wav", Body=b"", **sse)


def test_objects_are_lost_while_their_key_is_disabled(s3, client, key):
    encrypt(s3, key)
    s3.put_object(Bucket="audio", Key="take.wav", Body=b"sound")
    client("kms").disable_key(KeyId=key)
    with refused("KMS.DisabledException", 400):
        s3.get_object(Bucket="audio", Key="take.wav")
    with refused("KMS.DisabledException", 400):
        s3.put_object(Bucket="audio", Key="take.wav", Body=b"")
    client("kms").schedule_key_deletion(KeyId=key)
    with refused("KMS.KMSInvalidStateException", 400):
        s3.get_object(Bucket="audio", Key="take.wav")


@pytest.mark.parametrize(
    ("code", "headers"),
    [
        ("InvalidArgument", {"SSEKMSKeyId": "one"}),
        ("InvalidArgument", {"ServerSideEncryption": "AES256", "SSEKMSKeyId": "one"}),
        ("InvalidEncryptionAlgorithmError", {"ServerSideEncryption": "rot13"}),
        ("KMS.NotFoundException", {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "one"}),
    ],
)
def test_headers_that_s3_refuses(s3, code, headers):
    with refused(code, 400):
        s3.put_object(Bucket="audio", Key="take.wav", Body=b"", **headers)


def test_a_key_that_the_client_brings_along(s3, key):
    encrypt(s3, key)
    customer = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}
    put = s3.put_object(Bucket="audio", Key="take.wav", Body=b"sound", **customer)
    assert "SSEKMSKeyId" not in put


def test_copies_are_encrypted_as_the_target_says(s3, client, new_bucket, key):
    new_bucket("target")
    encrypt(s3, key, bucket="target")
    s3.put_object(Bucket="audio", Key="take.wav", Body=b"sound", Metadata={"take": "1"})
    copied = s3.copy_object(Bucket="target", Key="copy.wav", CopySource="audio/take.wav")
    assert encryption(copied) == ("aws:kms", key, True)
    got = s3.get_object(Bucket="target", Key="copy.wav")
    assert encryption(got) == ("aws:kms", key, True)
    assert got["Body"].read() == b"sound" and got["Metadata"] == {"take": "1"}
    with refused("InvalidRequest", 400):
        s3.copy_object(Bucket="audio", Key="take.wav", CopySource="audio/take.wav")
    s3.copy_object(Bucket="audio", Key="take.wav", CopySource="audio/take.wav", MetadataDirective="REPLACE")
    assert encryption(s3.head_object(Bucket="audio", Key="take.wav")) == ("AES256", "", False)


def test_uploads_in_parts(s3, key):
    encrypt(s3, key)
    named = {"Bucket": "audio", "Key": "take.wav"}
    created = s3.create_multipart_upload(**named)
    upload = {**named, "UploadId": created["UploadId"]}
    part = s3.upload_part(**upload, PartNumber=1, Body=b"sound")
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    completed = s3.complete_multipart_upload(**upload, MultipartUpload=parts)
    assert {encryption(answer) for answer in (created, part)} == {("aws:kms", key, True)}
    assert everywhere(s3, completed) == {("aws:kms", key, True)}
    s3.complete_multipart_upload(**upload, MultipartUpload=parts)
    with refused("NoSuchUpload", 404):
        s3.upload_part(**named, UploadId="none", PartNumber=1, Body=b"")
    with refused("NoSuchUpload", 404):
        s3.complete_multipart_upload(**named, UploadId="none", MultipartUpload=parts)


def test_uploads_by_a_form(s3, key):
    encrypt(s3, key)
    post = s3.generate_presigned_post("audio", "take.wav")
    lines = []
    for name, value in {**post["fields"], "file": "sound"}.items():
        lines += ["--border", f'Content-Disposition: form-data; name="{name}"', "", value]
    body = "\r\n".join([*lines, "--border--", ""]).encode()
    request = urllib.request.Request(
        post["url"], body, {"Content-Type": "multipart/form-data; boundary=border"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 204
        assert answer.headers["x-amz-server-side-encryption-aws-kms-key-id"] == key
    got = s3.get_object(Bucket="audio", Key="take.wav")
    assert encryption(got) == ("aws:kms", key, True) and got["Body"].read() == b"sound"


def test_tags_of_objects_keep_empty_values(s3):
    tags = [{"Key": "take", "Value": "1"}, {"Key": "empty", "Value": ""}]
    s3.put_object(Bucket="audio", Key="take.wav", Body=b"")
    s3.put_object_tagging(Bucket="audio", Key="take.wav", Tagging={"TagSet": tags})
    assert s3.get_object_tagging(Bucket="audio", Key="take.wav")["TagSet"] == tags
    with refused("NoSuchKey", 404):
        s3.put_object_tagging(Bucket="audio", Key="none", Tagging={"TagSet": tags})


class TestSuspended:
    """A bucket that had versions: two of take.wav, then suspended."""

    @pytest.fixture
    def versions(self, s3) -> list[str]:
        s3.put_bucket_versioning(Bucket="audio", VersioningConfiguration={"Status": "Enabled"})
        made = [s3.put_object(Bucket="audio", Key="take.wav", Body=body)["VersionId"] for body in (b"1", b"2")]
        s3.put_bucket_versioning(Bucket="audio", VersioningConfiguration={"Status": "Suspended"})
        return made

    def listed(self, s3) -> list[tuple[str, bool]]:
        answer = s3.list_object_versions(Bucket="audio")
        entries = [(entry["VersionId"], False) for entry in answer.get("Versions", [])]
        return entries + [(entry["VersionId"], True) for entry in answer.get("DeleteMarkers", [])]

    def test_older_versions_stay(self, s3, versions):
        tagging = "take=3"
        for body in (b"3", b"4"):
            put = s3.put_object(Bucket="audio", Key="take.wav", Body=body, Tagging=tagging)
            assert put.get("VersionId") == "null"
        assert sorted(self.listed(s3)) == sorted([(name, False) for name in versions] + [("null", False)])
        assert s3.get_object(Bucket="audio", Key="take.wav")["Body"].read() == b"4"
        old = s3.get_object(Bucket="audio", Key="take.wav", VersionId=versions[0])
        assert old["Body"].read() == b"1"
        assert s3.head_object(Bucket="audio", Key="take.wav", VersionId=versions[1])["VersionId"] == versions[1]
        assert s3.get_object_tagging(Bucket="audio", Key="take.wav")["TagSet"] == [{"Key": "take", "Value": "3"}]

    def test_a_deletion_leaves_a_null_marker(self, s3, versions):
        s3.put_object(Bucket="audio", Key="take.wav", Body=b"3")
        deleted = s3.delete_object(Bucket="audio", Key="take.wav")
        assert deleted["DeleteMarker"] is True and deleted["VersionId"] == "null"
        assert sorted(self.listed(s3)) == sorted([(name, False) for name in versions] + [("null", True)])
        with refused("NoSuchKey", 404):
            s3.get_object(Bucket="audio", Key="take.wav")
        s3.delete_object(Bucket="audio", Key="take.wav", VersionId="null")
        assert s3.get_object(Bucket="audio", Key="take.wav")["Body"].read() == b"2"

    def test_a_named_version_alone_is_deleted(self, s3, versions):
        s3.delete_object(Bucket="audio", Key="take.wav", VersionId=versions[1])
        assert self.listed(s3) == [(versions[0], False)]

    def test_several_deletions(self, s3, versions):
        s3.put_object(Bucket="audio", Key="other.wav", Body=b"")
        answer = s3.delete_objects(
            Bucket="audio",
            Delete={"Objects": [{"Key": "other.wav"}, {"Key": "take.wav", "VersionId": versions[0]}]},
        )
        markers = [entry.get("DeleteMarkerVersionId") for entry in answer["Deleted"]]
        assert markers == ["null", None]
        assert sorted(self.listed(s3)) == sorted([(versions[1], False), ("null", True)])

    def test_the_bucket_stays_suspended(self, s3, versions):
        with refused("NoSuchKey"):
            s3.copy_object(Bucket="audio", Key="copy", CopySource="audio/none")
        assert s3.get_bucket_versioning(Bucket="audio")["Status"] == "Suspended"


class TestObjectLock:
    """A bucket whose new versions are locked for two days."""

    @pytest.fixture(params=["GOVERNANCE", "COMPLIANCE"])
    def mode(self, request, s3) -> str:
        s3.put_bucket_versioning(Bucket="audio", VersioningConfiguration={"Status": "Enabled"})
        s3.put_object_lock_configuration(
            Bucket="audio",
            ObjectLockConfiguration={
                "ObjectLockEnabled": "Enabled",
                "Rule": {"DefaultRetention": {"Mode": request.param, "Days": 2}},
            },
        )
        return request.param

    def put(self, s3) -> dict[str, str]:
        put = s3.put_object(Bucket="audio", Key="take.wav", Body=b"sound", ChecksumAlgorithm="CRC32")
        return {"Bucket": "audio", "Key": "take.wav", "VersionId": put["VersionId"]}

    def test_new_versions_are_locked(self, s3, mode):
        version = self.put(s3)
        retention = s3.get_object_retention(**version)["Retention"]
        assert retention["Mode"] == mode
        left = retention["RetainUntilDate"] - datetime.now(timezone.utc)
        assert timedelta(days=1, hours=23) < left <= timedelta(days=2)
        with refused("AccessDenied", 403):
            s3.delete_object(**version)
        s3.delete_object(Bucket="audio", Key="take.wav")

    def test_governance_can_be_bypassed_and_compliance_cannot(self, s3, mode):
        version = self.put(s3)
        if mode == "GOVERNANCE":
            s3.delete_object(**version, BypassGovernanceRetention=True)
        else:
            with refused("AccessDenied", 403):
                s3.delete_object(**version, BypassGovernanceRetention=True)

    def test_retention_gets_longer_only(self, s3, mode):
        version = self.put(s3)
        now = datetime.now(timezone.utc)
        with refused("AccessDenied", 403):
            s3.put_object_retention(
                **version, Retention={"Mode": mode, "RetainUntilDate": now + timedelta(days=1)}
            )
        later = (now + timedelta(days=9)).replace(microsecond=0)
        s3.put_object_retention(**version, Retention={"Mode": mode, "RetainUntilDate": later})
        assert s3.get_object_retention(**version)["Retention"] == {"Mode": mode, "RetainUntilDate": later}

    def test_without_a_default_nothing_is_locked(self, s3, mode):
        s3.put_object_lock_configuration(
            Bucket="audio", ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"}
        )
        version = self.put(s3)
        with refused("NoSuchObjectLockConfiguration", 404):
            s3.get_object_retention(**version)
        s3.delete_object(**version)


def test_retention_needs_object_lock(s3):
    s3.put_object(Bucket="audio", Key="take.wav", Body=b"")
    with refused("InvalidRequest", 400):
        s3.get_object_retention(Bucket="audio", Key="take.wav")
