"""Buckets whose versioning is suspended: what is new has the version "null", older versions stay.

moto treats such a bucket as one that never had versions, and drops them all.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/AddingObjectstoVersionSuspendedBuckets.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectsfromVersioningSuspendedBuckets.html
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import Callable, Iterator

from moto.s3.models import FakeBucket

from ...answer import Answer
from ...registry import operation
from ...route import Call
from .bucket import backend_of, bucket_of

Settle = Callable[[Answer], Answer]


@contextmanager
def suspended(bucket: FakeBucket, new: list[str]) -> Iterator[Settle]:
    """Lets moto treat a suspended bucket as one with versions, for one call.

    ``new`` are the keys of which the call makes a new version or delete marker. The function that it
    gives puts the version "null" in place of moto's, in the bucket and in the answer.
    """
    if bucket.versioning_status != "Suspended":
        yield lambda answer: answer
        return
    before = {key: len(bucket.keys.getlist(key, [])) for key in new}

    def settle(answer: Answer) -> Answer:
        for key, count in before.items():
            if len(bucket.keys.getlist(key, [])) > count:
                _make_null(bucket, key, answer)
        return answer

    bucket.versioning_status = "Enabled"
    try:
        yield settle
    finally:
        bucket.versioning_status = "Suspended"


def _make_null(bucket: FakeBucket, key: str, answer: Answer) -> None:
    *older, newest = bucket.keys.getlist(key)
    given, tagger = newest.version_id, backend_of(bucket).tagger
    tags = tagger.get_tag_dict_for_resource(newest.arn) if hasattr(newest, "arn") else {}
    newest._version_id = "null"
    if hasattr(newest, "arn"):
        tagger.delete_all_tags_for_resource(newest.arn)
        tagger.tag_resource(newest.arn, tagger.convert_dict_to_tags_input(tags))
    bucket.keys.setlist(key, [*(version for version in older if version.version_id != "null"), newest])
    answer.headers = [(name, value.replace(given, "null")) for name, value in answer.headers]
    if given.encode() in answer.body:
        answer.body = answer.body.replace(given.encode(), b"null")
        answer.set_header("Content-Length", str(len(answer.body)))


@operation("s3", "DeleteObject")
def delete_object(call: Call) -> Answer:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html"""
    marked = [] if call.params.get("VersionId") else [call.params["Key"]]
    with suspended(bucket_of(call), marked) as settle:
        return settle(call.forward())


@operation("s3", "DeleteObjects")
def delete_objects(call: Call) -> Answer:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html"""
    objects = call.params.get("Delete", {}).get("Objects", [])
    marked = [entry["Key"] for entry in objects if not entry.get("VersionId")]
    with suspended(bucket_of(call), marked) as settle:
        return settle(call.forward())


@operation("s3", "HeadObject")
def head_object(call: Call) -> Answer:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html"""
    with suspended(bucket_of(call), []):
        return call.forward()
