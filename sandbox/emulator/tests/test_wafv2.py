"""WAF: what is put is what is got, what AWS refuses is refused, and what is in use stays."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import ACCOUNT, refused


@pytest.fixture
def waf(client: Any) -> Any:
    return client("wafv2")


def seen(name: str) -> dict[str, Any]:
    return {"SampledRequestsEnabled": False, "CloudWatchMetricsEnabled": True, "MetricName": name}


def rule(statement: dict[str, Any], name: str = "rule", priority: int = 0, **action: Any) -> dict[str, Any]:
    """A rule that blocks, or leaves a group's result as it is."""
    if not action:
        group = "ManagedRuleGroupStatement" in statement or "RuleGroupReferenceStatement" in statement
        action = {"OverrideAction": {"None": {}}} if group else {"Action": {"Block": {}}}
    return {
        "Name": name,
        "Priority": priority,
        "Statement": statement,
        "VisibilityConfig": seen(name),
        **action,
    }


def managed(group: str) -> dict[str, Any]:
    return {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": group}}


def path(text: str, *transformations: str) -> dict[str, Any]:
    steps = [{"Priority": i, "Type": kind} for i, kind in enumerate(transformations or ["NONE"])]
    return {
        "ByteMatchStatement": {
            "SearchString": text.encode(),
            "FieldToMatch": {"UriPath": {}},
            "TextTransformations": steps,
            "PositionalConstraint": "STARTS_WITH",
        }
    }


GEO = {"GeoMatchStatement": {"CountryCodes": ["KP"]}}
LABEL = {
    "LabelMatchStatement": {"Scope": "LABEL", "Key": "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body"}
}
RATE = {"RateBasedStatement": {"Limit": 100, "AggregateKeyType": "IP"}}


def create(waf: Any, *rules: dict[str, Any], name: str = "edge", **more: Any) -> dict[str, Any]:
    made = waf.create_web_acl(
        Name=name,
        Scope="REGIONAL",
        DefaultAction={"Allow": {}},
        VisibilityConfig=seen(name),
        Rules=list(rules),
        **more,
    )
    return made["Summary"]


def read(waf: Any, acl: dict[str, Any]) -> dict[str, Any]:
    return waf.get_web_acl(Name=acl["Name"], Id=acl["Id"], Scope="REGIONAL")


def delete(waf: Any, acl: dict[str, Any]) -> None:
    token = read(waf, acl)["LockToken"]
    waf.delete_web_acl(Name=acl["Name"], Id=acl["Id"], Scope="REGIONAL", LockToken=token)


def balancer(client: Any, name: str = "acme", kind: str = "application") -> str:
    ec2 = client("ec2")
    subnets = [subnet["SubnetId"] for subnet in ec2.describe_subnets()["Subnets"][:2]]
    made = client("elbv2").create_load_balancer(Name=name, Subnets=subnets, Type=kind)
    return made["LoadBalancers"][0]["LoadBalancerArn"]


# Rules


def test_nested_statements_come_back_as_they_were(waf: Any) -> None:
    uploads = {"OrStatement": {"Statements": [path("/a/", "URL_DECODE", "NORMALIZE_PATH"), path("/b/")]}}
    statement = {"AndStatement": {"Statements": [LABEL, {"NotStatement": {"Statement": uploads}}]}}
    acl = create(waf, rule(statement))
    assert read(waf, acl)["WebACL"]["Rules"][0]["Statement"] == statement


def test_a_rate_limit_comes_back_with_its_window(waf: Any) -> None:
    acl = create(waf, rule(RATE))
    assert read(waf, acl)["WebACL"]["Rules"][0]["Statement"]["RateBasedStatement"] == {
        "Limit": 100,
        "AggregateKeyType": "IP",
        "EvaluationWindowSec": 300,
    }


@pytest.mark.parametrize(
    ("statement", "capacity"),
    [
        (GEO, 1),
        (LABEL, 1),
        (RATE, 2),
        ({"RateBasedStatement": {**RATE["RateBasedStatement"], "ScopeDownStatement": path("/login")}}, 4),
        (path("/a/"), 2),
        (path("/a/", "URL_DECODE", "NORMALIZE_PATH"), 22),
        ({"AndStatement": {"Statements": [LABEL, {"NotStatement": {"Statement": path("/a/")}}]}}, 3),
        (managed("AWSManagedRulesCommonRuleSet"), 700),
        (managed("AWSManagedRulesAmazonIpReputationList"), 25),
    ],
)
def test_capacity(waf: Any, statement: dict[str, Any], capacity: int) -> None:
    rules = [rule(statement)]
    assert waf.check_capacity(Scope="REGIONAL", Rules=rules)["Capacity"] == capacity
    acl = create(waf, *rules)
    assert read(waf, acl)["WebACL"]["Capacity"] == capacity


GROUP = managed("AWSManagedRulesCommonRuleSet")


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param([rule(GEO, "a", 1), rule(GEO, "b", 1)], id="a priority twice"),
        pytest.param([rule(GEO, "a", 1), rule(GEO, "a", 2)], id="a name twice"),
        pytest.param([rule(GROUP, Action={"Block": {}})], id="a group with an action"),
        pytest.param([rule(GEO, OverrideAction={"None": {}})], id="a rule with an override"),
        pytest.param([rule(managed("AWSManagedRulesComonRuleSet"))], id="a group that does not exist"),
        pytest.param(
            [
                rule(
                    {
                        "RateBasedStatement": {
                            "Limit": 100,
                            "AggregateKeyType": "IP",
                            "EvaluationWindowSec": 90,
                        }
                    }
                )
            ],
            id="a window",
        ),
        pytest.param([rule({"OrStatement": {"Statements": [GEO]}})], id="an or of one"),
        pytest.param(
            [
                rule(
                    {
                        "NotStatement": {
                            "Statement": {
                                "IPSetReferenceStatement": {
                                    "ARN": "arn:aws:wafv2:eu-west-1:1:regional/ipset/x/y"
                                }
                            }
                        }
                    }
                )
            ],
            id="a set that does not exist",
        ),
        pytest.param([rule(path("/" + 200 * "a"))], id="a search string that is too long"),
    ],
)
def test_rules_that_are_refused(waf: Any, rules: list[dict[str, Any]]) -> None:
    with refused("WAFInvalidParameterException", 400):
        create(waf, *rules)
    assert waf.list_web_acls(Scope="REGIONAL")["WebACLs"] == []


