package agreement

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/bulwark-iac/bulwark/policy/internal/schema"
)

const everyForm = `
variable "days" { default = "14" }

resource "aws_db_instance" "main" {
  backup_retention_period         = var.days
  enabled_cloudwatch_logs_exports = ["postgresql"]
  storage_encrypted               = "true"
  lifecycle { prevent_destroy = true }
}

resource "aws_security_group" "web" {
  ingress {
    from_port   = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}

data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.audio.arn}/*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["true"]
    }
  }
}

resource "aws_s3_bucket" "audio" { bucket = "acme-audio" }

resource "aws_s3_bucket_policy" "audio" {
  bucket = aws_s3_bucket.audio.id
  policy = data.aws_iam_policy_document.read.json
}
`

// Every form that Terraform has for a value becomes the one that pulumi-aws takes.
func TestConvert(t *testing.T) {
	names, err := readTable(namesFile)
	require.NoError(t, err)
	built, err := convert(everyForm, names)
	require.NoError(t, err)
	got := map[string]map[string]any{}
	for _, raw := range built.Inputs[1:] {
		assert.Empty(t, schema.Check(raw.Type, raw.Properties), raw.Name)
		got[raw.Type] = raw.Properties.AsMap()
	}
	want := map[string]map[string]any{}
	require.NoError(t, yaml.Unmarshal([]byte(`
aws:rds/instance:Instance:
  backupRetentionPeriod: 14.0
  enabledCloudwatchLogsExports: [postgresql]
  storageEncrypted: true
aws:ec2/securityGroup:SecurityGroup:
  ingress: [{fromPort: 443.0, cidrBlocks: [0.0.0.0/0]}]
aws:s3/bucketV2:BucketV2: {bucket: acme-audio}
aws:s3/bucketPolicy:BucketPolicy:
  bucket: acme-audio
  policy: '{"Statement":[{"Action":["s3:GetObject"],"Condition":{"Bool":{"aws:SecureTransport":["true"]}},"Effect":"Allow","Principal":{"AWS":["*"]},"Resource":["arn:aws:s3:::acme-audio/*"]}],"Version":"2012-10-17"}'
`), &want))
	assert.Equal(t, want, got)
}

func TestConvertSaysWhatItCannot(t *testing.T) {
	names, err := readTable(namesFile)
	require.NoError(t, err)
	for source, want := range map[string]string{
		`resource "aws_s3_bucket" {`:                                                  "example.tf:1",
		`resource "aws_s3_bucket" "a" { bucket = upper("a") }`:                        "aws_s3_bucket.a: bucket: the function upper",
		`resource "aws_s3_bucket" "a" { bucket = each.value }`:                        "aws_s3_bucket.a: bucket: the reference each.value",
		`resource "aws_s3_bucket" "a" { bucket = var.a ? "b" : var.c }`:               "an expression of another kind",
		`resource "aws_s3_bucket" "a" { tags = { "${var.a}" = "b" } }`:                "a key that is no text",
		"resource \"aws_s3_bucket\" \"a\" {\n logging {\n x = module.logs.id\n }\n }": "logging: x: the reference module.logs.id",
	} {
		_, err := convert(source, names)
		assert.ErrorContains(t, err, want, source)
	}
}
