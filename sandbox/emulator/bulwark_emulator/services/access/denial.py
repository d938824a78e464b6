"""The errors of refused calls.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
"""

from __future__ import annotations

from ...errors import AwsError
from ...identity import Principal


def access_denied(principal: Principal, action: str, resource: str, reason: str, owner: str) -> AwsError:
    """S3's error. Only callers of the bucket owner's account are told why; services are, for the tests' sake."""
    if principal.kind == "anonymous" or (principal.kind != "service" and principal.account != owner):
        return AwsError("AccessDenied", "Access Denied", 403)
    return AwsError("AccessDenied", sentence(principal, action, f'"{resource}"', reason), 403)


def sentence(principal: Principal, action: str, resource: str, reason: str) -> str:
    return f"User: {principal} is not authorized to perform: {action} on resource: {resource} {reason}"
