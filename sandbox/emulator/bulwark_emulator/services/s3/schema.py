"""The documents that S3 calls carry, and its errors for them. What a document must have, AWS's model says."""

from __future__ import annotations

from typing import Any

from ...errors import AwsError
from ...route import Call


def malformed() -> AwsError:
    message = "The XML you provided was not well-formed or did not validate against our published schema"
    return AwsError("MalformedXML", message, 400)


def invalid(message: str) -> AwsError:
    return AwsError("InvalidArgument", message, 400)


def refused(message: str) -> AwsError:
    return AwsError("InvalidRequest", message, 400)


def document_of(call: Call, member: str) -> Any:
    """The document that a call carries. The model requires it of most operations, S3 of all of them.

    https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList (MalformedXML)
    """
    if member not in call.params:
        raise malformed()
    return call.params[member]
