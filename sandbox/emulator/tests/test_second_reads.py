"""The same thing, read by two operations: what both have a member for, both say alike.

Provider and tests read by one of them, and a user who looks for himself by the other.
"""

from __future__ import annotations

import json
from typing import Any

import botocore.session
import pytest
from conftest import ACCOUNT, REGION

TAGS = {"Owner": "platform", "Empty": ""}
LISTED = [{"Key": key, "Value": value} for key, value in TAGS.items()]
TRUST = json.dumps({
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "vpc-flow-logs.amazonaws.com"}, "Action": "sts:AssumeRole"}],
})  # fmt: skip
NOTHING = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]})


def alike(service: str, first: tuple[str, dict[str, Any]], second: tuple[str, dict[str, Any]], but: str = "") -> None:
    """Holds two answers against each other in all members that the shapes of both have, save those of ``but``."""
    shapes = botocore.session.get_session().get_service_model(service)._service_description["shapes"]
    names = [name for name in shapes[first[0]]["members"] if name in shapes[second[0]]["members"] and name not in but.split()]
    assert names
    told = {name: (first[1].get(name), second[1].get(name)) for name in names}
    assert {name: pair for name, pair in told.items() if pair[0] != pair[1]} == {}


def one(items: list[dict[str, Any]], **members: Any) -> dict[str, Any]:
    found = [item for item in items if all(item.get(name) == value for name, value in members.items())]
    assert len(found) == 1, found
    return found[0]


def pairs(tags: list[dict[str, Any]], key: str = "Key", value: str = "Value") -> dict[str, str]:
    return {tag[key]: tag[value] for tag in tags}


# EC2


@pytest.fixture
def ec2(client):
    return client("ec2")


@pytest.fixture
def vpc(ec2) -> str:
    return ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]


def from_group(group: dict[str, Any]) -> set[tuple]:
    """The rules of a security group as DescribeSecurityGroups tells them: one for each source."""
    rules = set()
    for egress, permissions in ((False, group["IpPermissions"]), (True, group["IpPermissionsEgress"])):
        for permission in permissions:
            what = (egress, permission["IpProtocol"], permission.get("FromPort", -1), permission.get("ToPort", -1))
            for member, name in (
                ("IpRanges", "CidrIp"), ("Ipv6Ranges", "CidrIpv6"), ("PrefixListIds", "PrefixListId"), ("UserIdGroupPairs", "GroupId"),
            ):  # fmt: skip
                rules |= {(*what, source[name], source.get("Description")) for source in permission.get(member, [])}
    return rules


def from_rules(rules: list[dict[str, Any]]) -> set[tuple]:
    """The same as DescribeSecurityGroupRules tells them."""
    told = set()
    for rule in rules:
        source = rule.get("CidrIpv4") or rule.get("CidrIpv6") or rule.get("PrefixListId") or rule["ReferencedGroupInfo"]["GroupId"]
        told.add((rule["IsEgress"], rule["IpProtocol"], rule.get("FromPort"), rule.get("ToPort"), source, rule.get("Description")))
    return told


def read_both(ec2, group: str) -> set[tuple]:
    first = from_group(ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0])
    second = from_rules(ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])["SecurityGroupRules"])
    assert first == second
    return first


def permissions(ec2, other: str, description: str) -> list[dict[str, Any]]:
    """One rule for each kind of source, all for the same port."""
    listed = ec2.describe_managed_prefix_lists()["PrefixLists"][0]["PrefixListId"]
    said = {"Description": description}
    return [
        {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, **source}
        for source in (
            {"IpRanges": [{"CidrIp": "10.0.0.0/8", **said}]},
            {"Ipv6Ranges": [{"CidrIpv6": "2001:db8::/32", **said}]},
            {"PrefixListIds": [{"PrefixListId": listed, **said}]},
            {"UserIdGroupPairs": [{"GroupId": other, **said}]},
        )
    ]


