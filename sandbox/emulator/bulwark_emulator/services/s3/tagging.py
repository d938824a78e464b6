"""Tags of buckets and objects. moto loses values that are empty."""

from __future__ import annotations

from typing import Any

from ...errors import AwsError
from ...registry import operation
from ...route import Call
from .bucket import backend_of, bucket_of
from .schema import document_of

MOST = 50


@operation("s3", "PutBucketTagging")
def put_bucket_tagging(call: Call) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html"""
    bucket, tags = bucket_of(call), _tags(call)
    if len(tags) > MOST:
        raise AwsError("InvalidTag", f"Bucket tag count cannot be greater than {MOST}", 400)
    backend_of(bucket).put_bucket_tagging(bucket.name, tags)


@operation("s3", "PutObjectTagging")
def put_object_tagging(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html"""
    bucket, version_id = bucket_of(call), call.params.get("VersionId")
    backend = backend_of(bucket)
    found = backend.get_object(bucket.name, call.params["Key"], version_id)
    if found is None:
        code = "NoSuchVersion" if version_id else "NoSuchKey"
        kind = "version" if version_id else "key"
        raise AwsError(code, f"The specified {kind} does not exist.", 404, Key=call.params["Key"])
    backend.put_object_tagging(found, _tags(call))
    return {"VersionId": found.version_id} if found.version_id != "null" else {}


def _tags(call: Call) -> dict[str, str]:
    tags = document_of(call, "Tagging")["TagSet"]
    names = [tag["Key"] for tag in tags]
    if len(set(names)) < len(names):
        raise AwsError("InvalidTag", "Cannot provide multiple Tags with the same key", 400)
    for name in names:
        if name.startswith("aws:"):
            message = "System tags cannot be added/updated by requester"
            raise AwsError("InvalidTag", message, 400)
    if any(len(tag["Key"]) > 128 or not tag["Key"] or len(tag["Value"]) > 256 for tag in tags):
        raise AwsError("InvalidTag", "The TagKey or TagValue you have provided is invalid", 400)
    return {tag["Key"]: tag["Value"] for tag in tags}
