"""Clusters, task definitions, services, tasks, tags and settings of ECS."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import ACCOUNT, REGION, refused
from fargate import BREAKER, CLUSTER, SERVICE, Fargate, trust

OPTIONS = {"awslogs-group": "/a", "awslogs-region": REGION, "awslogs-stream-prefix": "web", "mode": "non-blocking"}
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/11111111-2222-3333-4444-555555555555"


@pytest.fixture
def fargate(client: Any, admin: Any) -> Fargate:
    """A world where every call to ECS is a step."""
    admin.post("ecs/pace", {"seconds": 0})
    return Fargate(client, admin)


@pytest.fixture
def ecs(fargate: Fargate) -> Any:
    return fargate.ecs


# Clusters


def describe_cluster(ecs: Any, name: str = CLUSTER, *include: str) -> dict[str, Any]:
    return dict(ecs.describe_clusters(clusters=[name], include=list(include))["clusters"][0])


def test_a_cluster_keeps_what_it_is_given(ecs: Any) -> None:
    configuration = {
        "executeCommandConfiguration": {
            "kmsKeyId": KEY,
            "logging": "OVERRIDE",
            "logConfiguration": {"cloudWatchEncryptionEnabled": True, "cloudWatchLogGroupName": "/exec"},
        },
        "managedStorageConfiguration": {"kmsKeyId": KEY, "fargateEphemeralStorageKmsKeyId": KEY},
    }
    ecs.create_cluster(
        clusterName=CLUSTER,
        settings=[{"name": "containerInsights", "value": "enhanced"}],
        configuration=configuration,
        serviceConnectDefaults={"namespace": "acme"},
        tags=[{"key": "Owner", "value": "platform"}],
    )
    told = describe_cluster(ecs, CLUSTER, "TAGS", "SETTINGS", "CONFIGURATIONS")
    assert told["configuration"] == configuration
    assert told["settings"] == [{"name": "containerInsights", "value": "enhanced"}]
    assert told["serviceConnectDefaults"] == {"namespace": "acme"}
    assert told["tags"] == [{"key": "Owner", "value": "platform"}]
    bare = describe_cluster(ecs)
    assert (bare["tags"], bare["settings"], "configuration" in bare) == ([], [], False)
    ecs.update_cluster(cluster=CLUSTER, settings=[{"name": "containerInsights", "value": "disabled"}])
    told = describe_cluster(ecs, CLUSTER, "SETTINGS", "CONFIGURATIONS")
    assert (told["settings"][0]["value"], told["configuration"]) == ("disabled", configuration)


def test_logging_of_exec_and_its_configuration_go_together(ecs: Any) -> None:
    with refused("InvalidParameterException"):
        ecs.create_cluster(configuration={"executeCommandConfiguration": {"logging": "OVERRIDE"}})


def test_container_insights_is_what_the_account_says(ecs: Any) -> None:
    ecs.put_account_setting_default(name="containerInsights", value="enhanced")
    ecs.create_cluster(clusterName=CLUSTER)
    assert describe_cluster(ecs, CLUSTER, "SETTINGS")["settings"] == [
        {"name": "containerInsights", "value": "enhanced"}
    ]
    found = ecs.list_account_settings(name="containerInsights", effectiveSettings=True)["settings"]
    assert [one["value"] for one in found] == ["enhanced"]
    ecs.delete_account_setting(name="containerInsights")
    assert ecs.list_account_settings(name="containerInsights")["settings"] == []
    with refused("InvalidParameterException"):
        ecs.put_account_setting(name="fargateTaskRetirementWaitPeriod", value="3")


def test_capacity_providers(ecs: Any) -> None:
    ecs.create_cluster(clusterName=CLUSTER)
    strategy = [{"capacityProvider": "FARGATE", "base": 1, "weight": 100}]
    for providers, found in ((["FARGATE"], [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]), (["GPU"], [])):
        with refused("InvalidParameterException"):
            ecs.put_cluster_capacity_providers(
                cluster=CLUSTER, capacityProviders=providers, defaultCapacityProviderStrategy=found
            )
    ecs.put_cluster_capacity_providers(
        cluster=CLUSTER, capacityProviders=["FARGATE", "FARGATE_SPOT"], defaultCapacityProviderStrategy=strategy
    )
    told = describe_cluster(ecs, CLUSTER, "ATTACHMENTS")
    assert told["capacityProviders"] == ["FARGATE", "FARGATE_SPOT"]
    assert (told["defaultCapacityProviderStrategy"], told["attachmentsStatus"]) == (strategy, "UPDATE_COMPLETE")


def test_a_cluster_that_was_deleted_is_inactive(ecs: Any) -> None:
    arn = ecs.create_cluster(clusterName=CLUSTER)["cluster"]["clusterArn"]
    assert ecs.list_clusters()["clusterArns"] == [arn]
    assert ecs.delete_cluster(cluster=arn)["cluster"]["status"] == "INACTIVE"
    assert describe_cluster(ecs)["status"] == "INACTIVE"
    assert ecs.list_clusters()["clusterArns"] == []
    with refused("ClusterNotFoundException"):
        ecs.delete_cluster(cluster="another")
    assert ecs.describe_clusters(clusters=["another"])["failures"][0]["reason"] == "MISSING"


# Task definitions


def test_a_task_definition_keeps_what_it_is_given(fargate: Fargate, ecs: Any) -> None:
    role = fargate.role("execution")
    container = {
        "name": "app",
        "image": f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/app:1",
        "user": "65532:65532",
        "readonlyRootFilesystem": True,
        "linuxParameters": {"capabilities": {"drop": ["ALL"]}, "initProcessEnabled": True},
        "portMappings": [{"name": "http", "containerPort": 8080, "appProtocol": "http"}],
        "environment": [{"name": "PORT", "value": "8080"}],
        "secrets": [{"name": "TOKEN", "valueFrom": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf"}],
        "mountPoints": [{"sourceVolume": "tmp", "containerPath": "/tmp", "readOnly": False}],
        "healthCheck": {"command": ["CMD", "/app", "healthcheck"], "startPeriod": 10},
        "logConfiguration": {"logDriver": "awslogs", "options": OPTIONS},
        "stopTimeout": 60,
        "restartPolicy": {"enabled": True, "ignoredExitCodes": [0], "restartAttemptPeriod": 60},
        "versionConsistency": "enabled",
    }
    given = {
        "taskRoleArn": role,
        "executionRoleArn": role,
        "volumes": [{"name": "tmp"}],
        "ephemeralStorage": {"sizeInGiB": 30},
        "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
        "pidMode": "task",
        "enableFaultInjection": True,
        "tags": [{"key": "Owner", "value": "platform"}],
    }
    arn = fargate.definition(container=container, **given)
    assert arn == f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/web:1"
    told = ecs.describe_task_definition(taskDefinition="web:1", include=["TAGS"])
    assert told["tags"] == given.pop("tags")
    definition = told["taskDefinition"]
    assert {name: definition[name] for name in given} == given
    shown = definition["containerDefinitions"][0]
    for name in container:
        if name not in ("portMappings", "healthCheck", "logConfiguration"):
            assert shown[name] == container[name]
    assert shown["portMappings"] == [
        {"name": "http", "containerPort": 8080, "hostPort": 8080, "protocol": "tcp", "appProtocol": "http"}
    ]
    assert shown["healthCheck"] == {
        "command": ["CMD", "/app", "healthcheck"],
        "startPeriod": 10,
        "interval": 30,
        "timeout": 5,
        "retries": 3,
    }
    assert (shown["cpu"], shown["essential"], shown["systemControls"]) == (0, True, [])
    assert definition["compatibilities"] == ["EC2", "FARGATE"]
    assert definition["registeredBy"] == f"arn:aws:iam::{ACCOUNT}:root"


@pytest.mark.parametrize(
    ("cpu", "memory"), [("256", "4096"), ("512", "512"), ("1024", "2000"), ("300", "512"), ("32768", "184320")]
)
def test_sizes_that_fargate_does_not_have(ecs: Any, cpu: str, memory: str) -> None:
    with refused("ClientException") as error:
        ecs.register_task_definition(
            family="web",
            requiresCompatibilities=["FARGATE"],
            networkMode="awsvpc",
            cpu=cpu,
            memory=memory,
            containerDefinitions=[{"name": "app", "image": "app"}],
        )
    message = error.value.response["Error"]["Message"]
    assert message == f"No Fargate configuration exists for given values: {cpu} CPU, {memory} memory"


@pytest.mark.parametrize(
    ("cpu", "memory"),
    [(".25 vCPU", "0.5 GB"), ("1 vCPU", "8GB"), ("4096", "30720"), ("16384", "122880"), ("32768", "249856")],
)
def test_sizes_that_fargate_has(ecs: Any, cpu: str, memory: str) -> None:
    ecs.register_task_definition(
        family="web",
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu=cpu,
        memory=memory,
        containerDefinitions=[{"name": "app", "image": "app"}],
    )


@pytest.mark.parametrize(
    ("container", "more", "message"),
    [
        ({}, {"networkMode": "bridge"}, "network mode 'awsvpc'"),
        ({}, {"ephemeralStorage": {"sizeInGiB": 20}}, "between 21 GiB and 200 GiB"),
        ({"privileged": True}, {}, "'privileged' is not supported"),
        ({"links": ["other"]}, {}, "'links' is not supported"),
        ({"linuxParameters": {"capabilities": {"add": ["NET_ADMIN"]}}}, {}, "'capabilities.add' is not supported"),
        ({"resourceRequirements": [{"type": "GPU", "value": "1"}]}, {}, "'gpu' is not supported"),
        ({"mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}, {}, "Unknown volume 'data'."),
        ({"portMappings": [{"containerPort": 80, "hostPort": 8080}]}, {}, "must match"),
        (
            {"secrets": [{"name": "A", "valueFrom": "arn:aws:ssm:eu-west-1:123456789012:parameter/a"}]},
            {},
            "executionRoleArn",
        ),
        (
            {"logConfiguration": {"logDriver": "awslogs", "options": OPTIONS}},
            {},
            "execution role ARN to support log driver awslogs",
        ),
        (
            {"logConfiguration": {"logDriver": "awslogs"}},
            {},
            "requires options: awslogs-group, awslogs-region, awslogs-stream-prefix",
        ),
        ({"essential": False}, {}, "essential"),
    ],
)
def test_what_fargate_refuses(fargate: Fargate, container: dict[str, Any], more: dict[str, Any], message: str) -> None:
    settings = {"networkMode": "awsvpc", **more}
    with refused("ClientException") as error:
        fargate.ecs.register_task_definition(
            family="web",
            requiresCompatibilities=["FARGATE"],
            cpu="256",
            memory="512",
            containerDefinitions=[{"name": "app", "image": "app", **container}],
            **settings,
        )
    assert message in error.value.response["Error"]["Message"]


def test_revisions_of_a_family(fargate: Fargate, ecs: Any) -> None:
    first, second = fargate.definition(), fargate.definition()
    other = fargate.definition("api")
    assert ecs.describe_task_definition(taskDefinition="web")["taskDefinition"]["revision"] == 2
    assert ecs.list_task_definitions()["taskDefinitionArns"] == [other, first, second]
    assert ecs.list_task_definitions(familyPrefix="web", sort="DESC")["taskDefinitionArns"] == [second, first]
    assert ecs.deregister_task_definition(taskDefinition=first)["taskDefinition"]["status"] == "INACTIVE"
    assert ecs.list_task_definitions(familyPrefix="web")["taskDefinitionArns"] == [second]
    assert ecs.list_task_definitions(familyPrefix="web", status="INACTIVE")["taskDefinitionArns"] == [first]
    deleted = ecs.delete_task_definitions(taskDefinitions=[first, second, "web:9"])
    assert [one["status"] for one in deleted["taskDefinitions"]] == ["DELETE_IN_PROGRESS"]
    assert [one["arn"] for one in deleted["failures"]] == [second, "web:9"]
    with refused("ClientException"):
        ecs.describe_task_definition(taskDefinition=first)
    ecs.deregister_task_definition(taskDefinition=second)
    ecs.delete_task_definitions(taskDefinitions=[second])
    assert ecs.list_task_definition_families(status="ACTIVE")["families"] == ["api"]
    assert fargate.definition().endswith("web:3")


def test_a_task_definition_in_use_is_deleted_later(fargate: Fargate, ecs: Any) -> None:
    fargate.cluster()
    used = fargate.definition()
    fargate.service(used)
    fargate.settle()
    ecs.deregister_task_definition(taskDefinition=used)
    ecs.delete_task_definitions(taskDefinitions=[used])
    assert ecs.describe_task_definition(taskDefinition=used)["taskDefinition"]["status"] == "DELETE_IN_PROGRESS"
    # The service still scales with it, and cannot be deployed with it again.
    ecs.update_service(cluster=CLUSTER, service=SERVICE, desiredCount=3)
    for _ in range(6):
        seen = fargate.see()
    assert seen["runningCount"] == 3
    with refused("ClientException"):
        ecs.update_service(cluster=CLUSTER, service=SERVICE, taskDefinition=used)


# Services


def test_a_service_keeps_what_it_is_given(fargate: Fargate) -> None:
    fargate.cluster()
    group = fargate.target_group()
    given = {
        **fargate.balanced(group),
        "networkConfiguration": {
            "awsvpcConfiguration": {**fargate.network()["awsvpcConfiguration"], "assignPublicIp": "DISABLED"}
        },
        "healthCheckGracePeriodSeconds": 60,
        "propagateTags": "SERVICE",
        "enableECSManagedTags": True,
        "availabilityZoneRebalancing": "DISABLED",
    }
    tags = [{"key": "Owner", "value": "platform"}]
    definition = fargate.definition(taskRoleArn=fargate.role("task"))
    fargate.service(definition, **given, enableExecuteCommand=True, tags=tags)
    fargate.settle()
    told = fargate.see()
    assert {name: told[name] for name in given} == given
    assert told["deploymentConfiguration"] == {
        **BREAKER,
        "maximumPercent": 200,
        "minimumHealthyPercent": 100,
        "strategy": "ROLLING",
        "bakeTimeInMinutes": 0,
        "alarms": {"alarmNames": [], "enable": False, "rollback": False},
    }
    assert (told["status"], told["launchType"], told["platformVersion"]) == ("ACTIVE", "FARGATE", "LATEST")
    assert told["deployments"][0]["platformVersion"] == "1.4.0"
    assert told["deploymentController"] == {"type": "ECS"} and told["enableExecuteCommand"]
    assert told["tags"] == []
    described = fargate.ecs.describe_services(cluster=CLUSTER, services=[SERVICE], include=["TAGS"])["services"][0]
    assert described["tags"] == tags
    arns = fargate.ecs.list_tasks(cluster=CLUSTER, serviceName=SERVICE)["taskArns"]
    task = fargate.ecs.describe_tasks(cluster=CLUSTER, tasks=arns[:1], include=["TAGS"])["tasks"][0]
    assert {tag["key"]: tag["value"] for tag in task["tags"]} == {
        "Owner": "platform",
        "aws:ecs:clusterName": CLUSTER,
        "aws:ecs:serviceName": SERVICE,
    }
    assert (task["group"], task["startedBy"]) == ("service:web", told["deployments"][0]["id"])


def test_rebalancing_is_on_unless_it_is_said_or_cannot_be(fargate: Fargate) -> None:
    fargate.cluster()
    assert fargate.service(fargate.definition())["availabilityZoneRebalancing"] == "ENABLED"
    with refused("InvalidParameterException"):
        fargate.ecs.update_service(
            cluster=CLUSTER,
            service=SERVICE,
            deploymentConfiguration={"maximumPercent": 100, "minimumHealthyPercent": 0},
        )


def test_what_starts_a_deployment_and_what_does_not(fargate: Fargate) -> None:
    fargate.cluster()
    fargate.service(fargate.definition())
    fargate.settle()
    for change, deploys in [
        ({"desiredCount": 3}, False),
        ({"propagateTags": "SERVICE"}, False),
        ({"healthCheckGracePeriodSeconds": 5}, False),
        ({"deploymentConfiguration": {"maximumPercent": 150}}, False),
        ({"taskDefinition": "web"}, False),
        ({"forceNewDeployment": True}, True),
        ({"platformVersion": "1.4.0"}, True),
    ]:
        before = fargate.deployment()["serviceDeploymentArn"]
        fargate.ecs.update_service(cluster=CLUSTER, service=SERVICE, **change)
        assert (fargate.deployment()["serviceDeploymentArn"] != before) is deploys, change
        fargate.settle()
    # A changed part of the configuration leaves the others.
    assert fargate.see()["deploymentConfiguration"]["deploymentCircuitBreaker"] == BREAKER["deploymentCircuitBreaker"]


def test_scaling_starts_and_stops_tasks(fargate: Fargate) -> None:
    fargate.cluster()
    group = fargate.target_group()
    fargate.service(fargate.definition(), **fargate.balanced(group))
    fargate.settle()
    for count in (4, 1, 0):
        fargate.ecs.update_service(cluster=CLUSTER, service=SERVICE, desiredCount=count)
        for _ in range(10):
            seen = fargate.see()
        assert (seen["runningCount"], seen["desiredCount"]) == (count, count)
        assert seen["deployments"][0]["rolloutState"] == "COMPLETED"
        health = fargate.client("elbv2").describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
        assert len(health) == count


def test_a_service_drains_and_is_inactive(fargate: Fargate) -> None:
    fargate.cluster()
    fargate.service(fargate.definition())
    fargate.settle()
    with refused("InvalidParameterException") as error:
        fargate.ecs.delete_service(cluster=CLUSTER, service=SERVICE)
    assert "scaled above 0" in error.value.response["Error"]["Message"]
    assert fargate.ecs.delete_service(cluster=CLUSTER, service=SERVICE, force=True)["service"]["status"] == "DRAINING"
    with refused("ClusterContainsServicesException"):
        fargate.ecs.delete_cluster(cluster=CLUSTER)
    for _ in range(5):
        seen = fargate.see()
    assert (seen["status"], seen["runningCount"], seen["deployments"]) == ("INACTIVE", 0, [])
    assert fargate.ecs.list_services(cluster=CLUSTER)["serviceArns"] == []
    assert fargate.ecs.list_service_deployments(cluster=CLUSTER, service=SERVICE)["serviceDeployments"] == []
    interfaces = fargate.client("ec2").describe_network_interfaces()["NetworkInterfaces"]
    assert interfaces == []
    with refused("ServiceNotActiveException"):
        fargate.ecs.update_service(cluster=CLUSTER, service=SERVICE, desiredCount=1)
    fargate.ecs.delete_cluster(cluster=CLUSTER)


def test_services_that_cannot_be(fargate: Fargate) -> None:
    fargate.cluster()
    definition, network = fargate.definition(), fargate.network()
    lonely = fargate.client("elbv2").create_target_group(
        Name="lonely",
        Protocol="HTTP",
        Port=80,
        VpcId=fargate.client("ec2").describe_vpcs()["Vpcs"][0]["VpcId"],
        TargetType="ip",
    )["TargetGroups"][0]["TargetGroupArn"]
    balancer = {"targetGroupArn": lonely, "containerName": "app", "containerPort": 8080}
    for more, message in [
        ({"networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"]}}}, "InvalidSubnetID.NotFound"),
        ({"loadBalancers": [balancer]}, "does not have an associated load balancer"),
        ({"loadBalancers": [{**balancer, "containerName": "web"}]}, "The container web does not exist"),
        ({"loadBalancers": [{**balancer, "containerPort": 80}]}, "did not have a container port 80 defined"),
        ({"enableExecuteCommand": True}, "valid taskRoleArn"),
        ({"deploymentConfiguration": {"maximumPercent": 100, "minimumHealthyPercent": 100}}, "block deployments"),
        ({"capacityProviderStrategy": [{"capacityProvider": "FARGATE", "weight": 1}]}, "Specifying both"),
    ]:
        with refused("InvalidParameterException") as error:
            fargate.service(definition, **{"networkConfiguration": network, **more})
        assert message in error.value.response["Error"]["Message"]
    fargate.ecs.deregister_task_definition(taskDefinition=definition)
    with refused("ClientException"):
        fargate.service(definition)


def test_a_capacity_provider_strategy_of_the_cluster(fargate: Fargate) -> None:
    fargate.cluster(
        capacityProviders=["FARGATE", "FARGATE_SPOT"],
        defaultCapacityProviderStrategy=[{"capacityProvider": "FARGATE_SPOT", "weight": 1}],
    )
    made = fargate.ecs.create_service(
        cluster=CLUSTER,
        serviceName=SERVICE,
        taskDefinition=fargate.definition(),
        desiredCount=1,
        networkConfiguration=fargate.network(),
    )["service"]
    assert made["capacityProviderStrategy"] == [{"capacityProvider": "FARGATE_SPOT", "weight": 1, "base": 0}]
    assert "launchType" not in made
    fargate.settle()
    assert fargate.tasks()[0]["capacityProviderName"] == "FARGATE_SPOT"


def test_tags_of_everything(fargate: Fargate, ecs: Any) -> None:
    arns = [fargate.cluster(), fargate.definition(), fargate.service(fargate.definition())["serviceArn"]]
    for arn in arns:
        ecs.tag_resource(resourceArn=arn, tags=[{"key": "a", "value": "1"}, {"key": "b", "value": "2"}])
        ecs.untag_resource(resourceArn=arn, tagKeys=["a"])
        assert ecs.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "b", "value": "2"}]
    with refused("InvalidParameterException"):
        ecs.list_tags_for_resource(resourceArn=f"{arns[0]}x")


# Tasks


def test_a_task_that_is_run_ends(fargate: Fargate, ecs: Any) -> None:
    fargate.cluster()
    definition = fargate.definition("migrate")
    run = {
        "cluster": CLUSTER,
        "taskDefinition": definition,
        "launchType": "FARGATE",
        "networkConfiguration": fargate.network(),
    }
    task = ecs.run_task(
        **run, startedBy="ci", overrides={"containerOverrides": [{"name": "app", "command": ["migrate"]}]}
    )["tasks"][0]
    assert (task["lastStatus"], task["group"]) == ("PROVISIONING", "family:migrate")
    seen = []
    for _ in range(8):
        seen.append(ecs.describe_tasks(cluster=CLUSTER, tasks=[task["taskArn"]])["tasks"][0])
    assert [one["lastStatus"] for one in seen[:2]] == ["PENDING", "RUNNING"]
    assert (seen[-1]["lastStatus"], seen[-1]["containers"][0]["exitCode"]) == ("STOPPED", 0)
    assert seen[-1]["overrides"]["containerOverrides"] == [{"name": "app", "command": ["migrate"]}]
    assert ecs.list_tasks(cluster=CLUSTER, startedBy="ci", desiredStatus="STOPPED")["taskArns"] == [task["taskArn"]]
    fargate.admin.post(
        "ecs/outcomes", {"cluster": CLUSTER, "service": "migrate", "outcome": "crash-loop", "exitCode": 2}
    )
    failing = ecs.run_task(**run)["tasks"][0]["taskArn"]
    for _ in range(5):
        last = ecs.describe_tasks(cluster=CLUSTER, tasks=[failing])["tasks"][0]
    assert last["containers"][0]["exitCode"] == 2


def test_a_task_of_a_service_that_is_stopped_is_replaced(fargate: Fargate, ecs: Any) -> None:
    fargate.cluster()
    fargate.service(fargate.definition(), desiredCount=1)
    fargate.settle()
    arn = fargate.tasks()[0]["taskArn"]
    ecs.stop_task(cluster=CLUSTER, task=arn, reason="a test")
    for _ in range(8):
        seen = fargate.see()
    stopped = fargate.tasks("STOPPED")[0]
    assert (stopped["stopCode"], stopped["stoppedReason"]) == ("UserInitiated", "a test")
    assert (seen["runningCount"], seen["deployments"][0]["failedTasks"]) == (1, 0)
    assert fargate.tasks()[0]["taskArn"] != arn


# Credentials of tasks


def test_credentials_of_a_task(fargate: Fargate, client: Any) -> None:
    fargate.cluster()
    source = {
        "ArnLike": {"aws:SourceArn": f"arn:aws:ecs:{REGION}:{ACCOUNT}:*"},
        "StringEquals": {"aws:SourceAccount": ACCOUNT},
    }
    role = fargate.role("acme-web-task", trust(**source))
    fargate.service(fargate.definition(taskRoleArn=role), desiredCount=1)
    status, answer = fargate.admin.call("GET", f"ecs/credentials/{CLUSTER}/{SERVICE}")
    assert status == 404 and "no running task" in answer["error"]
    fargate.settle()
    task = fargate.tasks()[0]["taskArn"].rpartition("/")[2]
    found = fargate.admin.get(f"ecs/credentials/{task}")
    assert set(found) == {"RoleArn", "AccessKeyId", "SecretAccessKey", "Token", "Expiration"}
    assert found["RoleArn"] == role
    assert fargate.admin.get(f"ecs/credentials/{CLUSTER}/{SERVICE}") == found
    keys = {"access_key": found["AccessKeyId"], "secret_key": found["SecretAccessKey"], "session_token": found["Token"]}
    caller = client("sts", **keys).get_caller_identity()
    assert caller["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/acme-web-task/{task}"


def test_a_task_has_no_credentials_when_its_role_no_longer_trusts_ecs(fargate: Fargate, client: Any) -> None:
    fargate.cluster()
    fargate.service(fargate.definition(taskRoleArn=fargate.role("task")), desiredCount=1)
    fargate.settle()
    elsewhere = trust(StringEquals={"aws:SourceAccount": "210987654321"})
    client("iam").update_assume_role_policy(RoleName="task", PolicyDocument=elsewhere)
    status, answer = fargate.admin.call("GET", f"ecs/credentials/{CLUSTER}/{SERVICE}")
    assert status == 403 and "unable to assume the role" in answer["error"]
