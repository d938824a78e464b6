"""STS: who the caller is, and roles that exist."""

from __future__ import annotations

from typing import Any

from moto.iam.models import iam_backends

from ..answer import Answer
from ..errors import AwsError
from ..registry import operation
from ..route import Call


@operation("sts", "GetCallerIdentity")
def get_caller_identity(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html"""
    principal = call.principal
    return {"UserId": principal.user_id, "Account": principal.account, "Arn": principal.session_arn}


@operation("sts", "AssumeRole")
def assume_role(call: Call) -> Answer:
    """A role that does not exist is refused like one that does not trust the caller.

    https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    """
    arn = call.params["RoleArn"]
    parts = arn.split(":")
    account = parts[4] if len(parts) > 5 else ""
    roles = iam_backends[account]["aws"].roles.values() if account.isdigit() else []
    if not any(role.arn == arn for role in roles):
        message = f"User: {call.principal} is not authorized to perform: sts:AssumeRole on resource: {arn}"
        raise AwsError("AccessDenied", message, 403)
    return call.forward()
