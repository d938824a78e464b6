"""A role at S3, as an application has it: what its grants allow and, one by one, what it is refused."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest
from callers import ACCOUNT, REGION, Callers, allow, code, deny, document, headers_of, refused

BUCKET = "arn:aws:s3:::audio"
TLS = deny("s3:*", [BUCKET, BUCKET + "/*"], Principal="*", Condition={"Bool": {"aws:SecureTransport": "false"}})
VIA = {"kms:ViaService": f"s3.{REGION}.amazonaws.com"}


class World:
    """The bucket audio, encrypted with a key of its own, another bucket, and a foreign key."""

    def __init__(self, callers):
        self.callers, self.kms = callers, callers.client("kms")
        self.key, self.foreign = (self.kms.create_key()["KeyMetadata"]["Arn"] for _ in range(2))
        self.s3 = callers.bucket("audio", TLS)
        callers.bucket("other")
        rule = {
            "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": self.key},
            "BucketKeyEnabled": True,
        }
        self.s3.put_bucket_encryption(Bucket="audio", ServerSideEncryptionConfiguration={"Rules": [rule]})
        for bucket in ("audio", "other"):
            for key in ("uploads/a", "private/a"):
                self.s3.put_object(Bucket=bucket, Key=key, Body=b"sound")

    def grants(self):
        listing = {"StringLike": {"s3:prefix": ["uploads/", "uploads/*"]}}
        return [
            allow(["s3:GetObject", "s3:PutObject"], BUCKET + "/uploads/*"),
            allow("s3:ListBucket", BUCKET, Condition=listing),
            allow(["kms:Decrypt", "kms:GenerateDataKey"], self.key, Condition={"StringEquals": VIA}),
        ]

    def keys(self, *further, **options):
        return self.callers.role(*self.grants(), *further, **options)

    def role(self, *further, **options):
        return self.callers.client("s3", **self.keys(*further, **options))


@pytest.fixture
def world(client):
    return World(Callers(client))


def put(s3, key="uploads/b", bucket="audio", **arguments):
    return s3.put_object(Bucket=bucket, Key=key, Body=b"new", **arguments)


def get(s3, key="uploads/a", bucket="audio"):
    return s3.get_object(Bucket=bucket, Key=key)["Body"].read()


def test_what_the_grants_allow(world):
    s3 = world.role()
    assert put(s3)["SSEKMSKeyId"] == world.key
    assert get(s3, "uploads/b") == b"new"
    assert len(s3.list_objects_v2(Bucket="audio", Prefix="uploads/")["Contents"]) == 2


def test_what_is_refused(world):
    s3 = world.role()
    for call, arguments in (
        (get, {"key": "private/a"}),
        (put, {"key": "private/b"}),
        (s3.list_objects_v2, {"Bucket": "audio"}),
        (s3.list_objects_v2, {"Bucket": "audio", "Prefix": "private/"}),
        (get, {"bucket": "other"}),
        (put, {"bucket": "other"}),
        (put, {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": world.foreign}),
        (s3.delete_object, {"Bucket": "audio", "Key": "uploads/a"}),
        (s3.delete_bucket, {"Bucket": "audio"}),
        (s3.put_bucket_policy, {"Bucket": "audio", "Policy": document(TLS)}),
        (s3.list_buckets, {}),
    ):
        assert "because no identity-based policy allows" in refused(call, **({"s3": s3} if call in (get, put) else {}), **arguments)
    with headers_of(s3, {"X-Forwarded-Proto": "http"}):
        assert "explicit deny in a resource-based policy" in refused(get, s3=s3)
    keys = world.keys()
    refused(world.callers.client("kms", **keys).encrypt, KeyId=world.key, Plaintext=b"x")
    refused(world.callers.client("iam", **keys).list_users)
    assert get(world.s3) == b"sound"


def test_what_limits_it(world):
    boundary = world.callers.policy(allow("s3:GetObject"), allow("kms:*"))
    bounded = world.role(boundary=boundary)
    assert get(bounded) == b"sound"
    assert "permissions boundary" in refused(put, s3=bounded)
    session = world.role(session=document(allow("s3:PutObject"), allow("kms:*")))
    put(session)
    assert "session policy" in refused(get, s3=session)
    keyless = world.role(session=document(allow("s3:*")))
    assert "because no session policy allows the kms:Decrypt action" in refused(get, s3=keyless)
    banned = world.role(deny("s3:GetObject", BUCKET + "/uploads/*"))
    assert "explicit deny in an identity-based policy" in refused(get, s3=banned)


@pytest.mark.parametrize("version", ["s3", "s3v4"])
def test_signed_urls_are_their_signers(world, version):
    keys = world.keys()
    s3 = world.callers.client("s3", signature_version=version, **keys)

    def fetch(key, client=s3, **options):
        url = client.generate_presigned_url("get_object", Params={"Bucket": "audio", "Key": key}, **options)
        try:
            with urllib.request.urlopen(url) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    assert fetch("uploads/a") == b"sound"
    status, body = fetch("private/a")
    assert status == 403 and f"arn:aws:sts::{ACCOUNT}:assumed-role/" in body
    assert "Request has expired" in fetch("uploads/a", ExpiresIn=-1)[1]
    stolen = world.callers.client("s3", signature_version=version, **{**keys, "session_token": "another"})
    assert "InvalidToken" in fetch("uploads/a", client=stolen)[1]


def test_changes_of_a_role_count_at_once(world):
    keys = world.callers.role(*world.grants(), name="task")
    s3, iam = world.callers.client("s3", **keys), world.callers.client("iam")
    assert get(s3) == b"sound"
    iam.put_role_policy(RoleName="task", PolicyName="ban", PolicyDocument=document(deny("s3:*")))
    refused(get, s3=s3)
    iam.delete_role_policy(RoleName="task", PolicyName="ban")
    policy = json.loads(document(allow("s3:DeleteObject", BUCKET + "/uploads/*")))
    arn = iam.create_policy(PolicyName="more", PolicyDocument=json.dumps(policy))["Policy"]["Arn"]
    iam.attach_role_policy(RoleName="task", PolicyArn=arn)
    s3.delete_object(Bucket="audio", Key="uploads/a")
    assert code(get, s3=world.s3) == "NoSuchKey"
