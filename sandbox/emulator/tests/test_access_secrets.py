"""Secrets: who reads and writes them, through their own policies and the keys that encrypt them."""

from __future__ import annotations

import pytest
from callers import ACCOUNT, REGION, Callers, allow, code, deny, document, headers_of, refused

VIA = {"kms:ViaService": f"secretsmanager.{REGION}.amazonaws.com"}
ROOT = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}


@pytest.fixture
def callers(client):
    return Callers(client)


@pytest.fixture
def manager(client):
    return client("secretsmanager")


@pytest.fixture
def secret(manager):
    """The ARN of the secret app/database."""
    tags = [{"Key": "team", "Value": "audio"}]
    return manager.create_secret(Name="app/database", SecretString="hidden-1", Tags=tags)["ARN"]


def role(callers, *statements, **options):
    return callers.client("secretsmanager", **callers.role(*statements, **options))


def get(manager, name="app/database", **arguments):
    return manager.get_secret_value(SecretId=name, **arguments)["SecretString"]


def test_what_the_policies_allow(callers, manager, secret):
    other = manager.create_secret(Name="app/other", SecretString="hidden-2")["ARN"]
    task = role(callers, allow("secretsmanager:GetSecretValue", secret), name="task")
    assert get(task) == get(task, secret) == get(task, secret.rpartition("-")[0]) == "hidden-1"
    assert refused(get, manager=task, name=other) == (
        f"User: arn:aws:sts::{ACCOUNT}:assumed-role/task/job is not authorized to perform:"
        f" secretsmanager:GetSecretValue on resource: {other} because no identity-based policy allows the"
        " secretsmanager:GetSecretValue action"
    )
    for call, arguments in (
        (task.describe_secret, {"SecretId": secret}),
        (task.put_secret_value, {"SecretId": secret, "SecretString": "x"}),
        (task.delete_secret, {"SecretId": secret}),
        (task.put_resource_policy, {"SecretId": secret, "ResourcePolicy": document(allow("s3:*"))}),
        (task.create_secret, {"Name": "app/new", "SecretString": "x"}),
        (task.list_secrets, {}),
        (task.get_random_password, {}),
    ):
        refused(call, **arguments)
    assert get(manager) == "hidden-1"


def test_a_missing_secret_is_told_to_who_may_read_it(callers):
    arguments = {"SecretId": "app/none"}
    name = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:app/none-??????"
    reader = role(callers, allow("secretsmanager:GetSecretValue", name))
    assert code(reader.get_secret_value, **arguments) == "ResourceNotFoundException"
    assert "on resource: app/none because" in refused(role(callers).get_secret_value, **arguments)


def test_boundary_session_policy_and_denial(callers, secret):
    read = allow("secretsmanager:GetSecretValue", secret)
    limited = role(callers, read, boundary=callers.policy(allow("s3:*")))
    assert refused(get, manager=limited).endswith(
        "because no permissions boundary allows the secretsmanager:GetSecretValue action"
    )
    session = role(callers, read, session=document(allow("s3:*")))
    assert "no session policy" in refused(get, manager=session)
    banned = role(callers, read, deny("secretsmanager:*"))
    assert refused(get, manager=banned).endswith("with an explicit deny in an identity-based policy")


def test_conditions(callers, manager, secret):
    manager.put_secret_value(SecretId=secret, SecretString="hidden-2")
    tls = role(
        callers, allow("secretsmanager:*"), deny("*", Condition={"Bool": {"aws:SecureTransport": "false"}})
    )
    assert get(tls) == "hidden-2"
    with headers_of(tls, {"X-Forwarded-Proto": "http"}):
        assert "explicit deny" in refused(get, manager=tls)
    stage = {"StringEquals": {"secretsmanager:VersionStage": "AWSCURRENT"}}
    current = role(callers, allow("secretsmanager:GetSecretValue", Condition=stage))
    assert get(current, VersionStage="AWSCURRENT") == "hidden-2"
    refused(get, manager=current, VersionStage="AWSPREVIOUS")
    for key in ("secretsmanager:ResourceTag/team", "aws:ResourceTag/team"):
        for value, allowed in (("audio", True), ("video", False)):
            tagged = role(callers, allow("secretsmanager:GetSecretValue", Condition={"StringEquals": {key: value}}))
            assert get(tagged) if allowed else refused(get, manager=tagged)
    endpoint = {"StringEquals": {"aws:SourceVpce": "vpce-1"}}
    inside = role(callers, allow("secretsmanager:GetSecretValue", Condition=endpoint))
    refused(get, manager=inside)
    with headers_of(inside, {"X-Bulwark-Source-Vpce": "vpce-1"}):
        assert get(inside) == "hidden-2"


