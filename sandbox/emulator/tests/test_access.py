"""Bucket policies with their conditions, as root, services and anonymous callers meet them."""

from __future__ import annotations

import json
import urllib.request
from datetime import datetime, timedelta, timezone
from urllib.error import HTTPError

import pytest

from callers import ACCOUNT, REGION, Callers, allow, code, deny, document, refused

BUCKET = "arn:aws:s3:::audio"
OBJECTS = BUCKET + "/*"
BOTH = [BUCKET, OBJECTS]

TRANSPORT = [
    deny("s3:*", BOTH, Principal="*", Condition={"Bool": {"aws:SecureTransport": "false"}}),
    deny("s3:*", BOTH, Principal="*", Condition={"NumericLessThan": {"s3:TlsVersion": "1.2"}}),
]


@pytest.fixture
def callers(client):
    return Callers(client)


@pytest.fixture
def open_bucket(callers):
    """A bucket that blocks no public access."""
    s3 = callers.bucket("audio")
    s3.delete_public_access_block(Bucket="audio")
    s3.put_object(Bucket="audio", Key="a", Body=b"sound")
    return s3


def put(s3, key="a", **arguments):
    return s3.put_object(Bucket="audio", Key=key, Body=b"sound", **arguments)


@pytest.mark.parametrize("headers", [{"X-Forwarded-Proto": "http"}, {"X-Bulwark-Tls-Version": "1.1"}])
def test_insecure_transport_is_refused_on_every_path(callers, headers):
    s3, insecure = callers.bucket("audio", *TRANSPORT), callers.with_headers(headers)
    put(s3)
    for call, arguments in (
        (insecure.put_object, {"Key": "a", "Body": b"x"}),
        (insecure.get_object, {"Key": "a"}),
        (insecure.head_object, {"Key": "a"}),
        (insecure.delete_object, {"Key": "a"}),
        (insecure.list_objects_v2, {}),
        (insecure.head_bucket, {}),
        (insecure.get_bucket_versioning, {}),
        (insecure.create_multipart_upload, {"Key": "a"}),
        (insecure.delete_bucket, {}),
    ):
        refused(call, Bucket="audio", **arguments)
    assert s3.get_object(Bucket="audio", Key="a")["Body"].read() == b"sound"
    assert put(callers.with_headers({"X-Bulwark-Tls-Version": "1.2"}))["ETag"]


def test_the_message_is_that_of_aws(callers):
    callers.bucket("audio", *TRANSPORT)
    message = refused(put, s3=callers.with_headers({"X-Forwarded-Proto": "http"}))
    assert message == (
        f"User: arn:aws:iam::{ACCOUNT}:root is not authorized to perform: s3:PutObject"
        ' on resource: "arn:aws:s3:::audio/a" with an explicit deny in a resource-based policy'
    )


def test_root_can_always_mend_a_bucket_policy(callers):
    s3 = callers.bucket("audio", deny("s3:*", BOTH, Principal="*"))
    refused(put, s3=s3)
    refused(s3.list_objects_v2, Bucket="audio")
    assert "Deny" in s3.get_bucket_policy(Bucket="audio")["Policy"]
    s3.put_bucket_policy(Bucket="audio", Policy=document(deny("s3:DeleteBucket", BUCKET, Principal="*")))
    put(s3)
    s3.delete_bucket_policy(Bucket="audio")
    s3.delete_object(Bucket="audio", Key="a")
    s3.delete_bucket(Bucket="audio")


def test_nobody_else_can(callers):
    callers.bucket("audio", deny("s3:*", BOTH, Principal="*"))
    s3 = callers.client("s3", **callers.user(allow("s3:*")))
    for call in (s3.get_bucket_policy, s3.delete_bucket_policy):
        assert "explicit deny in a resource-based policy" in refused(call, Bucket="audio")