@pytest.mark.parametrize("direction", ["ingress", "egress"])
def test_rules_of_security_groups(ec2, vpc, direction):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_PrefixListId.html has a description, as all have."""
    group, other = (
        ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"] for name in ("web", "database")
    )
    add = getattr(ec2, f"authorize_security_group_{direction}")
    made = add(GroupId=group, IpPermissions=permissions(ec2, other, "before"))["SecurityGroupRules"]
    rules = read_both(ec2, group)
    assert from_rules(made) <= rules
    assert [rule[5] for rule in rules if rule[2] == 443] == ["before"] * 4

    for rule in made:
        source = next(rule[name] for name in ("CidrIpv4", "CidrIpv6", "PrefixListId", "ReferencedGroupInfo") if name in rule)
        changed = {
            "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "Description": "after",
            **({"ReferencedGroupId": other} if isinstance(source, dict) else
               {next(name for name in ("CidrIpv4", "CidrIpv6", "PrefixListId") if name in rule): source}),
        }  # fmt: skip
        ec2.modify_security_group_rules(
            GroupId=group, SecurityGroupRules=[{"SecurityGroupRuleId": rule["SecurityGroupRuleId"], "SecurityGroupRule": changed}]
        )
    assert [rule[5] for rule in read_both(ec2, group) if rule[2] == 443] == ["after"] * 4

    getattr(ec2, f"update_security_group_rule_descriptions_{direction}")(
        GroupId=group, IpPermissions=permissions(ec2, other, "at last")
    )
    assert [rule[5] for rule in read_both(ec2, group) if rule[2] == 443] == ["at last"] * 4


def test_tags_of_ec2(ec2, vpc):
    """DescribeTags and the tags of the thing itself. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTags.html"""

    def tagged(kind: str) -> list[dict[str, Any]]:
        return [{"ResourceType": kind, "Tags": LISTED}]

    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24", TagSpecifications=tagged("subnet"))["Subnet"]["SubnetId"]
    gateway = ec2.create_internet_gateway(TagSpecifications=tagged("internet-gateway"))["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    address = ec2.allocate_address(Domain="vpc", TagSpecifications=tagged("elastic-ip"))["AllocationId"]
    group = ec2.create_security_group(
        GroupName="web", Description="web", VpcId=vpc, TagSpecifications=tagged("security-group")
    )["GroupId"]
    rule = ec2.authorize_security_group_ingress(
        GroupId=group, IpPermissions=permissions(ec2, group, "x")[:1], TagSpecifications=tagged("security-group-rule")
    )["SecurityGroupRules"][0]["SecurityGroupRuleId"]
    s3 = f"com.amazonaws.{REGION}.s3"
    nat = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address, TagSpecifications=tagged("natgateway"))["NatGateway"]
    made = {
        subnet: lambda: ec2.describe_subnets(SubnetIds=[subnet])["Subnets"],
        gateway: lambda: ec2.describe_internet_gateways(InternetGatewayIds=[gateway])["InternetGateways"],
        address: lambda: ec2.describe_addresses(AllocationIds=[address])["Addresses"],
        group: lambda: ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"],
        rule: lambda: ec2.describe_security_group_rules(SecurityGroupRuleIds=[rule])["SecurityGroupRules"],
        nat["NatGatewayId"]: lambda: ec2.describe_nat_gateways(NatGatewayIds=[nat["NatGatewayId"]])["NatGateways"],
    }
    table = ec2.create_route_table(VpcId=vpc, TagSpecifications=tagged("route-table"))["RouteTable"]["RouteTableId"]
    made[table] = lambda: ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
    acl = ec2.create_network_acl(VpcId=vpc, TagSpecifications=tagged("network-acl"))["NetworkAcl"]["NetworkAclId"]
    made[acl] = lambda: ec2.describe_network_acls(NetworkAclIds=[acl])["NetworkAcls"]
    out = ec2.create_egress_only_internet_gateway(VpcId=vpc, TagSpecifications=tagged("egress-only-internet-gateway"))
    only = out["EgressOnlyInternetGateway"]["EgressOnlyInternetGatewayId"]
    made[only] = lambda: ec2.describe_egress_only_internet_gateways(EgressOnlyInternetGatewayIds=[only])["EgressOnlyInternetGateways"]
    endpoint = ec2.create_vpc_endpoint(
        VpcId=vpc, ServiceName=s3, VpcEndpointType="Gateway", TagSpecifications=tagged("vpc-endpoint")
    )["VpcEndpoint"]["VpcEndpointId"]
    made[endpoint] = lambda: ec2.describe_vpc_endpoints(VpcEndpointIds=[endpoint])["VpcEndpoints"]
    own = ec2.create_vpc(CidrBlock="10.1.0.0/16", TagSpecifications=tagged("vpc"))["Vpc"]["VpcId"]
    made[own] = lambda: ec2.describe_vpcs(VpcIds=[own])["Vpcs"]
    differ = {}
    for name, read in made.items():
        ec2.create_tags(Resources=[name], Tags=[{"Key": "Later", "Value": "1"}])
        own_tags = pairs(read()[0].get("Tags", []))
        other = pairs(ec2.describe_tags(Filters=[{"Name": "resource-id", "Values": [name]}])["Tags"])
        if not own_tags == other == {**TAGS, "Later": "1"}:
            differ[name] = (own_tags, other)
    assert differ == {}


def test_addresses_of_nat_gateways(ec2, vpc):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGatewayAddress.html"""
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    nat = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]["NatGatewayId"]
    there = ec2.describe_nat_gateways(NatGatewayIds=[nat])["NatGateways"][0]["NatGatewayAddresses"][0]
    here = ec2.describe_addresses(AllocationIds=[address])["Addresses"][0]
    interface = ec2.describe_network_interfaces(NetworkInterfaceIds=[there["NetworkInterfaceId"]])["NetworkInterfaces"][0]
    assert there["PublicIp"] == here["PublicIp"]
    assert there["NetworkInterfaceId"] == here["NetworkInterfaceId"]
    assert there["PrivateIp"] == here["PrivateIpAddress"] == interface["PrivateIpAddress"]
    assert interface["SubnetId"] == subnet


