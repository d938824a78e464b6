"""Who calls: the account's root, a user or role session issued by moto's IAM and STS, a service, or nobody."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import moto.iam.models
from moto.core.request import Request
from moto.iam.models import get_account_id_from, iam_backends
from moto.sts.models import sts_backends

from .store import table

ACCOUNT = "123456789012"
PARTITION = "aws"

# What moto does not remember of a role session, by its access key: session policies, tags, condition keys.
SESSIONS = "sts sessions"

# Access keys of users that are gone: whoever still has one is not taken for the deployer.
DELETED_KEYS = "iam deleted keys"

# moto looks for the account of a key in every partition, and loads all of AWS's managed policies
# for each: half a second after every reset.
moto.iam.models.PARTITION_NAMES = [PARTITION]  # type: ignore[attr-defined]


@dataclass
class Principal:
    """The caller.

    ``kind`` is root, user, role, service, federated (an identity provider's user, ``name`` is the provider) or
    anonymous. ``arn`` is what aws:PrincipalArn compares (a role session's role), ``session_arn`` what error
    messages and Principal elements name. ``identity`` are the identity-based policies; ``boundary`` and ``session``
    (a policy or several) limit them when present. ``context`` are condition keys that a session brings along.
    """

    kind: str
    account: str = ACCOUNT
    arn: str = ""
    session_arn: str = ""
    name: str = ""
    user_id: str = ""
    tags: dict[str, str] = field(default_factory=dict)
    identity: list[Any] = field(default_factory=list)
    boundary: Any = None
    session: Any = None
    context: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.session_arn or self.arn or "anonymous"


def identify(request: Request, access_key: str) -> Principal:
    """The caller of a request.

    A key that moto's IAM or STS issued is its user or role session; any other key is the account's
    root. ``X-Bulwark-Service-Principal`` marks a call that an AWS service makes.
    """
    service = request.headers.get("X-Bulwark-Service-Principal", "")
    if service:
        return Principal("service", arn=service, name=service)
    if not access_key and "Authorization" not in request.headers:
        return Principal("anonymous")
    account = request.headers.get("x-moto-account-id") or _account_of(access_key)
    return _session(account, access_key) or _user(account, access_key) or root(account)


def root(account: str) -> Principal:
    arn = f"arn:{PARTITION}:iam::{account}:root"
    return Principal("root", account, arn, arn, "root", account)


def _account_of(access_key: str) -> str:
    return get_account_id_from(access_key) if len(access_key) == 20 else ACCOUNT


def _session(account: str, access_key: str) -> Principal | None:
    session = find_session(account, access_key)
    if session is None:
        return None
    role_name = session.role_arn.rpartition("/")[2]
    roles = [r for r in iam_backends[account][PARTITION].roles.values() if r.name == role_name]
    principal = of_role(roles[0], session.session_name) if roles else _of_deleted_role(account, session)
    extras = table(SESSIONS, account).get(access_key, {})
    principal.session = extras.get("policies") or (_document(session.policy) if session.policy else None)
    principal.tags |= extras.get("tags", {})
    principal.context = extras.get("context", {})
    return principal


def find_session(account: str, access_key: str) -> Any:
    """moto's record of a role session, None when the key is none of a session."""
    if not access_key.startswith("ASIA"):
        return None
    sessions = sts_backends[account][PARTITION].assumed_roles
    return next((session for session in sessions if session.access_key_id == access_key), None)


def of_role(role: Any, session_name: str) -> Principal:
    """A session of a role, with all that the role may do."""
    account = role.account_id
    return Principal(
        "role",
        account,
        role.arn,
        f"arn:{PARTITION}:sts::{account}:assumed-role/{role.name}/{session_name}",
        role.name,
        f"{role.id}:{session_name}",
        tags=_tags(role.tags),
        identity=[
            *(_document(policy) for policy in role.policies.values()),
            *(_default_version(policy) for policy in role.managed_policies.values()),
        ],
        boundary=_boundary(iam_backends[account][PARTITION], role.permissions_boundary_arn),
    )


def _of_deleted_role(account: str, session: Any) -> Principal:
    """Without the role there are no policies that allow anything."""
    name = session.role_arn.rpartition("/")[2]
    return Principal("role", account, session.role_arn, session.arn, name, f"{name}:{session.session_name}")


def find_access_key(account: str, access_key: str) -> Any:
    """moto's record of a user's access key, None when there is no such key."""
    users = iam_backends[account][PARTITION].users.values()
    return next((key for user in users for key in user.access_keys if key.access_key_id == access_key), None)


def _user(account: str, access_key: str) -> Principal | None:
    if not access_key.startswith("AKIA"):
        return None
    backend = iam_backends[account][PARTITION]
    for user in backend.users.values():
        if not any(key.access_key_id == access_key for key in user.access_keys):
            continue
        documents = [_document(p) for p in user.policies.values()]
        documents += [_default_version(p) for p in user.managed_policies.values()]
        for group in backend.get_groups_for_user(user.name):
            documents += [_document(p) for p in group.policies.values()]
            documents += [_default_version(p) for p in group.managed_policies.values()]
        boundary = getattr(user, "permissions_boundary_arn", None)
        return Principal(
            "user",
            account,
            user.arn,
            user.arn,
            user.name,
            user.id,
            tags=_tags(user.tags),
            identity=documents,
            boundary=_boundary(backend, boundary),
        )
    return None


def _tags(tags: list[dict[str, str]] | None) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in tags or []}


def _boundary(backend: Any, arn: str | None) -> Any:
    """A permissions boundary. One that is missing allows nothing."""
    if not arn:
        return None
    policy = backend.managed_policies.get(arn)
    return _default_version(policy) if policy else {"Statement": []}


def _default_version(policy: Any) -> Any:
    return _document(next(version.document for version in policy.versions if version.is_default))


def _document(policy: Any) -> Any:
    """A policy, loaded if it is JSON; text that is none is reported when it is needed."""
    if not isinstance(policy, str):
        return policy
    for text in (policy, unquote(policy)):
        try:
            return json.loads(text)
        except ValueError:
            continue
    return policy
