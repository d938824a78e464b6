"""The authorization of users and role sessions at every service but S3 and KMS, which have modules of their own.

The caller's policies decide on the action that the operation is, on the resources that its parameters name. Secrets,
parameters and queues bring their own policies, tags and keys along.
Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from typing import Callable, Iterable, Iterator

from ...policy import Context, Request, evaluate
from ...route import Call
from . import keys, logs, names, parameters, queues, resources, secrets
from .context import global_context, requested_tags
from .demand import Demand, KeyUse
from .denial import denied, key_denied, sentence

_SERVICES: dict[str, Callable[[Call], Iterable[Demand] | None]] = {
    "logs": logs.demands,
    "secretsmanager": secrets.demands,
    "sqs": queues.demands,
    "ssm": parameters.demands,
}

# Calls that need no permission, and those that the trust policy of a role decides.
_OPEN = {
    # https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
    ("sts", "GetCallerIdentity"),
    # https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
    ("sts", "GetSessionToken"),
    ("sts", "AssumeRole"),
    ("sts", "AssumeRoleWithSAML"),
    ("sts", "AssumeRoleWithWebIdentity"),
}


def authorize(call: Call) -> None:
    """Raises the service's error for the first thing that the caller may not do."""
    if (call.service, call.name) in _OPEN:
        return
    special = _SERVICES.get(call.service)
    demands = special(call) if special else None
    for demand in _general(call) if demands is None else demands:
        check(call, demand)


def check(call: Call, demand: Demand) -> None:
    owner = demand.owner or call.account
    context = demand.context.with_values({"aws:ResourceAccount": owner})
    decision = evaluate(Request(call.principal, demand.action, demand.resource, context), demand.policy, owner)
    if not decision.allowed:
        reason = decision.reason(demand.action)
        raise denied(call, sentence(call.principal, demand.action, demand.shown or demand.resource, reason))
    for use in demand.keys:
        _check_key(call, context, use)


def _check_key(call: Call, context: Context, use: KeyUse) -> None:
    """A key that the service uses for the caller.

    Source: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
    """
    if keys.is_managed(use.key):
        # The key of a service is there for everybody who may use the service in the account.
        return
    via = f"{call.service}.{call.region}.amazonaws.com"
    encryption = keys.key_context(context, call.principal, use.key, use.encryption_context, via)
    decision = keys.authorize(call.principal, use.action, use.key, encryption)
    if not decision.allowed:
        reason = decision.reason(use.action)
        raise key_denied(call, sentence(call.principal, use.action, use.key.arn, reason))


def _general(call: Call) -> Iterator[Demand]:
    prefix, action = names.prefix(call.service), names.action(call.service, call.name)
    context = global_context(call).with_values(requested_tags(call.params))
    if call.service == "cloudwatch":
        # https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html
        context.set("cloudwatch:namespace", call.params.get("Namespace"))
    for resource in resources.of_call(call, prefix, action):
        yield Demand(f"{prefix}:{action}", resource, context)