def test_prefix_lists(ec2):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribePrefixLists.html"""
    managed = {row["PrefixListId"]: row["PrefixListName"] for row in ec2.describe_managed_prefix_lists()["PrefixLists"]}
    plain = {row["PrefixListId"]: row["PrefixListName"] for row in ec2.describe_prefix_lists()["PrefixLists"]}
    assert plain and plain.items() <= managed.items()


def test_interfaces_of_endpoints(ec2, vpc):
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html"""
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
    group = ec2.create_security_group(GroupName="endpoints", Description="endpoints", VpcId=vpc)["GroupId"]
    made = ec2.create_vpc_endpoint(
        VpcId=vpc, ServiceName=f"com.amazonaws.{REGION}.kms", VpcEndpointType="Interface", SubnetIds=[subnet], SecurityGroupIds=[group]
    )["VpcEndpoint"]
    read = ec2.describe_vpc_endpoints(VpcEndpointIds=[made["VpcEndpointId"]])["VpcEndpoints"][0]
    assert len(read["NetworkInterfaceIds"]) == 1
    interface = ec2.describe_network_interfaces(NetworkInterfaceIds=read["NetworkInterfaceIds"])["NetworkInterfaces"][0]
    assert (interface["SubnetId"], interface["VpcId"], interface["InterfaceType"]) == (subnet, vpc, "vpc_endpoint")
    assert [row["GroupId"] for row in interface["Groups"]] == [row["GroupId"] for row in read["Groups"]] == [group]


# IAM


def test_roles(client):
    """ListRoles leaves out some members on purpose: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html"""
    iam = client("iam")
    iam.create_role(
        RoleName="logs", Path="/acme/", AssumeRolePolicyDocument=TRUST, Description="Flow logs", MaxSessionDuration=7200, Tags=LISTED
    )
    iam.put_role_policy(RoleName="logs", PolicyName="deny", PolicyDocument=NOTHING)
    role = iam.get_role(RoleName="logs")["Role"]
    alike("iam", ("Role", one(iam.list_roles()["Roles"], RoleName="logs")), ("Role", role), "PermissionsBoundary RoleLastUsed Tags")
    assert pairs(iam.list_role_tags(RoleName="logs")["Tags"]) == pairs(role["Tags"]) == TAGS
    details = one(iam.get_account_authorization_details(Filter=["Role"])["RoleDetailList"], RoleName="logs")
    alike("iam", ("RoleDetail", details), ("Role", role), "RoleLastUsed")
    assert [row["PolicyName"] for row in details["RolePolicyList"]] == iam.list_role_policies(RoleName="logs")["PolicyNames"]
    assert details["RolePolicyList"][0]["PolicyDocument"] == iam.get_role_policy(RoleName="logs", PolicyName="deny")["PolicyDocument"]


