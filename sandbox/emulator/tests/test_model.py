"""What AWS's models refuse, as each service says it; and that such a call changes nothing."""

from __future__ import annotations

import botocore.session
import pytest
from botocore.exceptions import ClientError
from conftest import ACCOUNT, REGION, refused
from moto.core.utils import get_service_model

from bulwark_emulator.model.known import OPERATIONS
from bulwark_emulator.model.pattern import fits, translate
from bulwark_emulator.model.refusal import JSON, QUERY, STYLES

import regex

VISIBLE = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "acme"}
ACL = {"Name": "acme", "Scope": "REGIONAL", "DefaultAction": {"Allow": {}}, "VisibilityConfig": VISIBLE}
RULE = {
    "Name": "geo", "Priority": 1, "Action": {"Block": {}}, "VisibilityConfig": VISIBLE,
    "Statement": {"GeoMatchStatement": {"CountryCodes": ["EU"]}},
}  # fmt: skip
TRUST = '{"Version": "2012-10-17", "Statement": []}'
TRAIL = f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail/acme"


def ask(client, service, operation, **params):
    """The error of a call that the SDK itself has not looked at."""
    with pytest.raises(ClientError) as caught:
        getattr(client(service, parameter_validation=False), operation)(**params)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    return caught.value.response["Error"]


@pytest.mark.parametrize(
    ("service", "operation", "params", "code", "message"),
    [
        # required, enumeration, length, range and pattern, one after the other
        ("wafv2", "create_web_acl", {**ACL, "Scope": "NONE"}, "ValidationException",
         "1 validation error detected: Value 'NONE' at 'scope' failed to satisfy constraint: "
         "Member must satisfy enum value set: [CLOUDFRONT, REGIONAL]"),
        ("kms", "create_alias", {"TargetKeyId": "x"}, "ValidationException",
         "1 validation error detected: Value null at 'aliasName' failed to satisfy constraint: Member must not be null"),
        ("iam", "create_role", {"RoleName": "r" * 65, "AssumeRolePolicyDocument": TRUST}, "ValidationError",
         f"Value '{'r' * 65}' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64"),
        ("iam", "create_role", {"RoleName": "grüße", "AssumeRolePolicyDocument": TRUST}, "ValidationError",
         r"Member must satisfy regular expression pattern: [\w+=,.@-]+"),
        ("iam", "create_role", {"RoleName": "r", "AssumeRolePolicyDocument": TRUST, "MaxSessionDuration": 60},
         "ValidationError", "Value '60' at 'maxSessionDuration' failed to satisfy constraint: "
         "Member must have value greater than or equal to 3600"),
        # several at once
        ("iam", "create_user", {"UserName": "", "Path": "teams"}, "ValidationError", "3 validation errors detected: "),
        # nested in structures, lists and maps
        ("wafv2", "create_web_acl", {**ACL, "Rules": [RULE]}, "ValidationException",
         "at 'rules.1.member.statement.geoMatchStatement.countryCodes' failed to satisfy constraint: "
         "Member must satisfy constraint: [Member must satisfy enum value set: [AF, "),
        ("wafv2", "create_web_acl", {**ACL, "Rules": [{**RULE, "Name": "a b"}]}, "ValidationException",
         "Value 'a b' at 'rules.1.member.name' failed"),
        ("logs", "create_log_group", {"logGroupName": "g", "tags": {"": "x"}}, "InvalidParameterException",
         "at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length greater"),
        ("elbv2", "create_target_group", {"Name": "web", "Port": 70000}, "ValidationError",
         "Value '70000' at 'port' failed to satisfy constraint: Member must have value less than or equal to 65535"),
        # a union
        ("accessanalyzer", "create_analyzer",
         {"analyzerName": "a", "type": "ACCOUNT", "configuration": {"unusedAccess": {}, "internalAccess": {}}},
         "ValidationException", "exactly one of the members unusedAccess, internalAccess must be given"),
        # the services with codes and words of their own
        ("logs", "create_log_group", {"logGroupName": "a b"}, "InvalidParameterException",
         r"Value 'a b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: "),
        ("ec2", "create_vpc", {"CidrBlock": "10.0.0.0/16", "InstanceTenancy": "shared"}, "InvalidParameterValue",
         "Value (shared) for parameter InstanceTenancy is invalid."),
        ("ec2", "create_subnet", {"CidrBlock": "10.0.0.0/24"}, "MissingParameter",
         "The request must contain the parameter VpcId"),
        ("rds", "create_db_instance", {"DBInstanceIdentifier": "a"}, "MissingParameter",
         "The request must contain the parameter DBInstanceClass"),
        ("sqs", "set_queue_attributes", {"QueueUrl": "x"}, "MissingParameter",
         "The request must contain the parameter Attributes"),
        ("sns", "create_topic", {}, "InvalidParameter", "Invalid parameter: Name Reason: no value for required parameter"),
        ("ecr", "create_repository", {"repositoryName": "Acme"}, "InvalidParameterException",
         "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression"),
        ("backup", "create_backup_plan", {}, "MissingParameterValueException", "'backupPlan'"),
        ("route53", "create_hosted_zone", {"Name": "acme.example"}, "InvalidInput", "Value null at 'callerReference'"),
        ("cloudtrail", "put_insight_selectors", {"TrailName": TRAIL, "InsightSelectors": [{"InsightType": "All"}]},
         "InvalidInsightSelectorsException", "[ApiCallRateInsight, ApiErrorRateInsight]"),
        ("s3", "put_bucket_versioning", {"Bucket": "audio", "VersioningConfiguration": {"Status": "On"}},
         "IllegalVersioningConfigurationException", "[Enabled, Suspended]"),
        ("s3", "put_object", {"Bucket": "audio", "Key": "a", "StorageClass": "COLD"}, "InvalidStorageClass", "GLACIER"),
        ("s3", "put_bucket_acl", {"Bucket": "audio", "ACL": "open"}, "InvalidArgument", "x-amz-acl: Member must"),
        ("s3", "put_bucket_lifecycle_configuration",
         {"Bucket": "audio", "LifecycleConfiguration": {"Rules": [{"ID": "all", "Status": "On", "Filter": {}}]}},
         "MalformedXML", "(LifecycleConfiguration.Rules[1].Status: Member must satisfy enum value set: [Enabled, Disabled])"),
        ("s3", "put_public_access_block", {"Bucket": "audio"}, "MalformedXML",
         "(PublicAccessBlockConfiguration: Member must not be null)"),
    ],
)  # fmt: skip
def test_refused(client, admin, service, operation, params, code, message):
    error = ask(client, service, operation, **params)
    assert error["Code"] == code
    assert message in error["Message"]
    told = admin.get("violations")["violations"]
    assert [(row["service"], row["code"]) for row in told] == [(service, code)]


