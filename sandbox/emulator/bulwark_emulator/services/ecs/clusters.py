"""Clusters with all their settings, and the capacity providers of Fargate."""

from __future__ import annotations

from typing import Any

from ...errors import AwsError
from ...registry import operation
from ...route import Call
from . import settings, tags
from .arns import DEFAULT_CLUSTER, arn, client, cluster_of, failures, find_cluster, invalid, page
from .world import clusters, services, tasks

# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
FARGATE_PROVIDERS = ("FARGATE", "FARGATE_SPOT")


@operation("ecs", "CreateCluster")
def create_cluster(call: Call) -> dict[str, Any]:
    """A cluster that exists is given back as it is.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html
    """
    name = call.params.get("clusterName") or DEFAULT_CLUSTER
    known = find_cluster(call, name)
    if known is not None and known["status"] == "ACTIVE":
        return {"cluster": _shown(call, known, ["TAGS", "SETTINGS", "CONFIGURATIONS"])}
    providers = call.params.get("capacityProviders", [])
    strategy = call.params.get("defaultCapacityProviderStrategy", [])
    check_strategy(strategy, providers)
    cluster = {
        "clusterArn": arn(call, "cluster", name),
        "clusterName": name,
        "status": "ACTIVE",
        "settings": _settings(call, call.params.get("settings", [])),
        "capacityProviders": providers,
        "defaultCapacityProviderStrategy": strategy,
    }
    _configure(call, cluster)
    clusters(call.account, call.region)[name] = cluster
    tags.put(call, cluster["clusterArn"], call.params.get("tags", []))
    return {"cluster": _shown(call, cluster, ["TAGS", "SETTINGS", "CONFIGURATIONS"])}


def _settings(
    call: Call, given: list[dict[str, str]], known: list[dict[str, str]] | None = None
) -> list[dict[str, str]]:
    """The settings of a cluster; without one, Container Insights is what the account says.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ClusterSetting.html
    """
    values = {"containerInsights": settings.effective(call, "containerInsights")}
    values |= {setting["name"]: setting["value"] for setting in known or []}
    values |= {setting["name"]: setting["value"] for setting in given}
    if values["containerInsights"] not in ("enabled", "disabled", "enhanced"):
        raise invalid(f"Invalid cluster setting value: {values['containerInsights']}")
    return [{"name": name, "value": value} for name, value in values.items()]


def _configure(call: Call, cluster: dict[str, Any]) -> None:
    """How ECS Exec is logged and encrypted, which keys encrypt storage, and the namespace of Service Connect.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ExecuteCommandConfiguration.html
    """
    configuration = call.params.get("configuration")
    if configuration is not None:
        execute = configuration.get("executeCommandConfiguration", {})
        if execute.get("logging") == "OVERRIDE" and not execute.get("logConfiguration"):
            raise invalid("If logging is set to OVERRIDE you must specify a logConfiguration.")
        if execute.get("logConfiguration") and execute.get("logging") != "OVERRIDE":
            raise invalid("logConfiguration can only be specified if logging is set to OVERRIDE.")
        cluster["configuration"] = configuration
    namespace = call.params.get("serviceConnectDefaults", {}).get("namespace")
    if namespace is not None:
        cluster["serviceConnectDefaults"] = {"namespace": namespace} if namespace else None


def check_strategy(strategy: list[dict[str, Any]], providers: list[str] | None = None) -> None:
    """Weights and bases of a capacity provider strategy.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
    """
    for item in strategy:
        name = item["capacityProvider"]
        if providers is not None and name not in providers:
            raise invalid(
                "The specified capacity provider strategy cannot contain a capacity provider that is not associated"
                " with the cluster. Associate the capacity provider with the cluster and try again."
            )
    if sum(1 for item in strategy if item.get("base")) > 1:
        raise invalid("Only one capacity provider in a capacity provider strategy can have a base specified.")
    if strategy and not any(item.get("weight", 0) for item in strategy):
        raise invalid("At least one capacity provider in the strategy must have a weight that is greater than 0.")


@operation("ecs", "DescribeClusters")
def describe_clusters(call: Call) -> dict[str, Any]:
    """A cluster that was deleted is still told, as inactive.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html
    """
    names = call.params.get("clusters") or [DEFAULT_CLUSTER]
    found = {name: find_cluster(call, name) for name in names}
    include = call.params.get("include", [])
    missing = [_cluster_arn(call, name) for name, cluster in found.items() if cluster is None]
    shown = [_shown(call, cluster, include) for cluster in found.values() if cluster is not None]
    return {"clusters": shown, "failures": failures(missing)}


def _cluster_arn(call: Call, name: str) -> str:
    return name if name.startswith("arn:") else arn(call, "cluster", name)


