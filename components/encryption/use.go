package encryption

// Use says what a key is for. Each use adds to the key policy exactly what AWS documents for it; nothing else can use
// the key.
type Use string

const (
	// UseS3 lets identities use the key through S3, as far as their IAM policies (or grants) say.
	UseS3 Use = "s3"
	// UseLogDelivery lets delivery.logs.amazonaws.com write VPC flow logs and WAF logs into an S3 bucket with this key.
	UseLogDelivery Use = "logDelivery"
	// UseCloudTrail lets the trails of KeyArgs.TrailNames encrypt their files.
	UseCloudTrail Use = "cloudtrail"
	// UseLogs lets CloudWatch Logs encrypt log groups: those of KeyArgs.LogGroups, or all of the account and region.
	UseLogs Use = "logs"
	// UseSNS lets identities publish to encrypted topics, and CloudWatch alarms too.
	UseSNS Use = "sns"
	// UseRDS lets identities create encrypted databases and snapshots.
	UseRDS Use = "rds"
	// UseSecrets lets identities use the key through Secrets Manager.
	UseSecrets Use = "secrets"
	// UseBackup lets identities use the key through AWS Backup: vaults, copies, restores.
	UseBackup Use = "backup"
	// UseFargateStorage lets Fargate encrypt the ephemeral storage of the tasks of KeyArgs.ClusterNames.
	UseFargateStorage Use = "fargateStorage"
	// UseECR lets identities create encrypted image repositories. ECR works with grants that it creates then: whoever
	// pulls or pushes needs nothing of the key.
	UseECR Use = "ecr"
	// UseDirect lets identities call KMS themselves, as client-side encryption and ECS Exec do. Without it a role that
	// may decrypt what lies in a bucket cannot decrypt anything outside of S3.
	UseDirect Use = "direct"
)

// Values lists the uses.
func (Use) Values() []Use {
	return []Use{
		UseS3, UseLogDelivery, UseCloudTrail, UseLogs, UseSNS, UseRDS, UseSecrets, UseBackup, UseFargateStorage, UseECR,
		UseDirect,
	}
}

// endpoint is the first part of the service's kms:ViaService value; empty for uses without one.
func (u Use) endpoint() string {
	return map[Use]string{
		UseS3: "s3", UseLogs: "logs", UseSNS: "sns", UseRDS: "rds", UseSecrets: "secretsmanager", UseBackup: "backup",
		UseECR: "ecr",
	}[u]
}

// grants says whether the service works with KMS grants that it creates in the caller's name.
// Sources: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html,
// https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html,
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
func (u Use) grants() bool { return u == UseRDS || u == UseBackup || u == UseECR }
