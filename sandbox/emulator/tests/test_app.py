"""The application: administrative paths, the record of calls, faults, what is not emulated."""

from __future__ import annotations

import time
import urllib.error
import urllib.request

import pytest
from botocore.exceptions import ConnectionClosedError, EndpointConnectionError
from conftest import ACCOUNT, REGION, refused

ROOT = f"arn:aws:iam::{ACCOUNT}:root"


def names(calls: list[dict]) -> list[tuple[str, str]]:
    return [(call["service"], call["operation"]) for call in calls]


class TestHealth:
    def test_says_who_it_is(self, admin):
        health = admin.get("health")
        assert health["status"] == "ok" and health["account"] == ACCOUNT
        assert health["instance"] and health["moto"][0].isdigit()
        assert admin.get("health")["instance"] == health["instance"]

    def test_unknown_paths_name_the_known_ones(self, admin):
        status, answer = admin.call("GET", "helth")
        assert status == 404
        for known in ("GET /_bulwark/health", "POST /_bulwark/reset", "GET /_bulwark/calls", "POST /_bulwark/faults"):
            assert known in answer["error"]

    def test_the_method_counts(self, admin):
        assert admin.call("GET", "reset")[0] == 404


class TestReset:
    def test_the_world_is_empty_and_new(self, admin, client, new_bucket):
        before = admin.get("health")["instance"]
        new_bucket("audio")
        client("kms").create_key()
        client("sqs").create_queue(QueueName="uploads")
        admin.fault("s3", "*", error={"code": "SlowDown", "status": 503}, count=9)
        answer = admin.post("reset")
        assert answer["status"] == "ok" and answer["instance"] != before
        assert answer["instance"] == admin.get("health")["instance"]
        assert admin.calls() == [] and admin.get("faults")["faults"] == []
        assert client("s3").list_buckets()["Buckets"] == []
        assert client("kms").list_keys()["Keys"] == []
        assert "QueueUrls" not in client("sqs").list_queues()

    def test_by_the_path_of_moto(self, admin, emulator, client, new_bucket):
        before = admin.get("health")["instance"]
        s3 = client("s3")
        new_bucket("audio")
        s3.put_bucket_metrics_configuration(Bucket="audio", Id="all", MetricsConfiguration={"Id": "all"})
        request = urllib.request.Request(f"{emulator.endpoint}/moto-api/reset", method="POST")
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 200
        assert admin.get("health")["instance"] != before
        new_bucket("audio")
        assert s3.list_bucket_metrics_configurations(Bucket="audio").get("MetricsConfigurationList") is None

    def test_unemulated_operations_are_forgotten(self, admin, client):
        with refused("NotEmulated"):
            client("backup").get_backup_selection(BackupPlanId="a", SelectionId="b")
        admin.post("reset")
        assert admin.get("unemulated")["unemulated"] == []


class TestCalls:
    def test_every_call_is_recorded(self, admin, client, new_bucket):
        new_bucket("replica", "eu-central-1")
        client("kms").create_key()
        with refused("NoSuchEntity"):
            client("iam").get_role(RoleName="none")
        calls = admin.calls()
        assert names(calls) == [("s3", "CreateBucket"), ("kms", "CreateKey"), ("iam", "GetRole")]
        assert [call["status"] for call in calls] == [200, 200, 404]
        assert [call["region"] for call in calls] == ["eu-central-1", REGION, REGION]
        assert {call["principal"] for call in calls} == {ROOT}
        assert {call["secure"] for call in calls} == {True}
        assert [call["n"] for call in calls] == [1, 2, 3]
        assert calls[0]["time"] <= calls[1]["time"] <= calls[2]["time"]

    def test_the_caller_is_named(self, admin, client):
        iam = client("iam")
        iam.create_user(UserName="ana")
        key = iam.create_access_key(UserName="ana")["AccessKey"]
        client("sts", access_key=key["AccessKeyId"], secret_key=key["SecretAccessKey"]).get_caller_identity()
        assert admin.calls("sts")[0]["principal"] == f"arn:aws:iam::{ACCOUNT}:user/ana"

    def test_plain_http_is_marked(self, admin, emulator):
        request = urllib.request.Request(f"{emulator.endpoint}/audio", headers={"X-Forwarded-Proto": "http"})
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(request, timeout=10)
        call = admin.calls()[0]
        assert (call["operation"], call["secure"], call["principal"]) == ("ListObjects", False, "anonymous")

    def test_filters(self, admin, client):
        for service, operation in (("s3", "list_buckets"), ("kms", "list_keys"), ("kms", "list_aliases")):
            getattr(client(service), operation)()
        assert names(admin.calls("kms")) == [("kms", "ListKeys"), ("kms", "ListAliases")]
        assert names(admin.calls("kms", "ListAliases")) == [("kms", "ListAliases")]
        assert names(admin.calls(operation="ListBuckets")) == [("s3", "ListBuckets")]
        assert admin.calls("sqs") == []

    def test_some_or_all_can_be_forgotten(self, admin, client):
        client("s3").list_buckets()
        client("kms").list_keys()
        admin.delete("calls", service="kms")
        assert names(admin.calls()) == [("s3", "ListBuckets")]
        client("kms").list_keys()
        assert [call["n"] for call in admin.calls()] == [1, 3]
        admin.delete("calls")
        assert admin.calls() == []

    def test_administration_is_not_recorded(self, admin):
        admin.get("health")
        assert admin.calls() == []