def send(client, service, operation, change, **params):
    """The error of a call whose request was changed on its way."""
    made = client(service, parameter_validation=False, read_timeout=10)
    made.meta.events.register_first(f"before-sign.{service}", lambda request, **_: change(request))
    with pytest.raises(ClientError) as caught:
        getattr(made, operation)(**params)
    return caught.value.response["Error"]


def swap(old, new):
    def change(request):
        request.data = request.data.replace(old, new) if isinstance(request.data, bytes) else {
            name.replace(old, new): value for name, value in request.data.items()
        }  # fmt: skip

    return change


@pytest.mark.parametrize(
    ("service", "operation", "params", "change", "code", "message"),
    [
        ("kms", "create_key", {"Description": "x"}, swap(b"Description", b"Descriptio"), "SerializationException",
         "at 'descriptio' failed to satisfy constraint: There is no such member: did you mean Description?"),
        ("kms", "create_key", {"MultiRegion": True}, swap(b"true", b'"yes"'), "SerializationException",
         "at 'multiRegion' failed to satisfy constraint: Member must be true or false"),
        ("kms", "create_key", {"Description": "x"}, swap(b"{", b""), "SerializationException", "The body must be JSON"),
        ("ec2", "create_vpc", {"CidrBlock": "10.0.0.0/16"}, swap("CidrBlock", "CidrBlok"), "UnknownParameter",
         "The parameter CidrBlok is not recognized. There is no such member: did you mean CidrBlock?"),
        ("ec2", "describe_vpcs", {"MaxResults": "many"}, swap("", ""), "InvalidParameterValue",
         "for parameter MaxResults is invalid. Member must be a number"),
        ("iam", "create_user", {"UserName": "ana", "Tags": [{"Key": "a", "Value": "b"}]}, swap("member", "entry"),
         "ValidationError", "There is no such member"),
        ("s3", "put_bucket_versioning", {"Bucket": "audio", "VersioningConfiguration": {"Status": "Enabled"}},
         swap(b"Status>", b"State>"), "MalformedXML", "VersioningConfiguration.State: There is no such member"),
        ("s3", "put_bucket_versioning", {"Bucket": "audio", "VersioningConfiguration": {"Status": "Enabled"}},
         swap(b"VersioningConfiguration", b"Versioning"), "MalformedXML", "must be VersioningConfiguration"),
        ("route53", "create_hosted_zone", {"Name": "acme.example", "CallerReference": "1"},
         swap(b"CallerReference", b"Reference"), "InvalidInput", "There is no such member"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(client, service, operation, params, change, code, message):
    error = send(client, service, operation, change, **params)
    assert error["Code"] == code
    assert message in error["Message"]


def test_a_refused_call_changes_nothing(client, admin):
    ask(client, "wafv2", "create_web_acl", **{**ACL, "Scope": "NONE"})
    ask(client, "iam", "create_user", UserName="a b")
    assert client("wafv2").list_web_acls(Scope="REGIONAL")["WebACLs"] == []
    assert client("iam").list_users()["Users"] == []
    assert [(call["operation"], call["status"]) for call in admin.calls()][:2] == [("CreateWebACL", 400), ("CreateUser", 400)]


def test_secrets_are_not_quoted(client, admin):
    for service, operation, params in (
        ("iam", "create_login_profile", {"UserName": "ana", "Password": "hunter2\x00"}),
        ("secretsmanager", "create_secret", {"Name": "a", "SecretString": ""}),
        ("secretsmanager", "put_secret_value", {"SecretId": "", "SecretString": "s" * 65537}),
    ):
        message = ask(client, service, operation, **params)["Message"]
        assert "hunter2" not in message and "sss" not in message
    assert "hunter2" not in str(admin.get("violations"))


def test_the_fields_are_listed_where_the_service_does(client):
    with pytest.raises(ClientError) as caught:
        client("accessanalyzer", parameter_validation=False).create_analyzer(analyzerName="1", type="ACCOUNT")
    answer = caught.value.response
    assert answer["reason"] == "fieldValidationFailed"
    assert [field["name"] for field in answer["fieldList"]] == ["analyzerName"]


def test_violations_are_listed_until_they_are_forgotten(client, admin):
    assert admin.get("violations")["violations"] == []
    ask(client, "iam", "create_user", UserName="a b")
    assert admin.get("violations")["violations"] == [
        {
            "service": "iam", "operation": "CreateUser", "region": REGION, "code": "ValidationError",
            "violations": [
                {"member": "UserName", "kind": "pattern",
                 "constraint": r"Member must satisfy regular expression pattern: [\w+=,.@-]+"},
            ],
        }
    ]  # fmt: skip
    admin.delete("violations")
    assert admin.get("violations")["violations"] == []
    ask(client, "iam", "create_user", UserName="a b")
    admin.post("reset")
    assert admin.get("violations")["violations"] == []


def test_what_aws_takes_whatever_its_model_says(client, new_bucket):
    new_bucket("audio")
    s3 = client("s3")
    s3.put_bucket_ownership_controls(Bucket="audio", OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]})
    s3.put_bucket_acl(Bucket="audio", ACL="log-delivery-write")
    client("s3control").list_tags_for_resource(AccountId=ACCOUNT, ResourceArn="arn:aws:s3:::audio")
    with refused("InvalidArgument", 400):
        client("s3control").list_tags_for_resource(AccountId=ACCOUNT, ResourceArn="arn:aws:s3::")


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        (r"[\.\-_/#A-Za-z0-9]+", ["/aws/flow-logs"], ["a b", ""]),
        (r"[\w+=,.@-]+", ["deploy_1"], ["grüße"]),
        (r"^[\w\-]+$", ["a-b"], ["a b", "ä"]),
        (r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*", ["Größe 1", ""], ["a|b"]),
        (r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*", ["song 🎵"], ["\x00"]),
        (r"^(\p{LD}|\p{Punct}| )+$", ["ä1!"], ["\n"]),
        (r"[\p{all}]*", ["🎵\n"], []),
        (r"([\w!\x{60}-]|%([\dA-Fa-f]{2}))+", ["a`%2f"], ["%zz"]),
        (r"[]a]+", ["]a"], ["b"]),
        (r"[\w-.~]+", ["a-b", "_"], ["/"]),
        (r"[a.-\d]+", ["a-1."], ["/"]),
        (r"\S+\s\S+", ["a b", "a\tb"], ["a\u00a0b"]),
        (r"^[0-9]{2}:[0-9]{2}", ["12:00Z"], ["noon"]),
        (r"(?s).*", ["a\nb"], []),
    ],
)
def test_patterns_mean_what_they_mean_in_java(pattern, good, bad):
    assert [text for text in good if not fits(pattern, text)] == []
    assert [text for text in bad if fits(pattern, text)] == []


def test_a_pattern_without_end_decides_nothing():
    assert fits(r"^(a+)+$", "a" * 40 + "!") in (True, False)


def test_all_patterns_can_be_read():
    """In all services that there are. The one that cannot is none in Java either ("{11}{0,1011}")."""
    session, bad = botocore.session.get_session(), {}
    for service in session.get_available_services():
        for name, shape in session.get_service_model(service)._service_description["shapes"].items():
            if "pattern" in shape:
                try:
                    regex.compile(translate(shape["pattern"]))
                except regex.error as error:
                    bad[service, name] = str(error)
    assert list(bad) == [("rbin", "RuleArn")]


# The pages that list the errors which all operations of a service share, cited in refusal.py.
COMMON = {
    "ec2": {"InvalidParameterValue", "MissingParameter", "UnknownParameter"},
    "rds": {"InvalidParameterValue", "MissingParameter"},
    "sqs": {"InvalidParameterValue", "MissingParameter"},
}


def test_codes_are_those_of_the_services():
    asked = [(service, code) for service, style in STYLES.items() for code in (style.code, style.missing, style.unknown)]
    asked += [(service, code) for (service, _), code in OPERATIONS.items()]
    unknown = []
    for service, code in asked:
        model = get_service_model(service)
        known = {shape.error_code for shape in model.error_shapes} | COMMON.get(service, set())
        if code and code not in known:
            unknown.append((service, code))
    assert unknown == []
    assert (JSON.code, QUERY.code) == ("ValidationException", "ValidationError")
