"""Keys: what S3 may do with them for a caller, and what users and roles may do with them directly."""

from __future__ import annotations

import json

import pytest

from callers import ACCOUNT, REGION, Callers, allow, code, deny, document, refused

BUCKET = "arn:aws:s3:::audio"
OBJECTS = BUCKET + "/*"
ROOT = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
USE = ["kms:Decrypt", "kms:GenerateDataKey"]
THROUGH_S3 = {"StringEquals": {"kms:ViaService": f"s3.{REGION}.amazonaws.com", "kms:CallerAccount": ACCOUNT}}


@pytest.fixture
def callers(client):
    return Callers(client)


@pytest.fixture
def kms(client):
    return client("kms")


class World:
    """The bucket audio, encrypted with a key of its own, and an object in it."""

    def __init__(self, callers, kms, bucket_key=True):
        self.kms, self.callers, self.s3 = kms, callers, callers.bucket("audio")
        self.key = kms.create_key()["KeyMetadata"]["Arn"]
        rule = {
            "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": self.key},
            "BucketKeyEnabled": bucket_key,
        }
        self.s3.put_bucket_encryption(Bucket="audio", ServerSideEncryptionConfiguration={"Rules": [rule]})
        self.put(self.s3)

    def policy(self, *statements):
        """Sets the key's policy; it stays manageable by the account."""
        manage = allow("kms:PutKeyPolicy", Principal=ROOT, Sid="Manage")
        self.kms.put_key_policy(KeyId=self.key, PolicyName="default", Policy=document(manage, *statements))

    def user(self, *statements):
        """S3 for a new user with everything in S3."""
        return self.callers.client("s3", **self.callers.user(allow("s3:*"), *statements))

    @staticmethod
    def put(s3, key="a", **arguments):
        return s3.put_object(Bucket="audio", Key=key, Body=b"sound", **arguments)

    @staticmethod
    def get(s3, key="a"):
        return s3.get_object(Bucket="audio", Key=key)["Body"].read()


@pytest.fixture
def world(callers, kms):
    return World(callers, kms)


