"""S3 Control: the account's public access block, and the tags of buckets."""

from __future__ import annotations

import pytest
from conftest import ACCOUNT, refused


@pytest.fixture
def control(client):
    return client("s3control")


def test_public_access_block_of_the_account(control):
    with refused("NoSuchPublicAccessBlockConfiguration", 404):
        control.get_public_access_block(AccountId=ACCOUNT)
    block = {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": False,
        "BlockPublicPolicy": True,
        "RestrictPublicBuckets": False,
    }
    control.put_public_access_block(AccountId=ACCOUNT, PublicAccessBlockConfiguration=block)
    assert control.get_public_access_block(AccountId=ACCOUNT)["PublicAccessBlockConfiguration"] == block
    control.delete_public_access_block(AccountId=ACCOUNT)
    with refused("NoSuchPublicAccessBlockConfiguration", 404):
        control.get_public_access_block(AccountId=ACCOUNT)


def test_tags_of_a_bucket_are_those_of_s3(control, client, new_bucket):
    named = {"AccountId": ACCOUNT, "ResourceArn": f"arn:aws:s3:::{new_bucket('audio')}"}
    assert control.list_tags_for_resource(**named)["Tags"] == []
    control.tag_resource(**named, Tags=[{"Key": "Owner", "Value": "platform"}, {"Key": "Empty", "Value": ""}])
    control.tag_resource(**named, Tags=[{"Key": "Owner", "Value": "audio"}])
    tags = {tag["Key"]: tag["Value"] for tag in client("s3").get_bucket_tagging(Bucket="audio")["TagSet"]}
    assert tags == {"Owner": "audio", "Empty": ""}
    control.untag_resource(**named, TagKeys=["Empty"])
    assert control.list_tags_for_resource(**named)["Tags"] == [{"Key": "Owner", "Value": "audio"}]


def test_tags_of_a_bucket_that_is_not_there(control):
    with refused("NoSuchResource", 404):
        control.list_tags_for_resource(AccountId=ACCOUNT, ResourceArn="arn:aws:s3:::nowhere")


def test_what_is_not_emulated_says_so(control, admin):
    with refused("NotEmulated", 501) as caught:
        control.list_jobs(AccountId=ACCOUNT)
    assert "not emulated: s3control:ListJobs" in str(caught.value)
    assert admin.get("unemulated")["unemulated"] == [{"service": "s3control", "operation": "ListJobs", "count": 1}]
