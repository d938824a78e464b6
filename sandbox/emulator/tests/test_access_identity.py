"""Users and roles at S3: their policies, boundaries, session policies, tags, and the actions of operations."""

from __future__ import annotations

import json

import pytest

from callers import ACCOUNT, REGION, TRUST, Callers, allow, code, deny, document, refused

BUCKET = "arn:aws:s3:::audio"
OBJECTS = BUCKET + "/*"


@pytest.fixture
def callers(client):
    return Callers(client)


@pytest.fixture
def s3(callers):
    """Root's client; the bucket audio has an object."""
    made = callers.bucket("audio")
    made.put_object(Bucket="audio", Key="a", Body=b"sound")
    return made


def get(s3, key="a"):
    return s3.get_object(Bucket="audio", Key=key)["Body"].read()


def test_a_user_has_what_the_policies_say(callers, s3):
    user = callers.client("s3", **callers.user(allow("s3:GetObject", OBJECTS), name="ana"))
    assert get(user) == b"sound"
    assert refused(user.put_object, Bucket="audio", Key="b", Body=b"x") == (
        f"User: arn:aws:iam::{ACCOUNT}:user/ana is not authorized to perform: s3:PutObject"
        ' on resource: "arn:aws:s3:::audio/b" because no identity-based policy allows the s3:PutObject action'
    )


def test_managed_policies_and_those_of_groups_count(callers, s3):
    keys = callers.user(name="ana")
    iam, user = callers.client("iam"), callers.client("s3", **keys)
    refused(get, s3=user)
    iam.create_group(GroupName="readers")
    iam.add_user_to_group(GroupName="readers", UserName="ana")
    iam.attach_group_policy(GroupName="readers", PolicyArn=callers.policy(allow("s3:GetObject", OBJECTS)))
    assert get(user) == b"sound"
    iam.attach_user_policy(UserName="ana", PolicyArn=callers.policy(deny("s3:*")))
    assert "explicit deny in an identity-based policy" in refused(get, s3=user)


def test_roles(callers, s3):
    read = allow("s3:GetObject", OBJECTS)
    assert get(callers.client("s3", **callers.role(read))) == b"sound"
    message = refused(get, s3=callers.client("s3", **callers.role(name="reader")))
    assert message.startswith(f"User: arn:aws:sts::{ACCOUNT}:assumed-role/reader/job is not authorized")
    boundary = callers.policy(allow("s3:PutObject", OBJECTS))
    limited = callers.client("s3", **callers.role(read, boundary=boundary))
    assert refused(get, s3=limited).endswith("because no permissions boundary allows the s3:GetObject action")
    session = callers.client("s3", **callers.role(read, session=document(allow("s3:ListBucket"))))
    assert refused(get, s3=session).endswith("because no session policy allows the s3:GetObject action")


def test_a_boundary_that_is_missing_allows_nothing(callers, s3):
    keys = callers.role(allow("s3:*"), boundary=f"arn:aws:iam::{ACCOUNT}:policy/gone")
    assert "permissions boundary" in refused(get, s3=callers.client("s3", **keys))


def test_a_session_policy_that_is_none_is_refused(callers):
    role = callers.client("iam").create_role(RoleName="reader", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]
    for policy in ("{", "{}", document(allow("s3:GetObject", Principal="*"))):
        arguments = {"RoleArn": role["Arn"], "RoleSessionName": "job", "Policy": policy}
        assert code(callers.client("sts").assume_role, **arguments) == "MalformedPolicyDocument"


def test_the_bucket_can_let_a_role_in(callers, s3):
    keys = callers.role(name="reader")
    role = {"AWS": f"arn:aws:iam::{ACCOUNT}:role/reader"}
    s3.put_bucket_policy(Bucket="audio", Policy=document(allow("s3:GetObject", OBJECTS, Principal=role)))
    assert get(callers.client("s3", **keys)) == b"sound"
    refused(get, s3=callers.client("s3", **callers.role(name="writer")))


