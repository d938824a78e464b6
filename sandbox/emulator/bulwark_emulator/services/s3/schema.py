"""What S3 asks of every document before it looks at the meaning: required members and enumerations."""

from __future__ import annotations

from typing import Any

from botocore.model import Shape

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
    """The document that a call carries.

    https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList (MalformedXML)
    """
    if member not in call.params:
        raise malformed()
    document = call.params[member]
    _check(document, call.operation.input_shape.members[member])
    return document


def _check(value: Any, shape: Shape) -> None:
    if shape.type_name == "structure":
        if any(name not in value for name in shape.required_members):
            raise malformed()
        for name, member in value.items():
            if name in shape.members:
                _check(member, shape.members[name])
    elif shape.type_name == "list":
        for item in value:
            _check(item, shape.member)
    elif shape.type_name == "string" and shape.enum and value not in shape.enum:
        raise malformed()
