"""Elastic Load Balancing v2: what moto leaves out of load balancers, and what AWS refuses."""

from __future__ import annotations

import zlib
from typing import Any

from moto.ec2.models import ec2_backends
from moto.elbv2.models import ELBv2Backend, FakeListener, FakeLoadBalancer, elbv2_backends
from moto.elbv2.ssl_policies import SSL_POLICIES

from ..answer import Answer
from ..errors import AwsError
from ..identity import Principal
from ..policy import Context
from ..registry import operation
from ..route import Call
from . import acm
from .access.buckets import Bucket, find
from .access.demands import Demand
from .access.s3 import check

# The hosted zones of load balancers' names.
# Source: https://docs.aws.amazon.com/general/latest/gr/elb.html
_HOSTED_ZONES = {
    "us-east-1": "Z35SXDOTRQ7X7K",
    "us-east-2": "Z3AADJGX6KTTL2",
    "us-west-1": "Z368ELLRRE2KJ0",
    "us-west-2": "Z1H1FL5HABSF5",
    "ca-central-1": "ZQSVJUPU6J1EY",
    "eu-central-1": "Z215JYRZR1TBD5",
    "eu-west-1": "Z32O12XQLNTSW2",
    "eu-west-2": "ZHURV8PSTC4K8",
    "eu-west-3": "Z3Q77PNBQS71R4",
    "eu-north-1": "Z23TAZ6LKFMNIO",
    "ap-northeast-1": "Z14GRHDCWA56QT",
    "ap-southeast-1": "Z1LMS91P8CMLE5",
    "ap-southeast-2": "Z1GM3OXH4ZPM65",
    "ap-south-1": "ZP97RAFLXTNZK",
    "sa-east-1": "Z2P70J7HTTTPLU",
}

# What a new Application Load Balancer has.
# Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
_APPLICATION_DEFAULTS = {
    "access_logs.s3.enabled": "false",
    "client_keep_alive.seconds": "3600",
    "connection_logs.s3.bucket": "",
    "connection_logs.s3.enabled": "false",
    "connection_logs.s3.prefix": "",
    "idle_timeout.timeout_seconds": "60",
    "load_balancing.cross_zone.enabled": "true",
    "routing.http.desync_mitigation_mode": "defensive",
    "routing.http.drop_invalid_header_fields.enabled": "false",
    "routing.http.preserve_host_header.enabled": "false",
    "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
    "routing.http.xff_client_port.enabled": "false",
    "routing.http.xff_header_processing.mode": "append",
    "routing.http2.enabled": "true",
    "waf.fail_open.enabled": "false",
    "zonal_shift.config.enabled": "false",
}

_LOG_DELIVERY = "logdelivery.elasticloadbalancing.amazonaws.com"


def _backend(call: Call) -> ELBv2Backend:
    return elbv2_backends[call.account][call.region]


# Load balancers