def test_policies_and_users(client):
    iam = client("iam")
    arn = iam.create_policy(PolicyName="deny", PolicyDocument=NOTHING, Description="Nothing", Tags=LISTED)["Policy"]["Arn"]
    iam.create_user(UserName="ana", Path="/acme/", Tags=LISTED)
    iam.attach_user_policy(UserName="ana", PolicyArn=arn)
    policy = iam.get_policy(PolicyArn=arn)["Policy"]
    # ListPolicies leaves tags and description out: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Policy.html
    alike("iam", ("Policy", one(iam.list_policies(Scope="Local")["Policies"], Arn=arn)), ("Policy", policy), "Tags Description")
    assert policy["AttachmentCount"] == len(iam.list_entities_for_policy(PolicyArn=arn)["PolicyUsers"]) == 1
    assert pairs(iam.list_policy_tags(PolicyArn=arn)["Tags"]) == pairs(policy["Tags"]) == TAGS
    user = iam.get_user(UserName="ana")["User"]
    alike("iam", ("User", one(iam.list_users()["Users"], UserName="ana")), ("User", user), "Tags PermissionsBoundary")
    assert pairs(iam.list_user_tags(UserName="ana")["Tags"]) == pairs(user["Tags"]) == TAGS


# KMS, S3


def test_keys(client):
    kms = client("kms")
    key = kms.create_key(Description="audio", Tags=[{"TagKey": "Owner", "TagValue": "platform"}])["KeyMetadata"]
    kms.create_alias(AliasName="alias/audio", TargetKeyId=key["KeyId"])
    for name in (key["KeyId"], key["Arn"], "alias/audio"):
        assert kms.describe_key(KeyId=name)["KeyMetadata"] == key
    assert one(kms.list_keys()["Keys"], KeyId=key["KeyId"])["KeyArn"] == key["Arn"]
    alias = one(kms.list_aliases()["Aliases"], AliasName="alias/audio")
    assert alias["TargetKeyId"] == key["KeyId"]
    assert kms.list_aliases(KeyId=key["KeyId"])["Aliases"] == [alias]
    assert kms.get_key_policy(KeyId=key["KeyId"])["PolicyName"] in kms.list_key_policies(KeyId=key["KeyId"])["PolicyNames"]


def test_objects(client, new_bucket):
    new_bucket("audio", versions=True)
    s3 = client("s3")
    s3.put_object(Bucket="audio", Key="a", Body=b"song", StorageClass="STANDARD_IA", Tagging="Owner=platform")
    head = s3.head_object(Bucket="audio", Key="a")
    listed = s3.list_objects_v2(Bucket="audio")["Contents"][0]
    version = s3.list_object_versions(Bucket="audio")["Versions"][0]
    attributes = s3.get_object_attributes(Bucket="audio", Key="a", ObjectAttributes=["ETag", "ObjectSize", "StorageClass"])
    assert listed["ETag"] == version["ETag"] == head["ETag"] == f'"{attributes["ETag"]}"'
    assert listed["Size"] == version["Size"] == head["ContentLength"] == attributes["ObjectSize"] == 4
    assert listed["StorageClass"] == version["StorageClass"] == head["StorageClass"] == attributes["StorageClass"] == "STANDARD_IA"
    assert version["VersionId"] == head["VersionId"] == attributes["VersionId"]
    assert listed["LastModified"].replace(microsecond=0) == head["LastModified"]
    got = s3.get_object(Bucket="audio", Key="a")
    assert got["TagCount"] == len(s3.get_object_tagging(Bucket="audio", Key="a")["TagSet"]) == 1
    assert s3.list_objects(Bucket="audio")["Contents"][0]["ETag"] == head["ETag"]


