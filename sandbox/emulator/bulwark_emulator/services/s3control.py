"""S3 Control: the tags of buckets by ARN. All else is moto's."""

from __future__ import annotations

from typing import Any

from moto.s3.models import FakeBucket

from ..answer import Answer
from ..errors import AwsError
from ..registry import operation
from ..route import Call
from .s3.bucket import backend_of, find


@operation("s3control", "ListTagsForResource")
def list_tags_for_resource(call: Call) -> Answer | dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListTagsForResource.html"""
    bucket = _bucket(call)
    if bucket is None:
        return call.forward()
    return {"Tags": backend_of(bucket).tagger.list_tags_for_resource(bucket.arn)["Tags"]}


@operation("s3control", "TagResource")
def tag_resource(call: Call) -> Answer | None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_TagResource.html"""
    bucket = _bucket(call)
    if bucket is None:
        return call.forward()
    backend_of(bucket).tagger.tag_resource(bucket.arn, call.params["Tags"])
    return None


@operation("s3control", "UntagResource")
def untag_resource(call: Call) -> Answer | None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_UntagResource.html"""
    bucket = _bucket(call)
    if bucket is None:
        return call.forward()
    backend_of(bucket).tagger.untag_resource_using_names(bucket.arn, call.params["TagKeys"])
    return None


def _bucket(call: Call) -> FakeBucket | None:
    """The bucket of an ARN; None for an ARN of another kind."""
    prefix, _, name = call.params["ResourceArn"].rpartition(":")
    if not prefix.endswith(":s3::") or "/" in name:
        return None
    bucket = find(name)
    if bucket is None or bucket.account_id != call.account:
        raise AwsError("NoSuchResource", "The specified resource doesn't exist.", 404)
    return bucket
