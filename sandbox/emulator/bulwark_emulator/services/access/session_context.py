"""The condition keys of a request for a role session.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
"""

from __future__ import annotations

from ...policy import Context
from ...route import Call
from .context import global_context


def session_context(call: Call) -> Context:
    """What AssumeRole and its kin are asked for."""
    params, context = call.params, global_context(call)
    context.set("sts:RoleSessionName", params.get("RoleSessionName"))
    context.set("sts:ExternalId", params.get("ExternalId"))
    context.set("sts:SourceIdentity", params.get("SourceIdentity"))
    duration = params.get("DurationSeconds")
    context.set("sts:DurationSeconds", str(duration) if duration else None)
    tags = params.get("Tags") or []
    for tag in tags:
        context.set(f"aws:RequestTag/{tag['Key']}", tag["Value"])
    context.set("aws:TagKeys", [tag["Key"] for tag in tags])
    context.set("sts:TransitiveTagKeys", params.get("TransitiveTagKeys") or [])
    return context