def test_the_secrets_own_policy(callers, manager, secret):
    reader = role(callers, name="reader")
    principal = {"AWS": f"arn:aws:iam::{ACCOUNT}:role/reader"}
    policy = document(allow("secretsmanager:GetSecretValue", Principal=principal))
    manager.put_resource_policy(SecretId=secret, ResourcePolicy=policy)
    assert get(reader) == "hidden-1", "in one account, the secret's policy is enough"
    refused(get, manager=role(callers))
    manager.put_resource_policy(
        SecretId=secret, ResourcePolicy=document(deny("secretsmanager:GetSecretValue", Principal=principal))
    )
    callers.client("iam").put_role_policy(
        RoleName="reader", PolicyName="all", PolicyDocument=document(allow("secretsmanager:*"))
    )
    assert refused(get, manager=reader).endswith("with an explicit deny in a resource-based policy")


def test_many_at_once(callers, manager, secret):
    other = manager.create_secret(Name="app/other", SecretString="hidden-2")["ARN"]
    batch = allow("secretsmanager:BatchGetSecretValue")
    both = role(callers, batch, allow("secretsmanager:GetSecretValue", [secret, other]))
    assert len(both.batch_get_secret_value(SecretIdList=[secret, other])["SecretValues"]) == 2
    one = role(callers, batch, allow("secretsmanager:GetSecretValue", secret))
    answer = one.batch_get_secret_value(SecretIdList=[secret, other])
    assert [row["ARN"] for row in answer["SecretValues"]] == [secret]
    assert [(row["SecretId"], row["ErrorCode"]) for row in answer["Errors"]] == [(other, "AccessDeniedException")]
    assert len(manager.batch_get_secret_value(SecretIdList=[secret, other])["SecretValues"]) == 2
    without = role(callers, allow("secretsmanager:GetSecretValue"))
    assert "BatchGetSecretValue" in refused(without.batch_get_secret_value, SecretIdList=[secret])


class TestKeys:
    """A secret that a key of the customer encrypts."""

    @pytest.fixture
    def key(self, client):
        return client("kms").create_key()["KeyMetadata"]["Arn"]

    @pytest.fixture
    def sealed(self, manager, key):
        return manager.create_secret(Name="app/sealed", SecretString="hidden-1", KmsKeyId=key)["ARN"]

    def test_the_reader_needs_the_key(self, callers, key, sealed):
        read = allow("secretsmanager:GetSecretValue", sealed)
        message = refused(get, manager=role(callers, read), name=sealed)
        assert message.startswith("Access to KMS is not allowed") and "kms:Decrypt" in message and key in message
        assert get(role(callers, read, allow("kms:Decrypt", key)), sealed) == "hidden-1"

    def test_a_foreign_key_is_of_no_use(self, callers, client, sealed):
        foreign = client("kms").create_key()["KeyMetadata"]["Arn"]
        reader = role(callers, allow("secretsmanager:GetSecretValue", sealed), allow("kms:Decrypt", foreign))
        refused(get, manager=reader, name=sealed)

    def test_through_the_service_and_for_this_secret_only(self, callers, client, manager, key, sealed):
        version = manager.get_secret_value(SecretId=sealed)["VersionId"]
        context = {"kms:EncryptionContext:SecretARN": sealed, "kms:EncryptionContext:SecretVersionId": version}
        read = allow("secretsmanager:GetSecretValue", "*")
        decrypt = allow("kms:Decrypt", key, Condition={"StringEquals": {**VIA, **context}})
        keys = callers.role(read, decrypt)
        reader = client("secretsmanager", **keys)
        assert get(reader, sealed) == "hidden-1"
        blob = client("kms").encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"]
        refused(client("kms", **keys).decrypt, CiphertextBlob=blob)
        manager.create_secret(Name="app/second", SecretString="hidden-2", KmsKeyId=key)
        refused(get, manager=reader, name="app/second")

    def test_writers_generate_and_decrypt(self, callers, key, sealed):
        write = allow("secretsmanager:PutSecretValue", sealed)
        new = {"SecretId": sealed, "SecretString": "hidden-2"}
        refused(role(callers, write, allow("kms:GenerateDataKey", key)).put_secret_value, **new)
        refused(role(callers, write, allow("kms:Decrypt", key)).put_secret_value, **new)
        role(callers, write, allow(["kms:Decrypt", "kms:GenerateDataKey"], key)).put_secret_value(**new)

    def test_a_key_policy_that_leaves_iam_out(self, callers, client, key, sealed):
        manage = allow("kms:PutKeyPolicy", Principal=ROOT)
        client("kms").put_key_policy(KeyId=key, PolicyName="default", Policy=document(manage))
        reader = role(callers, allow(["secretsmanager:*", "kms:*"]))
        assert "no resource-based policy allows the kms:Decrypt" in refused(get, manager=reader, name=sealed)

    def test_the_key_of_the_service_is_for_everybody(self, callers, secret):
        assert get(role(callers, allow("secretsmanager:GetSecretValue", secret))) == "hidden-1"


def test_the_deployer_is_not_judged(manager, secret):
    policy = document(deny("secretsmanager:GetSecretValue", Principal="*"))
    manager.put_resource_policy(SecretId=secret, ResourcePolicy=policy)
    assert get(manager) == "hidden-1"