class TestFaults:
    def test_an_error_for_so_many_calls(self, admin, client):
        fault = admin.fault("s3", "ListBuckets", count=2, error={"code": "SlowDown", "status": 503, "message": "Wait"})
        s3 = client("s3")
        client("kms").list_keys()
        for left in (1, 0):
            with refused("SlowDown", 503) as caught:
                s3.list_buckets()
            assert caught.value.response["Error"]["Message"] == "Wait"
            faults = admin.get("faults")["faults"]
            assert [row["remaining"] for row in faults] == ([left] if left else [])
        s3.list_buckets()
        assert [call["status"] for call in admin.calls("s3")] == [503, 503, 200]
        assert admin.call("DELETE", f"faults/{fault}") == (
            404,
            {"error": f"no fault '{fault}': it was deleted or is used up"},
        )

    @pytest.mark.parametrize(
        ("service", "operation", "arguments"),
        [
            ("kms", "list_keys", {}),
            ("iam", "list_roles", {}),
            ("sqs", "list_queues", {}),
            ("ec2", "describe_vpcs", {}),
            ("lambda", "list_functions", {}),
            ("s3", "head_bucket", {"Bucket": "audio"}),
        ],
    )
    def test_in_the_protocol_of_each_service(self, admin, client, service, operation, arguments):
        admin.fault("*", "*", error={"code": "ThrottlingException"})
        # The answer to HEAD has no body, and so no code but the status.
        with refused("400" if operation.startswith("head") else "ThrottlingException", 400):
            getattr(client(service), operation)(**arguments)

    def test_until_deleted(self, admin, client):
        fault = admin.fault("kms", "*", error={"code": "KMSInternalException", "status": 500})
        for _ in range(3):
            with refused("KMSInternalException", 500):
                client("kms").list_keys()
        admin.delete(f"faults/{fault}")
        client("kms").list_keys()

    def test_all_can_be_deleted(self, admin, client):
        for operation in ("ListKeys", "ListAliases"):
            admin.fault("kms", operation, error={"code": "KMSInternalException"})
        admin.delete("faults")
        client("kms").list_keys()
        assert admin.get("faults")["faults"] == []

    def test_the_oldest_rule_acts(self, admin, client):
        admin.fault("kms", "ListKeys", count=1, error={"code": "First"})
        admin.fault("kms", "*", error={"code": "Second"})
        for code in ("First", "Second"):
            with refused(code):
                client("kms").list_keys()

    def test_clients_retry(self, admin, client):
        admin.fault("s3", "ListBuckets", count=2, error={"code": "SlowDown", "status": 503})
        client("s3", retries={"max_attempts": 3, "mode": "standard"}).list_buckets()
        assert [call["status"] for call in admin.calls("s3")] == [503, 503, 200]

    def test_a_delay(self, admin, client):
        client("kms").list_keys()
        admin.fault("kms", "ListKeys", count=1, delayMs=300)
        started = time.monotonic()
        client("kms").list_keys()
        assert time.monotonic() - started >= 0.3

    def test_a_delay_holds_nobody_else_up(self, admin, client):
        client("sqs").list_queues()
        admin.fault("kms", "ListKeys", count=1, delayMs=2000)
        hasty = client("kms", read_timeout=0.1)
        with pytest.raises(Exception, match="[Tt]imeout"):
            hasty.list_keys()
        started = time.monotonic()
        client("sqs").list_queues()
        assert time.monotonic() - started < 1.5

    def test_a_dropped_connection(self, admin, client):
        admin.fault("kms", "ListKeys", count=1, drop=True)
        with pytest.raises((ConnectionClosedError, EndpointConnectionError)):
            client("kms").list_keys()
        client("kms").list_keys()
        assert [call["status"] for call in admin.calls("kms")] == [0, 200]

    @pytest.mark.parametrize(
        ("rule", "message"),
        [
            ({}, "service must be a name or *; operation must be a name or *; exactly one of"),
            ({"service": "s3", "operation": "*"}, "exactly one of error, delayMs and drop is expected"),
            (
                {"service": "s3", "operation": "*", "drop": True, "delayMs": 5},
                "exactly one of error, delayMs and drop is expected",
            ),
            ({"service": "s3", "operation": "*", "drop": "yes"}, "drop must be true"),
            ({"service": "s3", "operation": "*", "delayMs": "5"}, "delayMs must be a whole number of milliseconds"),
            ({"service": "s3", "operation": "*", "delayMs": -5}, "delayMs must be a whole number of milliseconds"),
            ({"service": "s3", "operation": "*", "drop": True, "count": -1}, "count must be a whole number"),
            ({"service": "s3", "operation": "*", "drop": True, "count": True}, "count must be a whole number"),
            ({"service": 3, "operation": "*", "drop": True}, "service must be a name or *"),
            ({"service": "s3", "operation": "*", "error": {"status": 503}}, "error needs a code"),
            ({"service": "s3", "operation": "*", "error": "SlowDown"}, "error needs a code"),
            (
                {"service": "s3", "operation": "*", "error": {"code": "SlowDown", "status": 200}},
                "error.status must be between 400 and 599",
            ),
            ({"service": "s3", "operation": "*", "drop": True, "after": 3}, "unknown field 'after'"),
            ([], "a fault is a JSON object"),
        ],
    )
    def test_rules_that_are_wrong(self, admin, rule, message):
        status, answer = admin.call("POST", "faults", rule)
        assert status == 400 and message in answer["error"]
        assert admin.get("faults")["faults"] == []

    def test_a_body_that_is_no_json(self, admin):
        status, answer = admin.call("POST", "faults", b"{service:")
        assert status == 400 and "the body is not JSON" in answer["error"]


