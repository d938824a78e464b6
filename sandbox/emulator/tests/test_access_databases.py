"""Logins to databases with IAM: what RDS would answer to an authentication token."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from callers import ACCOUNT, REGION, Callers, allow, deny


@pytest.fixture
def callers(client):
    return Callers(client)


@pytest.fixture
def database(client):
    """An instance that takes IAM authentication."""
    return make(client, "audio")


def make(client, name, iam=True):
    return client("rds").create_db_instance(
        DBInstanceIdentifier=name,
        DBInstanceClass="db.t4g.micro",
        Engine="postgres",
        MasterUsername="master",
        MasterUserPassword="not-so-secret-1",
        AllocatedStorage=20,
        EnableIAMDatabaseAuthentication=iam,
    )["DBInstance"]


def user_arn(database, user="app"):
    return f"arn:aws:rds-db:{REGION}:{ACCOUNT}:dbuser:{database['DbiResourceId']}/{user}"


def token(callers, database, user="app", **keys):
    endpoint = database["Endpoint"]
    rds = callers.client("rds", **keys)
    return rds.generate_db_auth_token(endpoint["Address"], endpoint["Port"], user, REGION)


def answer(admin, text, **fields):
    return admin.post("rds/connect", {"token": text, **fields})


def test_a_role_that_may_connect(callers, admin, database):
    keys = callers.role(allow("rds-db:connect", user_arn(database)), name="task")
    assert answer(admin, token(callers, database, **keys), user="app") == {
        "allowed": True,
        "principal": f"arn:aws:sts::{ACCOUNT}:assumed-role/task/job",
        "resource": user_arn(database),
    }
    person = callers.user(allow("rds-db:connect", user_arn(database)))
    assert answer(admin, token(callers, database, **person))["allowed"]


def test_who_may_not(callers, admin, client, database):
    other = make(client, "other")
    assert other["DbiResourceId"] != database["DbiResourceId"]
    keys = callers.role(allow("rds-db:connect", user_arn(database)), name="task")
    assert answer(admin, token(callers, database, user="owner", **keys)) == {
        "allowed": False,
        "message": f"User: arn:aws:sts::{ACCOUNT}:assumed-role/task/job is not authorized to perform: rds-db:connect"
        f" on resource: {user_arn(database, 'owner')} because no identity-based policy allows the rds-db:connect action",
    }
    assert "no identity-based policy" in answer(admin, token(callers, other, **keys))["message"]
    boundary = callers.policy(allow("s3:*"))
    limited = callers.role(allow("rds-db:connect"), boundary=boundary)
    assert "permissions boundary" in answer(admin, token(callers, database, **limited))["message"]
    banned = callers.role(allow("rds-db:connect"), deny("rds-db:connect"))
    assert "explicit deny" in answer(admin, token(callers, database, **banned))["message"]


def test_tokens_that_count_for_nothing(callers, admin, client, database):
    keys = callers.role(allow("rds-db:connect"))
    good = token(callers, database, **keys)
    assert "signature" in answer(admin, good.replace("DBUser=app", "DBUser=owner"))["message"]
    forged = good.partition("X-Amz-Signature=")[0] + "X-Amz-Signature=" + 64 * "0"
    assert "signature" in answer(admin, forged)["message"]
    assert "session token" in answer(admin, token(callers, database, **{**keys, "session_token": "other"}))["message"]
    assert "for the user app" in answer(admin, good, user="owner")["message"]
    assert "TLS" in answer(admin, good, tls=False)["message"]
    assert "no authentication token" in answer(admin, "a password")["message"]
    date = good.partition("X-Amz-Date=")[2][:16]
    assert "expired" in answer(admin, good.replace(date, quote("20200101T000000Z")))["message"]
    plain = make(client, "plain", iam=False)
    assert "not enabled" in answer(admin, token(callers, plain, **keys))["message"]
    elsewhere = {"Endpoint": {"Address": "db.example.com", "Port": 5432}}
    assert "there is no database" in answer(admin, token(callers, elsewhere, **keys))["message"]


def test_the_deployer_is_not_judged(callers, admin, database):
    assert answer(admin, token(callers, database))["allowed"]


def test_what_is_no_question(admin):
    for body in (b"{", [], {}):
        assert admin.call("POST", "rds/connect", body)[0] == 400
