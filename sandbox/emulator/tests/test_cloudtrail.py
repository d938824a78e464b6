"""CloudTrail: what a trail needs, how it is found, what it records."""

from __future__ import annotations

import json
import urllib.request

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from conftest import ACCOUNT, REGION, refused

ARN = f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail/acme"
GROUP = "/cloudtrail/acme"
GROUP_ARN = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{GROUP}"
SERVICE = {"Service": "cloudtrail.amazonaws.com"}


@pytest.fixture
def trails(client):
    return client("cloudtrail")


def allow(actions, resource="*", condition=None, principal=SERVICE):
    statement = {"Effect": "Allow", "Principal": principal, "Action": actions, "Resource": resource}
    return {**statement, "Condition": condition} if condition else statement


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def of_trails(*names):
    home = f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail/"
    return {"StringEquals": {"aws:SourceArn": [home + name for name in names]}}


@pytest.fixture
def bucket(client, new_bucket):
    """A bucket that accepts the trails acme and other."""
    let_in(client, new_bucket("trails"), "acme", "other")
    return "trails"


def let_in(client, name, *trail_names):
    writing = {**of_trails(*trail_names), "StringLike": {"s3:x-amz-acl": "bucket-owner-full-control"}}
    client("s3").put_bucket_policy(
        Bucket=name,
        Policy=document(
            allow("s3:GetBucketAcl", f"arn:aws:s3:::{name}", of_trails(*trail_names)),
            allow("s3:PutObject", f"arn:aws:s3:::{name}/AWSLogs/{ACCOUNT}/*", writing),
        ),
    )


@pytest.fixture
def group(client):
    client("logs").create_log_group(logGroupName=GROUP)
    return GROUP_ARN + ":*"


def role(client, trust=None, resource=f"{GROUP_ARN}:log-stream:{ACCOUNT}_CloudTrail_{REGION}*"):
    iam = client("iam")
    statement = trust or {"Effect": "Allow", "Principal": SERVICE, "Action": "sts:AssumeRole"}
    arn = iam.create_role(RoleName="writer", AssumeRolePolicyDocument=document(statement))["Role"]["Arn"]
    writing = {"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": resource}
    iam.put_role_policy(RoleName="writer", PolicyName="write", PolicyDocument=document(writing))
    return arn


def to_logs(group_arn, role_arn):
    return {"CloudWatchLogsLogGroupArn": group_arn, "CloudWatchLogsRoleArn": role_arn}


def key(client, *trail_names):
    administration = allow("kms:*", principal={"AWS": f"arn:aws:iam::{ACCOUNT}:root"})
    context = {"kms:EncryptionContext:aws:cloudtrail:arn": f"arn:aws:cloudtrail:*:{ACCOUNT}:trail/*"}
    condition = {**of_trails(*trail_names), "StringLike": context}
    policy = document(administration, allow("kms:GenerateDataKey*", condition=condition))
    return client("kms").create_key(Policy=policy)["KeyMetadata"]


def tags(trails):
    return trails.list_tags(ResourceIdList=[ARN])["ResourceTagList"][0]["TagsList"]


def test_a_trail_comes_back_as_it_was_made(trails, bucket, group, client):
    writer, made = role(client), key(client, "acme")
    trails.create_trail(
        Name="acme", S3BucketName=bucket, IsMultiRegionTrail=True, EnableLogFileValidation=True,
        KmsKeyId=made["KeyId"], CloudWatchLogsLogGroupArn=group, CloudWatchLogsRoleArn=writer,
        TagsList=[{"Key": "Owner", "Value": "platform"}],
    )
    got = trails.get_trail(Name=ARN)["Trail"]
    assert got == {
        "Name": "acme",
        "S3BucketName": bucket,
        "IncludeGlobalServiceEvents": True,
        "IsMultiRegionTrail": True,
        "HomeRegion": REGION,
        "TrailARN": ARN,
        "LogFileValidationEnabled": True,
        "IsOrganizationTrail": False,
        "HasCustomEventSelectors": False,
        "HasInsightSelectors": False,
        "CloudWatchLogsLogGroupArn": group,
        "CloudWatchLogsRoleArn": writer,
        "KmsKeyId": made["Arn"],
    }
    assert trails.describe_trails(trailNameList=["acme"])["trailList"] == [got]
    assert tags(trails) == [{"Key": "Owner", "Value": "platform"}]


def test_trails_are_found_by_name_and_arn(trails, bucket, client):
    for name in ("acme", "other"):
        trails.create_trail(Name=name, S3BucketName=bucket, IsMultiRegionTrail=name == "acme")
    assert [row["Name"] for row in trails.describe_trails(trailNameList=[ARN])["trailList"]] == ["acme"]
    assert len(trails.describe_trails()["trailList"]) == 2

    elsewhere = client("cloudtrail", "eu-central-1")
    assert [row["TrailARN"] for row in elsewhere.describe_trails()["trailList"]] == [ARN]
    assert elsewhere.describe_trails(includeShadowTrails=False)["trailList"] == []
    assert elsewhere.get_trail(Name=ARN)["Trail"]["HomeRegion"] == REGION
    with refused("TrailNotFoundException"):
        elsewhere.get_trail(Name="acme")
    with refused("InvalidHomeRegionException"):
        elsewhere.stop_logging(Name=ARN)

    trails.delete_trail(Name=ARN)
    with refused("TrailNotFoundException"):
        trails.delete_trail(Name="acme")
    assert [row["Name"] for row in trails.list_trails()["Trails"]] == ["other"]


