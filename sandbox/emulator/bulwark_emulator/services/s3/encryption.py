"""Default encryption of buckets, and the encryption that each object gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from moto.s3.models import FakeBucket, FakeKey, FakeMultipart

from ...answer import Answer
from ...errors import AwsError
from ...registry import operation
from ...route import Call
from ..kms import Key, find_key
from .bucket import backend_of, bucket_of
from .schema import document_of, invalid, malformed, refused
from .settings import check_acl
from .versions import suspended

_HEADER = "x-amz-server-side-encryption"
_KEY_HEADER = f"{_HEADER}-aws-kms-key-id"
_BUCKET_KEY_HEADER = f"{_HEADER}-bucket-key-enabled"

_ALGORITHMS = ("AES256", "aws:kms", "aws:kms:dsse")
_OWN_KEY = "alias/aws/s3"


@operation("s3", "PutBucketEncryption")
def put_bucket_encryption(call: Call) -> None:
    """The key is not looked up: objects find out.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html
    """
    rules = document_of(call, "ServerSideEncryptionConfiguration")["Rules"]
    if len(rules) != 1:
        raise malformed()
    rule = rules[0]
    default = rule.setdefault("ApplyServerSideEncryptionByDefault", {"SSEAlgorithm": "AES256"})
    if default["SSEAlgorithm"] == "AES256" and "KMSMasterKeyID" in default:
        raise invalid(
            "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse"
        )
    rule.setdefault("BucketKeyEnabled", False)
    bucket_of(call).encryption = {"Rule": rule}


@operation("s3", "GetBucketEncryption")
def get_bucket_encryption(call: Call) -> dict[str, Any]:
    """Every bucket has a default encryption: SSE-S3 unless another was set.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
    """
    return {"ServerSideEncryptionConfiguration": {"Rules": [default_rule(bucket_of(call))]}}


@operation("s3", "DeleteBucketEncryption")
def delete_bucket_encryption(call: Call) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html"""
    bucket_of(call).encryption = None


def default_rule(bucket: FakeBucket) -> dict[str, Any]:
    sse_s3 = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}
    return bucket.encryption["Rule"] if bucket.encryption else sse_s3


@dataclass(frozen=True)
class Encryption:
    """What an object is encrypted with. Only KMS has a key's ARN."""

    algorithm: str
    key_arn: str = ""
    bucket_key: bool = False

    def headers(self) -> dict[str, str]:
        headers = {_HEADER: self.algorithm}
        if self.key_arn:
            headers[_KEY_HEADER] = self.key_arn
        if self.bucket_key:
            headers[_BUCKET_KEY_HEADER] = "true"
        return headers

    def add_to(self, answer: Answer) -> None:
        for name, value in self.headers().items():
            answer.set_header(name, value)


def encryption_for(call: Call) -> Encryption | None:
    """What the call's object gets: what the request says, otherwise the bucket's default.

    None for a key that the client brings along (SSE-C).

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html#API_PutObject_RequestSyntax
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/configuring-bucket-key-object.html
    """
    if call.params.get("SSECustomerAlgorithm"):
        return None
    params = call.params
    return _encryption(
        bucket_of(call),
        params.get("ServerSideEncryption", ""),
        params.get("SSEKMSKeyId", ""),
        params.get("BucketKeyEnabled"),
    )


def _encryption(bucket: FakeBucket, algorithm: str, key: str, bucket_key: bool | None) -> Encryption:
    rule = default_rule(bucket)
    if not algorithm:
        default = rule["ApplyServerSideEncryptionByDefault"]
        if key:
            raise invalid(
                "Server Side Encryption with AWS KMS managed key requires HTTP header "
                "x-amz-server-side-encryption : aws:kms"
            )
        algorithm, key = default["SSEAlgorithm"], default.get("KMSMasterKeyID", "")
    if algorithm not in _ALGORITHMS:
        message = "The encryption method specified is not supported"
        raise AwsError("InvalidEncryptionAlgorithmError", message, 400)
    if algorithm == "AES256":
        if key:
            raise invalid(f"{_KEY_HEADER} is not applicable to the encryption method AES256")
        return Encryption(algorithm)
    found = _key(bucket, key or _OWN_KEY)
    enabled = rule["BucketKeyEnabled"] if bucket_key is None else bucket_key
    return Encryption(algorithm, found.arn, enabled and algorithm == "aws:kms")


def _key(bucket: FakeBucket, name: str) -> Key:
    """The key. Whether the caller may use it, and whether it is enabled, has been checked before.

    https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#KMSErrorCodeList
    """
    key = find_key(bucket.account_id, bucket.region_name, name)
    if key is None:
        raise AwsError("KMS.NotFoundException", f"Key '{name}' does not exist", 400)
    return key