def test_buckets(client, new_bucket):
    new_bucket("audio", "eu-central-1")
    s3 = client("s3", "eu-central-1")
    assert s3.head_bucket(Bucket="audio")["BucketRegion"] == s3.get_bucket_location(Bucket="audio")["LocationConstraint"]
    assert [row["Name"] for row in s3.list_buckets()["Buckets"]] == ["audio"]


# Logs, CloudWatch, CloudTrail


def test_log_groups(client):
    logs = client("logs")
    logs.create_log_group(logGroupName="/acme/flow", tags={"Owner": "platform"})
    logs.put_metric_filter(
        logGroupName="/acme/flow", filterName="denied", filterPattern="REJECT",
        metricTransformations=[{"metricName": "denied", "metricNamespace": "acme", "metricValue": "1"}],
    )  # fmt: skip
    group = logs.describe_log_groups(logGroupNamePrefix="/acme/flow")["logGroups"][0]
    assert group["metricFilterCount"] == len(logs.describe_metric_filters(logGroupName="/acme/flow")["metricFilters"]) == 1
    arn = group["arn"].removesuffix(":*")
    assert logs.list_tags_for_resource(resourceArn=arn)["tags"] == logs.list_tags_log_group(logGroupName="/acme/flow")["tags"]
    assert group.get("logGroupArn", arn) == arn


def test_alarms(client):
    cloudwatch = client("cloudwatch")
    cloudwatch.put_metric_alarm(
        AlarmName="denied", Namespace="acme", MetricName="denied", Statistic="Sum", Period=300, EvaluationPeriods=1, Threshold=1,
        ComparisonOperator="GreaterThanOrEqualToThreshold", TreatMissingData="notBreaching", Tags=LISTED,
    )  # fmt: skip
    alarm = cloudwatch.describe_alarms(AlarmNames=["denied"])["MetricAlarms"][0]
    other = cloudwatch.describe_alarms_for_metric(Namespace="acme", MetricName="denied")["MetricAlarms"]
    alike("cloudwatch", ("MetricAlarm", one(other, AlarmName="denied")), ("MetricAlarm", alarm))
    assert pairs(cloudwatch.list_tags_for_resource(ResourceARN=alarm["AlarmArn"])["Tags"]) == TAGS


def test_trails(client, new_bucket):
    new_bucket("trails")
    delivery = [
        {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": action, "Resource": f"arn:aws:s3:::trails{path}"}
        for action, path in (("s3:GetBucketAcl", ""), ("s3:PutObject", "/*"))
    ]
    client("s3").put_bucket_policy(Bucket="trails", Policy=json.dumps({"Version": "2012-10-17", "Statement": delivery}))
    trails = client("cloudtrail")
    trails.create_trail(Name="acme", S3BucketName="trails", IsMultiRegionTrail=True, EnableLogFileValidation=True, TagsList=LISTED[:1])
    trails.put_event_selectors(
        TrailName="acme", AdvancedEventSelectors=[{"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]}]
    )
    trail = trails.get_trail(Name="acme")["Trail"]
    assert one(trails.describe_trails()["trailList"], Name="acme") == trail
    listed = one(trails.list_trails()["Trails"], Name="acme")
    assert listed == {"TrailARN": trail["TrailARN"], "Name": "acme", "HomeRegion": trail["HomeRegion"]}
    selectors = trails.get_event_selectors(TrailName="acme")
    assert trail["HasCustomEventSelectors"] is bool(selectors["AdvancedEventSelectors"]) is True
    assert selectors["TrailARN"] == trail["TrailARN"]
    assert pairs(trails.list_tags(ResourceIdList=[trail["TrailARN"]])["ResourceTagList"][0]["TagsList"]) == {"Owner": "platform"}


# The edge: load balancers, certificates, zones, web ACLs


@pytest.fixture
def edge(client) -> dict[str, Any]:
    ec2, elb, acm = client("ec2"), client("elbv2"), client("acm")
    subnets = [row["SubnetId"] for row in ec2.describe_subnets()["Subnets"]][:2]
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    group = ec2.create_security_group(GroupName="door", Description="door", VpcId=vpc)["GroupId"]
    balancer = elb.create_load_balancer(Name="door", Subnets=subnets, SecurityGroups=[group], Tags=LISTED)["LoadBalancers"][0]
    target = elb.create_target_group(Name="web", Protocol="HTTP", Port=8080, VpcId=vpc, TargetType="ip", Tags=LISTED)["TargetGroups"][0]
    certificate = acm.request_certificate(
        DomainName="acme.example", SubjectAlternativeNames=["www.acme.example"], ValidationMethod="DNS", Tags=LISTED
    )["CertificateArn"]
    dns = client("route53")
    zone = dns.create_hosted_zone(Name="acme.example", CallerReference="1")["HostedZone"]["Id"]
    for option in acm.describe_certificate(CertificateArn=certificate)["Certificate"]["DomainValidationOptions"]:
        asked = option["ResourceRecord"]
        record = {"Name": asked["Name"], "Type": "CNAME", "TTL": 60, "ResourceRecords": [{"Value": asked["Value"]}]}
        changes = [{"Action": "UPSERT", "ResourceRecordSet": record}]
        dns.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})
    acm.get_waiter("certificate_validated").wait(CertificateArn=certificate, WaiterConfig={"Delay": 1})
    listener = elb.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"], Protocol="HTTPS", Port=443, Certificates=[{"CertificateArn": certificate}],
        DefaultActions=[{"Type": "forward", "TargetGroupArn": target["TargetGroupArn"]}], Tags=LISTED,
    )["Listeners"][0]  # fmt: skip
    return {"balancer": balancer, "target": target, "certificate": certificate, "listener": listener, "group": group}


