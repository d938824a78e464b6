"""STS: who the caller is, and sessions of roles that let the caller in."""

from __future__ import annotations

import json
from typing import Any

from moto.iam.models import Role, iam_backends
from moto.sts.models import AssumedRole

from ..errors import AwsError
from ..identity import PARTITION, Principal
from ..policy import Context, Document, PolicyError
from ..registry import operation
from ..route import Call
from . import roles, sessions, web_identity
from .access.denial import sentence
from .access.session_context import session_context

# https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
_DEFAULT_DURATION = 3600
_LONGEST_CHAINED = 3600


@operation("sts", "GetCallerIdentity")
def get_caller_identity(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html"""
    principal = call.principal
    return {"UserId": principal.user_id, "Account": principal.account, "Arn": principal.session_arn}


@operation("sts", "AssumeRole")
def assume_role(call: Call) -> dict[str, Any]:
    """A role that does not exist is refused like one that does not trust the caller.

    https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    """
    params, arn = call.params, call.params["RoleArn"]
    role, context = roles.find(arn), session_context(call)
    if role is None:
        raise _refusal(call.principal, "sts:AssumeRole", arn, "")
    for action in _actions(params):
        _check(call.principal, role, context, action)
    _check_duration(call, role)
    keys = {"aws:SourceIdentity": params["SourceIdentity"]} if params.get("SourceIdentity") else {}
    session = sessions.issue(
        role,
        params["RoleSessionName"],
        region=call.region,
        duration=params.get("DurationSeconds", _DEFAULT_DURATION),
        policies=_session_policies(call, role),
        tags={tag["Key"]: tag["Value"] for tag in params.get("Tags") or []},
        context=keys,
    )
    return {**_answer(session), **({"SourceIdentity": params["SourceIdentity"]} if keys else {})}


def _actions(params: dict[str, Any]) -> list[str]:
    """Session tags and a source identity want a permission of their own, on both sides.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
    """
    further = {"Tags": "sts:TagSession", "SourceIdentity": "sts:SetSourceIdentity"}
    return ["sts:AssumeRole", *(action for member, action in further.items() if params.get(member))]


def _check(principal: Principal, role: Role, context: Context, action: str) -> None:
    decision = roles.may_assume(role, principal, context, action)
    if not decision.allowed:
        # Whoever belongs to another account is not told why.
        told = principal.kind in ("root", "user", "role") and principal.account == role.account_id
        raise _refusal(principal, action, role.arn, decision.reason(action) if told else "")


def _refusal(principal: Principal, action: str, arn: str, reason: str) -> AwsError:
    return AwsError("AccessDenied", sentence(principal, action, arn, reason).rstrip(), 403)


def _check_duration(call: Call, role: Role) -> None:
    """At most what the role allows, and an hour when a role's session asks.

    https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    """
    duration = call.params.get("DurationSeconds", _DEFAULT_DURATION)
    if call.principal.kind == "role" and duration > _LONGEST_CHAINED:
        message = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining"
        raise AwsError("ValidationError", message, 400)
    if duration > int(role.max_session_duration or _DEFAULT_DURATION):
        message = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
        raise AwsError("ValidationError", message, 400)


def _session_policies(call: Call, role: Role) -> list[Any]:
    """The policies that a session is limited to, inline and managed ones of the role's account.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
    """
    documents = [call.params["Policy"]] if call.params.get("Policy") else []
    managed = iam_backends[role.account_id][PARTITION].managed_policies
    for row in call.params.get("PolicyArns") or []:
        policy = managed.get(row["arn"])
        if policy is None:
            raise AwsError("MalformedPolicyDocument", f"The policy {row['arn']} does not exist", 400)
        documents.append(next(version.document for version in policy.versions if version.is_default))
    try:
        loaded = [json.loads(text) for text in documents]
        for document in loaded:
            Document.parse(document)
    except PolicyError as error:
        raise AwsError("MalformedPolicyDocument", str(error), 400) from error
    except ValueError as error:
        raise AwsError("MalformedPolicyDocument", "This policy contains invalid Json", 400) from error
    return loaded


def _answer(session: AssumedRole) -> dict[str, Any]:
    return {
        "Credentials": {
            "AccessKeyId": session.access_key_id,
            "SecretAccessKey": session.secret_access_key,
            "SessionToken": session.session_token,
            "Expiration": session.expiration,
        },
        "AssumedRoleUser": {"AssumedRoleId": session.user_id, "Arn": session.arn},
        "PackedPolicySize": 6,
    }


@operation("sts", "AssumeRoleWithWebIdentity")
def assume_role_with_web_identity(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html"""
    token = web_identity.read(call)
    try:
        role = web_identity.authorize(call, token)
    except AwsError as error:
        web_identity.record(call, token, error)
        raise
    _check_duration(call, role)
    session = sessions.issue(
        role,
        call.params["RoleSessionName"],
        region=call.region,
        duration=call.params.get("DurationSeconds", _DEFAULT_DURATION),
        policies=_session_policies(call, role),
        context={"aws:FederatedProvider": token.provider_arn(role.account_id)},
    )
    web_identity.record(call, token)
    return {
        **_answer(session),
        "SubjectFromWebIdentityToken": token.subject,
        "Provider": token.provider_arn(role.account_id),
        "Audience": token.audience,
    }