@operation("s3", "PutObject")
def put_object(call: Call) -> Answer:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html"""
    check_acl(call, allowed=("private", "bucket-owner-full-control"))
    return _store(call)


@operation("s3", "CopyObject")
def copy_object(call: Call) -> Answer:
    """A copy is encrypted as the target bucket says, whatever the source has.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
    """
    check_acl(call, allowed=("private", "bucket-owner-full-control"))
    bucket, params = bucket_of(call), call.params
    source = params["CopySource"].lstrip("/").partition("?")[0]
    changes = ("ServerSideEncryption", "StorageClass", "WebsiteRedirectLocation", "SSECustomerAlgorithm")
    if (
        source == f"{bucket.name}/{params['Key']}"
        and "?versionId=" not in params["CopySource"]
        and params.get("MetadataDirective") != "REPLACE"
        and not any(name in params for name in changes)
        and not bucket.encryption
    ):
        raise refused(
            "This copy request is illegal because it is trying to copy an object to itself without changing "
            "the object's metadata, storage class, website redirect location or encryption attributes."
        )
    return _store(call)


def _store(call: Call) -> Answer:
    encryption, bucket = encryption_for(call), bucket_of(call)
    with suspended(bucket, [call.params["Key"]]) as settle:
        if encryption:
            return settle(call.forward(encryption.headers()))
        # moto would take the default all the same.
        default, bucket.encryption = bucket.encryption, None
        try:
            return settle(call.forward())
        finally:
            bucket.encryption = default


@operation("s3", "PostObject")
def post_object(call: Call) -> Answer:
    """The form fields of a browser stand for the headers.

    https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
    """
    form, bucket = call.request.form, bucket_of(call)
    bucket_key = form.get(_BUCKET_KEY_HEADER)
    encryption = _encryption(
        bucket,
        form.get(_HEADER, ""),
        form.get(_KEY_HEADER, ""),
        None if bucket_key is None else bucket_key == "true",
    )
    name = form.get("key", "")
    with suspended(bucket, [name]) as settle:
        answer = settle(call.forward())
    stored = backend_of(bucket).get_object(bucket.name, name) if answer.ok else None
    if stored:
        _mark(stored, encryption)
        encryption.add_to(answer)
    return answer


@operation("s3", "CreateMultipartUpload")
def create_multipart_upload(call: Call) -> Answer:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html"""
    check_acl(call, allowed=("private", "bucket-owner-full-control"))
    encryption, bucket = encryption_for(call), bucket_of(call)
    before = set(bucket.multiparts)
    answer = call.forward(encryption.headers() if encryption else None)
    if answer.ok and encryption:
        encryption.add_to(answer)
        for upload_id in set(bucket.multiparts) - before:
            bucket.multiparts[upload_id].bucket_key_enabled = encryption.bucket_key
    return answer


@operation("s3", "UploadPart")
def upload_part(call: Call) -> Answer:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html"""
    upload = _upload(call)
    if upload is None:
        raise AwsError("NoSuchUpload", _NO_UPLOAD, 404, UploadId=call.params["UploadId"])
    answer = call.forward()
    if answer.ok and upload.sse_encryption:
        _of_upload(upload).add_to(answer)
    return answer


@operation("s3", "CompleteMultipartUpload")
def complete_multipart_upload(call: Call) -> Answer:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html"""
    bucket, name, upload = bucket_of(call), call.params["Key"], _upload(call)
    stored = backend_of(bucket).get_object(bucket.name, name)
    completed = stored and stored.multipart and stored.multipart.id == call.params["UploadId"]
    if upload is None and not completed:
        raise AwsError("NoSuchUpload", _NO_UPLOAD, 404, UploadId=call.params["UploadId"])
    with suspended(bucket, [name]) as settle:
        answer = settle(call.forward())
    stored = backend_of(bucket).get_object(bucket.name, name) if answer.ok else None
    if stored and upload and upload.sse_encryption:
        _mark(stored, _of_upload(upload))
        _of_upload(upload).add_to(answer)
    return answer


_NO_UPLOAD = (
    "The specified upload does not exist. The upload ID may be invalid, "
    "or the upload may have been aborted or completed."
)


def _upload(call: Call) -> FakeMultipart | None:
    return bucket_of(call).multiparts.get(call.params["UploadId"])


def _of_upload(upload: FakeMultipart) -> Encryption:
    key_arn = upload.kms_key_id or ""
    return Encryption(upload.sse_encryption or "", key_arn, getattr(upload, "bucket_key_enabled", False))


def _mark(stored: FakeKey, encryption: Encryption) -> None:
    stored.encryption = encryption.algorithm
    stored.kms_key_id = encryption.key_arn or None
    stored.bucket_key_enabled = True if encryption.bucket_key else None
