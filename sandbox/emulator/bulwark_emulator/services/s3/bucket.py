"""Buckets: their names, owner, region, what new ones begin with, and what the layer keeps of each."""

from __future__ import annotations

import re
from typing import Any

from moto.s3.models import FakeBucket, S3Backend, s3_backends

from ...answer import Answer, ErrorAnswer, encode
from ...errors import AwsError, NotEmulated
from ...registry import before, handler_for, operation
from ...route import Call
from ...store import table

# What moto answers itself. It takes every other request for the plain one of the same path: it would
# delete the bucket when asked to delete one of its settings.
_MOTO = frozenset(
    """
    AbortMultipartUpload DeleteBucketTagging DeleteBucketWebsite DeleteObjectTagging
    DeletePublicAccessBlock GetBucketAcl GetBucketLocation GetBucketTagging GetBucketWebsite
    GetObject GetObjectAcl GetObjectAttributes GetObjectLegalHold GetObjectTagging GetPublicAccessBlock
    HeadBucket ListBuckets ListMultipartUploads ListObjectVersions ListObjects ListObjectsV2
    ListParts PutBucketWebsite PutObjectLegalHold PutPublicAccessBlock RestoreObject
    SelectObjectContent UploadPartCopy
    """.split()
)

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+")
_PREFIXES = ("xn--", "sthree-", "amzn-s3-demo-")
_SUFFIXES = ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3")

# Canned access control lists that open a bucket to the world.
_PUBLIC = ("public-read", "public-read-write", "authenticated-read")


def find(name: str) -> FakeBucket | None:
    """The bucket, whoever owns it."""
    owner = s3_backends.bucket_accounts.get(name)
    if owner is None:
        return None
    partition, account = owner
    return s3_backends[account][partition].buckets.get(name)


def bucket_of(call: Call) -> FakeBucket:
    """The bucket that a call is about; check_bucket has seen to it that it exists."""
    bucket = find(call.uri_params["Bucket"])
    assert bucket is not None
    return bucket


def backend_of(bucket: FakeBucket) -> S3Backend:
    return s3_backends[bucket.account_id][bucket.partition]


def documents(bucket: str) -> dict[str, Any]:
    """What the layer keeps of a bucket, by document. The names of buckets are global."""
    return table("s3 documents", "").setdefault(bucket, {})


@before("s3")
def check_bucket(call: Call) -> None:
    """Refuses calls that are not emulated, and calls about a bucket that is not there.

    https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList
    """
    if call.name not in _MOTO and handler_for("s3", call.name) is None:
        raise NotEmulated("s3", call.name)
    name = call.uri_params.get("Bucket", "")
    if not name or call.name == "CreateBucket":
        return
    bucket = find(name)
    if bucket is None:
        raise AwsError("NoSuchBucket", "The specified bucket does not exist", 404, BucketName=name)
    _check_region(call, bucket)
    expected = call.request.headers.get("x-amz-expected-bucket-owner", bucket.account_id)
    if expected != bucket.account_id:
        raise AwsError("AccessDenied", "Access Denied", 403)


def _check_region(call: Call, bucket: FakeBucket) -> None:
    """A bucket answers in its own region only, but for its location.

    https://docs.aws.amazon.com/AmazonS3/latest/API/UsingRouting.html
    """
    if call.region == bucket.region_name or call.name == "GetBucketLocation":
        return
    if call.principal.kind in ("anonymous", "service"):
        return
    endpoint = f"{bucket.name}.s3.{bucket.region_name}.amazonaws.com"
    message = (
        "The bucket you are attempting to access must be addressed using the specified endpoint. "
        "Please send all future requests to this endpoint."
    )
    answer = encode(
        call, AwsError("PermanentRedirect", message, 301, Endpoint=endpoint, BucketName=bucket.name)
    )
    answer.set_header("x-amz-bucket-region", bucket.region_name)
    raise ErrorAnswer(answer)


@operation("s3", "CreateBucket")
def create_bucket(call: Call) -> Answer:
    """New buckets belong to their owner entirely, without ACLs, and block public access.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
    """
    params = call.params
    name = params["Bucket"]
    ownership = params.get("ObjectOwnership", "BucketOwnerEnforced")
    _check_new(name, params.get("ACL", "private"), ownership)
    known = find(name) is not None
    answer = call.forward()
    bucket = find(name)
    if not answer.ok or known or bucket is None:
        return answer
    backend = backend_of(bucket)
    bucket.ownership_rule = ownership
    backend.put_public_access_block(
        name,
        dict.fromkeys(
            ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), "true"
        ),
    )
    tags = params.get("CreateBucketConfiguration", {}).get("Tags", [])
    if tags:
        backend.put_bucket_tagging(name, {tag["Key"]: tag["Value"] for tag in tags})
    return answer


def _check_new(name: str, acl: str, ownership: str) -> None:
    if (
        not _NAME.fullmatch(name)
        or ".." in name
        or _ADDRESS.fullmatch(name)
        or name.startswith(_PREFIXES)
        or name.endswith(_SUFFIXES)
    ):
        raise AwsError("InvalidBucketName", "The specified bucket is not valid.", 400, BucketName=name)
    if acl != "private" and ownership == "BucketOwnerEnforced":
        raise AwsError(
            "InvalidBucketAclWithObjectOwnership",
            "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
            400,
        )
    if acl in _PUBLIC:
        raise AwsError(
            "InvalidBucketAclWithBlockPublicAccessError",
            "Bucket cannot have public ACLs set with BlockPublicAccess enabled",
            400,
        )


@operation("s3", "DeleteBucket")
def delete_bucket(call: Call) -> Answer:
    """A bucket goes with all its settings.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html
    """
    answer = call.forward()
    if answer.ok:
        table("s3 documents", "").pop(call.uri_params["Bucket"], None)
        answer.status, answer.body = 204, b""
    return answer
