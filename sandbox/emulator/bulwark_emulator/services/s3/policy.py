"""Bucket policies: refused when they are none, kept as text, and whether they are public."""

from __future__ import annotations

import json
from typing import Any

from moto.s3control.models import s3control_backends

from ...answer import Answer
from ...errors import AwsError
from ...policy import Document, PolicyError, is_public
from ...registry import operation
from ...route import Call
from ..principals import missing_principal
from .bucket import bucket_of


@operation("s3", "PutBucketPolicy")
def put_bucket_policy(call: Call) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html"""
    bucket, text = bucket_of(call), call.request.get_data()
    policy = _parse(text)
    arn = f"arn:{bucket.partition}:s3:::{bucket.name}"
    for statement in policy.statements:
        if not all(_within(arn, resource) for resource in statement.resources):
            raise AwsError("MalformedPolicy", "Policy has invalid resource", 400)
    name = missing_principal(policy, bucket.account_id)
    if name:
        raise AwsError("MalformedPolicy", f"Invalid principal in policy: {name}", 400)
    of_account = s3control_backends[bucket.account_id][bucket.partition].public_access_block
    blocks = (bucket.public_access_block, of_account)
    if is_public(policy) and any(getattr(block, "block_public_policy", False) for block in blocks):
        message = (
            f"User: {call.principal} is not authorized to perform: s3:PutBucketPolicy on resource: "
            f'"{arn}" because public policies are blocked by the BlockPublicPolicy block public access setting.'
        )
        raise AwsError("AccessDenied", message, 403)
    bucket.policy = text


def _parse(text: bytes) -> Document:
    if not text.lstrip().startswith(b"{"):
        message = "Policies must be valid JSON and the first byte must be '{'"
        raise AwsError("MalformedPolicy", message, 400)
    try:
        return Document.parse(json.loads(text), resource_based=True)
    except PolicyError as error:
        raise AwsError("MalformedPolicy", str(error), 400) from error
    except ValueError as error:
        raise AwsError("MalformedPolicy", f"This policy contains invalid Json: {error}", 400) from error


def _within(arn: str, resource: str) -> bool:
    """Whether a resource is the bucket or some of its objects."""
    return resource in ("*", arn) or resource.startswith(f"{arn}/") or resource == f"{arn}*"


@operation("s3", "GetBucketPolicy")
def get_bucket_policy(call: Call) -> Answer:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html"""
    return Answer(200, [("Content-Type", "application/json")], _policy(call))


@operation("s3", "DeleteBucketPolicy")
def delete_bucket_policy(call: Call) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html"""
    bucket_of(call).policy = None


@operation("s3", "GetBucketPolicyStatus")
def get_bucket_policy_status(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html"""
    return {"PolicyStatus": {"IsPublic": is_public(_parse(_policy(call)))}}


def _policy(call: Call) -> bytes:
    bucket = bucket_of(call)
    if not bucket.policy:
        message = "The bucket policy does not exist"
        raise AwsError("NoSuchBucketPolicy", message, 404, BucketName=bucket.name)
    return bucket.policy
