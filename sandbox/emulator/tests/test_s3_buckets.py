"""Buckets: creation and deletion, regions, owners, policies, tags, cross-origin requests, what is not emulated."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import pytest
from conftest import ACCOUNT, refused

PUBLIC_READ = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::audio/*"}
    ],
}
PRIVATE = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "PlainHttp",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": ["arn:aws:s3:::audio", "arn:aws:s3:::audio/*"],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
    ],
}


@pytest.fixture
def s3(client, new_bucket):
    new_bucket("audio")
    return client("s3")


def test_buckets_belong_to_a_region(s3, client, new_bucket):
    new_bucket("replica", "eu-central-1")
    assert client("s3", "eu-central-1").get_bucket_location(Bucket="replica")["LocationConstraint"] == "eu-central-1"
    head = client("s3", "eu-central-1").head_bucket(Bucket="replica")
    assert head["BucketRegion"] == "eu-central-1"
    with refused("BucketAlreadyOwnedByYou", 409):
        new_bucket("audio")


def test_other_regions_are_sent_away(client, emulator, new_bucket):
    new_bucket("replica", "eu-central-1")
    # botocore would follow the redirection by itself.
    url = f"{emulator.endpoint}/replica?versioning"
    scope = "20310101/eu-west-1/s3/aws4_request"
    headers = {"Authorization": f"AWS4-HMAC-SHA256 Credential=test/{scope}, SignedHeaders=host, Signature=0"}
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.build_opener(NoRedirect).open(urllib.request.Request(url, headers=headers), timeout=10)
    assert caught.value.code == 301
    assert caught.value.headers["x-amz-bucket-region"] == "eu-central-1"
    assert b"<Code>PermanentRedirect</Code>" in caught.value.read()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def test_a_bucket_of_another_owner(s3):
    s3.get_bucket_versioning(Bucket="audio", ExpectedBucketOwner=ACCOUNT)
    with refused("AccessDenied", 403):
        s3.get_bucket_versioning(Bucket="audio", ExpectedBucketOwner="210987654321")


@pytest.mark.parametrize(
    "name", ["a..b", "192.168.0.1", "xn--audio", "audio-s3alias", "audio.mrap", "-audio", "Audio", "a_b"]
)
def test_names_that_s3_refuses(client, name):
    s3 = client("s3")
    with refused("InvalidBucketName", 400):
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})


def test_tags_at_creation(client):
    s3 = client("s3")
    tags = [{"Key": "Owner", "Value": "platform"}]
    s3.create_bucket(
        Bucket="tagged", CreateBucketConfiguration={"LocationConstraint": "eu-west-1", "Tags": tags}
    )
    assert s3.get_bucket_tagging(Bucket="tagged")["TagSet"] == tags


def test_access_control_lists_are_off(s3):
    for arguments in ({"ACL": "public-read"}, {"GrantRead": 'uri="http://acs.amazonaws.com/groups/global/AllUsers"'}):
        with refused("AccessControlListNotSupported", 400):
            s3.put_bucket_acl(Bucket="audio", **arguments)
    with refused("AccessControlListNotSupported", 400):
        s3.put_object(Bucket="audio", Key="a", Body=b"", ACL="public-read")
    s3.put_object(Bucket="audio", Key="a", Body=b"", ACL="bucket-owner-full-control")
    s3.put_bucket_ownership_controls(
        Bucket="audio", OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
    )
    s3.put_bucket_acl(Bucket="audio", ACL="log-delivery-write")
    assert len(s3.get_bucket_acl(Bucket="audio")["Grants"]) > 1


def test_new_buckets_with_access_control_lists(client):
    s3 = client("s3")
    place = {"CreateBucketConfiguration": {"LocationConstraint": "eu-west-1"}}
    s3.create_bucket(Bucket="private", ACL="private", **place)
    with refused("InvalidBucketAclWithObjectOwnership", 400):
        s3.create_bucket(Bucket="open", ACL="public-read", **place)
    with refused("InvalidBucketAclWithBlockPublicAccessError", 400):
        s3.create_bucket(Bucket="open", ACL="public-read", ObjectOwnership="ObjectWriter", **place)
    s3.create_bucket(Bucket="writer", ObjectOwnership="ObjectWriter", **place)
    owner = s3.get_bucket_ownership_controls(Bucket="writer")["OwnershipControls"]
    assert owner == {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}


def test_a_bucket_with_versions_left_is_not_deleted(s3):
    s3.put_bucket_versioning(Bucket="audio", VersioningConfiguration={"Status": "Enabled"})
    s3.put_object(Bucket="audio", Key="a", Body=b"")
    s3.delete_object(Bucket="audio", Key="a")
    with refused("BucketNotEmpty", 409):
        s3.delete_bucket(Bucket="audio")
    listed = s3.list_object_versions(Bucket="audio")
    s3.delete_objects(
        Bucket="audio",
        Delete={
            "Objects": [
                {"Key": entry["Key"], "VersionId": entry["VersionId"]}
                for entry in listed["Versions"] + listed["DeleteMarkers"]
            ]
        },
    )
    s3.delete_bucket(Bucket="audio")
    with refused("404", 404):
        s3.head_bucket(Bucket="audio")


def test_the_policy_comes_back_as_it_was_written(s3):
    text = json.dumps(PRIVATE, indent=3)
    s3.put_bucket_policy(Bucket="audio", Policy=text)
    assert s3.get_bucket_policy(Bucket="audio")["Policy"] == text
    assert s3.get_bucket_policy_status(Bucket="audio")["PolicyStatus"] == {"IsPublic": False}
    s3.delete_bucket_policy(Bucket="audio")
    with refused("NoSuchBucketPolicy", 404):
        s3.get_bucket_policy(Bucket="audio")


def test_public_policies_are_blocked_until_they_are_not(s3, client):
    text = json.dumps(PUBLIC_READ)
    with refused("AccessDenied", 403) as caught:
        s3.put_bucket_policy(Bucket="audio", Policy=text)
    assert "BlockPublicPolicy" in str(caught.value)
    s3.delete_public_access_block(Bucket="audio")
    s3.put_bucket_policy(Bucket="audio", Policy=text)
    assert s3.get_bucket_policy_status(Bucket="audio")["PolicyStatus"] == {"IsPublic": True}
    client("s3control").put_public_access_block(
        AccountId=ACCOUNT, PublicAccessBlockConfiguration={"BlockPublicPolicy": True}
    )
    with refused("AccessDenied", 403):
        s3.put_bucket_policy(Bucket="audio", Policy=text)


def changed(**statement: Any) -> str:
    return json.dumps({**PRIVATE, "Statement": [{**PRIVATE["Statement"][0], **statement}]})


@pytest.mark.parametrize(
    "text",
    {
        "no JSON": "Deny everything",
        "a list": "[]",
        "no statement": '{"Version": "2012-10-17"}',
        "effect": changed(Effect="Perhaps"),
        "another bucket": changed(Resource="arn:aws:s3:::other/*"),
        "a bucket with a longer name": changed(Resource="arn:aws:s3:::audio-2/*"),
        "a role that is not there": changed(Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:role/nobody"}),
    }.items(),
    ids=lambda case: case[0],
)
def test_policies_that_s3_refuses(s3, text):
    with refused("MalformedPolicy", 400):
        s3.put_bucket_policy(Bucket="audio", Policy=text[1])
    with refused("NoSuchBucketPolicy"):
        s3.get_bucket_policy(Bucket="audio")


@pytest.mark.parametrize(
    "tags",
    [
        [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}],
        [{"Key": "aws:a", "Value": "1"}],
        [{"Key": str(n), "Value": ""} for n in range(51)],
        [{"Key": "a" * 129, "Value": ""}],
    ],
    ids=["twice", "reserved", "too many", "too long"],
)
def test_tags_that_s3_refuses(s3, tags):
    with refused("InvalidTag", 400):
        s3.put_bucket_tagging(Bucket="audio", Tagging={"TagSet": tags})
    with refused("NoSuchTagSet"):
        s3.get_bucket_tagging(Bucket="audio")


@pytest.mark.parametrize(
    ("operation", "name", "arguments"),
    [
        ("get_object_torrent", "GetObjectTorrent", {"Key": "a"}),
        ("delete_bucket_metadata_table_configuration", "DeleteBucketMetadataTableConfiguration", {}),
    ],
)
def test_what_is_not_emulated_says_so(s3, admin, operation, name, arguments):
    s3.put_object(Bucket="audio", Key="a", Body=b"")
    with refused("NotEmulated", 501) as caught:
        getattr(s3, operation)(Bucket="audio", **arguments)
    assert f"not emulated: s3:{name}" in str(caught.value)
    assert {"service": "s3", "operation": name, "count": 1} in admin.get("unemulated")["unemulated"]
    s3.head_bucket(Bucket="audio")


CORS = {
    "CORSRules": [
        {
            "AllowedOrigins": ["https://*.acme.example"],
            "AllowedMethods": ["PUT", "POST"],
            "AllowedHeaders": ["content-type", "x-amz-*"],
            "ExposeHeaders": ["ETag"],
            "MaxAgeSeconds": 600,
        },
        {"AllowedOrigins": ["*"], "AllowedMethods": ["GET"]},
    ]
}


def browser(emulator: Any, method: str, **headers: str) -> tuple[int, dict[str, str]]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"{emulator.endpoint}/audio/take.wav", method=method, headers=named)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}
    except urllib.error.HTTPError as error:
        return error.code, {name.lower(): value for name, value in error.headers.items()}


def test_preflight(s3, emulator):
    asked = {"Origin": "https://app.acme.example", "Access_Control_Request_Method": "PUT"}
    assert browser(emulator, "OPTIONS", **asked)[0] == 403
    s3.put_bucket_cors(Bucket="audio", CORSConfiguration=CORS)
    status, headers = browser(
        emulator, "OPTIONS", **asked, Access_Control_Request_Headers="Content-Type, x-amz-meta-take"
    )
    assert status == 200
    assert headers["access-control-allow-origin"] == "https://app.acme.example"
    assert headers["access-control-allow-methods"] == "PUT, POST"
    assert headers["access-control-allow-headers"] == "content-type, x-amz-meta-take"
    assert headers["access-control-expose-headers"] == "ETag"
    assert headers["access-control-max-age"] == "600"


@pytest.mark.parametrize(
    "asked",
    [
        {"Origin": "https://evil.example", "Access_Control_Request_Method": "PUT"},
        {"Origin": "https://app.acme.example", "Access_Control_Request_Method": "DELETE"},
        {
            "Origin": "https://app.acme.example",
            "Access_Control_Request_Method": "PUT",
            "Access_Control_Request_Headers": "content-type, authorization",
        },
    ],
    ids=["origin", "method", "header"],
)
def test_preflights_that_no_rule_allows(s3, emulator, asked):
    s3.put_bucket_cors(Bucket="audio", CORSConfiguration=CORS)
    status, headers = browser(emulator, "OPTIONS", **asked)
    assert status == 403 and "access-control-allow-origin" not in headers


def test_answers_to_browsers(s3, emulator):
    s3.put_bucket_cors(Bucket="audio", CORSConfiguration=CORS)
    s3.put_object(Bucket="audio", Key="take.wav", Body=b"")
    _, headers = browser(emulator, "GET", Origin="https://anywhere.example")
    assert headers["access-control-allow-origin"] == "*"
    _, headers = browser(emulator, "PUT", Origin="https://app.acme.example")
    assert headers["access-control-allow-origin"] == "https://app.acme.example"
    assert headers["access-control-expose-headers"] == "ETag"
    _, headers = browser(emulator, "PUT", Origin="https://evil.example")
    assert "access-control-allow-origin" not in headers
