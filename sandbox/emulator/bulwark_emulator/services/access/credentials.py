"""Temporary credentials: the token of the session goes with its key, until it has expired."""

from __future__ import annotations

from moto.core.utils import utcnow

from ...errors import AwsError
from ...identity import find_session
from ...route import Call

# Codes and words by protocol, for a token that is not the session's and for one that has expired.
# Sources: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList and
# https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
_WRONG = {
    "rest-xml": ("InvalidToken", 400),
    "query": ("InvalidClientTokenId", 403),
    "json": ("UnrecognizedClientException", 400),
    "rest-json": ("UnrecognizedClientException", 403),
}
_EXPIRED = {
    "rest-xml": ("ExpiredToken", 400),
    "query": ("ExpiredToken", 403),
    "json": ("ExpiredTokenException", 400),
    "rest-json": ("ExpiredTokenException", 403),
}


def check(call: Call) -> None:
    """Raises the service's error when a role session's call carries no token, another, or one that has expired."""
    if call.principal.kind != "role" or call.name == "PostObject":
        return
    session = find_session(call.account, call.access_key)
    headers, query = call.request.headers, call.request.args
    given = headers.get("X-Amz-Security-Token") or query.get("X-Amz-Security-Token") or query.get("x-amz-security-token")
    if given != session.session_token:
        code, status = _WRONG.get(call.protocol, _WRONG["json"])
        raise AwsError(code, "The security token included in the request is invalid", status)
    if session.expiration <= utcnow():
        code, status = _EXPIRED.get(call.protocol, _EXPIRED["json"])
        raise AwsError(code, "The security token included in the request is expired", status)