def test_more_rate_limits_than_a_web_acl_has(waf: Any) -> None:
    with refused("WAFLimitsExceededException"):
        create(waf, *[rule(RATE, f"rate-{i}", i) for i in range(11)])


def test_an_update_replaces_everything(waf: Any) -> None:
    acl = create(waf, rule(GEO), Description="first")
    waf.update_web_acl(
        Name="edge",
        Id=acl["Id"],
        Scope="REGIONAL",
        DefaultAction={"Block": {}},
        VisibilityConfig=seen("edge"),
        LockToken=acl["LockToken"],
    )
    after = read(waf, acl)["WebACL"]
    assert (after["Rules"], after.get("Description", ""), after["Capacity"]) == ([], "", 0)
    assert after["DefaultAction"] == {"Block": {}}


def test_names_are_unique(waf: Any) -> None:
    create(waf)
    with refused("WAFDuplicateItemException"):
        create(waf)
    ip_set(waf, "203.0.113.0/24")
    with refused("WAFDuplicateItemException"):
        ip_set(waf, "203.0.113.0/24")


# IP sets


def ip_set(waf: Any, *addresses: str, version: str = "IPV4") -> dict[str, Any]:
    made = waf.create_ip_set(
        Name="deny", Scope="REGIONAL", IPAddressVersion=version, Addresses=list(addresses)
    )
    return made["Summary"]


def test_addresses_come_back_with_all_digits(waf: Any) -> None:
    made = ip_set(waf, "2001:DB8::/32", version="IPV6")
    kept = waf.get_ip_set(Name="deny", Id=made["Id"], Scope="REGIONAL")
    assert kept["IPSet"]["Addresses"] == ["2001:0db8:0000:0000:0000:0000:0000:0000/32"]
    waf.update_ip_set(
        Name="deny",
        Id=made["Id"],
        Scope="REGIONAL",
        Addresses=["2001:db8:1::1/128"],
        LockToken=kept["LockToken"],
    )
    kept = waf.get_ip_set(Name="deny", Id=made["Id"], Scope="REGIONAL")
    assert kept["IPSet"]["Addresses"] == ["2001:0db8:0001:0000:0000:0000:0000:0001/128"]


@pytest.mark.parametrize("address", ["203.0.113.7", "203.0.113.7/24", "0.0.0.0/0", "2001:db8::/32", "acme"])
def test_addresses_that_are_refused(waf: Any, address: str) -> None:
    with refused("WAFInvalidParameterException"):
        ip_set(waf, address)


def test_a_set_in_use_stays(waf: Any) -> None:
    made = ip_set(waf, "203.0.113.0/24")
    acl = create(
        waf, rule({"NotStatement": {"Statement": {"IPSetReferenceStatement": {"ARN": made["ARN"]}}}})
    )
    call = {"Name": "deny", "Id": made["Id"], "Scope": "REGIONAL", "LockToken": made["LockToken"]}
    with refused("WAFAssociatedItemException"):
        waf.delete_ip_set(**call)
    delete(waf, acl)
    waf.delete_ip_set(**call)


# Associations


