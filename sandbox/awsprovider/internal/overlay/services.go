package overlay

// Services are the Terraform service packages that the built provider carries: those that Bulwark's components use or
// will use, by their folder below internal/service. What they import themselves comes along.
// One more service costs a few seconds of build time; ec2 and s3 alone are a third of it.
var Services = []string{
	// identity and keys
	"iam", "kms", "sts", "accessanalyzer",
	// storage
	"s3", "s3control",
	// network and edge
	"ec2", "elbv2", "acm", "route53", "wafv2",
	// audit and guard
	"cloudtrail", "configservice", "guardduty", "inspector2", "securityhub",
	// secrets and database
	"secretsmanager", "ssm", "rds",
	// service
	"ecs", "ecr", "appautoscaling", "lambda",
	// observability
	"logs", "cloudwatch", "events", "sns", "sqs", "xray", "synthetics", "budgets", "scheduler",
	// recovery
	"backup", "resourcegroups",
	// regions, partitions, caller identity
	"meta",
}