class TestThroughS3:
    def test_the_caller_needs_the_key(self, world):
        name = world.user()
        message = refused(world.put, s3=name)
        assert "kms:GenerateDataKey" in message and world.key in message
        assert message.endswith("because no identity-based policy allows the kms:GenerateDataKey action")
        assert "kms:Decrypt" in refused(world.get, s3=name)
        writer = world.user(allow("kms:GenerateDataKey", world.key))
        world.put(writer)
        refused(world.get, s3=writer)
        assert world.get(world.user(allow("kms:Decrypt", world.key))) == b"sound"

    def test_what_needs_no_key(self, world):
        name = world.user()
        name.head_object(Bucket="audio", Key="a")
        name.list_objects_v2(Bucket="audio")
        world.put(name, key="b", ServerSideEncryption="AES256")
        assert world.get(name, "b") == b"sound"
        name.delete_object(Bucket="audio", Key="a")

    def test_root_needs_the_key_policy(self, world):
        world.policy(allow(USE, Principal=ROOT, Condition=THROUGH_S3))
        world.put(world.s3)
        assert world.get(world.s3) == b"sound"
        world.policy(allow("kms:GenerateDataKey", Principal=ROOT))
        world.put(world.s3)
        message = refused(world.get, s3=world.s3)
        assert message.endswith("because no resource-based policy allows the kms:Decrypt action")

    def test_a_policy_for_another_service_is_none_for_s3(self, world):
        other = {"StringEquals": {"kms:ViaService": f"sqs.{REGION}.amazonaws.com"}}
        world.policy(allow(USE, Principal=ROOT, Condition=other))
        refused(world.put, s3=world.s3)

    def test_the_key_policy_can_let_a_role_in(self, world):
        keys = world.callers.role(allow("s3:*"), name="reader")
        role = {"AWS": f"arn:aws:iam::{ACCOUNT}:role/reader"}
        world.policy(allow("kms:Decrypt", Principal=role, Condition=THROUGH_S3))
        s3 = world.callers.client("s3", **keys)
        assert world.get(s3) == b"sound"
        refused(world.put, s3=s3)

    def test_a_deny_of_the_key_wins(self, world):
        world.policy(
            allow(USE, Principal=ROOT),
            deny(
                "kms:Decrypt",
                Principal="*",
                Condition={"StringEquals": {"kms:ViaService": f"s3.{REGION}.amazonaws.com"}},
            ),
        )
        world.put(world.s3)
        assert "explicit deny in a resource-based policy" in refused(world.get, s3=world.s3)

    @pytest.mark.parametrize("bucket_key", [True, False])
    def test_the_context_is_the_bucket_or_the_object(self, callers, kms, bucket_key):
        world = World(callers, kms, bucket_key)
        expected, other = (BUCKET, OBJECTS) if bucket_key else (BUCKET + "/a", BUCKET)

        def user(context):
            condition = {"StringLike": {"kms:EncryptionContext:aws:s3:arn": context}}
            return world.user(allow(USE, world.key, Condition=condition))

        world.put(user(expected))
        assert world.get(user(expected)) == b"sound"
        refused(world.put, s3=user(other))
        refused(world.get, s3=user(other))

    def test_uploads_in_parts_need_both_actions(self, world):
        target = {"Bucket": "audio", "Key": "b"}
        writer = world.user(allow("kms:GenerateDataKey"))
        upload = writer.create_multipart_upload(**target)["UploadId"]
        part = {**target, "UploadId": upload, "PartNumber": 1, "Body": b"sound"}
        assert "kms:Decrypt" in refused(writer.upload_part, **part)
        assert world.user(allow(USE)).upload_part(**part)["ETag"]

    def test_copies_read_with_one_key_and_write_with_another(self, world):
        world.callers.bucket("copies")
        source = {"CopySource": {"Bucket": "audio", "Key": "a"}, "Bucket": "copies", "Key": "a"}
        assert "kms:Decrypt" in refused(world.user().copy_object, **source)
        reader = world.user(allow("kms:Decrypt"))
        reader.copy_object(**source)
        message = refused(reader.copy_object, **source, ServerSideEncryption="aws:kms", SSEKMSKeyId=world.key)
        assert "kms:GenerateDataKey" in message

    def test_a_service_needs_to_be_in_the_key_policy(self, world):
        service = {"Service": "delivery.logs.amazonaws.com"}
        world.s3.put_bucket_policy(
            Bucket="audio", Policy=document(allow("s3:PutObject", OBJECTS, Principal=service))
        )
        source = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
        world.policy(allow("kms:GenerateDataKey*", Principal=service, Condition=source))
        name = "delivery.logs.amazonaws.com"
        world.put(world.callers.service(name, account=ACCOUNT))
        assert "kms:GenerateDataKey" in refused(
            world.put, s3=world.callers.service(name, account="210987654321")
        )

    def test_the_key_of_s3_is_for_everybody_in_the_account(self, world):
        world.put(world.user(), key="b", ServerSideEncryption="aws:kms")
        assert world.get(world.user(), "b") == b"sound"

    def test_anonymous_callers_get_no_key(self, world):
        world.s3.delete_public_access_block(Bucket="audio")
        world.s3.put_bucket_policy(
            Bucket="audio", Policy=document(allow("s3:GetObject", OBJECTS, Principal="*"))
        )
        assert code(world.get, s3=world.callers.anonymous()) == "InvalidArgument"

    def test_a_grant_is_enough(self, world):
        keys = world.callers.role(allow("s3:*"), name="reader")
        s3 = world.callers.client("s3", **keys)

        def grant(operations, **constraints):
            return world.kms.create_grant(
                KeyId=world.key,
                GranteePrincipal=f"arn:aws:iam::{ACCOUNT}:role/reader",
                Operations=operations,
                Constraints=constraints,
            )["GrantId"]

        grant(["GenerateDataKey"])
        world.put(s3)
        grant(["Decrypt"], EncryptionContextEquals={"aws:s3:arn": BUCKET + "-other"})
        grant(["Decrypt"], EncryptionContextSubset={"team": "red"})
        refused(world.get, s3=s3)
        grant(["Decrypt"], EncryptionContextEquals={"aws:s3:arn": BUCKET})
        assert world.get(s3) == b"sound"

    def test_a_key_that_cannot_be_used(self, world):
        world.kms.disable_key(KeyId=world.key)
        for call in (world.put, world.get):
            assert code(call, s3=world.s3) == "KMS.DisabledException"
        assert "kms:Decrypt" in refused(world.get, s3=world.user()), "whoever may not use it is not told"
        world.kms.schedule_key_deletion(KeyId=world.key, PendingWindowInDays=7)
        for call in (world.put, world.get):
            assert code(call, s3=world.s3) == "KMS.KMSInvalidStateException"

    @pytest.mark.parametrize(
        "key",
        [
            "1234abcd-12ab-34cd-56ef-1234567890ab",
            f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            f"arn:aws:kms:eu-central-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "alias/none",
        ],
    )
    def test_a_key_that_is_not_there(self, world, key):
        arguments = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key}
        assert code(world.put, s3=world.s3, **arguments) == "KMS.NotFoundException"

    def test_names_of_a_key(self, world):
        world.kms.create_alias(AliasName="alias/audio", TargetKeyId=world.key)
        alias = world.key.rpartition(":")[0] + ":alias/audio"
        name = world.user(allow(USE, world.key))
        for key in ("alias/audio", alias, world.key.rpartition("/")[2], world.key):
            world.put(name, ServerSideEncryption="aws:kms", SSEKMSKeyId=key)
            refused(world.put, s3=world.user(), ServerSideEncryption="aws:kms", SSEKMSKeyId=key)


