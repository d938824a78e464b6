"""Parameters of Systems Manager: names and hierarchies, tags, and the keys of SecureStrings."""

from __future__ import annotations

import pytest
from callers import ACCOUNT, REGION, Callers, allow, code, deny, document, headers_of, refused

BASE = f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter"
READ = ["ssm:GetParameter", "ssm:GetParameters"]


@pytest.fixture
def callers(client):
    return Callers(client)


@pytest.fixture
def ssm(client):
    """The deployer's client; /app/prod has two parameters, /app/dev one, and there is one without a hierarchy."""
    made = client("ssm")
    for name in ("/app/prod/url", "/app/prod/deep/flag", "/app/dev/url", "plain"):
        made.put_parameter(Name=name, Value=name, Type="String", Tags=[{"Key": "stage", "Value": name.split("/")[-2:][0]}])
    return made


def role(callers, *statements, **options):
    return callers.client("ssm", **callers.role(*statements, **options))


def get(ssm, name="/app/prod/url", **arguments):
    return ssm.get_parameter(Name=name, **arguments)["Parameter"]["Value"]


def test_names(callers, ssm):
    task = role(callers, allow(READ, [f"{BASE}/app/prod/*", f"{BASE}/plain"]), name="task")
    assert get(task) == get(task, f"{BASE}/app/prod/url") == get(task, "/app/prod/url:1") == "/app/prod/url"
    assert get(task, "plain") == "plain"
    assert refused(get, ssm=task, name="/app/dev/url") == (
        f"User: arn:aws:sts::{ACCOUNT}:assumed-role/task/job is not authorized to perform: ssm:GetParameter"
        f" on resource: {BASE}/app/dev/url because no identity-based policy allows the ssm:GetParameter action"
    )
    assert code(get, ssm=task, name="/app/prod/none") == "ParameterNotFound"
    assert len(task.get_parameters(Names=["/app/prod/url", "plain"])["Parameters"]) == 2
    assert "/app/dev/url" in refused(task.get_parameters, Names=["/app/prod/url", "/app/dev/url"])
    for call, arguments in (
        (task.put_parameter, {"Name": "/app/prod/url", "Value": "x", "Overwrite": True}),
        (task.delete_parameter, {"Name": "/app/prod/url"}),
        (task.delete_parameters, {"Names": ["/app/prod/url"]}),
        (task.get_parameter_history, {"Name": "/app/prod/url"}),
        (task.describe_parameters, {}),
        (task.add_tags_to_resource, {"ResourceType": "Parameter", "ResourceId": "plain", "Tags": []}),
        (task.send_command, {"DocumentName": "AWS-RunShellScript", "InstanceIds": ["i-1234567890abcdef0"]}),
    ):
        refused(call, **arguments)
    assert get(ssm) == "/app/prod/url"


def test_paths(callers, ssm):
    path = allow("ssm:GetParametersByPath", [f"{BASE}/app/prod", f"{BASE}/app/prod/*"])
    task = role(callers, path)
    assert len(task.get_parameters_by_path(Path="/app/prod", Recursive=True)["Parameters"]) == 2
    refused(task.get_parameters_by_path, Path="/app", Recursive=True)
    refused(task.get_parameters_by_path, Path="/app/dev")
    flat = role(callers, path, deny("ssm:GetParametersByPath", Condition={"Bool": {"ssm:Recursive": "true"}}))
    assert len(flat.get_parameters_by_path(Path="/app/prod")["Parameters"]) == 1
    refused(flat.get_parameters_by_path, Path="/app/prod", Recursive=True)


def test_conditions_boundary_session_policy_and_denial(callers, ssm):
    for key in ("ssm:resourceTag/stage", "aws:ResourceTag/stage"):
        tagged = role(callers, allow(READ, Condition={"StringEquals": {key: "prod"}}))
        assert get(tagged) == "/app/prod/url"
        refused(get, ssm=tagged, name="/app/dev/url")
    new = allow("ssm:PutParameter", Condition={"Bool": {"ssm:Overwrite": "false"}})
    writer = role(callers, new)
    writer.put_parameter(Name="/app/prod/new", Value="x", Type="String")
    refused(writer.put_parameter, Name="/app/prod/url", Value="x", Overwrite=True)
    read = allow(READ)
    assert "permissions boundary" in refused(get, ssm=role(callers, read, boundary=callers.policy(allow("s3:*"))))
    assert "session policy" in refused(get, ssm=role(callers, read, session=document(allow("s3:*"))))
    assert "explicit deny" in refused(get, ssm=role(callers, read, deny("ssm:*", f"{BASE}/app/*")))
    tls = role(callers, read, deny("*", Condition={"Bool": {"aws:SecureTransport": "false"}}))
    with headers_of(tls, {"X-Forwarded-Proto": "http"}):
        refused(get, ssm=tls)
    assert get(tls) == "/app/prod/url"


class TestKeys:
    @pytest.fixture
    def key(self, client):
        return client("kms").create_key()["KeyMetadata"]["Arn"]

    @pytest.fixture
    def sealed(self, ssm, key):
        ssm.put_parameter(Name="/app/prod/password", Value="hidden", Type="SecureString", KeyId=key)
        return "/app/prod/password"

    def test_reading(self, callers, key, sealed, ssm):
        read = allow([*READ, "ssm:GetParametersByPath"], f"{BASE}/app/prod*")
        blind = role(callers, read)
        assert get(blind, sealed) != "hidden", "without decryption, no key is needed"
        message = refused(get, ssm=blind, name=sealed, WithDecryption=True)
        assert "kms:Decrypt" in message and key in message
        refused(blind.get_parameters_by_path, Path="/app/prod", WithDecryption=True)
        condition = {
            "kms:ViaService": f"ssm.{REGION}.amazonaws.com",
            "kms:EncryptionContext:PARAMETER_ARN": f"{BASE}/app/prod/password",
        }
        seeing = role(callers, read, allow("kms:Decrypt", key, Condition={"StringEquals": condition}))
        assert get(seeing, sealed, WithDecryption=True) == "hidden"
        ssm.put_parameter(Name="/app/prod/second", Value="hidden", Type="SecureString", KeyId=key)
        refused(get, ssm=seeing, name="/app/prod/second", WithDecryption=True)

    def test_a_foreign_key_is_of_no_use(self, callers, client, sealed):
        foreign = client("kms").create_key()["KeyMetadata"]["Arn"]
        reader = role(callers, allow(READ), allow("kms:Decrypt", foreign))
        refused(get, ssm=reader, name=sealed, WithDecryption=True)

    def test_writing(self, callers, key):
        write, new = allow("ssm:PutParameter"), {"Name": "/app/x", "Value": "x", "Type": "SecureString", "KeyId": key}
        refused(role(callers, write).put_parameter, **new)
        role(callers, write, allow("kms:Encrypt", key)).put_parameter(**new)
        advanced = {**new, "Name": "/app/y", "Tier": "Advanced"}
        refused(role(callers, write, allow("kms:Encrypt", key)).put_parameter, **advanced)
        role(callers, write, allow("kms:GenerateDataKey", key)).put_parameter(**advanced)

    def test_the_key_of_the_service_is_for_everybody(self, callers, ssm):
        ssm.put_parameter(Name="/app/own", Value="hidden", Type="SecureString")
        assert get(role(callers, allow(READ)), "/app/own", WithDecryption=True) == "hidden"
