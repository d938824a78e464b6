"""ACM: a certificate is issued when the records exist that prove its domains, and stays while in use."""

from __future__ import annotations

from typing import Any

from moto.acm.models import CertBundle, acm_backends
from moto.core.utils import utcnow
from moto.elbv2.models import elbv2_backends
from moto.route53.models import route53_backends

from ..answer import Answer
from ..errors import AwsError
from ..registry import operation
from ..route import Call
from ..store import table

# What a certificate has only once it is issued.
# Source: https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html
_ISSUED_ONLY = ("IssuedAt", "NotBefore", "NotAfter", "Serial")
# How many names a summary has: https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateSummary.html
_MOST_NAMES = 100


def settle(call: Call) -> None:
    """Lets the waiting for certificates whose records do not exist begin anew.

    https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
    """
    requested = table("acm requested", call.account, call.region)
    for arn, certificate in acm_backends[call.account][call.region]._certificates.items():
        requested.setdefault(arn, certificate.created_at)
        if _is_pending(certificate) and not _proven(call, certificate):
            certificate.created_at = utcnow()


def _is_pending(certificate: CertBundle) -> bool:
    return certificate.type == "AMAZON_ISSUED" and certificate.status == "PENDING_VALIDATION"


def _proven(call: Call, certificate: CertBundle) -> bool:
    """Whether the internet could see the record of each domain."""
    seen = {
        (record.name.lower(), value.rstrip(".").lower())
        for zone in route53_backends[call.account]["aws"].zones.values()
        if not zone.private_zone
        for record in zone.rrsets
        if record.type == "CNAME"
        for value in record.records or []
    }
    options = certificate.describe()["Certificate"]["DomainValidationOptions"]
    records = [option["ResourceRecord"] for option in options]
    return all((r["Name"].lower(), r["Value"].rstrip(".").lower()) in seen for r in records)


def is_issued(call: Call, arn: str) -> bool | None:
    """Whether a certificate of the region is issued; None if there is none."""
    settle(call)
    certificate = acm_backends[call.account][call.region]._certificates.get(arn)
    if certificate is None:
        return None
    certificate.check()
    return bool(certificate.status == "ISSUED")


def _users(call: Call, arn: str) -> list[str]:
    """The load balancers that use a certificate."""
    return [
        balancer.arn
        for balancer in elbv2_backends[call.account][call.region].load_balancers.values()
        if any(arn in listener.certificates for listener in balancer.listeners.values())
    ]


@operation("acm", "DescribeCertificate")
def describe_certificate(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/acm/latest/APIReference/API_DescribeCertificate.html"""
    settle(call)
    result = call.forward_decoded()
    certificate = result["Certificate"]
    arn = certificate["CertificateArn"]
    certificate["InUseBy"] = _users(call, arn)
    if certificate["Type"] != "IMPORTED":
        certificate["CreatedAt"] = table("acm requested", call.account, call.region)[arn]
    if certificate["Status"] == "PENDING_VALIDATION":
        for name in _ISSUED_ONLY:
            certificate.pop(name, None)
    return result


@operation("acm", "GetCertificate")
def get_certificate(call: Call) -> Answer:
    """https://docs.aws.amazon.com/acm/latest/APIReference/API_GetCertificate.html"""
    settle(call)
    return call.forward()


@operation("acm", "ListCertificates")
def list_certificates(call: Call) -> dict[str, Any]:
    """A summary says what the certificate itself says; moto leaves out its names, and its use.

    https://docs.aws.amazon.com/acm/latest/APIReference/API_ListCertificates.html
    """
    settle(call)
    found = call.forward_decoded()
    certificates = acm_backends[call.account][call.region]._certificates
    requested = table("acm requested", call.account, call.region)
    for summary in found.get("CertificateSummaryList", []):
        arn = summary["CertificateArn"]
        names = certificates[arn].describe()["Certificate"].get("SubjectAlternativeNames", [])
        summary["SubjectAlternativeNameSummaries"] = names[:_MOST_NAMES]
        summary["HasAdditionalSubjectAlternativeNames"] = len(names) > _MOST_NAMES
        summary["InUse"] = bool(_users(call, arn))
        if summary.get("Type") != "IMPORTED":
            summary["CreatedAt"] = requested[arn]
    return found


@operation("acm", "DeleteCertificate")
def delete_certificate(call: Call) -> Answer:
    """https://docs.aws.amazon.com/acm/latest/APIReference/API_DeleteCertificate.html"""
    arn = call.params["CertificateArn"]
    if _users(call, arn):
        message = f"Certificate {arn} in account {call.account} is in use."
        raise AwsError("ResourceInUseException", message, 400)
    answer = call.forward()
    if answer.ok:
        table("acm requested", call.account, call.region).pop(arn, None)
    return answer