class TestEncryptionHeaders:
    """The statements that keep uploads on the bucket's key."""

    HEADER = "s3:x-amz-server-side-encryption"
    KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"

    @pytest.fixture
    def s3(self, callers):
        key = self.HEADER + "-aws-kms-key-id"
        conditions = [
            {"Null": {self.HEADER: "false"}, "StringNotEquals": {self.HEADER: "aws:kms"}},
            {"Null": {key: "false"}, "StringNotEquals": {key: self.KEY}},
            {"StringEquals": {self.HEADER: "aws:kms"}, "Null": {key: "true"}},
            {"Null": {self.HEADER + "-customer-algorithm": "false"}},
        ]
        return callers.bucket(
            "audio",
            *(deny("s3:PutObject", OBJECTS, Principal="*", Condition=condition) for condition in conditions),
        )

    @pytest.mark.parametrize(
        "arguments",
        [
            {"ServerSideEncryption": "AES256"},
            {"ServerSideEncryption": "aws:kms"},
            {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KEY[:-1] + "f"},
            {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32},
        ],
    )
    def test_other_encryption_is_refused(self, s3, arguments):
        if "SSECustomerKey" in arguments:
            # botocore sends the key over HTTPS only.
            s3.meta.events.unregister("before-parameter-build.s3.PutObject", "sse-md5")
        refused(put, s3=s3, **arguments)
        refused(s3.create_multipart_upload, Bucket="audio", Key="a", **arguments)

    def test_no_header_is_fine_in_one_or_several_parts(self, s3):
        put(s3)
        upload = s3.create_multipart_upload(Bucket="audio", Key="b")["UploadId"]
        part = {"Bucket": "audio", "Key": "b", "UploadId": upload}
        etag = s3.upload_part(**part, PartNumber=1, Body=b"sound")["ETag"]
        s3.complete_multipart_upload(**part, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": etag}]})
        assert s3.get_object(Bucket="audio", Key="b")["Body"].read() == b"sound"


def test_parts_are_checked_by_what_their_upload_asked_for(callers):
    header = "s3:x-amz-server-side-encryption"
    s3 = callers.bucket(
        "audio",
        deny("s3:PutObject", OBJECTS, Principal="*", Condition={"StringNotEquals": {header: "AES256"}}),
    )
    refused(s3.create_multipart_upload, Bucket="audio", Key="a")
    upload = s3.create_multipart_upload(Bucket="audio", Key="a", ServerSideEncryption="AES256")["UploadId"]
    assert s3.upload_part(Bucket="audio", Key="a", UploadId=upload, PartNumber=1, Body=b"sound")["ETag"]


@pytest.mark.parametrize(
    ("condition", "good", "bad"),
    [
        (
            {"StringEquals": {"s3:x-amz-storage-class": "STANDARD_IA"}},
            {"StorageClass": "STANDARD_IA"},
            {"StorageClass": "GLACIER_IR"},
        ),
        ({"StringEquals": {"s3:RequestObjectTag/team": "a"}}, {"Tagging": "team=a"}, {"Tagging": "team=b"}),
        (
            {"ForAllValues:StringEquals": {"s3:RequestObjectTagKeys": ["team"]}},
            {"Tagging": "team=a"},
            {"Tagging": "team=a&x=1"},
        ),
        (
            {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}},
            {"ACL": "bucket-owner-full-control"},
            {},
        ),
        ({"StringEquals": {"s3:if-none-match": "*"}}, {"IfNoneMatch": "*"}, {}),
    ],
)
def test_headers_are_conditions_on_uploads(callers, condition, good, bad):
    callers.bucket(
        "audio",
        allow(
            ["s3:PutObject", "s3:PutObjectTagging"],
            OBJECTS,
            Principal={"Service": "test.amazonaws.com"},
            Condition=condition,
        ),
    )
    s3 = callers.service("test.amazonaws.com")
    put(s3, key="good", **good)
    refused(put, s3=s3, key="bad", **bad)


