package iampolicy

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Kind is what a policy is attached to. It decides which elements the policy has and how long it may be.
type Kind string

// The kinds of policies.
const (
	// ManagedPolicy is a policy of its own, which identities attach, and permissions boundaries are made of.
	ManagedPolicy Kind = "managed policy"
	// RolePolicy, UserPolicy and GroupPolicy are inline policies.
	RolePolicy  Kind = "role policy"
	UserPolicy  Kind = "user policy"
	GroupPolicy Kind = "group policy"
	// SessionPolicy is passed when a session begins.
	SessionPolicy Kind = "session policy"
	// TrustPolicy says who may assume a role.
	TrustPolicy Kind = "trust policy"
	// ServiceControlPolicy and ResourceControlPolicy are those of an organization.
	ServiceControlPolicy  Kind = "service control policy"
	ResourceControlPolicy Kind = "resource control policy"
	// The others are policies of resources.
	BucketPolicy      Kind = "bucket policy"
	AccessPointPolicy Kind = "access point policy"
	KeyPolicy         Kind = "key policy"
	TopicPolicy       Kind = "topic policy"
	QueuePolicy       Kind = "queue policy"
	SecretPolicy      Kind = "secret policy"
	RepositoryPolicy  Kind = "repository policy"
	FunctionPolicy    Kind = "function policy"
	VaultPolicy       Kind = "backup vault policy"
	LogsPolicy        Kind = "CloudWatch Logs policy"
	EventBusPolicy    Kind = "event bus policy"
	FileSystemPolicy  Kind = "file system policy"
	// EndpointPolicy limits what goes through a VPC endpoint.
	EndpointPolicy Kind = "endpoint policy"
)

// Kinds lists all kinds.
func Kinds() []Kind {
	return []Kind{
		ManagedPolicy, RolePolicy, UserPolicy, GroupPolicy, SessionPolicy, TrustPolicy, ServiceControlPolicy, ResourceControlPolicy,
		BucketPolicy, AccessPointPolicy, KeyPolicy, TopicPolicy, QueuePolicy, SecretPolicy, RepositoryPolicy, FunctionPolicy,
		VaultPolicy, LogsPolicy, EventBusPolicy, FileSystemPolicy, EndpointPolicy,
	}
}

// Limit is how long a policy may be.
type Limit struct {
	// Max is the greatest length that AWS accepts without being asked; zero if AWS documents none.
	Max int
	// Compact says that whitespace between the elements does not count.
	Compact bool
	// Bytes says that bytes are counted, not characters.
	Bytes bool
	// Whole says that the limit is for all inline policies of one identity together.
	Whole bool
	// Source is the page of AWS that says so.
	Source string
}

const iamQuotas = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"

var limits = map[Kind]Limit{
	ManagedPolicy:         {Max: 6144, Compact: true, Source: iamQuotas},
	RolePolicy:            {Max: 10240, Compact: true, Whole: true, Source: iamQuotas},
	UserPolicy:            {Max: 2048, Compact: true, Whole: true, Source: iamQuotas},
	GroupPolicy:           {Max: 5120, Compact: true, Whole: true, Source: iamQuotas},
	TrustPolicy:           {Max: 2048, Compact: true, Source: iamQuotas},
	SessionPolicy:         {Max: 2048, Source: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html"},
	ServiceControlPolicy:  {Max: 10240, Source: "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html"},
	ResourceControlPolicy: {Max: 5120, Source: "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html"},
	BucketPolicy:          {Max: 20 << 10, Bytes: true, Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html"},
	AccessPointPolicy:     {Max: 20 << 10, Bytes: true, Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html"},
	KeyPolicy:             {Max: 32 << 10, Bytes: true, Source: "https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html"},
	TopicPolicy:           {Max: 30 << 10, Bytes: true, Source: "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html"},
	QueuePolicy:           {Max: 8 << 10, Bytes: true, Source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html"},
	SecretPolicy:          {Max: 20480, Source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html"},
	RepositoryPolicy:      {Max: 10240, Source: "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html"},
	FunctionPolicy:        {Max: 20 << 10, Bytes: true, Source: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"},
	LogsPolicy:            {Max: 51200, Source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html"},
	EventBusPolicy:        {Max: 10240, Source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html"},
	FileSystemPolicy:      {Max: 20000, Source: "https://docs.aws.amazon.com/efs/latest/ug/API_PutFileSystemPolicy.html"},
	EndpointPolicy:        {Max: 20480, Source: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html"},
	VaultPolicy:           {Source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_PutBackupVaultAccessPolicy.html"},
}

// withArticle is the kind with its article.
func (k Kind) withArticle() string {
	if k != "" && strings.IndexByte("aei", k[0]) >= 0 {
		return "an " + string(k)
	}
	return "a " + string(k)
}

// Limit is how long a policy of this kind may be.
func (k Kind) Limit() Limit { return limits[k] }

// Length is how long a text is as AWS counts it for this kind.
func (k Kind) Length(text string) int {
	switch limit := limits[k]; {
	case limit.Compact:
		return Size(text)
	case limit.Bytes:
		return len(text)
	default:
		return utf8.RuneCountInString(text)
	}
}

// CheckSize reports a text that is too long for its kind. For the inline policies of an identity, whose lengths add up, it
// is up to the caller to add them.
func (k Kind) CheckSize(text string) validate.Problems {
	limit := limits[k]
	n := k.Length(text)
	if limit.Max == 0 || n <= limit.Max {
		return nil
	}
	unit, fix := "characters", "name fewer resources one by one, or make two policies"
	if limit.Bytes {
		unit = "bytes"
	}
	switch {
	case limit.Compact:
		unit += ", whitespace not counted"
	case k.Length(text)-Size(text) > n-limit.Max:
		fix = "write it without whitespace"
	}
	return validate.Problems{{Rule: RuleSize, Value: fmt.Sprintf("%d %s", n, unit), Expected: fmt.Sprintf("at most %d in %s (%s)", limit.Max, k.withArticle(), limit.Source), Fix: fix}}
}
