"""What keeps a task from starting: its roles, its secrets, its image, its log group.

The messages are those that AWS gives as reason of a stopped task.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
"""

from __future__ import annotations

import re
from typing import Any, Iterator

from moto.iam.models import Role
from moto.secretsmanager.models import secretsmanager_backends
from moto.ssm.models import ssm_backends

from .. import roles
from . import logs
from .agent import Agent
from .world import Task

_PRINCIPAL = "ecs-tasks.amazonaws.com"

_RETRIEVAL = (
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
)
_RETRIED = "service call has been retried 1 time(s): "
_FETCH = f"{_RETRIEVAL}unable to retrieve secret from asm: {_RETRIED}failed to fetch secret "
_DRIVER = (
    "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times:"
    " failed to create Cloudwatch log stream: "
)
# What the agent calls, with the parameters that an authorization may look at.
_PULLING: dict[str, dict[str, Any]] = {
    "BatchGetImage": {"imageIds": []},
    "GetDownloadUrlForLayer": {"layerDigest": f"sha256:{'0' * 64}"},
}
_LOGGING: dict[str, dict[str, Any]] = {"CreateLogStream": {}, "PutLogEvents": {"logEvents": []}}
_ECR = re.compile(r"(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com/([^:@]+)")


def untrusted_role(account: str, definition: dict[str, Any], source: str) -> str:
    """Why ECS cannot launch a task at all: a role that is not there, or does not trust it. Empty if it can.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
    """
    for member in ("taskRoleArn", "executionRoleArn"):
        arn = definition.get(member)
        if not arn:
            continue
        role = roles.find(arn)
        if role is None or not trusts(role, account, source):
            return (
                f"ECS was unable to assume the role '{arn}' that was provided for this task. Please verify that the"
                " role being passed has the proper trust relationship and permissions and that your IAM user has"
                " permissions to pass this role."
            )
    return ""


def trusts(role: Role, account: str, source: str) -> bool:
    """Whether a role's trust policy lets ECS assume it for a task, by the task's account and ARN.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    """
    return roles.service_may_assume(role, _PRINCIPAL, source, account).allowed


def problem(account: str, region: str, task: Task) -> str:
    """Why a task that was launched does not come to run; empty if it does.

    Images are not looked up: each counts as present, in ECR and elsewhere, unless an outcome says otherwise.
    """
    role = roles.find(task.definition.get("executionRoleArn", ""))
    if role is None:
        return _missing_image(task) or _missing_log_group(account, region, task)
    with Agent(role, region, task.id) as agent:
        return (
            _no_registry(agent, task)
            or _missing_secret(account, region, task)
            or _unreadable_secret(agent, region, task)
            or _missing_image(task)
            or _no_image(agent, task)
            or _missing_log_group(account, region, task)
            or _no_log_stream(agent, region, task)
        )


def _registry(image: str) -> tuple[str, str, str] | None:
    """Account, region and repository of an image in ECR."""
    match = _ECR.match(image)
    return (match[1], match[2], match[3]) if match else None


def _no_registry(agent: Agent, task: Task) -> str:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html"""
    if not any(_registry(container["image"]) for container in task.definition["containerDefinitions"]):
        return ""
    refusal = agent.refusal("ecr", "GetAuthorizationToken")
    return f"{_RETRIEVAL}unable to retrieve ecr registry auth: {_RETRIED}{refusal}" if refusal else ""


def _no_image(agent: Agent, task: Task) -> str:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html"""
    for container in task.definition["containerDefinitions"]:
        found = _registry(container["image"])
        if found is None:
            continue
        account, region, repository = found
        for operation, more in _PULLING.items():
            refusal = agent.refusal("ecr", operation, region, registryId=account, repositoryName=repository, **more)
            if refusal:
                image = container["image"]
                return (
                    "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref"
                    f" {image}: unexpected status from HEAD request: 403 Forbidden ({refusal})"
                )
    return ""


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


def _unreadable_secret(agent: Agent, region: str, task: Task) -> str:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html"""
    for reference in _references(task.definition):
        place = reference.split(":")[3] if reference.startswith("arn:") else region
        if ":secretsmanager:" in reference:
            arn = secret_arn(reference)
            refusal = agent.refusal("secretsmanager", "GetSecretValue", place, SecretId=arn)
            if refusal:
                return f"{_FETCH}{arn} from secrets manager: {refusal}"
            continue
        refusal = agent.refusal("ssm", "GetParameters", place, Names=[parameter_name(reference)], WithDecryption=True)
        if refusal:
            return f"{_RETRIEVAL}unable to retrieve secrets from ssm: {_RETRIED}{refusal}"
    return ""


def _no_log_stream(agent: Agent, region: str, task: Task) -> str:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html"""
    for container in task.definition["containerDefinitions"]:
        given = logs.options(container)
        if not given:
            continue
        names = {"logGroupName": given["awslogs-group"], "logStreamName": logs.stream(given, container, task)}
        for operation, more in _LOGGING.items():
            refusal = agent.refusal("logs", operation, given.get("awslogs-region", region), **names, **more)
            if refusal:
                return f"{_DRIVER}{refusal} : exit status 1"
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


def parameter_name(reference: str) -> str:
    """The name of a reference to a parameter, which may be its ARN."""
    return reference.partition(":parameter")[2] if reference.startswith("arn:") else reference


def _exists(account: str, region: str, reference: str) -> bool:
    if ":secretsmanager:" in reference:
        arn = secret_arn(reference)
        known = secretsmanager_backends[account][arn.split(":")[3]].secrets.values()
        # The six characters at the end may be left out.
        return any(arn in (secret.arn, secret.arn[:-7]) and not secret.is_deleted() for secret in known)
    place = reference.split(":")[3] if reference.startswith("arn:") else region
    parameters, name = ssm_backends[account][place]._parameters, parameter_name(reference)
    return bool(parameters.get(name) or parameters.get(name.removeprefix("/")))


def _not_found(reference: str) -> str:
    if ":secretsmanager:" in reference:
        return (
            f"{_FETCH}{secret_arn(reference)} from secrets manager: ResourceNotFoundException: Secrets Manager can't"
            " find the specified secret."
        )
    name = parameter_name(reference)
    return f"{_RETRIEVAL}unable to retrieve secrets from ssm: {_RETRIED}invalid ssm parameters: {name}"


def _missing_log_group(account: str, region: str, task: Task) -> str:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html"""
    for container in task.definition["containerDefinitions"]:
        given = logs.options(container)
        if given and logs.find_group(account, region, given) is None:
            missing = "ResourceNotFoundException: The specified log group does not exist."
            return f"{_DRIVER}{missing} : exit status 1"
    return ""
