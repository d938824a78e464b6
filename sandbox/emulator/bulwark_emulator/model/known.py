"""Where AWS is known to answer otherwise than its models say. Each entry names the page that says so."""

from __future__ import annotations

import re

# Values that AWS takes although its model does not have them, by service and shape.
_TAKEN = {
    # The canned ACL of log buckets, which the enumeration leaves out:
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
    ("s3", "BucketCannedACL"): re.compile("log-delivery-write"),
    # The pattern has no place for a general purpose bucket, whose tags the operation is for:
    # https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_TagResource.html
    ("s3control", "S3ResourceArn"): re.compile(r"arn:aws[a-z-]*:s3:::[a-z0-9.-]{3,63}"),
}

# Operations with an error of their own for what the model refuses.
OPERATIONS = {
    # https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutInsightSelectors.html
    ("cloudtrail", "PutInsightSelectors"): "InvalidInsightSelectorsException",
    # https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
    ("cloudtrail", "PutEventSelectors"): "InvalidEventSelectorsException",
}


def takes(service: str, shape: str, value: str) -> bool:
    """Whether AWS takes the value, whatever its model says."""
    pattern = _TAKEN.get((service, shape))
    return pattern is not None and pattern.fullmatch(value) is not None
