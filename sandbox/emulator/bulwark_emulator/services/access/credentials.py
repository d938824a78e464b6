"""Credentials: whether they still count, before anybody asks what they allow."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Mapping

from moto.core.utils import utcnow

from ...errors import AwsError
from ...identity import DELETED_KEYS, Principal, find_access_key, find_session
from ...route import Call
from ...store import table

# Codes by protocol (JSON's for all that are not here).
# Sources: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList and
# https://docs.aws.amazon.com/aws-backup/latest/devguide/CommonErrors.html
_WRONG_TOKEN = {
    "rest-xml": ("InvalidToken", 400),
    "query": ("InvalidClientTokenId", 403),
    "json": ("UnrecognizedClientException", 403),
}
_WRONG_KEY = {**_WRONG_TOKEN, "rest-xml": ("InvalidAccessKeyId", 403)}
_EXPIRED = {
    "rest-xml": ("ExpiredToken", 400),
    "query": ("ExpiredToken", 403),
    "json": ("ExpiredTokenException", 403),
}
_INVALID = "The security token included in the request is invalid"


def check(call: Call) -> None:
    """Raises the service's error for a key that is gone or inactive, and for a session without its token or time."""
    principal = call.principal
    if not is_issued(principal, call.access_key):
        raise _error(call, _WRONG_KEY, _INVALID)
    if principal.kind == "user" and find_access_key(call.account, call.access_key).status != "Active":
        raise _error(call, _WRONG_KEY, _INVALID)
    if principal.kind == "role" and call.name != "PostObject":
        _check_session(call)
    _check_signed_url(call)


def is_issued(principal: Principal, access_key: str) -> bool:
    """Whether a key is none that was deleted."""
    return access_key not in table(DELETED_KEYS, principal.account)


def _check_session(call: Call) -> None:
    session = find_session(call.account, call.access_key)
    headers, query = call.request.headers, call.request.args
    signed = query.get("X-Amz-Security-Token") or query.get("x-amz-security-token")
    if (headers.get("X-Amz-Security-Token") or signed) != session.session_token:
        raise _error(call, _WRONG_TOKEN, _INVALID)
    if session.expiration <= utcnow():
        raise _error(call, _EXPIRED, "The security token included in the request is expired")


def _check_signed_url(call: Call) -> None:
    """Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html"""
    query = call.request.args
    if call.service != "s3" or not ("X-Amz-Signature" in query or "Signature" in query):
        return
    try:
        end = _end_of_signature(query)
    except ValueError as error:
        message = "The signed URL says not until when it counts."
        raise AwsError("AuthorizationQueryParametersError", message, 400) from error
    if datetime.now(timezone.utc) > end:
        raise AwsError("AccessDenied", "Request has expired", 403)


def _end_of_signature(query: Mapping[str, str]) -> datetime:
    """Of signature version 4, or of version 2, which some SDKs still make."""
    if "X-Amz-Signature" not in query:
        return datetime.fromtimestamp(int(query.get("Expires", "")), timezone.utc)
    signed = datetime.strptime(query.get("X-Amz-Date", ""), "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    return signed + timedelta(seconds=int(query.get("X-Amz-Expires", "")))


def _error(call: Call, codes: dict[str, tuple[str, int]], message: str) -> AwsError:
    code, status = codes.get(call.protocol, codes["json"])
    return AwsError(code, message, status)
