"""Load balancers: what AWS fills in, and what it refuses."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from conftest import ACCOUNT, refused

NOT_FOUND = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}]
POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"


@pytest.fixture
def elb(client: Any) -> Any:
    return client("elbv2")


def subnets(client: Any) -> list[dict[str, Any]]:
    return client("ec2").describe_subnets()["Subnets"]


def create(client: Any, name: str = "acme", **more: Any) -> dict[str, Any]:
    ids = [subnet["SubnetId"] for subnet in subnets(client)[:2]]
    return client("elbv2").create_load_balancer(Name=name, **{"Subnets": ids, **more})["LoadBalancers"][0]


def listen(elb: Any, balancer: dict[str, Any], port: int = 80, **more: Any) -> dict[str, Any]:
    settings = {"Protocol": "HTTP", "DefaultActions": NOT_FOUND, **more}
    made = elb.create_listener(LoadBalancerArn=balancer["LoadBalancerArn"], Port=port, **settings)
    return made["Listeners"][0]


def certificate(client: Any, domain: str) -> str:
    """A certificate that is issued."""
    acm, dns = client("acm"), client("route53")
    arn = acm.request_certificate(DomainName=domain, ValidationMethod="DNS")["CertificateArn"]
    option = acm.describe_certificate(CertificateArn=arn)["Certificate"]["DomainValidationOptions"][0]
    record = option["ResourceRecord"]
    zone = dns.create_hosted_zone(Name=domain, CallerReference=domain)["HostedZone"]["Id"]
    value = [{"Value": record["Value"]}]
    values = {"Name": record["Name"], "Type": "CNAME", "TTL": 60, "ResourceRecords": value}
    changes = {"Changes": [{"Action": "CREATE", "ResourceRecordSet": values}]}
    dns.change_resource_record_sets(HostedZoneId=zone, ChangeBatch=changes)
    return arn


def group(client: Any, name: str = "app") -> str:
    elb, vpc = client("elbv2"), subnets(client)[0]["VpcId"]
    made = elb.create_target_group(Name=name, Protocol="HTTP", Port=80, VpcId=vpc, TargetType="ip")
    return made["TargetGroups"][0]["TargetGroupArn"]


# Load balancers


def test_a_load_balancer_is_internet_facing_unless_it_is_said(client: Any, elb: Any) -> None:
    for name, more, scheme, start in [
        ("acme", {}, "internet-facing", "acme-"),
        ("inside", {"Scheme": "internal"}, "internal", "internal-inside-"),
    ]:
        made = create(client, name, **more)
        read = elb.describe_load_balancers(Names=[name])["LoadBalancers"][0]
        assert made["Scheme"] == read["Scheme"] == scheme
        assert made["CanonicalHostedZoneId"] == read["CanonicalHostedZoneId"] == "Z32O12XQLNTSW2"
        assert made["DNSName"] == read["DNSName"]
        assert read["DNSName"].startswith(start)
        assert read["DNSName"].endswith(".eu-west-1.elb.amazonaws.com")


def test_a_load_balancer_needs_two_zones(client: Any) -> None:
    first = subnets(client)[0]
    with refused("ValidationError", 400):
        create(client, Subnets=[first["SubnetId"]])
    cidr = first["CidrBlock"].split("/")[0].rsplit(".", 2)[0] + ".240.0/20"
    place = {"VpcId": first["VpcId"], "AvailabilityZone": first["AvailabilityZone"]}
    beside = client("ec2").create_subnet(CidrBlock=cidr, **place)
    with refused("InvalidConfigurationRequest", 400):
        create(client, Subnets=[first["SubnetId"], beside["Subnet"]["SubnetId"]])


def test_a_name_is_given_once(client: Any) -> None:
    create(client)
    with refused("DuplicateLoadBalancerName", 400):
        create(client)


def test_attributes_have_their_defaults(client: Any, elb: Any) -> None:
    arn = create(client)["LoadBalancerArn"]
    found = elb.describe_load_balancer_attributes(LoadBalancerArn=arn)["Attributes"]
    values = {a["Key"]: a["Value"] for a in found}
    assert values["routing.http.desync_mitigation_mode"] == "defensive"
    assert values["idle_timeout.timeout_seconds"] == "60"
    assert values["connection_logs.s3.enabled"] == "false"


def test_deletion_protection_protects(client: Any, elb: Any) -> None:
    arn = create(client)["LoadBalancerArn"]
    protection = {"Key": "deletion_protection.enabled", "Value": "true"}
    elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=[protection])
    with refused("OperationNotPermitted", 400):
        elb.delete_load_balancer(LoadBalancerArn=arn)
    elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=[{**protection, "Value": "false"}])
    elb.delete_load_balancer(LoadBalancerArn=arn)
    with refused("LoadBalancerNotFound"):
        elb.describe_load_balancers(LoadBalancerArns=[arn])


def allow(client: Any, bucket: str, resource: str, source: str) -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": f"arn:aws:s3:::{bucket}/{resource}",
        "Condition": {"ArnLike": {"aws:SourceArn": source}},
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    client("s3").put_bucket_policy(Bucket=bucket, Policy=policy)


@pytest.mark.parametrize("kind", ["access_logs", "connection_logs"])
def test_logs_go_only_where_they_may_be_written(client: Any, elb: Any, kind: str) -> None:
    arn, bucket = create(client)["LoadBalancerArn"], "acme-logs"
    settings = {"enabled": "true", "bucket": bucket, "prefix": "alb"}
    attributes = [{"Key": f"{kind}.s3.{key}", "Value": value} for key, value in settings.items()]

    def log() -> None:
        elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=attributes)

    with refused("InvalidConfigurationRequest", 400):
        log()
    client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    balancers = f"arn:aws:elasticloadbalancing:eu-west-1:{ACCOUNT}:loadbalancer/app/acme/*"
    for resource, source in [
        (f"other/AWSLogs/{ACCOUNT}/*", balancers),
        (f"alb/AWSLogs/{ACCOUNT}/*", balancers.replace("/acme/", "/other/")),
    ]:
        allow(client, bucket, resource, source)
        with refused("InvalidConfigurationRequest", 400) as error:
            log()
        assert f"Access Denied for bucket: {bucket}" in str(error.value)
    allow(client, bucket, f"alb/AWSLogs/{ACCOUNT}/*", balancers)
    log()
    found = elb.describe_load_balancer_attributes(LoadBalancerArn=arn)["Attributes"]
    assert {"Key": f"{kind}.s3.prefix", "Value": "alb"} in found


def test_logs_of_another_region_are_refused(client: Any, elb: Any) -> None:
    arn = create(client)["LoadBalancerArn"]
    client("s3", "us-east-1").create_bucket(Bucket="far-logs")
    attributes = [
        {"Key": "access_logs.s3.enabled", "Value": "true"},
        {"Key": "access_logs.s3.bucket", "Value": "far-logs"},
    ]
    with refused("InvalidConfigurationRequest", 400) as error:
        elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=attributes)
    assert "region" in str(error.value)


# Listeners


def test_a_port_has_one_listener(client: Any, elb: Any) -> None:
    balancer = create(client)
    assert "SslPolicy" not in listen(elb, balancer)
    with refused("DuplicateListener", 400):
        listen(elb, balancer)
    read = elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    assert len(read) == 1
    assert "SslPolicy" not in read[0]


def test_encrypted_listeners_need_a_certificate_that_is_issued(client: Any, elb: Any) -> None:
    balancer = create(client)
    with refused("ValidationError", 400):
        listen(elb, balancer, 443, Protocol="HTTPS")
    requested = client("acm").request_certificate(DomainName="acme.test", ValidationMethod="DNS")
    pending = requested["CertificateArn"]
    issued = certificate(client, "acme.example")
    time.sleep(1.2)
    for arn, code in [(pending, "UnsupportedCertificate"), (pending[:-1] + "x", "CertificateNotFound")]:
        with refused(code, 400):
            listen(elb, balancer, 443, Protocol="HTTPS", Certificates=[{"CertificateArn": arn}])
    ours, theirs = [{"CertificateArn": issued}], [{"CertificateArn": pending}]
    with refused("SSLPolicyNotFound", 400):
        listen(elb, balancer, 443, Protocol="HTTPS", Certificates=ours, SslPolicy="ELBSecurityPolicy-TLS14")
    with refused("ValidationError", 400):
        listen(elb, balancer, 80, Certificates=ours)
    made = listen(elb, balancer, 443, Protocol="HTTPS", Certificates=ours, SslPolicy=POLICY)
    assert made["SslPolicy"] == POLICY
    with refused("UnsupportedCertificate", 400):
        elb.add_listener_certificates(ListenerArn=made["ListenerArn"], Certificates=theirs)
    with refused("UnsupportedCertificate", 400):
        elb.modify_listener(ListenerArn=made["ListenerArn"], Certificates=theirs)


def test_another_default_certificate_leaves_the_others(client: Any, elb: Any) -> None:
    first, extra, second = (certificate(client, f"{name}.example") for name in ("a", "b", "c"))
    time.sleep(1.2)
    ours = [{"CertificateArn": first}]
    arn = listen(elb, create(client), 443, Protocol="HTTPS", Certificates=ours)["ListenerArn"]
    elb.add_listener_certificates(ListenerArn=arn, Certificates=[{"CertificateArn": extra}])
    elb.modify_listener(ListenerArn=arn, Certificates=[{"CertificateArn": second}])
    found = elb.describe_listener_certificates(ListenerArn=arn)["Certificates"]
    assert [c["CertificateArn"] for c in found] == [second, extra]


# Target groups


def test_a_target_group_is_in_use_as_long_as_something_forwards_to_it(client: Any, elb: Any) -> None:
    balancer, arn = create(client), group(client)

    def used_by() -> list[str]:
        return elb.describe_target_groups(TargetGroupArns=[arn])["TargetGroups"][0]["LoadBalancerArns"]

    assert used_by() == []
    listener = listen(elb, balancer)["ListenerArn"]
    rule = elb.create_rule(
        ListenerArn=listener,
        Priority=100,
        Conditions=[{"Field": "path-pattern", "PathPatternConfig": {"Values": ["/api/*"]}}],
        Actions=[{"Type": "forward", "TargetGroupArn": arn}],
    )["Rules"][0]["RuleArn"]
    assert used_by() == [balancer["LoadBalancerArn"]]
    with refused("ResourceInUse", 400):
        elb.delete_target_group(TargetGroupArn=arn)
    elb.delete_rule(RuleArn=rule)
    assert used_by() == []
    elb.delete_target_group(TargetGroupArn=arn)


def test_limits_of_target_group_attributes(client: Any, elb: Any) -> None:
    arn = group(client)

    def put(key: str, value: str) -> dict[str, str]:
        elb.modify_target_group_attributes(TargetGroupArn=arn, Attributes=[{"Key": key, "Value": value}])
        found = elb.describe_target_group_attributes(TargetGroupArn=arn)["Attributes"]
        return {attribute["Key"]: attribute["Value"] for attribute in found}

    assert put("deregistration_delay.timeout_seconds", "3600")["deregistration_delay.timeout_seconds"] == "3600"
    with refused("ValidationError", 400):
        put("deregistration_delay.timeout_seconds", "3601")
    assert put("slow_start.duration_seconds", "30")["slow_start.duration_seconds"] == "30"
    for value in ("29", "901"):
        with refused("ValidationError", 400):
            put("slow_start.duration_seconds", value)
