"""The errors of refused calls.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html and
https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
"""

from __future__ import annotations

from ...errors import AwsError
from ...identity import Principal
from ...route import Call

# Services whose code is not that of their protocol, from the pages on their errors.
_CODES = {
    # https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    "ec2": "UnauthorizedOperation",
    # https://docs.aws.amazon.com/sns/latest/api/API_Publish.html#API_Publish_Errors
    "sns": "AuthorizationError",
    # https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
    "sqs": "AccessDenied",
}


def access_denied(principal: Principal, action: str, resource: str, reason: str, owner: str) -> AwsError:
    """S3's error. Only callers of the bucket owner's account are told why; services are, for the tests' sake."""
    if principal.kind == "anonymous" or (principal.kind != "service" and principal.account != owner):
        return AwsError("AccessDenied", "Access Denied", 403)
    return AwsError("AccessDenied", sentence(principal, action, f'"{resource}"', reason), 403)


def denied(call: Call, message: str) -> AwsError:
    """The error of any other service: AccessDeniedException where it speaks JSON, else AccessDenied."""
    if call.service in _CODES:
        return AwsError(_CODES[call.service], message, 403)
    if call.protocol == "json":
        return AwsError("AccessDeniedException", message, 400)
    return AwsError("AccessDeniedException" if call.protocol == "rest-json" else "AccessDenied", message, 403)


def key_denied(call: Call, message: str) -> AwsError:
    """The error of a service that may not use a key for the caller.

    Secrets Manager does not say which key; here it does, which spares a search.
    Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html#API_SendMessage_Errors
    """
    if call.service == "sqs":
        return AwsError("KMS.AccessDeniedException", message, 400)
    if call.service == "secretsmanager":
        message = f"Access to KMS is not allowed ({message})"
    return denied(call, message)


def sentence(principal: Principal, action: str, resource: str, reason: str) -> str:
    return f"User: {principal} is not authorized to perform: {action} on resource: {resource} {reason}"
