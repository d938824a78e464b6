"""Queues: senders and receivers, through the queue's own policy and the key that encrypts it."""

from __future__ import annotations

import json

import pytest
from callers import ACCOUNT, REGION, Callers, allow, code, deny, document, headers_of, refused

QUEUE = f"arn:aws:sqs:{REGION}:{ACCOUNT}:jobs"


@pytest.fixture
def callers(client):
    return Callers(client)


@pytest.fixture
def sqs(client):
    return client("sqs")


@pytest.fixture
def url(sqs):
    return sqs.create_queue(QueueName="jobs", tags={"team": "audio"})["QueueUrl"]


def role(callers, *statements, **options):
    return callers.client("sqs", **callers.role(*statements, **options))


def send(sqs, url, **arguments):
    return sqs.send_message(QueueUrl=url, MessageBody="job", **arguments)["MessageId"]


def test_what_the_policies_allow(callers, sqs, url):
    other = sqs.create_queue(QueueName="other")["QueueUrl"]
    task = role(callers, allow("sqs:SendMessage", QUEUE), name="task")
    assert send(task, url)
    assert task.send_message_batch(QueueUrl=url, Entries=[{"Id": "1", "MessageBody": "job"}])["Successful"]
    assert refused(send, sqs=task, url=other) == (
        f"User: arn:aws:sts::{ACCOUNT}:assumed-role/task/job is not authorized to perform: sqs:SendMessage on"
        f" resource: arn:aws:sqs:{REGION}:{ACCOUNT}:other because no identity-based policy allows the"
        " sqs:SendMessage action"
    )
    for call, arguments in (
        (task.receive_message, {"QueueUrl": url}),
        (task.delete_message, {"QueueUrl": url, "ReceiptHandle": "x"}),
        (task.purge_queue, {"QueueUrl": url}),
        (task.delete_queue, {"QueueUrl": url}),
        (task.get_queue_attributes, {"QueueUrl": url}),
        (task.set_queue_attributes, {"QueueUrl": url, "Attributes": {"Policy": ""}}),
        (task.get_queue_url, {"QueueName": "jobs"}),
        (task.create_queue, {"QueueName": "new"}),
        (task.list_queues, {}),
    ):
        refused(call, **arguments)
    worker = role(callers, allow(["sqs:ReceiveMessage", "sqs:DeleteMessage"], QUEUE))
    message = worker.receive_message(QueueUrl=url)["Messages"][0]
    entries = [{"Id": "1", "ReceiptHandle": message["ReceiptHandle"]}]
    assert worker.delete_message_batch(QueueUrl=url, Entries=entries)["Successful"]
    refused(send, sqs=worker, url=url)


def test_boundary_session_policy_denial_and_conditions(callers, url):
    write = allow("sqs:SendMessage", QUEUE)
    assert "permissions boundary" in refused(
        send, sqs=role(callers, write, boundary=callers.policy(allow("s3:*"))), url=url
    )
    assert "session policy" in refused(send, sqs=role(callers, write, session=document(allow("s3:*"))), url=url)
    assert "explicit deny" in refused(send, sqs=role(callers, write, deny("sqs:*")), url=url)
    tls = role(callers, write, deny("*", Condition={"Bool": {"aws:SecureTransport": "false"}}))
    with headers_of(tls, {"X-Forwarded-Proto": "http"}):
        refused(send, sqs=tls, url=url)
    assert send(tls, url)
    tagged = allow("sqs:SendMessage", Condition={"StringEquals": {"aws:ResourceTag/team": "video"}})
    refused(send, sqs=role(callers, tagged), url=url)


def test_the_queues_own_policy(callers, sqs, url):
    reader = role(callers, name="reader")
    refused(send, sqs=reader, url=url)
    principal = {"AWS": f"arn:aws:iam::{ACCOUNT}:role/reader"}

    def put(*statements):
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": document(*statements)})

    put(allow("sqs:SendMessage", QUEUE, Principal=principal))
    assert send(reader, url), "in one account, the queue's policy is enough"
    refused(send, sqs=role(callers), url=url)
    put(
        allow("sqs:*", QUEUE, Principal=principal),
        deny("sqs:*", QUEUE, Principal="*", Condition={"Bool": {"aws:SecureTransport": "false"}}),
    )
    with headers_of(reader, {"X-Forwarded-Proto": "http"}):
        assert refused(send, sqs=reader, url=url).endswith("with an explicit deny in a resource-based policy")


def test_another_account_needs_both_sides(callers, sqs, url):
    keys = callers.role(allow("sqs:SendMessage"), name="reader")
    foreign = url.replace(ACCOUNT, "210987654321")
    assert "no resource-based policy" in refused(send, sqs=callers.client("sqs", **keys), url=foreign)


class TestKeys:
    @pytest.fixture
    def key(self, client):
        return client("kms").create_key()["KeyMetadata"]["Arn"]

    @pytest.fixture
    def sealed(self, sqs, key):
        return sqs.create_queue(QueueName="sealed", Attributes={"KmsMasterKeyId": key})["QueueUrl"]

    def test_senders_generate_and_decrypt(self, callers, key, sealed):
        write = allow("sqs:SendMessage")
        assert code(send, sqs=role(callers, write), url=sealed) == "KMS.AccessDeniedException"
        assert code(send, sqs=role(callers, write, allow("kms:GenerateDataKey", key)), url=sealed).startswith("KMS.")
        context = {
            "kms:ViaService": f"sqs.{REGION}.amazonaws.com",
            "kms:EncryptionContext:aws:sqs:arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:sealed",
        }
        use = allow(["kms:GenerateDataKey", "kms:Decrypt"], key, Condition={"StringEquals": context})
        assert send(role(callers, write, use), sealed)

    def test_receivers_decrypt(self, callers, sqs, client, key, sealed):
        send(sqs, sealed)
        read = allow("sqs:ReceiveMessage")
        foreign = client("kms").create_key()["KeyMetadata"]["Arn"]
        for statements in ((read,), (read, allow("kms:Decrypt", foreign))):
            assert code(role(callers, *statements).receive_message, QueueUrl=sealed) == "KMS.AccessDeniedException"
        assert role(callers, read, allow("kms:Decrypt", key)).receive_message(QueueUrl=sealed)["Messages"]

    def test_the_key_of_the_service_is_for_everybody(self, callers, sqs):
        url = sqs.create_queue(QueueName="own", Attributes={"KmsMasterKeyId": "alias/aws/sqs"})["QueueUrl"]
        assert send(role(callers, allow("sqs:SendMessage")), url)


def test_the_deployer_is_not_judged(sqs, url):
    policy = json.dumps({"Statement": [deny("sqs:*", QUEUE, Principal="*")]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    assert send(sqs, url)
