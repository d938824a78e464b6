"""What the schemas of CloudFormation's registry say beyond the service models, as each service says it."""

from __future__ import annotations

import botocore.session
import pytest
from botocore.exceptions import ClientError
from conftest import REGION

from bulwark_emulator.model import schemas

DATABASE = {
    "DBInstanceIdentifier": "main", "Engine": "postgres", "EngineVersion": "16.4", "DBInstanceClass": "db.t4g.medium",
    "AllocatedStorage": 20, "MasterUsername": "owner", "MasterUserPassword": "correct-horse", "BackupRetentionPeriod": 14,
}  # fmt: skip
RULE = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "größer"}]}
TASK = {
    "family": "web", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512",
    "containerDefinitions": [{"name": "web", "image": "web", "essential": True}],
}  # fmt: skip
FUNCTION = {
    "FunctionName": "rotate", "Role": "arn:aws:iam::123456789012:role/rotate", "Handler": "bootstrap", "Code": {"ZipFile": b"x"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("service", "operation", "params", "code", "message"),
    [
        ("rds", "create_db_instance", {**DATABASE, "EngineVersion": "16.99"}, "InvalidParameterCombination",
         "Value (16.99) for parameter EngineVersion is invalid. AWS has no such value for Engine postgres, EngineVersion 16.99"),
        ("rds", "create_db_instance", {**DATABASE, "DBInstanceClass": "db.t4g.mega"}, "InvalidParameterCombination",
         "; near it are db.t4g."),
        ("rds", "create_db_instance", {**DATABASE, "Engine": "postgresql"}, "InvalidParameterCombination", "parameter Engine"),
        ("rds", "create_db_instance", {**DATABASE, "BackupRetentionPeriod": 36}, "InvalidParameterValue",
         "Value (36) for parameter BackupRetentionPeriod is invalid. Member must have value less than or equal to 35"),
        ("rds", "create_db_instance", {**DATABASE, "DBInstanceIdentifier": "1st"}, "InvalidParameterValue",
         "Value (1st) for parameter DBInstanceIdentifier is invalid."),
        ("rds", "create_db_instance", {**DATABASE, "PerformanceInsightsRetentionPeriod": 30}, "InvalidParameterValue",
         "enum value set: [7, 31, 62,"),
        ("rds", "modify_db_instance", {"DBInstanceIdentifier": "main", "PromotionTier": 16}, "InvalidParameterValue", "PromotionTier"),
        ("ec2", "create_security_group", {"GroupName": "web", "Description": "für alle"}, "InvalidParameterValue",
         "Value (für alle) for parameter GroupDescription is invalid."),
        ("ec2", "authorize_security_group_ingress", {"GroupId": "sg-12345678", "IpPermissions": [RULE]}, "InvalidParameterValue",
         "Value (größer) for parameter IpPermissions.1.IpRanges.1.Description is invalid."),
        ("logs", "put_retention_policy", {"logGroupName": "web", "retentionInDays": 31}, "InvalidParameterException",
         "Value '31' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [1, 3, 5, 7,"),
        ("cloudtrail", "create_trail", {"Name": "-acme", "S3BucketName": "trails"}, "InvalidTrailNameException", "'-acme'"),
        ("cloudtrail", "create_trail", {"Name": "acme", "S3BucketName": "trails", "S3KeyPrefix": "p" * 201},
         "InvalidS3PrefixException", "length less than or equal to 200"),
        ("lambda", "create_function", {**FUNCTION, "Runtime": "nodejs12.x"}, "InvalidParameterValueException",
         "at 'runtime' failed to satisfy constraint: Member must be a runtime that can still be used; this one could until 20"),
    ],
)  # fmt: skip
def test_refused(client, admin, service, operation, params, code, message):
    with pytest.raises(ClientError) as caught:
        getattr(client(service), operation)(**params)
    error = caught.value.response["Error"]
    assert error["Code"] == code
    assert message.lower() in error["Message"].lower()
    assert len(admin.get("violations")["violations"]) == 1


def test_what_aws_has_is_taken(client, admin):
    client("rds").create_db_instance(**DATABASE)
    client("rds").create_db_instance(**{**DATABASE, "DBInstanceIdentifier": "other", "EngineVersion": ""})
    client("ecs").register_task_definition(**TASK)
    client("ecs").register_task_definition(**{**TASK, "cpu": ".25 vCPU", "memory": "1 GB"})
    client("ec2").create_security_group(GroupName="web", Description="Load balancer (web): 80, 443")
    client("logs").create_log_group(logGroupName="web")
    client("logs").put_retention_policy(logGroupName="web", retentionInDays=30)
    assert admin.get("violations")["violations"] == []


@pytest.mark.parametrize("region", [REGION, "eu-central-1", "us-east-1"])
def test_each_rule_finds_its_schema(region):
    """A rule whose member, property or file has been renamed would allow everything."""
    session = botocore.session.get_session()
    for (service, operation), rules in schemas.PROPERTIES.items():
        for rule in rules:
            shape = session.get_service_model(service).operation_model(operation).input_shape
            for step in rule.member.split("."):
                shape = shape.member if step == "*" else shape.members[step]
            found = schemas._property(region, rule.resource, rule.name)
            assert set(found) & {"pattern", "enum", "minimum", "maximum", "minLength", "maxLength"}, rule
    for (service, operation), conditions in schemas.CONDITIONS.items():
        members = session.get_service_model(service).operation_model(operation).input_shape.members
        for condition in conditions:
            assert set(condition.members) <= set(members)
            read = schemas._read(f"schemas/extensions/{condition.file}")
            assert read[region] if condition.regional else read
    assert schemas._read("AdditionalSpecs/LmbdRuntimeLifecycle.json")["nodejs12.x"]["create-block"]


def test_a_region_that_is_not_known_refuses_nothing_more():
    assert schemas._property("mars-north-1", "AWS::RDS::DBInstance", "DBInstanceIdentifier") == {}