def test_load_balancers(client, edge):
    """https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListenerCertificates.html"""
    elb = client("elbv2")
    arn, listener = edge["balancer"]["LoadBalancerArn"], edge["listener"]["ListenerArn"]
    by_name = elb.describe_load_balancers(Names=["door"])["LoadBalancers"]
    assert by_name == elb.describe_load_balancers(LoadBalancerArns=[arn])["LoadBalancers"]
    assert by_name[0]["SecurityGroups"] == [edge["group"]]
    read = elb.describe_listeners(ListenerArns=[listener])["Listeners"]
    assert read == elb.describe_listeners(LoadBalancerArn=arn)["Listeners"]
    default = one(elb.describe_rules(ListenerArn=listener)["Rules"], IsDefault=True)
    forwards = [action["TargetGroupArn"] for action in read[0]["DefaultActions"]]
    assert [action["TargetGroupArn"] for action in default["Actions"]] == forwards
    certificates = elb.describe_listener_certificates(ListenerArn=listener)["Certificates"]
    assert [row["CertificateArn"] for row in certificates if row["IsDefault"]] == [row["CertificateArn"] for row in read[0]["Certificates"]]
    target = edge["target"]["TargetGroupArn"]
    for asked in ({"Names": ["web"]}, {"TargetGroupArns": [target]}, {"LoadBalancerArn": arn}):
        assert elb.describe_target_groups(**asked)["TargetGroups"][0]["LoadBalancerArns"] == [arn], asked
    for tagged in (arn, listener, target):
        assert pairs(elb.describe_tags(ResourceArns=[tagged])["TagDescriptions"][0]["Tags"]) == TAGS


def test_certificates(client, edge):
    """https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateSummary.html"""
    acm = client("acm")
    full = acm.describe_certificate(CertificateArn=edge["certificate"])["Certificate"]
    listed = one(acm.list_certificates()["CertificateSummaryList"], CertificateArn=edge["certificate"])
    alike("acm", ("CertificateSummary", listed), ("CertificateDetail", full), "KeyUsages ExtendedKeyUsages")
    assert sorted(listed["SubjectAlternativeNameSummaries"]) == sorted(full["SubjectAlternativeNames"])
    assert listed["InUse"] is bool(full["InUseBy"]) is True
    assert pairs(acm.list_tags_for_certificate(CertificateArn=edge["certificate"])["Tags"]) == TAGS