def test_names_are_taken_once(trails, bucket):
    trails.create_trail(Name="acme", S3BucketName=bucket)
    with refused("TrailAlreadyExistsException"):
        trails.create_trail(Name="acme", S3BucketName=bucket)


def test_a_region_has_five_trails(trails, client, new_bucket):
    names = [f"acme-{n}" for n in range(6)]
    let_in(client, new_bucket("trails"), *names)
    for name in names[:5]:
        trails.create_trail(Name=name, S3BucketName="trails")
    with refused("MaximumNumberOfTrailsExceededException"):
        trails.create_trail(Name=names[5], S3BucketName="trails")


def test_the_bucket_has_to_let_the_trail_in(trails, client, new_bucket):
    with refused("S3BucketDoesNotExistException"):
        trails.create_trail(Name="acme", S3BucketName="nowhere")
    new_bucket("trails")
    with refused("InsufficientS3BucketPolicyException"):
        trails.create_trail(Name="acme", S3BucketName="trails")
    let_in(client, "trails", "other")
    with refused("InsufficientS3BucketPolicyException"):
        trails.create_trail(Name="acme", S3BucketName="trails")
    let_in(client, "trails", "acme")
    trails.create_trail(Name="acme", S3BucketName="trails")
    with refused("InsufficientS3BucketPolicyException"):
        trails.update_trail(Name="acme", S3BucketName="trails", S3KeyPrefix="elsewhere")
    with refused("S3BucketDoesNotExistException"):
        trails.update_trail(Name="acme", S3BucketName="nowhere")


def test_the_key_has_to_let_the_trail_in(trails, bucket, client):
    with refused("KmsKeyNotFoundException"):
        trails.create_trail(Name="acme", S3BucketName=bucket, KmsKeyId="alias/none")
    with refused("InsufficientEncryptionPolicyException"):
        trails.create_trail(Name="acme", S3BucketName=bucket, KmsKeyId=key(client, "other")["Arn"])
    good = key(client, "acme")
    client("kms").disable_key(KeyId=good["KeyId"])
    with refused("KmsKeyDisabledException"):
        trails.create_trail(Name="acme", S3BucketName=bucket, KmsKeyId=good["Arn"])
    client("kms").enable_key(KeyId=good["KeyId"])
    trails.create_trail(Name="acme", S3BucketName=bucket)
    trails.update_trail(Name=ARN, KmsKeyId=good["KeyId"])
    assert trails.get_trail(Name="acme")["Trail"]["KmsKeyId"] == good["Arn"]


def test_the_log_group_exists(trails, bucket, client, group):
    writer = role(client)
    for arn in (GROUP_ARN, GROUP_ARN + "-other:*", ""):
        with refused("InvalidCloudWatchLogsLogGroupArnException"):
            trails.create_trail(Name="acme", S3BucketName=bucket, **to_logs(arn, writer))
    with refused("InvalidCloudWatchLogsRoleArnException"):
        trails.create_trail(Name="acme", S3BucketName=bucket, CloudWatchLogsLogGroupArn=group)


def trusted(principal, condition=None):
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return {"trust": {**statement, "Condition": condition} if condition else statement}


