"""ACM: certificates wait for the records that prove their domains, and stay while they are in use."""

from __future__ import annotations

import time
from typing import Any

import pytest
from conftest import refused


@pytest.fixture
def acm(client: Any) -> Any:
    return client("acm")


def request(acm: Any, *names: str) -> str:
    others = {"SubjectAlternativeNames": list(names[1:])} if len(names) > 1 else {}
    return acm.request_certificate(DomainName=names[0], ValidationMethod="DNS", **others)["CertificateArn"]


def describe(acm: Any, arn: str) -> dict[str, Any]:
    return acm.describe_certificate(CertificateArn=arn)["Certificate"]


def prove(client: Any, acm: Any, arn: str, zone: str = "acme.example", **zone_args: Any) -> None:
    """Makes a zone with the records that ACM asks for."""
    dns = client("route53")
    made = dns.create_hosted_zone(Name=zone, CallerReference=zone, **zone_args)["HostedZone"]["Id"]
    options = describe(acm, arn)["DomainValidationOptions"]
    records = {option["ResourceRecord"]["Name"]: option["ResourceRecord"] for option in options}
    changes = [
        {
            "Action": "UPSERT",
            "ResourceRecordSet": {
                "Name": r["Name"],
                "Type": "CNAME",
                "TTL": 300,
                "ResourceRecords": [{"Value": r["Value"]}],
            },
        }
        for r in records.values()
    ]
    dns.change_resource_record_sets(HostedZoneId=made, ChangeBatch={"Changes": changes})


def test_a_certificate_is_issued_after_its_records_exist(client: Any, acm: Any) -> None:
    arn = request(acm, "acme.example", "*.acme.example")
    requested = describe(acm, arn)["CreatedAt"]
    time.sleep(1.2)
    pending = describe(acm, arn)
    assert pending["Status"] == "PENDING_VALIDATION"
    assert not {"IssuedAt", "NotAfter", "Serial"} & set(pending)
    prove(client, acm, arn)
    time.sleep(1.2)
    issued = describe(acm, arn)
    assert issued["Status"] == "ISSUED"
    assert issued["CreatedAt"] == requested
    assert {o["ValidationStatus"] for o in issued["DomainValidationOptions"]} == {"SUCCESS"}


def test_one_record_of_two_is_not_enough(client: Any, acm: Any) -> None:
    first, both = request(acm, "acme.example"), request(acm, "acme.example", "acme.test")
    prove(client, acm, first)
    time.sleep(1.2)
    assert describe(acm, first)["Status"] == "ISSUED"
    assert describe(acm, both)["Status"] == "PENDING_VALIDATION"
    listed = acm.list_certificates(CertificateStatuses=["ISSUED"])["CertificateSummaryList"]
    assert [c["CertificateArn"] for c in listed] == [first]


def test_records_in_a_private_zone_prove_nothing(client: Any, acm: Any) -> None:
    vpc = client("ec2").describe_vpcs()["Vpcs"][0]["VpcId"]
    arn = request(acm, "acme.example")
    inside = {"VPCRegion": "eu-west-1", "VPCId": vpc}
    prove(client, acm, arn, VPC=inside, HostedZoneConfig={"PrivateZone": True})
    time.sleep(1.2)
    assert describe(acm, arn)["Status"] == "PENDING_VALIDATION"


def test_a_certificate_in_use_stays(client: Any, acm: Any) -> None:
    arn = request(acm, "acme.example")
    prove(client, acm, arn)
    time.sleep(1.2)
    assert describe(acm, arn)["InUseBy"] == []
    elb = client("elbv2")
    subnets = [s["SubnetId"] for s in client("ec2").describe_subnets()["Subnets"][:2]]
    balancer = elb.create_load_balancer(Name="acme", Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"]
    listener = elb.create_listener(
        LoadBalancerArn=balancer,
        Protocol="HTTPS",
        Port=443,
        Certificates=[{"CertificateArn": arn}],
        DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}],
    )["Listeners"][0]["ListenerArn"]
    assert describe(acm, arn)["InUseBy"] == [balancer]
    with refused("ResourceInUseException", 400):
        acm.delete_certificate(CertificateArn=arn)
    elb.delete_listener(ListenerArn=listener)
    acm.delete_certificate(CertificateArn=arn)
    with refused("ResourceNotFoundException"):
        describe(acm, arn)
