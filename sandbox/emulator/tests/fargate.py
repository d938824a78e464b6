"""What tests of ECS need: roles, networks, load balancers, task definitions, and a world whose time passes by calls."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Callable

ACCOUNT = "123456789012"
REGION = "eu-west-1"
CLUSTER, SERVICE = "acme", "web"
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
MANAGED = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
BREAKER = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}


def trust(**conditions: Any) -> str:
    """A trust policy for ECS tasks."""
    statement: dict[str, Any] = {
        "Effect": "Allow",
        "Principal": {"Service": "ecs-tasks.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    if conditions:
        statement["Condition"] = conditions
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@dataclass
class Fargate:
    """Makes what a service needs; ``client`` is the fixture of that name."""

    client: Callable[..., Any]
    admin: Any

    @property
    def ecs(self) -> Any:
        return self.client("ecs")

    def role(self, name: str, policy: str = "") -> str:
        iam = self.client("iam")
        made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=policy or trust())
        return str(made["Role"]["Arn"])

    def execution(self, *actions: str, name: str = "execution") -> str:
        """An execution role that may pull, log, and what is named besides."""
        arn, iam = self.role(name), self.client("iam")
        iam.attach_role_policy(RoleName=name, PolicyArn=MANAGED)
        if actions:
            statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
            policy = {"Version": "2012-10-17", "Statement": [statement]}
            iam.put_role_policy(RoleName=name, PolicyName="more", PolicyDocument=json.dumps(policy))
        return arn

    def cluster(self, name: str = CLUSTER, **more: Any) -> str:
        return str(self.ecs.create_cluster(clusterName=name, **more)["cluster"]["clusterArn"])

    def network(self) -> dict[str, Any]:
        subnets = self.client("ec2").describe_subnets()["Subnets"]
        return {"awsvpcConfiguration": {"subnets": [subnet["SubnetId"] for subnet in subnets[:2]]}}

    def container(self, **more: Any) -> dict[str, Any]:
        return {"name": "app", "image": "acme/app:1", "portMappings": [{"containerPort": 8080}], **more}

    def definition(self, family: str = "web", container: dict[str, Any] | None = None, **more: Any) -> str:
        made = self.ecs.register_task_definition(
            family=family,
            requiresCompatibilities=["FARGATE"],
            networkMode="awsvpc",
            cpu="256",
            memory="512",
            containerDefinitions=[container or self.container()],
            **more,
        )
        return str(made["taskDefinition"]["taskDefinitionArn"])

    def target_group(self) -> str:
        """A target group of addresses that a load balancer forwards to."""
        elb, subnets = self.client("elbv2"), self.client("ec2").describe_subnets()["Subnets"]
        ids = [subnet["SubnetId"] for subnet in subnets[:2]]
        balancer = elb.create_load_balancer(Name="acme", Subnets=ids)["LoadBalancers"][0]["LoadBalancerArn"]
        group = elb.create_target_group(
            Name="acme", Protocol="HTTP", Port=8080, VpcId=subnets[0]["VpcId"], TargetType="ip"
        )["TargetGroups"][0]["TargetGroupArn"]
        forward = [{"Type": "forward", "TargetGroupArn": group}]
        elb.create_listener(LoadBalancerArn=balancer, Port=80, Protocol="HTTP", DefaultActions=forward)
        return str(group)

    def service(self, definition: str, **more: Any) -> dict[str, Any]:
        settings = {
            "launchType": "FARGATE",
            "desiredCount": 2,
            "networkConfiguration": self.network(),
            "deploymentConfiguration": BREAKER,
            **more,
        }
        made = self.ecs.create_service(cluster=CLUSTER, serviceName=SERVICE, taskDefinition=definition, **settings)
        return dict(made["service"])

    def balanced(self, group: str) -> dict[str, Any]:
        return {"loadBalancers": [{"targetGroupArn": group, "containerName": "app", "containerPort": 8080}]}

    def outcome(self, outcome: str, **more: Any) -> None:
        self.admin.post("ecs/outcomes", {"cluster": CLUSTER, "service": SERVICE, "outcome": outcome, **more})

    def see(self) -> dict[str, Any]:
        """The service; time passes by one step."""
        return dict(self.ecs.describe_services(cluster=CLUSTER, services=[SERVICE])["services"][0])

    def deployment(self) -> dict[str, Any]:
        """The newest service deployment."""
        listed = self.ecs.list_service_deployments(cluster=CLUSTER, service=SERVICE)["serviceDeployments"]
        arn = listed[0]["serviceDeploymentArn"]
        return dict(self.ecs.describe_service_deployments(serviceDeploymentArns=[arn])["serviceDeployments"][0])

    def settle(self, *states: str, steps: int = 80) -> dict[str, Any]:
        """The newest service deployment as soon as it has one of the states."""
        found: dict[str, Any] = {}
        for _ in range(steps):
            found = self.deployment()
            if found["status"] in (states or ("SUCCESSFUL",)):
                return found
        raise AssertionError(f"still {found['status']}: {found}")

    def events(self) -> list[str]:
        """What the service told, oldest first."""
        return [event["message"] for event in reversed(self.see()["events"])]

    def tasks(self, status: str = "RUNNING") -> list[dict[str, Any]]:
        arns = self.ecs.list_tasks(cluster=CLUSTER, serviceName=SERVICE, desiredStatus=status)["taskArns"]
        return list(self.ecs.describe_tasks(cluster=CLUSTER, tasks=arns)["tasks"]) if arns else []