@pytest.mark.parametrize(
    "wrong",
    [
        {"resource": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/other:log-stream:*"},
        trusted({"Service": "ec2.amazonaws.com"}),
        # CloudTrail does not say for which trail it asks.
        trusted(SERVICE, {"StringEquals": {"aws:SourceArn": ARN}}),
        trusted(SERVICE, {"StringEquals": {"aws:SourceAccount": ACCOUNT}}),
    ],
)
def test_the_role_has_to_let_cloudtrail_write(trails, bucket, client, group, wrong):
    writer = role(client, **wrong)
    with refused("InvalidCloudWatchLogsRoleArnException"):
        trails.create_trail(Name="acme", S3BucketName=bucket, **to_logs(group, writer))


def test_the_permissions_may_be_a_managed_policy(trails, bucket, client, group):
    writer, iam = role(client), client("iam")
    inline = iam.get_role_policy(RoleName="writer", PolicyName="write")["PolicyDocument"]
    iam.delete_role_policy(RoleName="writer", PolicyName="write")
    managed = iam.create_policy(PolicyName="write", PolicyDocument=json.dumps(inline))["Policy"]["Arn"]
    iam.attach_role_policy(RoleName="writer", PolicyArn=managed)
    trails.create_trail(Name="acme", S3BucketName=bucket, **to_logs(group, writer))


def test_logging(trails, bucket):
    trails.create_trail(Name="acme", S3BucketName=bucket)
    assert trails.get_trail_status(Name=ARN)["IsLogging"] is False
    trails.start_logging(Name=ARN)
    assert trails.get_trail_status(Name="acme")["IsLogging"] is True
    trails.stop_logging(Name="acme")
    assert trails.get_trail_status(Name=ARN)["IsLogging"] is False


MANAGEMENT = {"Name": "Management events", "FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]}


def objects(*starts):
    return {
        "Name": "Objects",
        "FieldSelectors": [
            {"Field": "eventCategory", "Equals": ["Data"]},
            {"Field": "resources.type", "Equals": ["AWS::S3::Object"]},
            {"Field": "resources.ARN", "StartsWith": list(starts)},
        ],
    }


def test_event_selectors_replace_each_other(trails, bucket):
    trails.create_trail(Name="acme", S3BucketName=bucket)
    default = trails.get_event_selectors(TrailName=ARN)
    assert default["EventSelectors"][0]["IncludeManagementEvents"] is True
    assert "AdvancedEventSelectors" not in default

    advanced = [MANAGEMENT, objects("arn:aws:s3:::audio/")]
    trails.put_event_selectors(TrailName="acme", AdvancedEventSelectors=advanced)
    got = trails.get_event_selectors(TrailName="acme")
    assert got["AdvancedEventSelectors"] == advanced
    assert "EventSelectors" not in got
    assert trails.get_trail(Name="acme")["Trail"]["HasCustomEventSelectors"] is True

    basic = {
        "ReadWriteType": "WriteOnly",
        "IncludeManagementEvents": True,
        "DataResources": [],
        "ExcludeManagementEventSources": [],
    }
    trails.put_event_selectors(TrailName="acme", EventSelectors=[basic])
    got = trails.get_event_selectors(TrailName="acme")
    assert got["EventSelectors"] == [basic]
    assert "AdvancedEventSelectors" not in got


@pytest.mark.parametrize(
    "selectors",
    [
        [{"FieldSelectors": [{"Field": "readOnly", "Equals": ["true"]}]}],
        [{"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Objects"]}]}],
        [{"FieldSelectors": MANAGEMENT["FieldSelectors"] * 2}],
        [{"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Data"]}]}],
        [{"FieldSelectors": [*MANAGEMENT["FieldSelectors"], {"Field": "resources.ARN", "StartsWith": ["arn:"]}]}],
        [objects(*(f"arn:aws:s3:::audio-{n}/" for n in range(500)))],
    ],
)
def test_event_selectors_that_aws_refuses(trails, bucket, selectors):
    trails.create_trail(Name="acme", S3BucketName=bucket)
    with refused("InvalidEventSelectorsException"):
        trails.put_event_selectors(TrailName="acme", AdvancedEventSelectors=selectors)


def test_insights_replace_each_other(trails, bucket):
    trails.create_trail(Name="acme", S3BucketName=bucket)
    with refused("InsightNotEnabledException"):
        trails.get_insight_selectors(TrailName="acme")
    for kind in ("ApiCallRateInsight", "ApiErrorRateInsight"):
        trails.put_insight_selectors(TrailName=ARN, InsightSelectors=[{"InsightType": kind}])
        assert trails.get_insight_selectors(TrailName="acme")["InsightSelectors"] == [{"InsightType": kind}]
    assert trails.get_trail(Name="acme")["Trail"]["HasInsightSelectors"] is True
    with refused("InvalidInsightSelectorsException"):
        trails.put_insight_selectors(TrailName="acme", InsightSelectors=[{"InsightType": "Everything"}])
    trails.put_insight_selectors(TrailName="acme", InsightSelectors=[])
    with refused("InsightNotEnabledException"):
        trails.get_insight_selectors(TrailName="acme")


def test_tags_go_by_their_keys(trails, bucket):
    trails.create_trail(Name="acme", S3BucketName=bucket)
    trails.add_tags(ResourceId=ARN, TagsList=[{"Key": "Owner", "Value": "platform"}, {"Key": "Old", "Value": "1"}])
    trails.remove_tags(ResourceId=ARN, TagsList=[{"Key": "Old"}])
    assert tags(trails) == [{"Key": "Owner", "Value": "platform"}]
    with refused("CloudTrailARNInvalidException"):
        trails.list_tags(ResourceIdList=["acme"])
    with refused("ResourceNotFoundException"):
        trails.list_tags(ResourceIdList=[ARN + "-other"])


def test_the_short_target_of_newer_sdks(emulator):
    headers = {"X-Amz-Target": "CloudTrail_20131101.ListTrails", "Content-Type": "application/x-amz-json-1.1"}
    request = AWSRequest("POST", emulator.endpoint + "/", headers, b"{}")
    SigV4Auth(Credentials("test", "test"), "cloudtrail", REGION).add_auth(request)
    sent = urllib.request.Request(request.url, request.body, dict(request.headers), method="POST")
    assert json.load(urllib.request.urlopen(sent, timeout=30)) == {"Trails": []}
