"""KMS: rotation, states, policies, aliases, tags, multi-Region keys."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from conftest import ACCOUNT, refused


def policy(principal: str = f"arn:aws:iam::{ACCOUNT}:root", action: str = "kms:*") -> str:
    statement = {"Sid": "One", "Effect": "Allow", "Principal": {"AWS": principal}, "Action": action, "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Id": "key", "Statement": [statement]}, indent=1)


@pytest.fixture
def kms(client):
    return client("kms")


@pytest.fixture
def key(kms) -> dict[str, Any]:
    return kms.create_key(Description="audio", Tags=[{"TagKey": "Owner", "TagValue": "platform"}])["KeyMetadata"]


def names(key: dict[str, Any]) -> list[str]:
    return [key["KeyId"], key["Arn"]]


def test_what_a_new_key_is(kms, key):
    described = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]
    assert described == key
    expected = {
        "Description": "audio",
        "KeyUsage": "ENCRYPT_DECRYPT",
        "KeySpec": "SYMMETRIC_DEFAULT",
        "KeyState": "Enabled",
        "Enabled": True,
        "KeyManager": "CUSTOMER",
        "MultiRegion": False,
        "Origin": "AWS_KMS",
        "Arn": f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/{key['KeyId']}",
    }
    assert {name: described[name] for name in expected} == expected


def test_rotation(kms, key):
    assert kms.get_key_rotation_status(KeyId=key["KeyId"])["KeyRotationEnabled"] is False
    for name, days in zip(names(key), (180, 90)):
        kms.enable_key_rotation(KeyId=name, RotationPeriodInDays=days)
        for asked in names(key):
            status = kms.get_key_rotation_status(KeyId=asked)
            assert status["KeyRotationEnabled"] is True
            assert status["RotationPeriodInDays"] == days
            assert status["KeyId"] == key["KeyId"]
            assert status["NextRotationDate"] - key["CreationDate"] == timedelta(days=days)
    kms.enable_key_rotation(KeyId=key["KeyId"])
    assert kms.get_key_rotation_status(KeyId=key["KeyId"])["RotationPeriodInDays"] == 90
    kms.disable_key_rotation(KeyId=key["KeyId"])
    assert "RotationPeriodInDays" not in kms.get_key_rotation_status(KeyId=key["KeyId"])


def test_rotation_is_yearly_by_default(kms, key):
    kms.enable_key_rotation(KeyId=key["KeyId"])
    assert kms.get_key_rotation_status(KeyId=key["KeyId"])["RotationPeriodInDays"] == 365


@pytest.mark.parametrize("days", [89, 2561])
def test_rotation_has_limits(client, key, days):
    kms = client("kms", parameter_validation=False)
    with refused("ValidationException", 400):
        kms.enable_key_rotation(KeyId=key["KeyId"], RotationPeriodInDays=days)


def test_only_symmetric_keys_rotate(kms):
    signing = kms.create_key(KeyUsage="SIGN_VERIFY", KeySpec="ECC_NIST_P256")["KeyMetadata"]
    with refused("UnsupportedOperationException", 400):
        kms.enable_key_rotation(KeyId=signing["KeyId"])


def test_rotation_goes_with_a_reset(kms, admin):
    first = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.enable_key_rotation(KeyId=first)
    admin.post("reset")
    with refused("NotFoundException", 400):
        kms.get_key_rotation_status(KeyId=first)


@pytest.mark.parametrize("which", [0, 1], ids=["id", "ARN"])
def test_deletion(kms, key, which):
    name = names(key)[which]
    kms.enable_key_rotation(KeyId=name)
    for days in (6, 31):
        with refused("ValidationException", 400):
            kms.schedule_key_deletion(KeyId=name, PendingWindowInDays=days)
    answer = kms.schedule_key_deletion(KeyId=name, PendingWindowInDays=7)
    assert answer["KeyId"] == key["Arn"]
    assert answer["KeyState"] == "PendingDeletion" and answer["PendingWindowInDays"] == 7
    left = answer["DeletionDate"] - datetime.now(timezone.utc)
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)

    described = kms.describe_key(KeyId=name)["KeyMetadata"]
    assert described["KeyState"] == "PendingDeletion" and described["Enabled"] is False
    assert abs(described["DeletionDate"] - answer["DeletionDate"]) < timedelta(seconds=1)
    assert kms.get_key_rotation_status(KeyId=name)["KeyRotationEnabled"] is False
    with refused("KMSInvalidStateException", 400):
        kms.schedule_key_deletion(KeyId=name)

    assert kms.cancel_key_deletion(KeyId=name)["KeyId"] == key["Arn"]
    assert kms.describe_key(KeyId=name)["KeyMetadata"]["KeyState"] == "Disabled"
    with refused("KMSInvalidStateException", 400):
        kms.cancel_key_deletion(KeyId=name)
    kms.enable_key(KeyId=name)
    assert kms.get_key_rotation_status(KeyId=name)["KeyRotationEnabled"] is True


def test_keys_wait_for_thirty_days_by_default(kms, key):
    assert kms.schedule_key_deletion(KeyId=key["KeyId"])["PendingWindowInDays"] == 30


def test_a_key_that_cannot_be_used(kms, key):
    name = key["Arn"]
    blob = kms.encrypt(KeyId=name, Plaintext=b"sound")["CiphertextBlob"]
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"sound"
    uses = [
        lambda: kms.encrypt(KeyId=name, Plaintext=b"sound"),
        lambda: kms.decrypt(CiphertextBlob=blob),
        lambda: kms.generate_data_key(KeyId=name, KeySpec="AES_256"),
        lambda: kms.enable_key_rotation(KeyId=name),
    ]
    kms.disable_key(KeyId=name)
    assert kms.describe_key(KeyId=name)["KeyMetadata"]["KeyState"] == "Disabled"
    for use in uses:
        with refused("DisabledException"):
            use()
    kms.schedule_key_deletion(KeyId=name)
    changes = [
        lambda: kms.enable_key(KeyId=name),
        lambda: kms.create_alias(AliasName="alias/late", TargetKeyId=name),
        lambda: kms.tag_resource(KeyId=name, Tags=[{"TagKey": "a", "TagValue": "b"}]),
        lambda: kms.update_key_description(KeyId=name, Description="late"),
    ]
    for use in uses + changes:
        with refused("KMSInvalidStateException"):
            use()


def test_the_policy_comes_back_as_it_was_written(kms):
    key = kms.create_key(Policy=policy())["KeyMetadata"]["KeyId"]
    assert kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"] == policy()
    other = policy(action="kms:*").replace("One", "Two")
    kms.put_key_policy(KeyId=key, PolicyName="default", Policy=other)
    assert kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"] == other


@pytest.mark.parametrize(
    "text",
    {
        "no JSON": "Allow everything",
        "no statement": '{"Version": "2012-10-17"}',
        "nobody that is there": policy(f"arn:aws:iam::{ACCOUNT}:role/nobody"),
        "locks the caller out": policy(action="kms:Decrypt"),
    }.items(),
    ids=lambda case: case[0],
)
def test_policies_that_kms_refuses(kms, key, text):
    before = kms.get_key_policy(KeyId=key["KeyId"], PolicyName="default")["Policy"]
    with refused("MalformedPolicyDocumentException", 400):
        kms.create_key(Policy=text[1])
    with refused("MalformedPolicyDocumentException", 400):
        kms.put_key_policy(KeyId=key["KeyId"], PolicyName="default", Policy=text[1])
    assert kms.get_key_policy(KeyId=key["KeyId"], PolicyName="default")["Policy"] == before
    assert len(kms.list_keys()["Keys"]) == 1


def test_the_lockout_check_can_be_left_out(kms):
    text = policy(action="kms:Decrypt")
    key = kms.create_key(Policy=text, BypassPolicyLockoutSafetyCheck=True)["KeyMetadata"]["KeyId"]
    assert kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"] == text


def test_a_deny_for_others_hides_no_key(kms, client):
    user = client("iam").create_user(UserName="ana")["User"]["Arn"]
    document = json.loads(policy())
    document["Statement"].append(
        {"Effect": "Deny", "Principal": {"AWS": user}, "Action": "kms:DescribeKey", "Resource": "*"}
    )
    key = kms.create_key(Policy=json.dumps(document))["KeyMetadata"]["KeyId"]
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["KeyId"] == key


def test_description_and_tags(kms, key):
    for name in names(key):
        kms.update_key_description(KeyId=name, Description=f"by {name}")
        assert kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["Description"] == f"by {name}"
        kms.tag_resource(KeyId=name, Tags=[{"TagKey": "Empty", "TagValue": ""}])
        tags = {tag["TagKey"]: tag["TagValue"] for tag in kms.list_resource_tags(KeyId=name)["Tags"]}
        assert tags == {"Owner": "platform", "Empty": ""}
        kms.untag_resource(KeyId=name, TagKeys=["Empty"])
    assert kms.list_resource_tags(KeyId=key["KeyId"])["Tags"] == [{"TagKey": "Owner", "TagValue": "platform"}]


def test_aliases(kms, key):
    other = kms.create_key()["KeyMetadata"]
    kms.create_alias(AliasName="alias/audio", TargetKeyId=key["Arn"])
    with refused("AlreadyExistsException"):
        kms.create_alias(AliasName="alias/audio", TargetKeyId=other["KeyId"])
    for name in ("alias/audio", f"arn:aws:kms:eu-west-1:{ACCOUNT}:alias/audio"):
        assert kms.describe_key(KeyId=name)["KeyMetadata"]["Arn"] == key["Arn"]
    kms.update_alias(AliasName="alias/audio", TargetKeyId=other["KeyId"])
    assert kms.describe_key(KeyId="alias/audio")["KeyMetadata"]["Arn"] == other["Arn"]
    listed = {row["AliasName"]: row for row in kms.list_aliases()["Aliases"]}
    assert listed["alias/audio"]["TargetKeyId"] == other["KeyId"]
    kms.delete_alias(AliasName="alias/audio")
    with refused("NotFoundException"):
        kms.describe_key(KeyId="alias/audio")
    with refused("NotAuthorizedException"):
        kms.create_alias(AliasName="alias/aws/own", TargetKeyId=key["KeyId"])


@pytest.mark.parametrize(
    "name", ["11111111-2222-3333-4444-555555555555", "alias/none", f"arn:aws:kms:us-east-1:{ACCOUNT}:key/one"]
)
def test_keys_that_are_not_there(kms, name):
    with refused("NotFoundException", 400):
        kms.describe_key(KeyId=name)


class TestMultiRegion:
    """A primary key in eu-west-1."""

    @pytest.fixture
    def primary(self, kms) -> dict[str, Any]:
        return kms.create_key(MultiRegion=True, Description="primary", Policy=policy())["KeyMetadata"]

    @pytest.fixture
    def second(self, client):
        return client("kms", "eu-central-1")

    def replicate(self, kms, primary, **arguments: Any) -> dict[str, Any]:
        return kms.replicate_key(KeyId=primary["KeyId"], ReplicaRegion="eu-central-1", **arguments)

    def test_a_replica_has_settings_of_its_own(self, kms, second, primary):
        own = policy().replace("One", "Replica")
        tags = [{"TagKey": "Role", "TagValue": "replica"}]
        answer = self.replicate(kms, primary, Description="replica", Policy=own, Tags=tags)
        assert answer["ReplicaPolicy"] == own and answer["ReplicaTags"] == tags

        replica = second.describe_key(KeyId=primary["KeyId"])["KeyMetadata"]
        assert replica == answer["ReplicaKeyMetadata"]
        assert replica["KeyId"] == primary["KeyId"] and ":eu-central-1:" in replica["Arn"]
        assert replica["Description"] == "replica"
        assert second.list_resource_tags(KeyId=primary["KeyId"])["Tags"] == tags
        assert second.get_key_policy(KeyId=primary["KeyId"], PolicyName="default")["Policy"] == own

        assert kms.describe_key(KeyId=primary["KeyId"])["KeyMetadata"]["Description"] == "primary"
        assert kms.list_resource_tags(KeyId=primary["KeyId"])["Tags"] == []
        assert kms.get_key_policy(KeyId=primary["KeyId"], PolicyName="default")["Policy"] == policy()

    def test_both_know_the_family(self, kms, second, primary):
        self.replicate(kms, primary)
        arn = primary["Arn"]
        replica = {"Arn": arn.replace("eu-west-1", "eu-central-1"), "Region": "eu-central-1"}
        family = {"PrimaryKey": {"Arn": arn, "Region": "eu-west-1"}, "ReplicaKeys": [replica]}
        for _ in range(2):
            for client, kind in ((second, "REPLICA"), (kms, "PRIMARY")):
                described = client.describe_key(KeyId=primary["KeyId"])["KeyMetadata"]
                assert described["MultiRegionConfiguration"] == {"MultiRegionKeyType": kind, **family}

    def test_both_decrypt(self, kms, second, primary):
        self.replicate(kms, primary)
        blob = kms.encrypt(KeyId=primary["KeyId"], Plaintext=b"sound")["CiphertextBlob"]
        assert second.decrypt(CiphertextBlob=blob)["Plaintext"] == b"sound"

    def test_aliases_and_states_are_apart(self, kms, second, primary):
        self.replicate(kms, primary)
        kms.create_alias(AliasName="alias/audio", TargetKeyId=primary["KeyId"])
        with refused("NotFoundException"):
            second.describe_key(KeyId="alias/audio")
        second.create_alias(AliasName="alias/audio", TargetKeyId=primary["KeyId"])
        second.disable_key(KeyId=primary["KeyId"])
        assert kms.describe_key(KeyId=primary["KeyId"])["KeyMetadata"]["KeyState"] == "Enabled"

    def test_rotation_is_one(self, kms, second, primary):
        self.replicate(kms, primary)
        kms.enable_key_rotation(KeyId=primary["KeyId"], RotationPeriodInDays=200)
        status = second.get_key_rotation_status(KeyId=primary["KeyId"])
        assert status["KeyRotationEnabled"] is True and status["RotationPeriodInDays"] == 200
        with refused("UnsupportedOperationException"):
            second.disable_key_rotation(KeyId=primary["KeyId"])

    def test_the_primary_key_waits_for_its_replicas(self, kms, second, primary):
        self.replicate(kms, primary)
        answer = kms.schedule_key_deletion(KeyId=primary["KeyId"], PendingWindowInDays=7)
        assert answer["KeyState"] == "PendingReplicaDeletion" and "DeletionDate" not in answer
        described = kms.describe_key(KeyId=primary["KeyId"])["KeyMetadata"]
        assert described["KeyState"] == "PendingReplicaDeletion"
        assert described["PendingDeletionWindowInDays"] == 7
        assert second.schedule_key_deletion(KeyId=primary["KeyId"])["KeyState"] == "PendingDeletion"

    def test_what_cannot_be_replicated(self, kms, second, primary, key):
        with refused("UnsupportedOperationException"):
            self.replicate(kms, key)
        self.replicate(kms, primary)
        with refused("AlreadyExistsException"):
            self.replicate(kms, primary)
        with refused("UnsupportedOperationException"):
            second.replicate_key(KeyId=primary["KeyId"], ReplicaRegion="us-east-1")
