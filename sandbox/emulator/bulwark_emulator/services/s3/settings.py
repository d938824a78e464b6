"""Settings that are a document and no more, or one that moto acts on: payer, acceleration, versions, ownership."""

from __future__ import annotations

from typing import Any

from ...answer import Answer
from ...errors import AwsError
from ...registry import operation
from ...route import Call
from .bucket import bucket_of, documents
from .documents import Document, keep
from .schema import document_of, malformed, refused


def _check_acceleration(call: Call, _document: Any) -> None:
    if "." in bucket_of(call).name:
        raise refused("S3 Transfer Acceleration is not supported for buckets with periods (.) in their names")


# https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAccelerateConfiguration.html
keep(Document("BucketAccelerateConfiguration", "AccelerateConfiguration", _check_acceleration))

# https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html
keep(
    Document(
        "BucketRequestPayment", "RequestPaymentConfiguration", default=lambda: {"Payer": "BucketOwner"}
    )
)


@operation("s3", "PutBucketVersioning")
def put_bucket_versioning(call: Call) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html"""
    bucket = bucket_of(call)
    settings = call.params.get("VersioningConfiguration", {})
    status = settings.get("Status")
    if status not in ("Enabled", "Suspended"):
        message = "The Versioning element must be specified"
        raise AwsError("IllegalVersioningConfigurationException", message, 400)
    if status == "Suspended" and bucket.object_lock_enabled:
        message = (
            "An Object Lock configuration is present on this bucket, "
            "so the versioning state cannot be changed."
        )
        raise AwsError("InvalidBucketState", message, 409)
    if settings.get("MFADelete") and not call.request.headers.get("x-amz-mfa"):
        message = "Mfa Authentication must be provided to change the MFA delete state of a bucket"
        raise AwsError("AccessDenied", message, 403)
    bucket.versioning_status = status
    if "MFADelete" in settings:
        documents(bucket.name)["MFADelete"] = settings["MFADelete"]


@operation("s3", "GetBucketVersioning")
def get_bucket_versioning(call: Call) -> dict[str, Any]:
    """Nothing at all for a bucket that never had versions.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html
    """
    bucket = bucket_of(call)
    if not bucket.versioning_status:
        return {}
    answer = {"Status": bucket.versioning_status}
    if "MFADelete" in documents(bucket.name):
        answer["MFADelete"] = documents(bucket.name)["MFADelete"]
    return answer


@operation("s3", "PutBucketOwnershipControls")
def put_bucket_ownership_controls(call: Call) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html"""
    bucket = bucket_of(call)
    rules = document_of(call, "OwnershipControls")["Rules"]
    if len(rules) != 1:
        raise malformed()
    ownership = rules[0]["ObjectOwnership"]
    if ownership == "BucketOwnerEnforced" and bucket.acl and len(bucket.acl.grants) > 1:
        message = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"
        raise AwsError("InvalidBucketAclWithObjectOwnership", message, 400)
    bucket.ownership_rule = ownership


@operation("s3", "GetBucketOwnershipControls")
def get_bucket_ownership_controls(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html"""
    bucket = bucket_of(call)
    if not bucket.ownership_rule:
        message = "The bucket ownership controls were not found"
        raise AwsError("OwnershipControlsNotFoundError", message, 404, BucketName=bucket.name)
    return {"OwnershipControls": {"Rules": [{"ObjectOwnership": bucket.ownership_rule}]}}


@operation("s3", "DeleteBucketOwnershipControls")
def delete_bucket_ownership_controls(call: Call) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketOwnershipControls.html"""
    bucket_of(call).ownership_rule = None


@operation("s3", "PutBucketAcl", "PutObjectAcl")
def put_acl(call: Call) -> Answer:
    """Refused while ACLs are disabled.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
    """
    check_acl(call, allowed=("private", "bucket-owner-full-control"))
    return call.forward()


def check_acl(call: Call, allowed: tuple[str, ...]) -> None:
    """Refuses an ACL that gives more than its owner has, where ACLs are disabled."""
    if bucket_of(call).ownership_rule != "BucketOwnerEnforced":
        return
    grants = any(name.startswith("Grant") for name in call.params)
    if grants or call.params.get("AccessControlPolicy") or call.params.get("ACL", "private") not in allowed:
        raise AwsError("AccessControlListNotSupported", "The bucket does not allow ACLs", 400)