@pytest.mark.parametrize(
    ("condition", "good", "bad"),
    [
        ({"StringLike": {"s3:prefix": "uploads/*"}}, {"Prefix": "uploads/a"}, {"Prefix": "other/"}),
        ({"StringLike": {"s3:prefix": "uploads/*"}}, {"Prefix": "uploads/a"}, {}),
        ({"StringEquals": {"s3:delimiter": "/"}}, {"Delimiter": "/"}, {"Delimiter": "-"}),
        ({"NumericLessThanEquals": {"s3:max-keys": "10"}}, {"MaxKeys": 10}, {"MaxKeys": 11}),
    ],
)
def test_listing(callers, condition, good, bad):
    callers.bucket("audio")
    s3 = callers.client("s3", **callers.user(allow("s3:ListBucket", BUCKET, Condition=condition)))
    s3.list_objects_v2(Bucket="audio", **good)
    s3.list_objects(Bucket="audio", **good)
    assert "s3:ListBucket on resource" in refused(s3.list_objects_v2, Bucket="audio", **bad)
    assert "s3:ListBucketVersions" in refused(s3.list_object_versions, Bucket="audio", **good)


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        ({"StringEquals": {"aws:RequestedRegion": REGION}}, True),
        ({"StringEquals": {"aws:PrincipalAccount": ACCOUNT, "aws:PrincipalType": "Account"}}, True),
        ({"ArnEquals": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:root"}}, True),
        (
            {
                "StringEquals": {
                    "aws:userid": ACCOUNT,
                    "aws:ResourceAccount": ACCOUNT,
                    "s3:ResourceAccount": ACCOUNT,
                }
            },
            True,
        ),
        ({"Bool": {"aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false"}}, True),
        ({"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}, True),
        ({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, False),
        ({"DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}, True),
        ({"DateLessThan": {"aws:EpochTime": "1577836800"}}, False),
        ({"StringEquals": {"s3:signatureversion": "AWS4-HMAC-SHA256", "s3:authType": "REST-HEADER"}}, True),
        ({"Null": {"aws:username": "false"}}, False),
        ({"Null": {"aws:SourceArn": "false"}}, False),
        ({"Null": {"s3:signatureAge": "false"}}, False),
    ],
)
def test_keys_of_every_request(callers, condition, met):
    s3 = callers.bucket("audio", deny("s3:GetBucketVersioning", BUCKET, Principal="*", Condition=condition))
    if met:
        refused(s3.get_bucket_versioning, Bucket="audio")
    else:
        s3.get_bucket_versioning(Bucket="audio")


def test_only_services_have_a_source(callers):
    condition = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    s3 = callers.bucket("audio", deny("s3:PutObject", OBJECTS, Principal="*", Condition=condition))
    put(callers.with_headers({"X-Bulwark-Source-Account": ACCOUNT}))
    put(s3)


def test_behind_a_proxy_the_client_counts(callers):
    condition = {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
    callers.bucket("audio", deny("s3:PutObject", OBJECTS, Principal="*", Condition=condition))
    put(callers.with_headers({"X-Forwarded-For": "203.0.113.9, 10.0.0.1"}))
    refused(put, s3=callers.with_headers({"X-Forwarded-For": "198.51.100.1"}))


class TestServices:
    """Deliveries of logs, with the policies that AWS documents for them."""

    ARN = f"arn:aws:elasticloadbalancing:eu-west-1:{ACCOUNT}:loadbalancer/app/web/50dc6c495c0c9188"
    NAME = "logdelivery.elasticloadbalancing.amazonaws.com"

    @pytest.fixture(autouse=True)
    def logs(self, callers):
        source = {
            "ArnLike": {
                "aws:SourceArn": f"arn:aws:elasticloadbalancing:eu-west-1:{ACCOUNT}:loadbalancer/app/*"
            }
        }
        return callers.bucket(
            "audio",
            *TRANSPORT,
            allow(
                "s3:PutObject",
                f"{BUCKET}/AWSLogs/{ACCOUNT}/*",
                Principal={"Service": self.NAME},
                Condition=source,
            ),
        )

    def deliver(self, s3, key=f"AWSLogs/{ACCOUNT}/log.gz", **arguments):
        return put(s3, key=key, **arguments)

    def test_the_service_delivers_and_no_more(self, callers):
        s3 = callers.service(self.NAME, self.ARN)
        self.deliver(s3)
        self.deliver(s3, ACL="bucket-owner-full-control")
        refused(self.deliver, s3=s3, key="AWSLogs/210987654321/log.gz")
        refused(s3.get_object, Bucket="audio", Key=f"AWSLogs/{ACCOUNT}/log.gz")
        refused(s3.list_objects_v2, Bucket="audio")

    @pytest.mark.parametrize(
        ("name", "arn"),
        [
            ("cloudtrail.amazonaws.com", ARN),
            (NAME, ARN.replace(ACCOUNT, "210987654321")),
            (NAME, ARN.replace("/app/", "/net/")),
            (NAME, ""),
        ],
    )
    def test_another_service_or_source_does_not(self, callers, name, arn):
        message = refused(self.deliver, s3=callers.service(name, arn))
        assert message.endswith("because no resource-based policy allows the s3:PutObject action")

    def test_names_of_the_service_are_conditions(self, callers):
        s3 = callers.bucket(
            "video",
            deny(
                "s3:*",
                "arn:aws:s3:::video/*",
                Principal="*",
                Condition={
                    "Bool": {"aws:PrincipalIsAWSService": "true"},
                    "StringNotEquals": {"aws:PrincipalServiceName": self.NAME},
                },
            ),
            allow(
                "s3:PutObject", "arn:aws:s3:::video/*", Principal={"Service": [self.NAME, "x.amazonaws.com"]}
            ),
        )
        s3.put_object(Bucket="video", Key="a", Body=b"x")
        callers.service(self.NAME).put_object(Bucket="video", Key="a", Body=b"x")
        refused(callers.service("x.amazonaws.com").put_object, Bucket="video", Key="a", Body=b"x")


class TestAnonymous:
    def test_nothing_without_a_policy(self, callers, open_bucket):
        s3 = callers.anonymous()
        assert refused(s3.get_object, Bucket="audio", Key="a") == "Access Denied"
        refused(s3.list_objects_v2, Bucket="audio")
        refused(put, s3=s3)
        refused(s3.list_buckets)

    def test_what_the_policy_allows(self, callers, open_bucket):
        condition = {"Bool": {"aws:SecureTransport": "true"}}
        open_bucket.put_bucket_policy(
            Bucket="audio",
            Policy=document(allow("s3:GetObject", OBJECTS, Principal="*", Condition=condition)),
        )
        assert callers.anonymous().get_object(Bucket="audio", Key="a")["Body"].read() == b"sound"
        refused(callers.anonymous(**{"X-Forwarded-Proto": "http"}).get_object, Bucket="audio", Key="a")
        refused(put, s3=callers.anonymous())
        assert refused(callers.anonymous().get_object, Bucket="audio", Key="none") == "Access Denied"

    @pytest.mark.parametrize("where", ["bucket", "account"])
    def test_restricted_public_buckets(self, callers, open_bucket, where):
        service = callers.service("x.amazonaws.com")
        open_bucket.put_bucket_policy(
            Bucket="audio", Policy=document(allow("s3:GetObject", OBJECTS, Principal="*"))
        )
        callers.anonymous().get_object(Bucket="audio", Key="a")
        restricted = {"PublicAccessBlockConfiguration": {"RestrictPublicBuckets": True}}
        if where == "bucket":
            open_bucket.put_public_access_block(Bucket="audio", **restricted)
        else:
            callers.client("s3control").put_public_access_block(AccountId=ACCOUNT, **restricted)
        refused(callers.anonymous().get_object, Bucket="audio", Key="a")
        service.get_object(Bucket="audio", Key="a")
        callers.client("s3", **callers.user()).get_object(Bucket="audio", Key="a")

    def test_new_buckets_take_no_public_policy(self, callers):
        s3 = callers.bucket("audio")
        public = document(allow("s3:GetObject", OBJECTS, Principal="*"))
        assert "BlockPublicPolicy" in refused(s3.put_bucket_policy, Bucket="audio", Policy=public)
        s3.put_bucket_policy(Bucket="audio", Policy=document(*TRANSPORT))

    def test_a_missing_bucket_is_missing_for_everybody(self, callers):
        assert code(callers.anonymous().get_object, Bucket="none", Key="a") == "NoSuchBucket"
        user = callers.client("s3", **callers.user())
        assert code(user.list_objects_v2, Bucket="none") == "NoSuchBucket"


class TestPresigned:
    @pytest.fixture
    def url(self, callers):
        s3 = callers.client("s3", region=REGION, signature_version="s3v4")
        return s3.generate_presigned_url("get_object", Params={"Bucket": "audio", "Key": "a"})

    def status(self, url):
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.status
        except HTTPError as error:
            return error.code

    @pytest.mark.parametrize(
        ("condition", "status"),
        [
            ({"StringEquals": {"s3:authType": "REST-QUERY-STRING"}}, 403),
            ({"StringEquals": {"s3:x-amz-content-sha256": "UNSIGNED-PAYLOAD"}}, 403),
            ({"NumericLessThan": {"s3:signatureAge": "600000"}}, 403),
            ({"NumericGreaterThan": {"s3:signatureAge": "600000"}}, 200),
        ],
    )
    def test_conditions_on_the_signature(self, callers, url, condition, status):
        s3 = callers.bucket("audio", deny("s3:GetObject", OBJECTS, Principal="*", Condition=condition))
        put(s3)
        assert self.status(url) == status
        s3.get_object(Bucket="audio", Key="a")

    def test_a_url_carries_the_rights_of_its_signer(self, callers, url):
        put(callers.bucket("audio"))
        keys = callers.user(allow("s3:PutObject"))
        signer = callers.client("s3", signature_version="s3v4", **keys)
        unwelcome = signer.generate_presigned_url("get_object", Params={"Bucket": "audio", "Key": "a"})
        assert (self.status(url), self.status(unwelcome)) == (200, 403)


def test_uploads_of_browsers_are_checked_as_their_signer(callers):
    callers.bucket("audio", deny("s3:PutObject", BUCKET + "/secret/*", Principal="*"))
    keys = callers.user(allow("s3:PutObject", OBJECTS))
    signer = callers.client("s3", signature_version="s3v4", **keys)

    def post(key, fields=None):
        form = signer.generate_presigned_post("audio", key)
        fields = form["fields"] if fields is None else {"key": key}
        parts = [
            f'--b\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()
        ]
        parts.append(
            '--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nsound\r\n--b--\r\n'
        )
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        request = urllib.request.Request(form["url"], "".join(parts).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status
        except HTTPError as error:
            return error.code

    assert post("uploads/a") == 204
    assert post("secret/a") == 403
    assert post("uploads/a", fields={}) == 403, "without credentials"


def test_object_lock_headers_are_conditions(callers):
    s3 = callers.client("s3")
    s3.create_bucket(
        Bucket="audio",
        ObjectLockEnabledForBucket=True,
        CreateBucketConfiguration={"LocationConstraint": REGION},
    )
    long = {"NumericGreaterThan": {"s3:object-lock-remaining-retention-days": "10"}}
    compliance = {"StringEquals": {"s3:object-lock-mode": "COMPLIANCE"}}
    s3.put_bucket_policy(
        Bucket="audio",
        Policy=document(
            deny("s3:PutObjectRetention", OBJECTS, Principal="*", Condition=long),
            deny("s3:PutObjectRetention", OBJECTS, Principal="*", Condition=compliance),
            deny(
                "s3:PutObjectLegalHold",
                OBJECTS,
                Principal="*",
                Condition={"StringEquals": {"s3:object-lock-legal-hold": "ON"}},
            ),
        ),
    )

    def until(days):
        return datetime.now(timezone.utc) + timedelta(days=days)

    def lock(days, mode="GOVERNANCE"):
        return {
            "ObjectLockMode": mode,
            "ObjectLockRetainUntilDate": until(days),
            "ChecksumAlgorithm": "CRC32",
        }

    put(s3, **lock(9))
    refused(put, s3=s3, **lock(11))
    refused(put, s3=s3, **lock(9, "COMPLIANCE"))
    refused(put, s3=s3, ObjectLockLegalHoldStatus="ON", ChecksumAlgorithm="CRC32")
    target = {"Bucket": "audio", "Key": "a"}
    s3.put_object_retention(**target, Retention={"Mode": "GOVERNANCE", "RetainUntilDate": until(9)})
    refused(s3.put_object_retention, **target, Retention={"Mode": "GOVERNANCE", "RetainUntilDate": until(30)})
    refused(s3.put_object_legal_hold, **target, LegalHold={"Status": "ON"})


def test_preflights_need_no_permission(callers, emulator):
    s3 = callers.bucket("audio", deny("s3:*", BOTH, Principal="*"))
    refused(s3.get_bucket_cors, Bucket="audio")
    request = urllib.request.Request(
        f"{emulator.endpoint}/audio/a",
        method="OPTIONS",
        headers={"Origin": "https://app.acme.example", "Access-Control-Request-Method": "GET"},
    )
    with pytest.raises(HTTPError) as error:
        urllib.request.urlopen(request, timeout=10)
    assert b"CORS" in error.value.read(), "refused by the bucket's rules, not by its policy"


def test_refused_calls_are_recorded_with_their_caller(callers, admin):
    callers.bucket("audio", *TRANSPORT)
    refused(put, s3=callers.with_headers({"X-Forwarded-Proto": "http"}))
    (call,) = admin.calls("s3", "PutObject")
    assert (call["status"], call["secure"], call["principal"]) == (403, False, f"arn:aws:iam::{ACCOUNT}:root")
    assert json.dumps(call)
