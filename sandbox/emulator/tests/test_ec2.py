"""EC2's networks, through boto3."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

S3 = "com.amazonaws.eu-west-1.s3"


@pytest.fixture
def ec2(client):
    return client("ec2")


@pytest.fixture
def vpc(ec2) -> str:
    return ec2.create_vpc(CidrBlock="10.0.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"]["VpcId"]


def by(**filters: str) -> list[dict[str, Any]]:
    return [{"Name": name.replace("_", "-"), "Values": [value]} for name, value in filters.items()]


def test_endpoint_services_by_name_and_type(ec2):
    found = ec2.describe_vpc_endpoint_services(
        Filters=by(service_name="com.amazonaws.eu-west-1.ecr.api", service_type="Interface")
    )["ServiceDetails"]
    assert [service["ServiceName"] for service in found] == ["com.amazonaws.eu-west-1.ecr.api"]
    assert found[0]["VpcEndpointPolicySupported"]
    assert "eu-west-1a" in found[0]["AvailabilityZones"]
    assert not ec2.describe_vpc_endpoint_services(Filters=by(service_name="com.amazonaws.eu-west-1.nothing"))["ServiceDetails"]
    kinds = ec2.describe_vpc_endpoint_services(Filters=by(service_name=S3, service_type="Gateway"))["ServiceDetails"]
    assert [kind["ServiceType"] for service in kinds for kind in service["ServiceType"]] == ["Gateway"]


def routes_to_s3(ec2, table: str) -> list[str]:
    routes = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
    return [route["GatewayId"] for route in routes if "DestinationPrefixListId" in route]


def test_gateway_endpoint_has_a_route_in_each_of_its_tables(ec2, vpc):
    tables = [ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"] for _ in range(3)]
    endpoint = ec2.create_vpc_endpoint(
        VpcId=vpc, ServiceName=S3, VpcEndpointType="Gateway", RouteTableIds=tables[:2]
    )["VpcEndpoint"]["VpcEndpointId"]

    ec2.modify_vpc_endpoint(VpcEndpointId=endpoint, AddRouteTableIds=tables[2:], RemoveRouteTableIds=tables[:1])
    assert [routes_to_s3(ec2, table) for table in tables] == [[], [endpoint], [endpoint]]

    ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint])
    assert [routes_to_s3(ec2, table) for table in tables] == [[], [], []]


@pytest.mark.parametrize("kind, service", [("Gateway", S3), ("Interface", "com.amazonaws.eu-west-1.kms")])
def test_deleted_endpoint_is_gone(ec2, vpc, kind, service):
    kept, gone = (
        ec2.create_vpc_endpoint(VpcId=vpc, ServiceName=service, VpcEndpointType=kind)["VpcEndpoint"]["VpcEndpointId"]
        for _ in range(2)
    )
    assert not ec2.delete_vpc_endpoints(VpcEndpointIds=[gone])["Unsuccessful"]
    found = ec2.describe_vpc_endpoints(Filters=by(vpc_id=vpc))["VpcEndpoints"]
    assert [endpoint["VpcEndpointId"] for endpoint in found] == [kept]
    with pytest.raises(ClientError, match="InvalidVpcEndpointId.NotFound"):
        ec2.describe_vpc_endpoints(VpcEndpointIds=[gone])


def test_ipv6_block_of_a_subnet(ec2, vpc):
    block = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"]
    blocks = [block.replace("00::/56", f"0{number}::/64") for number in range(2)]
    first, _ = (
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", Ipv6CidrBlock=b)["Subnet"]
        for number, b in enumerate(blocks)
    )
    association = first["Ipv6CidrBlockAssociationSet"][0]
    assert association["Ipv6CidrBlock"] == blocks[0]
    assert association["Ipv6CidrBlockState"] == {"State": "associated"}
    for filters in (
        by(**{"ipv6-cidr-block-association.association-id": association["AssociationId"]}),
        by(**{"ipv6-cidr-block-association.ipv6-cidr-block": blocks[0]}),
    ):
        found = ec2.describe_subnets(Filters=filters)["Subnets"]
        assert [subnet["SubnetId"] for subnet in found] == [first["SubnetId"]]

    ec2.disassociate_subnet_cidr_block(AssociationId=association["AssociationId"])
    assert not ec2.describe_subnets(SubnetIds=[first["SubnetId"]])["Subnets"][0]["Ipv6CidrBlockAssociationSet"]


def test_flow_logs_keep_the_options_of_their_bucket(client, ec2, vpc):
    client("s3").create_bucket(Bucket="flows", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    options = {"FileFormat": "parquet", "HiveCompatiblePartitions": True, "PerHourPartition": True}

    def create(resource: str, **more: Any) -> str:
        return ec2.create_flow_logs(
            ResourceIds=[resource], ResourceType="VPC", TrafficType="ALL", LogDestinationType="s3",
            LogDestination="arn:aws:s3:::flows", **more,
        )["FlowLogIds"][0]

    log = create(vpc, DestinationOptions=options)
    assert ec2.describe_flow_logs(FlowLogIds=[log])["FlowLogs"][0]["DestinationOptions"] == options

    some = create(ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"], DestinationOptions={"FileFormat": "parquet"})
    assert ec2.describe_flow_logs(FlowLogIds=[some])["FlowLogs"][0]["DestinationOptions"] == {
        "FileFormat": "parquet", "HiveCompatiblePartitions": False, "PerHourPartition": False,
    }
    none = create(ec2.create_vpc(CidrBlock="10.2.0.0/16")["Vpc"]["VpcId"])
    assert "DestinationOptions" not in ec2.describe_flow_logs(FlowLogIds=[none])["FlowLogs"][0]

    ec2.delete_flow_logs(FlowLogIds=[log])
    assert not ec2.describe_flow_logs(Filters=by(resource_id=vpc))["FlowLogs"]


def test_network_acl_rules_keep_the_icmp_type(ec2, vpc):
    acl = ec2.create_network_acl(VpcId=vpc)["NetworkAcl"]["NetworkAclId"]
    rule = {"NetworkAclId": acl, "RuleNumber": 300, "RuleAction": "allow", "CidrBlock": "0.0.0.0/0", "Protocol": "1"}

    def icmp() -> dict[bool, Any]:
        entries = ec2.describe_network_acls(NetworkAclIds=[acl])["NetworkAcls"][0]["Entries"]
        return {entry["Egress"]: entry.get("IcmpTypeCode") for entry in entries if entry["RuleNumber"] == 300}

    ec2.create_network_acl_entry(**rule, Egress=False, IcmpTypeCode={"Type": 3, "Code": -1})
    ec2.create_network_acl_entry(**{**rule, "Protocol": "6"}, Egress=True, PortRange={"From": 443, "To": 443})
    assert icmp() == {False: {"Type": 3, "Code": -1}, True: None}

    ec2.replace_network_acl_entry(**rule, Egress=False, IcmpTypeCode={"Type": 8, "Code": 0})
    assert icmp() == {False: {"Type": 8, "Code": 0}, True: None}


def test_rules_keep_their_description(ec2, vpc):
    group = ec2.create_security_group(GroupName="service", Description="service", VpcId=vpc)["GroupId"]
    https = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
    targets = {
        "IpRanges": {"CidrIp": "10.0.0.0/16"},
        "Ipv6Ranges": {"CidrIpv6": "2001:db8::/32"},
        "PrefixListIds": {"PrefixListId": "pl-01234567"},
        "UserIdGroupPairs": {"GroupId": group},
    }
    for authorize in (ec2.authorize_security_group_ingress, ec2.authorize_security_group_egress):
        for member, target in targets.items():
            permission = {**https, member: [{**target, "Description": f"to {member}"}]}
            made = authorize(GroupId=group, IpPermissions=[permission])["SecurityGroupRules"]
            assert [rule["Description"] for rule in made] == [f"to {member}"]

    rules = [
        rule
        for rule in ec2.describe_security_group_rules(Filters=by(group_id=group))["SecurityGroupRules"]
        if rule["IpProtocol"] == "tcp"
    ]
    assert sorted(rule["Description"] for rule in rules) == sorted(f"to {member}" for member in targets for _ in range(2))

    of_group = next(rule for rule in rules if "ReferencedGroupInfo" in rule)
    change = {**https, "ReferencedGroupId": group, "Description": "changed"}
    name = of_group["SecurityGroupRuleId"]
    ec2.modify_security_group_rules(
        GroupId=group, SecurityGroupRules=[{"SecurityGroupRuleId": name, "SecurityGroupRule": change}]
    )
    assert ec2.describe_security_group_rules(SecurityGroupRuleIds=[name])["SecurityGroupRules"][0]["Description"] == "changed"