class TestNotEmulated:
    @pytest.mark.parametrize(
        ("service", "operation", "arguments", "name"),
        [
            # moto has the service and not the operation, knows no such path, or has no such service.
            ("backup", "get_backup_selection", {"BackupPlanId": "a", "SelectionId": "b"}, "backup:GetBackupSelection"),
            ("lambda", "list_capacity_providers", {}, "lambda:ListCapacityProviders"),
            ("apprunner", "list_services", {}, "apprunner:ListServices"),
        ],
    )
    def test_names_the_operation(self, admin, client, service, operation, arguments, name):
        for _ in range(2):
            with refused("NotEmulated", 501) as caught:
                getattr(client(service), operation)(**arguments)
            assert f"not emulated: {name}" in str(caught.value)
        service, operation = name.split(":")
        assert admin.get("unemulated")["unemulated"] == [
            {"service": service, "operation": operation, "count": 2}
        ]

    def test_requests_of_no_operation(self, admin, emulator):
        request = urllib.request.Request(f"{emulator.endpoint}/audio", method="PATCH")
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(request, timeout=10)
        assert caught.value.code == 501
        assert admin.get("unemulated")["unemulated"] == [{"service": "s3", "operation": "Unknown", "count": 1}]


def test_a_body_that_cannot_be_read(client):
    kms = client("kms")

    def spoil(request, **_):
        request.data = b'{"KeyId": 5, "Tags": 7}'

    kms.meta.events.register_first("before-sign.kms.TagResource", spoil)
    try:
        with refused("SerializationException", 400):
            kms.tag_resource(KeyId="one", Tags=[])
    finally:
        kms.meta.events.unregister("before-sign.kms.TagResource", spoil)