def test_zones(client):
    dns = client("route53")
    zone = dns.create_hosted_zone(Name="acme.example", CallerReference="1", HostedZoneConfig={"Comment": "acme"})["HostedZone"]["Id"]
    short = zone.removeprefix("/hostedzone/")
    dns.change_tags_for_resource(ResourceType="hostedzone", ResourceId=short, AddTags=LISTED)
    record = {"Name": "www.acme.example", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}]}
    dns.change_resource_record_sets(
        HostedZoneId=short, ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}
    )
    read = dns.get_hosted_zone(Id=short)["HostedZone"]
    assert one(dns.list_hosted_zones()["HostedZones"], Id=zone) == read
    assert dns.list_hosted_zones_by_name(DNSName="acme.example")["HostedZones"] == [read]
    assert read["ResourceRecordSetCount"] == len(dns.list_resource_record_sets(HostedZoneId=short)["ResourceRecordSets"]) == 3
    assert dns.get_hosted_zone_count()["HostedZoneCount"] == 1
    single = dns.list_tags_for_resource(ResourceType="hostedzone", ResourceId=short)["ResourceTagSet"]
    assert dns.list_tags_for_resources(ResourceType="hostedzone", ResourceIds=[short])["ResourceTagSets"] == [single]
    assert pairs(single["Tags"]) == TAGS


def test_web_acls(client, edge):
    """https://docs.aws.amazon.com/waf/latest/APIReference/API_WebACLSummary.html"""
    waf = client("wafv2")
    visible = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "acme"}
    made = waf.create_web_acl(
        Name="acme", Scope="REGIONAL", DefaultAction={"Allow": {}}, VisibilityConfig=visible, Description="The door", Tags=LISTED
    )["Summary"]
    ip_set = waf.create_ip_set(
        Name="deny", Scope="REGIONAL", IPAddressVersion="IPV4", Addresses=["192.0.2.0/24"], Description="Denied", Tags=LISTED
    )["Summary"]
    group = waf.create_rule_group(
        Name="own", Scope="REGIONAL", Capacity=1, Rules=[], VisibilityConfig=visible, Description="Own rules", Tags=LISTED
    )["Summary"]
    waf.associate_web_acl(WebACLArn=made["ARN"], ResourceArn=edge["balancer"]["LoadBalancerArn"])
    for what, summary, listed, shape in (
        ("web_acl", made, "WebACLs", "WebACL"), ("ip_set", ip_set, "IPSets", "IPSet"), ("rule_group", group, "RuleGroups", "RuleGroup"),
    ):  # fmt: skip
        read = getattr(waf, f"get_{what}")(Name=summary["Name"], Scope="REGIONAL", Id=summary["Id"])
        row = one(getattr(waf, f"list_{what}s")(Scope="REGIONAL")[listed], Id=summary["Id"])
        assert row["LockToken"] == read["LockToken"] == summary["LockToken"], what
        alike("wafv2", (f"{shape}Summary", row), (shape, read[shape]))
        assert pairs(waf.list_tags_for_resource(ResourceARN=summary["ARN"])["TagInfoForResource"]["TagList"]) == TAGS
    whole = waf.get_web_acl(Name="acme", Scope="REGIONAL", Id=made["Id"])["WebACL"]
    assert waf.get_web_acl_for_resource(ResourceArn=edge["balancer"]["LoadBalancerArn"])["WebACL"] == whole
    assert waf.list_resources_for_web_acl(WebACLArn=made["ARN"])["ResourceArns"] == [edge["balancer"]["LoadBalancerArn"]]
    client("logs").create_log_group(logGroupName="aws-waf-logs-acme")
    waf.put_logging_configuration(LoggingConfiguration={
        "ResourceArn": made["ARN"],
        "LogDestinationConfigs": [f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:aws-waf-logs-acme"],
        "RedactedFields": [{"QueryString": {}}],
    })  # fmt: skip
    logging = waf.get_logging_configuration(ResourceArn=made["ARN"])["LoggingConfiguration"]
    assert waf.list_logging_configurations(Scope="REGIONAL")["LoggingConfigurations"] == [logging]


def test_analyzers(client):
    analyzers = client("accessanalyzer")
    arn = analyzers.create_analyzer(analyzerName="account", type="ACCOUNT", tags=TAGS)["arn"]
    read = analyzers.get_analyzer(analyzerName="account")["analyzer"]
    assert one(analyzers.list_analyzers()["analyzers"], arn=arn) == read
    assert analyzers.list_tags_for_resource(resourceArn=arn)["tags"] == read["tags"] == TAGS
