"""The roles of tasks: who may assume them, and what the execution role may read."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from moto.iam.models import Role, iam_backends

from ...identity import PARTITION, Principal
from ...policy import Context, Document, PolicyError, Request, evaluate

PRINCIPAL = "ecs-tasks.amazonaws.com"


def find(account: str, arn: str) -> Role | None:
    roles = iam_backends[account][PARTITION].roles.values()
    return next((role for role in roles if role.arn == arn), None)


def trusts(role: Role, account: str, source: str) -> bool:
    """Whether a role's trust policy lets ECS assume it for a task, by the task's account and ARN.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    """
    text = role.assume_role_policy_document
    document: Any = text if isinstance(text, dict) else json.loads(_plain(text))
    statements = document.get("Statement", [])
    rows = [statements] if isinstance(statements, dict) else statements
    try:
        policy = Document.parse(
            {**document, "Statement": [{**row, "Resource": "*"} for row in rows]}, resource_based=True
        )
    except PolicyError:
        return False
    context = Context(
        {
            "aws:SourceAccount": account,
            "aws:SourceArn": source,
            "aws:SecureTransport": "true",
            "aws:PrincipalIsAWSService": "true",
            "aws:PrincipalServiceName": PRINCIPAL,
        }
    )
    request = Request(
        Principal("service", arn=PRINCIPAL, name=PRINCIPAL), "sts:AssumeRole", role.arn, context
    )
    return evaluate(request, policy, account, policy_decides=True).allowed


def _plain(text: str) -> str:
    return unquote(text) if text.lstrip().startswith("%7B") else text
