"""What Fargate runs: sizes of tasks, and what it does not support.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
"""

from __future__ import annotations

import re
from typing import Any

from .arns import client

# Memory in MiB by CPU units: the smallest, the largest and the step between.
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
_MEMORY = {
    512: (1024, 4096, 1024),
    1024: (2048, 8192, 1024),
    2048: (4096, 16384, 1024),
    4096: (8192, 30720, 1024),
    8192: (16384, 61440, 4096),
    16384: (32768, 122880, 8192),
}
_SMALLEST = {256: (512, 1024, 2048)}
# 32 vCPUs come with three amounts only.
_LARGEST = {32768: (61440, 122880, 249856)}
_NOT_FOR_CONTAINERS = (
    "disableNetworking",
    "dnsSearchDomains",
    "dnsServers",
    "dockerSecurityOptions",
    "extraHosts",
    "links",
    "privileged",
)
_NOT_FOR_LINUX = ("devices", "maxSwap", "sharedMemorySize", "swappiness", "tmpfs")
_UNITS = re.compile(r"(?i)^\s*(\d*\.?\d+)\s*(vcpu|gb)\s*$")


def sizes(cpu: int) -> tuple[int, ...]:
    """The amounts of memory that Fargate has for a number of CPU units."""
    if cpu in _MEMORY:
        low, high, step = _MEMORY[cpu]
        return tuple(range(low, high + 1, step))
    return _SMALLEST.get(cpu, _LARGEST.get(cpu, ()))


def units(text: str) -> int | None:
    """CPU units or MiB of a size, which may be written as vCPUs or GB."""
    if text.strip().isdigit():
        return int(text)
    match = _UNITS.match(text)
    return int(float(match[1]) * 1024) if match else None


def check(definition: dict[str, Any]) -> None:
    """Refuses a task definition that Fargate could not run."""
    for name in ("cpu", "memory"):
        if not definition.get(name):
            raise client(f"Fargate requires that '{name}' be defined at the task level.")
    cpu, memory = units(definition["cpu"]), units(definition["memory"])
    for name, value in (("cpu", cpu), ("memory", memory)):
        if value is None:
            raise client(f"Invalid '{name}' setting for task.")
    if memory not in sizes(cpu or 0):
        raise client(f"No Fargate configuration exists for given values: {cpu} CPU, {memory} memory")
    if definition.get("networkMode") != "awsvpc":
        raise client("Fargate only supports network mode 'awsvpc'.")
    if definition.get("ipcMode") or definition.get("placementConstraints"):
        raise client("Fargate does not support 'ipcMode' and 'placementConstraints'.")
    if any("dockerVolumeConfiguration" in volume for volume in definition["volumes"]):
        raise client("Fargate does not support 'dockerVolumeConfiguration'.")
    storage = definition.get("ephemeralStorage", {}).get("sizeInGiB", 21)
    if not 21 <= storage <= 200:
        raise client("The ephemeral storage size must be between 21 GiB and 200 GiB.")
    for container in definition["containerDefinitions"]:
        _check_container(definition, container)


def _check_container(definition: dict[str, Any], container: dict[str, Any]) -> None:
    driver = container.get("logConfiguration", {}).get("logDriver")
    if driver == "awslogs" and not definition.get("executionRoleArn"):
        raise client("Fargate requires task definition to have execution role ARN to support log driver awslogs.")
    if ".dkr.ecr." in container["image"] and not definition.get("executionRoleArn"):
        raise client("Fargate requires task definition to have execution role ARN to support ECR images.")
    if driver not in (None, "awslogs", "splunk", "awsfirelens"):
        raise client(f"Log driver '{driver}' is not supported on Fargate.")
    linux = container.get("linuxParameters", {})
    added = [name for name in linux.get("capabilities", {}).get("add", []) if name != "SYS_PTRACE"]
    gpus = [need for need in container.get("resourceRequirements", []) if need["type"] == "GPU"]
    unsupported = {name for name in _NOT_FOR_CONTAINERS if container.get(name)}
    unsupported |= {name for name in _NOT_FOR_LINUX if linux.get(name)}
    unsupported |= {name for name, found in (("capabilities.add", added), ("gpu", gpus)) if found}
    for name in sorted(unsupported):
        raise client(f"Invalid setting for container '{container['name']}'. '{name}' is not supported on Fargate.")