def test_principals_are_variables_and_conditions(callers, s3):
    for key in ("home/ana/a", "team/red/a"):
        s3.put_object(Bucket="audio", Key=key, Body=b"mine")
    statements = [
        allow("s3:GetObject", BUCKET + "/home/${aws:username}/*"),
        allow("s3:GetObject", BUCKET + "/team/${aws:PrincipalTag/team}/*"),
        allow("s3:ListBucket", Condition={"StringEquals": {"aws:PrincipalTag/team": "red"}}),
    ]
    ana = callers.client("s3", **callers.user(*statements, name="ana", tags={"team": "red"}))
    bob = callers.client("s3", **callers.user(*statements, name="bob", tags={"team": "blue"}))
    role = callers.client("s3", **callers.role(*statements, tags={"team": "red"}))
    assert get(ana, "home/ana/a") == get(ana, "team/red/a") == get(role, "team/red/a") == b"mine"
    ana.list_objects_v2(Bucket="audio")
    for client, key in ((bob, "home/ana/a"), (bob, "team/red/a"), (role, "home/ana/a")):
        refused(get, s3=client, key=key)
    refused(bob.list_objects_v2, Bucket="audio")


def test_ids_of_principals_are_conditions(callers, s3):
    ana, role = callers.user(allow("s3:*"), name="ana"), callers.role(allow("s3:*"), name="reader")
    user_id = callers.client("iam").get_user(UserName="ana")["User"]["UserId"]
    role_id = callers.client("iam").get_role(RoleName="reader")["Role"]["RoleId"]
    s3.put_bucket_policy(
        Bucket="audio",
        Policy=document(
            deny(
                "s3:*",
                OBJECTS,
                Principal="*",
                Condition={"StringNotLike": {"aws:userid": [user_id, ACCOUNT]}},
            )
        ),
    )
    assert get(callers.client("s3", **ana)) == get(s3) == b"sound"
    refused(get, s3=callers.client("s3", **role))
    s3.put_bucket_policy(
        Bucket="audio",
        Policy=document(
            deny(
                "s3:*",
                OBJECTS,
                Principal="*",
                Condition={"StringNotEquals": {"aws:userid": f"{role_id}:job"}},
            )
        ),
    )
    assert get(callers.client("s3", **role)) == b"sound"
    refused(get, s3=callers.client("s3", **ana))
    arn = {"ArnNotEquals": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/reader"}}
    s3.put_bucket_policy(Bucket="audio", Policy=document(deny("s3:*", OBJECTS, Principal="*", Condition=arn)))
    assert get(callers.client("s3", **role)) == b"sound"
    refused(get, s3=s3)


def test_a_missing_object_is_told_only_to_who_may_list(callers, s3):
    reader = callers.client("s3", **callers.user(allow("s3:GetObject", OBJECTS)))
    lister = callers.client(
        "s3", **callers.user(allow("s3:GetObject", OBJECTS), allow("s3:ListBucket", BUCKET))
    )
    assert "s3:ListBucket" in refused(get, s3=reader, key="none")
    refused(reader.head_object, Bucket="audio", Key="none")
    assert code(get, s3=lister, key="none") == "NoSuchKey"
    assert code(lister.head_object, Bucket="audio", Key="none") == "404"


def test_deletions_of_many_are_checked_one_by_one(callers, s3):
    for key in ("tmp/a", "tmp/b & <c>", "keep/a"):
        s3.put_object(Bucket="audio", Key=key, Body=b"x")
    user = callers.client("s3", **callers.user(allow("s3:DeleteObject", BUCKET + "/tmp/*"), name="ana"))

    def delete(*keys):
        return user.delete_objects(Bucket="audio", Delete={"Objects": [{"Key": key} for key in keys]})

    answer = delete("tmp/a", "keep/a", "tmp/b & <c>")
    assert [row["Key"] for row in answer["Deleted"]] == ["tmp/a", "tmp/b & <c>"]
    (error,) = answer["Errors"]
    assert (error["Key"], error["Code"]) == ("keep/a", "AccessDenied")
    assert error["Message"].startswith(f"User: arn:aws:iam::{ACCOUNT}:user/ana is not authorized")
    assert [row["Key"] for row in delete("keep/a", "a")["Errors"]] == ["keep/a", "a"]
    assert {row["Key"] for row in s3.list_objects_v2(Bucket="audio")["Contents"]} == {"a", "keep/a"}


def test_versions_have_actions_of_their_own(callers, s3):
    s3.put_bucket_versioning(Bucket="audio", VersioningConfiguration={"Status": "Enabled"})
    version = s3.put_object(Bucket="audio", Key="v", Body=b"old")["VersionId"]
    s3.put_object(Bucket="audio", Key="v", Body=b"new")
    user = callers.client("s3", **callers.user(allow(["s3:GetObject", "s3:DeleteObject"], OBJECTS)))
    assert get(user, "v") == b"new"
    one = {"Bucket": "audio", "Key": "v", "VersionId": version}
    assert "s3:GetObjectVersion on" in refused(user.get_object, **one)
    assert "s3:DeleteObjectVersion on" in refused(user.delete_object, **one)
    answer = user.delete_objects(
        Bucket="audio", Delete={"Objects": [{"Key": "v", "VersionId": version}, {"Key": "v"}]}
    )
    assert [(row["Key"], row["VersionId"]) for row in answer["Errors"]] == [("v", version)]
    assert answer["Deleted"][0]["DeleteMarker"]
    pinned = allow("s3:GetObjectVersion", OBJECTS, Condition={"StringEquals": {"s3:VersionId": version}})
    assert callers.client("s3", **callers.user(pinned)).get_object(**one)["Body"].read() == b"old"


def test_copies_read_and_write(callers, s3):
    callers.bucket("copies")
    source = {"CopySource": {"Bucket": "audio", "Key": "a"}, "Bucket": "copies", "Key": "a"}
    read, write = allow("s3:GetObject", OBJECTS), allow("s3:PutObject", "arn:aws:s3:::copies/*")
    callers.client("s3", **callers.user(read, write)).copy_object(**source)
    reader, writer = (callers.client("s3", **callers.user(statement)) for statement in (read, write))
    assert '"arn:aws:s3:::copies/a"' in refused(reader.copy_object, **source)
    assert '"arn:aws:s3:::audio/a"' in refused(writer.copy_object, **source)
    s3.put_object_tagging(Bucket="audio", Key="a", Tagging={"TagSet": [{"Key": "team", "Value": "red"}]})
    both = callers.client("s3", **callers.user(read, write))
    assert "s3:PutObjectTagging" in refused(both.copy_object, **source)
    both.copy_object(**source, TaggingDirective="REPLACE")


def test_tags_of_objects_are_conditions(callers, s3):
    tagged = {"TagSet": [{"Key": "class", "Value": "public"}]}
    s3.put_object_tagging(Bucket="audio", Key="a", Tagging=tagged)
    s3.put_object(Bucket="audio", Key="b", Body=b"x")
    public = {"StringEquals": {"s3:ExistingObjectTag/class": "public"}}
    request = {"StringEquals": {"s3:RequestObjectTag/class": "public"}}
    user = callers.client(
        "s3",
        **callers.user(
            allow("s3:GetObject", OBJECTS, Condition=public),
            allow("s3:PutObjectTagging", OBJECTS, Condition=request),
        ),
    )
    assert get(user) == b"sound"
    refused(get, s3=user, key="b")
    user.put_object_tagging(Bucket="audio", Key="b", Tagging=tagged)
    assert get(user, "b") == b"x"
    secret = {"TagSet": [{"Key": "class", "Value": "secret"}]}
    refused(user.put_object_tagging, Bucket="audio", Key="b", Tagging=secret)


@pytest.mark.parametrize(
    ("action", "call", "arguments"),
    [
        ("s3:GetEncryptionConfiguration", "get_bucket_encryption", {}),
        ("s3:PutEncryptionConfiguration", "delete_bucket_encryption", {}),
        ("s3:GetLifecycleConfiguration", "get_bucket_lifecycle_configuration", {}),
        ("s3:PutLifecycleConfiguration", "delete_bucket_lifecycle", {}),
        ("s3:GetBucketPublicAccessBlock", "get_public_access_block", {}),
        ("s3:PutBucketPublicAccessBlock", "delete_public_access_block", {}),
        ("s3:GetBucketOwnershipControls", "get_bucket_ownership_controls", {}),
        ("s3:PutBucketOwnershipControls", "delete_bucket_ownership_controls", {}),
        ("s3:GetBucketLogging", "get_bucket_logging", {}),
        ("s3:GetBucketNotification", "get_bucket_notification_configuration", {}),
        ("s3:GetReplicationConfiguration", "get_bucket_replication", {}),
        ("s3:GetBucketCORS", "get_bucket_cors", {}),
        ("s3:PutBucketCORS", "delete_bucket_cors", {}),
        ("s3:GetBucketTagging", "get_bucket_tagging", {}),
        ("s3:PutBucketTagging", "delete_bucket_tagging", {}),
        ("s3:GetBucketVersioning", "get_bucket_versioning", {}),
        ("s3:GetBucketLocation", "get_bucket_location", {}),
        ("s3:GetBucketAcl", "get_bucket_acl", {}),
        ("s3:GetBucketObjectLockConfiguration", "get_object_lock_configuration", {}),
        ("s3:GetAccelerateConfiguration", "get_bucket_accelerate_configuration", {}),
        ("s3:GetInventoryConfiguration", "list_bucket_inventory_configurations", {}),
        ("s3:PutMetricsConfiguration", "delete_bucket_metrics_configuration", {"Id": "all"}),
        (
            "s3:GetIntelligentTieringConfiguration",
            "get_bucket_intelligent_tiering_configuration",
            {"Id": "all"},
        ),
        ("s3:ListBucketMultipartUploads", "list_multipart_uploads", {}),
        ("s3:ListBucket", "head_bucket", {}),
        ("s3:DeleteBucket", "delete_bucket", {}),
        ("s3:GetObject", "head_object", {"Key": "a"}),
        ("s3:GetObjectTagging", "get_object_tagging", {"Key": "a"}),
        ("s3:GetObjectAcl", "get_object_acl", {"Key": "a"}),
        ("s3:PutObject", "create_multipart_upload", {"Key": "a"}),
        ("s3:DeleteObject", "delete_object", {"Key": "a"}),
    ],
)
def test_the_action_of_an_operation(callers, s3, action, call, arguments):
    """Denied in the bucket's policy, the operation is refused; all else stays allowed."""
    statement = deny(action, [BUCKET, OBJECTS], Principal="*")
    s3.put_bucket_policy(Bucket="audio", Policy=document(statement))
    refused(getattr(s3, call), Bucket="audio", **arguments)
    s3.get_bucket_request_payment(Bucket="audio")


def test_calls_without_a_bucket(callers):
    user = callers.client("s3", **callers.user(allow("s3:CreateBucket", "arn:aws:s3:::own-*")))
    region = {"CreateBucketConfiguration": {"LocationConstraint": REGION}}
    user.create_bucket(Bucket="own-1", **region)
    assert "s3:CreateBucket" in refused(user.create_bucket, Bucket="other", **region)
    assert "s3:PutBucketVersioning" in refused(
        callers.client(
            "s3", **callers.user(allow(["s3:CreateBucket", "s3:PutBucketObjectLockConfiguration"]))
        ).create_bucket,
        Bucket="locked",
        ObjectLockEnabledForBucket=True,
        **region,
    )
    assert "s3:ListAllMyBuckets" in refused(user.list_buckets)
    lister = callers.client("s3", **callers.user(allow("s3:ListAllMyBuckets", "arn:aws:s3:::*")))
    assert [bucket["Name"] for bucket in lister.list_buckets()["Buckets"]] == ["own-1"]


def test_acls_tags_and_governance_need_permissions_of_their_own(callers, s3):
    user = callers.client("s3", **callers.user(allow(["s3:PutObject", "s3:DeleteObject"], OBJECTS)))
    target = {"Bucket": "audio", "Key": "b"}
    assert "s3:PutObjectAcl" in refused(user.put_object, **target, Body=b"x", ACL="public-read")
    assert "s3:PutObjectTagging" in refused(user.put_object, **target, Body=b"x", Tagging="a=b")
    assert "s3:BypassGovernanceRetention" in refused(
        user.delete_object, **target, BypassGovernanceRetention=True
    )


def test_buckets_of_other_accounts(callers, s3):
    """Both sides have to allow it."""
    other = callers.with_headers({"x-moto-account-id": "210987654321"})
    assert refused(get, s3=other) == "Access Denied"
    s3.put_bucket_policy(
        Bucket="audio", Policy=document(allow("s3:GetObject", OBJECTS, Principal={"AWS": "210987654321"}))
    )
    assert get(other) == b"sound"
    refused(other.list_objects_v2, Bucket="audio")
    refused(other.delete_bucket_policy, Bucket="audio")
