"""Role sessions: temporary credentials with what moto does not remember of them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Iterable, Mapping

from moto.iam.models import Role
from moto.sts.models import AssumedRole, sts_backends

from ..identity import PARTITION, SESSIONS
from ..store import table


def issue(
    role: Role,
    name: str,
    *,
    region: str,
    duration: int = 3600,
    policies: Iterable[Any] = (),
    tags: Mapping[str, str] | None = None,
    context: Mapping[str, str] | None = None,
) -> AssumedRole:
    """A session of the role. ``context`` are condition keys that its calls carry."""
    session = sts_backends[role.account_id][PARTITION].assume_role(
        region_name=region,
        role_session_name=name,
        role_arn=role.arn,
        policy="",
        duration=duration,
        external_id="",
    )
    issued = datetime.now(timezone.utc).isoformat(timespec="seconds")
    table(SESSIONS, role.account_id)[session.access_key_id] = {
        "policies": list(policies),
        "tags": dict(tags or {}),
        "context": {"aws:TokenIssueTime": issued, "aws:MultiFactorAuthPresent": "false", **(context or {})},
    }
    return session
