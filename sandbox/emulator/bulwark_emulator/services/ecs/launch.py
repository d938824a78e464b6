"""What keeps a task from starting: its roles, its secrets, its image, its log group.

The messages are those that AWS gives as reason of a stopped task.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
"""

from __future__ import annotations

from typing import Any, Iterator

from moto.secretsmanager.models import secretsmanager_backends
from moto.ssm.models import ssm_backends

from . import logs, roles
from .world import Task

_RETRIEVAL = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "


def untrusted_role(account: str, definition: dict[str, Any], source: str) -> str:
    """Why ECS cannot launch a task at all: a role that is not there, or does not trust it. Empty if it can.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
    """
    for member in ("taskRoleArn", "executionRoleArn"):
        arn = definition.get(member)
        if not arn:
            continue
        role = roles.find(account, arn) if arn.startswith("arn:") else None
        if role is None or not roles.trusts(role, account, source):
            return (
                f"ECS was unable to assume the role '{arn}' that was provided for this task. Please verify that the"
                " role being passed has the proper trust relationship and permissions and that your IAM user has"
                " permissions to pass this role."
            )
    return ""


def problem(account: str, region: str, task: Task) -> str:
    """Why a task that was launched does not come to run; empty if it does.

    Images are not looked up: each counts as present, in ECR and elsewhere, unless an outcome says otherwise.
    """
    return (
        _missing_secret(account, region, task)
        or _missing_image(task)
        or _missing_log_group(account, region, task)
    )


def _missing_image(task: Task) -> str:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html"""
    if task.outcome.kind != "missing-image":
        return ""
    image = task.definition["containerDefinitions"][0]["image"]
    return (
        "CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref"
        f" {image}: {image}: not found"
    )


def _missing_secret(account: str, region: str, task: Task) -> str:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html"""
    references = list(_references(task.definition))
    if task.outcome.kind == "missing-secret":
        given = task.outcome.secret or (references[0] if references else "")
        return _not_found(given or f"arn:aws:secretsmanager:{region}:{account}:secret:missing-AbCdEf")
    for reference in references:
        if not _exists(account, region, reference):
            return _not_found(reference)
    return ""


def _references(definition: dict[str, Any]) -> Iterator[str]:
    for container in definition["containerDefinitions"]:
        for secret in container.get("secrets", []):
            yield secret["valueFrom"]
        for secret in container.get("logConfiguration", {}).get("secretOptions", []):
            yield secret["valueFrom"]


def secret_arn(reference: str) -> str:
    """The ARN of a reference to a secret, without JSON key, stage and version.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
    """
    return ":".join(reference.split(":")[:7])


def _exists(account: str, region: str, reference: str) -> bool:
    if ":secretsmanager:" in reference:
        arn = secret_arn(reference)
        known = secretsmanager_backends[account][arn.split(":")[3]].secrets.values()
        # The six characters at the end may be left out.
        return any(arn in (secret.arn, secret.arn[:-7]) and not secret.is_deleted() for secret in known)
    place = reference.split(":")[3] if reference.startswith("arn:") else region
    name = reference.partition(":parameter/")[2] if reference.startswith("arn:") else reference
    known = ssm_backends[account][place]._parameters
    return bool(known.get(name) or known.get(f"/{name}"))


def _not_found(reference: str) -> str:
    if ":secretsmanager:" in reference:
        return (
            f"{_RETRIEVAL}unable to retrieve secret from asm: service call has been retried 1 time(s): failed to"
            f" fetch secret {secret_arn(reference)} from secrets manager: ResourceNotFoundException: Secrets Manager"
            " can't find the specified secret."
        )
    name = reference.partition(":parameter")[2] or reference
    return (
        f"{_RETRIEVAL}unable to retrieve secrets from ssm: service call has been retried 1 time(s):"
        f" invalid ssm parameters: {name}"
    )


def _missing_log_group(account: str, region: str, task: Task) -> str:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html"""
    for container in task.definition["containerDefinitions"]:
        given = logs.options(container)
        if given and logs.find_group(account, region, given) is None:
            return (
                "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times:"
                " failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not"
                " exist. : exit status 1"
            )
    return ""
