"""Route 53: changes that cannot be made are refused as a whole, and what is put is what is got."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import refused


@pytest.fixture
def dns(client: Any) -> Any:
    return client("route53")


@pytest.fixture
def zone(dns: Any) -> str:
    return dns.create_hosted_zone(Name="acme.example", CallerReference="acme")["HostedZone"]["Id"]


def change(action: str, name: str, kind: str = "A", value: str = "192.0.2.1") -> dict[str, Any]:
    record = {"Name": name, "Type": kind, "TTL": 60, "ResourceRecords": [{"Value": value}]}
    return {"Action": action, "ResourceRecordSet": record}


def alias(action: str, name: str, kind: str) -> dict[str, Any]:
    target = {
        "HostedZoneId": "Z32O12XQLNTSW2",
        "DNSName": "acme-1.eu-west-1.elb.amazonaws.com",
        "EvaluateTargetHealth": True,
    }
    return {"Action": action, "ResourceRecordSet": {"Name": name, "Type": kind, "AliasTarget": target}}


def send(dns: Any, zone: str, *changes: dict[str, Any]) -> None:
    dns.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": list(changes)})


def names(dns: Any, zone: str) -> list[str]:
    records = dns.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    return [f"{r['Name']} {r['Type']}" for r in records if r["Type"] not in ("NS", "SOA")]


def test_aliases_of_both_kinds_come_back_as_they_were(dns: Any, zone: str) -> None:
    send(dns, zone, alias("CREATE", "app.acme.example", "A"), alias("CREATE", "app.acme.example", "AAAA"))
    records = dns.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    targets = {r["Type"]: r["AliasTarget"] for r in records if "AliasTarget" in r}
    assert set(targets) == {"A", "AAAA"}
    assert targets["AAAA"]["HostedZoneId"] == "Z32O12XQLNTSW2"
    assert targets["A"]["EvaluateTargetHealth"] is True


def test_wildcards_are_written_in_octal(dns: Any, zone: str) -> None:
    send(dns, zone, change("CREATE", "*.acme.example"))
    assert names(dns, zone) == ["\\052.acme.example. A"]
    send(dns, zone, change("CREATE", "\\052.b.acme.example"))
    assert names(dns, zone) == ["\\052.acme.example. A", "\\052.b.acme.example. A"]
    send(dns, zone, change("DELETE", "\\052.acme.example"), change("DELETE", "*.b.acme.example"))
    assert names(dns, zone) == []


def test_a_list_begins_at_a_wildcard_in_either_form(dns: Any, zone: str) -> None:
    send(dns, zone, change("CREATE", "*.acme.example"), change("CREATE", "www.acme.example"))
    for name in ("*.acme.example", "\\052.acme.example."):
        answer = dns.list_resource_record_sets(
            HostedZoneId=zone, StartRecordName=name, StartRecordType="A", MaxItems="1"
        )
        assert [r["Name"] for r in answer["ResourceRecordSets"]] == ["\\052.acme.example."]
        assert answer["NextRecordName"] == "www.acme.example."
    first = dns.list_resource_record_sets(HostedZoneId=zone, MaxItems="2")
    assert first["NextRecordName"] == "\\052.acme.example."


def test_a_record_is_created_once_and_deleted_once(dns: Any, zone: str) -> None:
    send(dns, zone, change("CREATE", "a.acme.example"))
    with refused("InvalidChangeBatch", 400) as error:
        send(dns, zone, change("CREATE", "a.acme.example", value="192.0.2.2"))
    assert "already exists" in str(error.value)
    send(dns, zone, change("UPSERT", "a.acme.example", value="192.0.2.2"))
    send(dns, zone, change("DELETE", "a.acme.example", value="192.0.2.2"))
    with refused("InvalidChangeBatch", 400) as error:
        send(dns, zone, change("DELETE", "a.acme.example", value="192.0.2.2"))
    assert "not found" in str(error.value)


def test_a_batch_is_made_whole_or_not_at_all(dns: Any, zone: str) -> None:
    with refused("InvalidChangeBatch", 400):
        send(dns, zone, change("CREATE", "a.acme.example"), change("DELETE", "b.acme.example"))
    assert names(dns, zone) == []
    send(dns, zone, change("CREATE", "a.acme.example"))
    other = change("CREATE", "a.acme.example", "CNAME", "b.acme.example")
    send(dns, zone, change("DELETE", "a.acme.example"), other)
    assert names(dns, zone) == ["a.acme.example. CNAME"]


def test_an_alias_of_a_name_stands_alone(dns: Any, zone: str) -> None:
    send(dns, zone, change("CREATE", "a.acme.example", "CNAME", "b.acme.example"))
    with refused("InvalidChangeBatch", 400) as error:
        send(dns, zone, change("CREATE", "a.acme.example"))
    assert "conflicts with other records" in str(error.value)