def test_a_load_balancer_has_one_web_acl(waf: Any, client: Any) -> None:
    arn = balancer(client)
    first, second = create(waf), create(waf, name="other")
    for acl in (first, first, second):
        waf.associate_web_acl(WebACLArn=acl["ARN"], ResourceArn=arn)
        assert waf.get_web_acl_for_resource(ResourceArn=arn)["WebACL"]["ARN"] == acl["ARN"]
    assert waf.list_resources_for_web_acl(WebACLArn=first["ARN"])["ResourceArns"] == []
    assert waf.list_resources_for_web_acl(WebACLArn=second["ARN"])["ResourceArns"] == [arn]
    with refused("WAFAssociatedItemException"):
        delete(waf, second)
    waf.disassociate_web_acl(ResourceArn=arn)
    assert "WebACL" not in waf.get_web_acl_for_resource(ResourceArn=arn)
    delete(waf, second)


def test_what_cannot_be_guarded(waf: Any, client: Any) -> None:
    acl = create(waf)
    missing = f"arn:aws:elasticloadbalancing:eu-west-1:{ACCOUNT}:loadbalancer/app/none/50dc6c495c0c9188"
    with refused("WAFNonexistentItemException"):
        waf.associate_web_acl(WebACLArn=acl["ARN"], ResourceArn=missing)
    with refused("WAFInvalidParameterException"):
        waf.associate_web_acl(WebACLArn=acl["ARN"], ResourceArn=balancer(client, "net", "network"))


def test_a_load_balancer_that_goes_takes_its_association_along(waf: Any, client: Any) -> None:
    arn, acl = balancer(client), create(waf)
    waf.associate_web_acl(WebACLArn=acl["ARN"], ResourceArn=arn)
    client("elbv2").delete_load_balancer(LoadBalancerArn=arn)
    with refused("WAFNonexistentItemException"):
        waf.get_web_acl_for_resource(ResourceArn=arn)
    delete(waf, acl)


# Logging


def log(waf: Any, acl: dict[str, Any], destination: str, *redacted: dict[str, Any]) -> Any:
    return waf.put_logging_configuration(
        LoggingConfiguration={
            "ResourceArn": acl["ARN"],
            "LogDestinationConfigs": [destination],
            "RedactedFields": list(redacted),
        }
    )


@pytest.fixture
def bucket(client: Any) -> str:
    client("s3").create_bucket(
        Bucket="aws-waf-logs-acme", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    return "arn:aws:s3:::aws-waf-logs-acme"


def test_logging_comes_back_as_it_was(waf: Any, bucket: str) -> None:
    acl = create(waf)
    redacted = [
        {"SingleHeader": {"Name": "Authorization"}},
        {"QueryString": {}},
        {"UriPath": {}},
        {"Method": {}},
    ]
    log(waf, acl, bucket, *redacted)
    kept = waf.get_logging_configuration(ResourceArn=acl["ARN"])["LoggingConfiguration"]
    assert kept["LogDestinationConfigs"] == [bucket]
    assert kept["RedactedFields"] == [{"SingleHeader": {"Name": "authorization"}}, *redacted[1:]]
    delete(waf, acl)
    with refused("WAFNonexistentItemException"):
        waf.get_logging_configuration(ResourceArn=acl["ARN"])


def test_logging_into_a_log_group(waf: Any, client: Any) -> None:
    acl = create(waf)
    arn = f"arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:aws-waf-logs-acme"
    with refused("WAFInvalidParameterException"):
        log(waf, acl, arn)
    client("logs").create_log_group(logGroupName="aws-waf-logs-acme")
    log(waf, acl, arn)
    with refused("WAFInvalidParameterException"):
        log(waf, acl, arn.replace("eu-west-1", "us-east-1"))


def test_destinations_that_are_refused(waf: Any, client: Any, bucket: str) -> None:
    acl = create(waf)
    client("s3").create_bucket(
        Bucket="acme-logs", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    for destination in (
        "arn:aws:s3:::acme-logs",
        "arn:aws:s3:::aws-waf-logs-none",
        "arn:aws:sns:eu-west-1:1:aws-waf-logs-acme",
    ):
        with refused("WAFInvalidParameterException"):
            log(waf, acl, destination)
    with refused("WAFNonexistentItemException"):
        log(waf, {"ARN": acl["ARN"] + "0"}, bucket)


@pytest.mark.parametrize(
    "field",
    [
        {"Cookies": {"MatchPattern": {"All": {}}, "MatchScope": "ALL", "OversizeHandling": "CONTINUE"}},
        {"Body": {}},
    ],
)
def test_fields_that_cannot_be_redacted(waf: Any, bucket: str, field: dict[str, Any]) -> None:
    with refused("WAFInvalidParameterException"):
        log(waf, create(waf), bucket, field)
