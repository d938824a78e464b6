"""The KMS keys that S3 uses for a caller.

Sources: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html and
https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, Mapping

from moto.kms.models import Key

from ...errors import AwsError
from . import keys
from .buckets import Bucket, as_flag
from .context import global_context
from .demands import S3Call
from .denial import sentence

_OWN_KEY = "alias/aws/s3"
_KMS = ("aws:kms", "aws:kms:dsse")
_ALGORITHM = "x-amz-server-side-encryption"
_KEY_ID = "x-amz-server-side-encryption-aws-kms-key-id"
_BUCKET_KEY = "x-amz-server-side-encryption-bucket-key-enabled"
_CUSTOMER = "x-amz-server-side-encryption-customer-algorithm"


@dataclass(frozen=True)
class KeyUse:
    """An action on a key for an object. ``key`` is empty for the key aws/s3."""

    action: str
    key: str
    bucket: Bucket
    object_key: str
    bucket_key: bool

    @property
    def encryption_context(self) -> dict[str, str]:
        """The bucket with a bucket key, the object without."""
        return {"aws:s3:arn": self.bucket.arn if self.bucket_key else f"{self.bucket.arn}/{self.object_key}"}


def asked_for(fields: Mapping[str, str]) -> dict[str, str]:
    """The encryption headers of a request that begins an upload in parts."""
    return {name: fields[name] for name in (_ALGORITHM, _KEY_ID) if fields.get(name)}


def judge(call: S3Call) -> None:
    """Raises the error of the first key that the caller may not use, or that is not usable.

    Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#KMSErrorCodeList
    """
    for use in _uses(call):
        _judge_use(call, use)


def _judge_use(call: S3Call, use: KeyUse) -> None:
    principal, region = call.call.principal, use.bucket.region
    if principal.kind == "anonymous":
        message = (
            "Requests specifying Server Side Encryption with AWS KMS managed keys"
            " require AWS Signature Version 4."
        )
        raise AwsError("InvalidArgument", message, 400)
    key = None if use.key in ("", _OWN_KEY) else _find(use)
    if key is None or keys.is_managed_by(key, "s3"):
        # The key of S3 is there for everybody who may use S3 in the account.
        return
    context = keys.key_context(
        global_context(call.call), principal, key, use.encryption_context, f"s3.{region}.amazonaws.com"
    )
    decision = keys.judge(principal, use.action, key, context)
    if not decision.allowed:
        message = sentence(principal, use.action, key.arn, decision.reason(use.action))
        raise AwsError("AccessDenied", message, 403)
    if key.key_state == "Disabled":
        raise AwsError("KMS.DisabledException", f"{key.arn} is disabled.", 400)
    if key.key_state != "Enabled":
        raise AwsError("KMS.KMSInvalidStateException", f"{key.arn} is pending deletion.", 400)


def _find(use: KeyUse) -> Key:
    region = use.bucket.region
    if use.key.startswith("arn:") and f":{region}:" not in use.key:
        raise AwsError("KMS.NotFoundException", f"Invalid arn {region}", 400)
    key = keys.find(use.key, use.bucket.owner, region)
    if key is None:
        missing = "Key '{}' does not exist" if use.key.startswith("arn:") else "Invalid keyId '{}'"
        raise AwsError("KMS.NotFoundException", missing.format(use.key), 400)
    return key


def _uses(call: S3Call) -> Iterator[KeyUse]:
    name, bucket, fields = call.call.name, call.bucket, call.fields
    if bucket is None:
        return
    if call.source:
        yield from _reading(call.source.bucket, call.source.key, call.source.version)
    if name in ("CopyObject", "CreateMultipartUpload", "PostObject", "PutObject"):
        yield from _writing("kms:GenerateDataKey", bucket, call.key, fields)
    elif name in ("UploadPart", "UploadPartCopy"):
        yield from _writing("kms:Decrypt", bucket, call.key, _fields_of_upload(call, bucket))
    elif name in ("GetObject", "SelectObjectContent") or (
        # https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html: for the checksum only.
        name == "HeadObject" and fields.get("x-amz-checksum-mode")
    ):
        yield from _reading(bucket, call.key, call.version)


def _fields_of_upload(call: S3Call, bucket: Bucket) -> Mapping[str, str]:
    upload = bucket.upload(call.call.request.args.get("uploadId", ""))
    if upload is None or _CUSTOMER in call.fields:
        return {_CUSTOMER: "AES256"}
    fields = {_ALGORITHM: upload.sse_encryption, _KEY_ID: upload.kms_key_id}
    return {name: value for name, value in fields.items() if value}


def _writing(action: str, bucket: Bucket, object_key: str, fields: Mapping[str, str]) -> Iterator[KeyUse]:
    """The encryption that the request chooses, else the bucket's default.

    Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
    """
    default = bucket.default_encryption()
    rule = default.get("ApplyServerSideEncryptionByDefault") or {}
    algorithm, key = fields.get(_ALGORITHM), fields.get(_KEY_ID, "")
    if not algorithm and not fields.get(_CUSTOMER):
        algorithm, key = rule.get("SSEAlgorithm"), rule.get("KMSMasterKeyID") or ""
    if algorithm in _KMS:
        bucket_key = as_flag(fields.get(_BUCKET_KEY)) or as_flag(default.get("BucketKeyEnabled"))
        yield KeyUse(action, key, bucket, object_key, bucket_key)


def _reading(bucket: Bucket, object_key: str, version: str) -> Iterator[KeyUse]:
    found = bucket.object(object_key, version)
    if found is not None and found.encryption in _KMS:
        bucket_key = as_flag(found.bucket_key_enabled)
        yield KeyUse("kms:Decrypt", found.kms_key_id or "", bucket, object_key, bucket_key)