class TestDirectly:
    @pytest.fixture
    def key(self, kms):
        return kms.create_key()["KeyMetadata"]["Arn"]

    def user(self, callers, *statements):
        return callers.client("kms", **callers.user(*statements))

    def test_users_need_permissions(self, callers, key):
        nobody, user = self.user(callers), self.user(callers, allow(["kms:Encrypt", "kms:Decrypt"], key))
        message = refused(nobody.encrypt, KeyId=key, Plaintext=b"x")
        assert message.endswith(
            f"is not authorized to perform: kms:Encrypt on resource: {key}"
            " because no identity-based policy allows the kms:Encrypt action"
        )
        blob = user.encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"]
        assert user.decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"
        refused(nobody.decrypt, CiphertextBlob=blob)
        refused(nobody.decrypt, CiphertextBlob=blob, KeyId=key)
        refused(user.disable_key, KeyId=key)

    def test_a_key_for_s3_cannot_be_used_directly(self, callers, kms, key):
        manage = allow(["kms:PutKeyPolicy"], Principal=ROOT)
        policy = document(manage, allow(USE, Principal=ROOT, Condition=THROUGH_S3))
        kms.put_key_policy(KeyId=key, PolicyName="default", Policy=policy)
        user = self.user(callers, allow("kms:*"))
        assert "no resource-based policy" in refused(user.generate_data_key, KeyId=key, KeySpec="AES_256")

    def test_the_encryption_context_is_a_condition(self, callers, key):
        condition = {
            "StringEquals": {"kms:EncryptionContext:team": "red"},
            "ForAllValues:StringEquals": {"kms:EncryptionContextKeys": ["team"]},
        }
        user = self.user(callers, allow("kms:Encrypt", key, Condition=condition))
        user.encrypt(KeyId=key, Plaintext=b"x", EncryptionContext={"team": "red"})
        refused(user.encrypt, KeyId=key, Plaintext=b"x", EncryptionContext={"team": "blue"})
        refused(user.encrypt, KeyId=key, Plaintext=b"x", EncryptionContext={"team": "red", "more": "1"})
        refused(user.encrypt, KeyId=key, Plaintext=b"x")

    def test_aliases_need_both_sides(self, callers, key):
        alias = f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/audio"
        name = {"AliasName": "alias/audio", "TargetKeyId": key}
        refused(self.user(callers, allow("kms:CreateAlias", key)).create_alias, **name)
        refused(self.user(callers, allow("kms:CreateAlias", alias)).create_alias, **name)
        self.user(callers, allow("kms:CreateAlias", [key, alias])).create_alias(**name)
        refused(self.user(callers, allow("kms:DeleteAlias", alias)).delete_alias, AliasName="alias/audio")
        self.user(callers, allow("kms:DeleteAlias", [key, alias])).delete_alias(AliasName="alias/audio")

    def test_reencryption_takes_from_one_key_to_another(self, callers, kms, key):
        target = kms.create_key()["KeyMetadata"]["Arn"]
        blob = kms.encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"]
        move = {"CiphertextBlob": blob, "DestinationKeyId": target}
        source, destination = allow("kms:ReEncryptFrom", key), allow("kms:ReEncryptTo", target)
        self.user(callers, source, destination).re_encrypt(**move)
        assert "kms:ReEncryptTo" in refused(self.user(callers, source).re_encrypt, **move)
        assert "kms:ReEncryptFrom" in refused(self.user(callers, destination).re_encrypt, **move)

    def test_grants_for_services_are_a_condition(self, callers, key):
        condition = {"Bool": {"kms:GrantIsForAWSResource": "true"}}
        user = self.user(callers, allow("kms:CreateGrant", key, Condition=condition))
        grant = {"KeyId": key, "GranteePrincipal": ROOT["AWS"], "Operations": ["Decrypt"]}
        refused(user.create_grant, **grant)
        operations = {"ForAllValues:StringEquals": {"kms:GrantOperations": ["Decrypt", "Encrypt"]}}
        user = self.user(callers, allow("kms:CreateGrant", key, Condition=operations))
        user.create_grant(**grant)
        refused(user.create_grant, **{**grant, "Operations": ["Decrypt", "GenerateDataKey"]})

    def test_a_grant_for_one_context_is_for_no_wider_one(self, callers, kms, key):
        keys = callers.user(name="ana")
        kms.create_grant(
            KeyId=key,
            GranteePrincipal=f"arn:aws:iam::{ACCOUNT}:user/ana",
            Operations=["Encrypt"],
            Constraints={"EncryptionContextEquals": {"team": "red"}},
        )
        user = callers.client("kms", **keys)
        user.encrypt(KeyId=key, Plaintext=b"x", EncryptionContext={"team": "red"})
        refused(user.encrypt, KeyId=key, Plaintext=b"x", EncryptionContext={"team": "red", "more": "1"})

    def test_calls_without_a_key(self, callers):
        refused(self.user(callers).create_key)
        refused(self.user(callers, allow("kms:ListAliases")).list_keys)
        made = self.user(callers, allow(["kms:CreateKey", "kms:ListKeys"])).create_key()["KeyMetadata"]
        assert made["KeyState"] == "Enabled"

    def test_a_missing_key_is_reported_as_missing(self, callers):
        missing = "1234abcd-12ab-34cd-56ef-1234567890ab"
        assert code(self.user(callers, allow("kms:*")).describe_key, KeyId=missing) == "NotFoundException"

    def test_root_is_not_checked(self, kms, key):
        policy = json.loads(document(allow("kms:PutKeyPolicy", Principal=ROOT)))
        kms.put_key_policy(KeyId=key, PolicyName="default", Policy=json.dumps(policy))
        assert kms.describe_key(KeyId=key)["KeyMetadata"]["Arn"] == key