@operation("ecs", "ListClusters")
def list_clusters(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListClusters.html"""
    known = clusters(call.account, call.region).values()
    shown, rest = page(call, [cluster["clusterArn"] for cluster in known if cluster["status"] == "ACTIVE"])
    return {"clusterArns": shown, **rest}


@operation("ecs", "UpdateCluster")
def update_cluster(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateCluster.html"""
    cluster = cluster_of(call)
    cluster["settings"] = _settings(call, call.params.get("settings", []), cluster["settings"])
    _configure(call, cluster)
    return {"cluster": _shown(call, cluster, ["TAGS", "SETTINGS", "CONFIGURATIONS"])}


@operation("ecs", "UpdateClusterSettings")
def update_cluster_settings(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateClusterSettings.html"""
    cluster = cluster_of(call)
    cluster["settings"] = _settings(call, call.params["settings"], cluster["settings"])
    return {"cluster": _shown(call, cluster, ["SETTINGS"])}


@operation("ecs", "PutClusterCapacityProviders")
def put_cluster_capacity_providers(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html"""
    cluster = cluster_of(call)
    providers, strategy = call.params["capacityProviders"], call.params["defaultCapacityProviderStrategy"]
    unknown = [name for name in providers if name not in FARGATE_PROVIDERS]
    if unknown:
        raise invalid(
            f"The specified capacity provider '{unknown[0]}' was not found. Specify a valid name or ARN and try again."
        )
    check_strategy(strategy, providers)
    used = {
        item["capacityProvider"]
        for service in services(call.account, call.region).values()
        if service.shown["clusterArn"] == cluster["clusterArn"] and service.shown["status"] != "INACTIVE"
        for item in service.shown.get("capacityProviderStrategy") or []
    }
    if used - set(providers):
        message = "The specified capacity provider is in use and cannot be removed."
        raise AwsError("ResourceInUseException", message, 400)
    cluster["capacityProviders"], cluster["defaultCapacityProviderStrategy"] = providers, strategy
    return {"cluster": _shown(call, cluster, ["ATTACHMENTS", "SETTINGS", "CONFIGURATIONS"])}


@operation("ecs", "DescribeCapacityProviders")
def describe_capacity_providers(call: Call) -> dict[str, Any]:
    """Fargate's are there for everyone; others are not emulated.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeCapacityProviders.html
    """
    wanted = [name.rpartition("/")[2] for name in call.params.get("capacityProviders") or FARGATE_PROVIDERS]
    shown: list[dict[str, Any]] = [
        {"capacityProviderArn": arn(call, "capacity-provider", name), "name": name, "status": "ACTIVE", "tags": []}
        for name in wanted
        if name in FARGATE_PROVIDERS
    ]
    missing = [arn(call, "capacity-provider", name) for name in wanted if name not in FARGATE_PROVIDERS]
    return {"capacityProviders": shown, "failures": failures(missing)}


@operation("ecs", "DeleteCluster")
def delete_cluster(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html"""
    cluster = cluster_of(call)
    counts = _counts(call, cluster)
    if counts["activeServicesCount"]:
        message = "The Cluster cannot be deleted while Services are active."
        raise AwsError("ClusterContainsServicesException", message, 400)
    if counts["runningTasksCount"] or counts["pendingTasksCount"]:
        raise AwsError("ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.", 400)
    cluster["status"] = "INACTIVE"
    return {"cluster": _shown(call, cluster, ["TAGS", "SETTINGS", "CONFIGURATIONS"])}


def _counts(call: Call, cluster: dict[str, Any]) -> dict[str, int]:
    arn_ = cluster["clusterArn"]
    going = [
        task.status
        for task in tasks(call.account, call.region).values()
        if task.shown["clusterArn"] == arn_ and not task.stopped
    ]
    active = [
        service
        for service in services(call.account, call.region).values()
        if service.shown["clusterArn"] == arn_ and service.shown["status"] != "INACTIVE"
    ]
    return {
        "registeredContainerInstancesCount": 0,
        "runningTasksCount": going.count("RUNNING"),
        "pendingTasksCount": len(going) - going.count("RUNNING"),
        "activeServicesCount": len(active),
    }


def _shown(call: Call, cluster: dict[str, Any], include: list[str]) -> dict[str, Any]:
    """A cluster as far as the caller asked for it."""
    shown: dict[str, Any] = {
        key: value for key, value in cluster.items() if key not in ("settings", "configuration") and value is not None
    }
    shown |= {**_counts(call, cluster), "statistics": [], "tags": [], "settings": []}
    if "TAGS" in include:
        shown["tags"] = tags.shown(call, cluster["clusterArn"])
    if "SETTINGS" in include:
        shown["settings"] = cluster["settings"]
    if "CONFIGURATIONS" in include and "configuration" in cluster:
        shown["configuration"] = cluster["configuration"]
    if "ATTACHMENTS" in include:
        shown |= {"attachments": [], "attachmentsStatus": "UPDATE_COMPLETE"}
    if "STATISTICS" in include:
        shown["statistics"] = _statistics(call, cluster)
    return shown


def _statistics(call: Call, cluster: dict[str, Any]) -> list[dict[str, str]]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Cluster.html"""
    going = [
        task.status
        for task in tasks(call.account, call.region).values()
        if task.shown["clusterArn"] == cluster["clusterArn"]
        and not task.stopped
        and task.shown["launchType"] == "FARGATE"
    ]
    states = [
        service.shown["status"]
        for service in services(call.account, call.region).values()
        if service.shown["clusterArn"] == cluster["clusterArn"]
    ]
    values = {
        "runningFargateTasksCount": going.count("RUNNING"),
        "pendingFargateTasksCount": len(going) - going.count("RUNNING"),
        "activeFargateServiceCount": states.count("ACTIVE"),
        "drainingFargateServiceCount": states.count("DRAINING"),
    }
    return [{"name": name, "value": str(value)} for name, value in values.items()]


@operation("ecs", "CreateCapacityProvider", "UpdateCapacityProvider", "DeleteCapacityProvider")
def own_capacity_providers(_: Call) -> None:
    """Capacity providers of Auto Scaling groups and managed instances are not emulated."""
    raise client("The sandbox has the capacity providers FARGATE and FARGATE_SPOT only.")
