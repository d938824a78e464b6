"""The tokens of OpenID Connect providers, and the roles that they open.

The sandbox knows no provider's keys: a token's signature is not verified, so that one that is signed with any key, or
not at all, stands for one that the provider has issued. Issuer, audience, expiry and claims count.
"""

from __future__ import annotations

import base64
import json
import time
import uuid
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from moto.iam.models import OpenIDConnectProvider, Role, iam_backends

from ..errors import AwsError
from ..identity import PARTITION, Principal
from ..policy import Context
from ..route import Call
from . import cloudtrail_events, roles
from .access.session_context import session_context

_ACTION = "sts:AssumeRoleWithWebIdentity"

# The claims of which IAM makes condition keys for every provider, and further ones for GitHub's.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
_CLAIMS = ("amr", "email", "sub")
_GITHUB = "token.actions.githubusercontent.com"
_GITHUB_CLAIMS = (
    "actor",
    "actor_id",
    "enterprise_id",
    "environment",
    "job_workflow_ref",
    "ref",
    "repository",
    "repository_id",
    "workflow",
)


@dataclass(frozen=True)
class Token:
    """A provider's statement of who somebody is."""

    claims: dict[str, Any]

    @property
    def issuer(self) -> str:
        return str(self.claims.get("iss", ""))

    @property
    def provider(self) -> str:
        """The issuer as IAM names the provider: https://accounts.example.com is accounts.example.com."""
        return self.issuer.partition("://")[2].rstrip("/") or self.issuer

    @property
    def subject(self) -> str:
        return str(self.claims.get("sub", ""))

    @property
    def audience(self) -> str:
        """The authorized party, if there is one, else the audience."""
        audience = self.claims.get("azp") or self.claims.get("aud", "")
        return str(audience[0] if isinstance(audience, list) and audience else audience)

    def provider_arn(self, account: str) -> str:
        return f"arn:{PARTITION}:iam::{account}:oidc-provider/{self.provider}"

    def keys(self) -> dict[str, str | list[str]]:
        """The condition keys that the claims are."""
        names = (*_CLAIMS, *(_GITHUB_CLAIMS if self.provider == _GITHUB else ()))
        found: dict[str, str | list[str]] = {f"{self.provider}:aud": self.audience}
        if self.claims.get("azp"):
            found[f"{self.provider}:oaud"] = str(self.claims.get("aud", ""))
        for name in names:
            value = self.claims.get(name)
            if value is not None:
                rows = value if isinstance(value, list) else [value]
                found[f"{self.provider}:{name}"] = [str(row) for row in rows]
        return found


def read(call: Call) -> Token:
    """The token of a call, or the error that it is none."""
    parts = str(call.params["WebIdentityToken"]).split(".")
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        if len(parts) != 3 or not isinstance(claims, dict):
            raise ValueError("three parts and an object of claims are expected")
    except (IndexError, ValueError) as error:
        message = "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"
        raise AwsError("InvalidIdentityToken", message, 400) from error
    return Token(claims)


def authorize(call: Call, token: Token) -> Role:
    """The role, or the error: the provider, its audience, the token's expiry, the role's trust policy, in this order.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
    """
    arn = call.params["RoleArn"]
    fields = arn.split(":")
    account = fields[4] if len(fields) > 5 else ""
    provider = _provider(account, token)
    if provider is None:
        message = f"No OpenIDConnect provider found in your account for {token.issuer}"
        raise AwsError("InvalidIdentityToken", message, 400)
    if token.audience not in provider.client_id_list:
        raise AwsError("InvalidIdentityToken", "Incorrect token audience", 400)
    expiry = token.claims.get("exp")
    if isinstance(expiry, (int, float)) and expiry < time.time():
        now, end = int(time.time()), int(expiry)
        message = f"Token expired: current date/time {now} must be before the expiration date/time {end}"
        raise AwsError("ExpiredTokenException", message, 400)
    role = roles.find(arn)
    principal = Principal("federated", account, provider.arn, provider.arn, provider.arn)
    if role is None or not roles.may_assume(role, principal, _context(call, token, provider), _ACTION).allowed:
        raise AwsError("AccessDenied", f"Not authorized to perform {_ACTION}", 403)
    return role


def _provider(account: str, token: Token) -> OpenIDConnectProvider | None:
    if not account.isdigit():
        return None
    return iam_backends[account][PARTITION].open_id_providers.get(token.provider_arn(account))


def _context(call: Call, token: Token, provider: OpenIDConnectProvider) -> Context:
    return session_context(call).with_values({**token.keys(), "aws:FederatedProvider": provider.arn})


def record(call: Call, token: Token, error: AwsError | None = None) -> None:
    """The event that CloudTrail records, in which userName is the token's subject.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
    """
    arn = call.params["RoleArn"]
    account = arn.split(":")[4] if arn.count(":") > 4 else ""
    provider = token.provider_arn(account)
    event: dict[str, Any] = {
        "eventVersion": "1.08",
        "userIdentity": {
            "type": "WebIdentityUser",
            "principalId": f"{provider}:{token.audience}:{token.subject}",
            "userName": token.subject,
            "identityProvider": provider,
        },
        "eventTime": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "eventSource": "sts.amazonaws.com",
        "eventName": "AssumeRoleWithWebIdentity",
        "awsRegion": call.region,
        "sourceIPAddress": call.request.remote_addr or "127.0.0.1",
        "userAgent": call.request.headers.get("User-Agent", ""),
        "requestParameters": {"roleArn": arn, "roleSessionName": call.params["RoleSessionName"]},
        "responseElements": None,
        "requestID": str(uuid.uuid4()),
        "eventID": str(uuid.uuid4()),
        "readOnly": True,
        "resources": [{"accountId": account, "type": "AWS::IAM::Role", "ARN": arn}],
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": account,
        "eventCategory": "Management",
    }
    if error is not None:
        event["errorCode"], event["errorMessage"] = error.code, error.message
    cloudtrail_events.add(account, event)
