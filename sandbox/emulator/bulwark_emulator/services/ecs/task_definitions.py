"""Task definitions with all their properties, as AWS fills them in."""

from __future__ import annotations

import copy
from typing import Any

from ...registry import operation
from ...route import Call
from ...store import table
from . import fargate, tags
from .arns import arn, client, failures, find_definition, invalid, page
from .world import definitions, now, services, tasks

# What a registration may say and a description gives back as it is.
_KEPT = (
    "family",
    "taskRoleArn",
    "executionRoleArn",
    "networkMode",
    "cpu",
    "memory",
    "pidMode",
    "ipcMode",
    "proxyConfiguration",
    "ephemeralStorage",
    "runtimePlatform",
    "requiresCompatibilities",
    "inferenceAccelerators",
)
_CHECK_DEFAULTS = {"interval": 30, "timeout": 5, "retries": 3}


@operation("ecs", "RegisterTaskDefinition")
def register_task_definition(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html"""
    params = call.params
    definition: dict[str, Any] = {name: params[name] for name in _KEPT if params.get(name) not in (None, [])}
    definition["containerDefinitions"] = [_container(definition, one) for one in params["containerDefinitions"]]
    definition |= {
        "volumes": params.get("volumes", []),
        "placementConstraints": params.get("placementConstraints", []),
        "enableFaultInjection": params.get("enableFaultInjection", False),
    }
    _check(definition)
    # A number is never given twice, whatever was deleted.
    numbers = table("ecs revisions", call.account, call.region)
    definition["revision"] = numbers[definition["family"]] = numbers.get(definition["family"], 0) + 1
    name = f"{definition['family']}:{definition['revision']}"
    definition |= {
        "taskDefinitionArn": arn(call, "task-definition", name),
        "status": "ACTIVE",
        "compatibilities": _compatibilities(definition),
        "requiresAttributes": _attributes(definition),
        "registeredAt": now(),
        "registeredBy": str(call.principal),
    }
    given = params.get("tags", [])
    tags.put(call, definition["taskDefinitionArn"], given)
    definitions(call.account, call.region)[definition["taskDefinitionArn"]] = definition
    return {"taskDefinition": definition, "tags": given}


def _container(definition: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """A container definition with what AWS fills in.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    """
    container = copy.deepcopy(given)
    for name, value in (("cpu", 0), ("essential", True)):
        if container.get(name) is None:
            container[name] = value
    for name in ("portMappings", "environment", "mountPoints", "volumesFrom", "systemControls"):
        container.setdefault(name, [])
    own_network = definition.get("networkMode") in ("awsvpc", "host")
    for mapping in container["portMappings"]:
        mapping.setdefault("protocol", "tcp")
        if "containerPort" in mapping and not mapping.get("hostPort"):
            mapping["hostPort"] = mapping["containerPort"] if own_network else 0
    if "healthCheck" in container:
        container["healthCheck"] = {**_CHECK_DEFAULTS, **container["healthCheck"]}
    return container


def _check(definition: dict[str, Any]) -> None:
    containers = definition["containerDefinitions"]
    if not containers:
        raise client("Container list cannot be empty.")
    names = [container.get("name", "") for container in containers]
    for container in containers:
        if not container.get("name"):
            raise client("Container.name should not be null or empty.")
        if not container.get("image"):
            raise client("Container.image should not be null or empty.")
        if names.count(container["name"]) > 1:
            raise client("Container.name should be unique in a task definition.")
        _check_container(definition, container)
    if not any(container["essential"] for container in containers):
        raise client("At least one container in a task definition must be marked as essential.")
    if "FARGATE" in definition.get("requiresCompatibilities", []):
        fargate.check(definition)


def _check_container(definition: dict[str, Any], container: dict[str, Any]) -> None:
    name = container["name"]
    if not definition.get("memory") and not container.get("memory") and not container.get("memoryReservation"):
        raise client(
            f"Invalid setting for container '{name}'. At least one of 'memory' or 'memoryReservation' must be specified."
        )
    if container.get("memory") and container.get("memoryReservation", 0) > container["memory"]:
        raise client(f"Invalid setting for container '{name}'. 'memoryReservation' must not be greater than 'memory'.")
    if definition.get("networkMode") == "awsvpc":
        for mapping in container["portMappings"]:
            if mapping.get("hostPort") not in (None, mapping.get("containerPort")):
                raise client("When networkMode=awsvpc, the host ports and container ports in port mappings must match.")
    _check_log_driver(definition, container)
    volumes = [volume.get("name") for volume in definition["volumes"]]
    for mount in container["mountPoints"]:
        if mount.get("sourceVolume") not in volumes:
            raise client(f"Unknown volume '{mount.get('sourceVolume')}'.")
    if container.get("secrets") and not definition.get("executionRoleArn"):
        raise client("When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.")


def _check_log_driver(definition: dict[str, Any], container: dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html"""
    configuration = container.get("logConfiguration", {})
    if configuration.get("logDriver") != "awslogs":
        return
    needed = ["awslogs-group", "awslogs-region"]
    if "FARGATE" in definition.get("requiresCompatibilities", []):
        needed.append("awslogs-stream-prefix")
    missing = [name for name in needed if not configuration.get("options", {}).get(name)]
    if missing:
        raise client(f"Log driver awslogs requires options: {', '.join(missing)}")


def _compatibilities(definition: dict[str, Any]) -> list[str]:
    """What the definition could run on, as far as AWS checks it."""
    found = ["EC2"]
    try:
        fargate.check(definition)
    except Exception:
        return found
    return [*found, "FARGATE"]


def _attributes(definition: dict[str, Any]) -> list[dict[str, str]]:
    """What a container agent needs for it.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html
    """
    containers = definition["containerDefinitions"]
    logs = any(container.get("logConfiguration", {}).get("logDriver") == "awslogs" for container in containers)
    needed = {
        "com.amazonaws.ecs.capability.logging-driver.awslogs": logs,
        "ecs.capability.execution-role-awslogs": logs and bool(definition.get("executionRoleArn")),
        "com.amazonaws.ecs.capability.ecr-auth": any(".dkr.ecr." in container["image"] for container in containers),
        "com.amazonaws.ecs.capability.task-iam-role": bool(definition.get("taskRoleArn")),
        "ecs.capability.container-health-check": any("healthCheck" in container for container in containers),
        "ecs.capability.secrets.asm.environment-variables": any(
            ":secretsmanager:" in secret["valueFrom"]
            for container in containers
            for secret in container.get("secrets", [])
        ),
        "ecs.capability.task-eni": definition.get("networkMode") == "awsvpc",
    }
    return [{"name": name} for name, used in needed.items() if used]


@operation("ecs", "DescribeTaskDefinition")
def describe_task_definition(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskDefinition.html"""
    definition = find_definition(call, call.params["taskDefinition"])
    if definition is None:
        raise client("Unable to describe task definition.")
    shown = tags.shown(call, definition["taskDefinitionArn"]) if "TAGS" in call.params.get("include", []) else []
    return {"taskDefinition": definition, "tags": shown}


@operation("ecs", "DeregisterTaskDefinition")
def deregister_task_definition(call: Call) -> dict[str, Any]:
    """Tasks and services go on with it; new ones are refused.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterTaskDefinition.html
    """
    name = call.params["taskDefinition"]
    if ":" not in name.rpartition("/")[2]:
        raise client("The specified task definition must include a revision.")
    definition = find_definition(call, name)
    if definition is None:
        raise client("The specified task definition does not exist.")
    if definition["status"] == "DELETE_IN_PROGRESS":
        raise client("The specified task definition is in the process of being deleted.")
    if definition["status"] == "ACTIVE":
        definition |= {"status": "INACTIVE", "deregisteredAt": now()}
    return {"taskDefinition": definition}


@operation("ecs", "DeleteTaskDefinitions")
def delete_task_definitions(call: Call) -> dict[str, Any]:
    """Only inactive ones are deleted. One that a service or task still uses stays as DELETE_IN_PROGRESS.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteTaskDefinitions.html
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/delete-task-definition-v2.html
    """
    names = call.params["taskDefinitions"]
    if len(names) > 10:
        raise invalid("You may specify up to 10 task definitions to delete.")
    deleted, failed = [], []
    for name in names:
        definition = find_definition(call, name) if ":" in name.rpartition("/")[2] else None
        if definition is None:
            failed += failures(
                [name],
                "The specified task definition does not exist. Specify a valid account, family, revision and try again.",
            )
        elif definition["status"] == "ACTIVE":
            failed += failures(
                [definition["taskDefinitionArn"]],
                "The specified task definition is still in ACTIVE status. Please deregister the target and try again.",
            )
        else:
            definition |= {"status": "DELETE_IN_PROGRESS", "deleteRequestedAt": now()}
            deleted.append(copy.copy(definition))
            _sweep(call, definition)
    return {"taskDefinitions": deleted, "failures": failed}


def _sweep(call: Call, definition: dict[str, Any]) -> None:
    arn_ = definition["taskDefinitionArn"]
    deployed = {
        rollout.shown["taskDefinition"]
        for service in services(call.account, call.region).values()
        for rollout in service.rollouts
    }
    running = {
        task.shown["taskDefinitionArn"] for task in tasks(call.account, call.region).values() if not task.stopped
    }
    if arn_ not in deployed | running:
        del definitions(call.account, call.region)[arn_]


@operation("ecs", "ListTaskDefinitions")
def list_task_definitions(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitions.html"""
    family, status = call.params.get("familyPrefix"), call.params.get("status", "ACTIVE")
    found = [
        definition
        for definition in definitions(call.account, call.region).values()
        if definition["status"] == status and family in (None, definition["family"])
    ]
    found.sort(key=lambda one: (one["family"], one["revision"]), reverse=call.params.get("sort") == "DESC")
    shown, rest = page(call, [definition["taskDefinitionArn"] for definition in found])
    return {"taskDefinitionArns": shown, **rest}


@operation("ecs", "ListTaskDefinitionFamilies")
def list_task_definition_families(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitionFamilies.html"""
    prefix, status = call.params.get("familyPrefix", ""), call.params.get("status", "ACTIVE")
    families: dict[str, set[str]] = {}
    for definition in definitions(call.account, call.region).values():
        families.setdefault(definition["family"], set()).add(definition["status"])
    active = {family for family, states in families.items() if "ACTIVE" in states}
    wanted = {"ACTIVE": active, "INACTIVE": set(families) - active, "ALL": set(families)}[status]
    shown, rest = page(call, sorted(family for family in wanted if family.startswith(prefix)))
    return {"families": shown, **rest}
