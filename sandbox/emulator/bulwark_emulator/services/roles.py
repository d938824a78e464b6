"""Roles: found by ARN, and whether their trust policies let somebody in."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from moto.iam.models import Role, iam_backends

from ..identity import ACCOUNT, PARTITION, Principal
from ..policy import Context, Decision, Document, Request, evaluate
from ..policy.evaluate import RESOURCE, TRUST


def find(arn: str) -> Role | None:
    """A role of any account."""
    fields = arn.split(":")
    account = fields[4] if len(fields) > 5 else ""
    if not account.isdigit():
        return None
    return next((role for role in iam_backends[account][PARTITION].roles.values() if role.arn == arn), None)


def trust_of(role: Role) -> Document:
    return Document.parse(with_resource(json.loads(role.assume_role_policy_document)), resource_based=True)


def with_resource(document: Any) -> Any:
    """A trust policy with the resource that it is about, the role itself: it names none.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html
    """
    statements = document.get("Statement") if isinstance(document, dict) else None
    rows = [statements] if isinstance(statements, dict) else statements
    if not isinstance(rows, list):
        return document
    return {**document, "Statement": [{**row, "Resource": "*"} if isinstance(row, dict) else row for row in rows]}


def may_assume(
    role: Role, principal: Principal, context: Context, action: str = "sts:AssumeRole"
) -> Decision:
    """Whether the trust policy, and the caller's own policies where it leaves it to the account, let the caller in.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    """
    request = Request(principal, action, role.arn, context)
    decision = evaluate(request, trust_of(role), role.account_id, policy_decides=True)
    return replace(decision, policy=TRUST) if decision.policy == RESOURCE else decision


def service_may_assume(role: Role, service: str, source_arn: str = "", source_account: str = ACCOUNT) -> Decision:
    """Whether the trust policy lets a service in that acts for a resource of an account.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    """
    context = Context({"aws:SourceAccount": source_account, "aws:PrincipalIsAWSService": "true"})
    context.set("aws:SourceArn", source_arn or None)
    context.set("aws:PrincipalServiceName", service)
    return may_assume(role, Principal("service", arn=service, name=service), context)