@operation("elbv2", "CreateLoadBalancer")
def create_load_balancer(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html"""
    params = call.params
    kind, scheme = params.get("Type", "application"), params.get("Scheme", "internet-facing")
    if kind == "application":
        _check_zones(call)
    name = params["Name"]
    if any(balancer.name == name for balancer in _backend(call).load_balancers.values()):
        message = f"A load balancer with the same name '{name}' exists"
        raise AwsError("DuplicateLoadBalancerName", message, 400)
    result = call.forward_decoded()
    made = result["LoadBalancers"][0]
    balancer = _backend(call).load_balancers[made["LoadBalancerArn"]]
    balancer.scheme = scheme
    if kind == "application":
        balancer.attrs.update(_APPLICATION_DEFAULTS)
        balancer.canonical_hosted_zone_id = _HOSTED_ZONES.get(call.region, balancer.canonical_hosted_zone_id)
        inside = "internal-" if scheme == "internal" else ""
        number = zlib.crc32(balancer.arn.encode())
        balancer.dns_name = f"{inside}{name}-{number:010}.{call.region}.elb.amazonaws.com"
    made["Scheme"] = balancer.scheme
    made["CanonicalHostedZoneId"], made["DNSName"] = balancer.canonical_hosted_zone_id, balancer.dns_name
    return result


def _check_zones(call: Call) -> None:
    """One subnet a zone, in at least two zones.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
    """
    mappings = call.params.get("SubnetMappings", [])
    ids = [*call.params.get("Subnets", []), *(mapping["SubnetId"] for mapping in mappings)]
    known = {subnet.id: subnet for subnet in ec2_backends[call.account][call.region].describe_subnets()}
    if not ids or any(identifier not in known for identifier in ids):
        return
    zones = [known[identifier].availability_zone for identifier in ids]
    if len(set(zones)) < len(zones):
        message = "A load balancer cannot be attached to multiple subnets in the same Availability Zone"
        raise AwsError("InvalidConfigurationRequest", message, 400)
    if len(zones) < 2:
        message = "At least two subnets in two different Availability Zones must be specified"
        raise AwsError("ValidationError", message, 400)


@operation("elbv2", "DeleteLoadBalancer")
def delete_load_balancer(call: Call) -> Answer:
    """https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html"""
    arn = call.params["LoadBalancerArn"]
    balancer = _backend(call).load_balancers.get(arn)
    if balancer is not None and str(balancer.attrs.get("deletion_protection.enabled")).lower() == "true":
        message = f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled"
        raise AwsError("OperationNotPermitted", message, 400)
    return call.forward()


@operation("elbv2", "ModifyLoadBalancerAttributes")
def modify_load_balancer_attributes(call: Call) -> Answer:
    """Logs are refused where they could not be written.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
    """
    balancer = _backend(call).load_balancers.get(call.params["LoadBalancerArn"])
    if balancer is not None:
        given = {a["Key"]: a.get("Value", "") for a in call.params["Attributes"]}
        merged = {**balancer.attrs, **given}
        for kind in ("access_logs", "connection_logs"):
            touched = any(key.startswith(f"{kind}.") for key in given)
            if touched and str(merged.get(f"{kind}.s3.enabled")).lower() == "true":
                _check_logs(call, balancer, merged[f"{kind}.s3.bucket"], merged.get(f"{kind}.s3.prefix", ""))
    return call.forward()


def _check_logs(call: Call, balancer: FakeLoadBalancer, name: str, prefix: str) -> None:
    bucket = find(name)
    if bucket is None:
        raise AwsError("InvalidConfigurationRequest", f"The specified bucket does not exist: {name}", 400)
    if bucket.region != call.region:
        message = "The S3 bucket for the logs must be in the region of the load balancer"
        raise AwsError("InvalidConfigurationRequest", message, 400)
    if not _may_write(call, balancer, bucket, prefix):
        message = f"Access Denied for bucket: {name}. Please check S3bucket permission"
        raise AwsError("InvalidConfigurationRequest", message, 400)


def _may_write(call: Call, balancer: FakeLoadBalancer, bucket: Bucket, prefix: str) -> bool:
    """Whether the delivery of logs may write its test file."""
    folder = f"{prefix}/AWSLogs" if prefix else "AWSLogs"
    context = Context(
        {
            "aws:SecureTransport": "true",
            "aws:SourceArn": balancer.arn,
            "aws:SourceAccount": call.account,
            "aws:PrincipalIsAWSService": "true",
            "aws:PrincipalServiceName": _LOG_DELIVERY,
            "s3:TlsVersion": "1.3",
        }
    )
    resource = f"{bucket.arn}/{folder}/{call.account}/ELBAccessLogTestFile"
    try:
        check(
            Principal("service", arn=_LOG_DELIVERY, name=_LOG_DELIVERY),
            Demand("s3:PutObject", resource, context, bucket),
        )
    except AwsError:
        return False
    return True


# Listeners


def _check_certificates(call: Call, certificates: list[dict[str, Any]]) -> None:
    for certificate in certificates:
        arn = certificate["CertificateArn"]
        if ":acm:" not in arn:
            continue
        issued = acm.is_issued(call, arn)
        if issued is None:
            raise AwsError("CertificateNotFound", f"Certificate '{arn}' not found", 400)
        if not issued:
            message = (
                f"The certificate '{arn}' must have a fully-qualified domain name,"
                " a supported signature, and a supported key size."
            )
            raise AwsError("UnsupportedCertificate", message, 400)


@operation("elbv2", "CreateListener")
def create_listener(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html"""
    params = call.params
    balancer = _backend(call).load_balancers.get(params["LoadBalancerArn"])
    port, protocol, policy = params.get("Port"), params.get("Protocol"), params.get("SslPolicy")
    taken = [listener.port for listener in balancer.listeners.values()] if balancer is not None else []
    if port is not None and port in taken:
        message = "A listener already exists on this port for this load balancer"
        raise AwsError("DuplicateListener", message, 400)
    if policy is not None and policy not in SSL_POLICIES:
        raise AwsError("SSLPolicyNotFound", f"SSL policy '{policy}' not found", 400)
    encrypted = protocol in ("HTTPS", "TLS")
    certificates = params.get("Certificates", [])
    if encrypted and not certificates:
        raise AwsError("ValidationError", f"A certificate must be specified for {protocol} listeners", 400)
    if not encrypted and (certificates or policy):
        message = f"Certificates and SSL policies cannot be specified for {protocol} listeners"
        raise AwsError("ValidationError", message, 400)
    _check_certificates(call, certificates)
    result = call.forward_decoded()
    if not encrypted:
        # moto gives every listener the policy that AWS gives encrypted ones.
        made = result["Listeners"][0]
        made.pop("SslPolicy", None)
        _listener(call, made["ListenerArn"]).ssl_policy = None
    return result


def _listener(call: Call, arn: str) -> FakeListener:
    return _backend(call).describe_listeners(None, [arn])[0]


@operation("elbv2", "ModifyListener")
def modify_listener(call: Call) -> Answer:
    """Another default certificate leaves the others in place.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyListener.html
    """
    params = call.params
    _check_certificates(call, params.get("Certificates", []))
    before = list(_listener(call, params["ListenerArn"]).certificates)
    answer = call.forward()
    if answer.ok and params.get("Certificates"):
        listener = _listener(call, params["ListenerArn"])
        default = listener.certificates[0]
        listener.certificates = [default, *(arn for arn in before[1:] if arn != default)]
    return answer


@operation("elbv2", "AddListenerCertificates")
def add_listener_certificates(call: Call) -> Answer:
    """https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AddListenerCertificates.html"""
    _check_certificates(call, call.params["Certificates"])
    return call.forward()


# Target groups


@operation("elbv2", "DescribeTargetGroups", "DeleteTargetGroup")
def target_groups(call: Call) -> Answer:
    """A target group is that of a load balancer as long as a listener or rule forwards to it.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroup.html
    """
    backend = _backend(call)
    for group in backend.target_groups.values():
        group.load_balancer_arns = [
            balancer.arn
            for balancer in backend.load_balancers.values()
            if group.arn in _forwards(backend, balancer)
        ]
    return call.forward()


def _forwards(backend: ELBv2Backend, balancer: FakeLoadBalancer) -> set[str]:
    return {
        arn
        for listener in balancer.listeners.values()
        for rule in listener.rules.values()
        for action in rule.actions
        if action.type == "forward"
        for arn in backend._get_target_group_arns_from(action.data)
    }


@operation("elbv2", "ModifyTargetGroupAttributes")
def modify_target_group_attributes(call: Call) -> Answer | dict[str, Any]:
    """moto refuses the longest deregistration delay, and knows no limits of the slow start.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
    """
    given = {a["Key"]: a.get("Value", "") for a in call.params["Attributes"]}
    slow = given.get("slow_start.duration_seconds", "0")
    if slow != "0" and not 30 <= int(slow) <= 900:
        message = f"'slow_start.duration_seconds' value '{slow}' must be between '30-900' inclusive"
        raise AwsError("ValidationError", message, 400)
    group = _backend(call).target_groups.get(call.params["TargetGroupArn"])
    if group is not None and given.get("deregistration_delay.timeout_seconds") == "3600":
        group.attributes.update(given)
        return {"Attributes": [{"Key": key, "Value": value} for key, value in group.attributes.items()]}
    return call.forward()
