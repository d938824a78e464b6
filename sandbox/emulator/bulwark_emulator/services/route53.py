"""Route 53: batches of changes are checked as a whole, and wildcards come back as the service writes them."""

from __future__ import annotations

import re
import uuid
from typing import Any

from moto.core.utils import utcnow
from moto.route53.models import FakeZone, route53_backends

from ..answer import Answer
from ..errors import AwsError
from ..registry import operation
from ..route import Call

Key = tuple[str, str, str]


def _zone(call: Call) -> FakeZone | None:
    zones = route53_backends[call.account]["aws"].zones
    return zones.get(call.params["HostedZoneId"].rpartition("/")[2])


def _full(name: str) -> str:
    name = name.lower().replace("\\052", "*")
    return name if name.endswith(".") else name + "."


def _key(record: dict[str, Any]) -> Key:
    return _full(record["Name"]), record["Type"], record.get("SetIdentifier", "")


@operation("route53", "ChangeResourceRecordSets")
def change_resource_record_sets(call: Call) -> Answer | dict[str, Any]:
    """A batch with one change that cannot be made changes nothing.

    https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
    """
    zone, changes = _zone(call), call.params["ChangeBatch"]["Changes"]
    if zone is None:
        return call.forward()
    problems = _problems(zone, changes)
    if problems:
        raise AwsError("InvalidChangeBatch", f"[{', '.join(problems)}]", 400)
    octal = [c["ResourceRecordSet"] for c in changes if "\\052" in c["ResourceRecordSet"]["Name"]]
    if not octal:
        return call.forward()
    # moto knows a wildcard as *, and reads the request itself.
    for record in octal:
        record["Name"] = record["Name"].replace("\\052", "*")
    route53_backends[call.account]["aws"].change_resource_record_sets(zone.id, changes)
    identifier = f"/change/{uuid.uuid4().hex[:14].upper()}"
    return {"ChangeInfo": {"Id": identifier, "Status": "INSYNC", "SubmittedAt": utcnow()}}


def _problems(zone: FakeZone, changes: list[dict[str, Any]]) -> list[str]:
    """What is wrong with changes, each checked after those before it."""
    existing: set[Key] = {(_full(r.name), r.type, r.set_identifier or "") for r in zone.rrsets}
    problems = []
    for change in changes:
        key = _key(change["ResourceRecordSet"])
        name, kind, _ = key
        record = f"[name='{name}', type='{kind}'"
        if change["Action"] == "DELETE":
            if key not in existing:
                problems.append(f"Tried to delete resource record set {record}] but it was not found")
            existing.discard(key)
            continue
        if change["Action"] == "CREATE" and key in existing:
            problems.append(f"Tried to create resource record set {record}] but it already exists")
        beside = {other for at, other, _ in existing if at == name} - {kind}
        if beside and "CNAME" in beside | {kind}:
            problems.append(
                f"RRSet of type {kind} with DNS name {name} is not permitted"
                " as it conflicts with other records with the same DNS name in zone"
            )
        existing.add(key)
    return problems


_OCTAL = re.compile("%5C052", re.IGNORECASE)


@operation("route53", "ListResourceRecordSets")
def list_resource_record_sets(call: Call) -> dict[str, Any]:
    """Wildcards are written in octal, also where the next page begins; a list may begin at either form.

    https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html#domain-name-format-asterisk
    """
    environ = call.request.environ
    for key in ("QUERY_STRING", "RAW_URI", "REQUEST_URI"):  # moto knows a wildcard as *, and reads the request itself
        if key in environ:
            environ[key] = _OCTAL.sub("%2A", environ[key])
    result = call.forward_decoded()
    for record in result.get("ResourceRecordSets", []):
        record["Name"] = record["Name"].replace("*", "\\052")
    if "NextRecordName" in result:
        result["NextRecordName"] = result["NextRecordName"].replace("*", "\\052")
    return result
