package stack

import "github.com/bulwark-iac/bulwark/policy/rule"

var settingsSetOnce = rule.Rule{
	ID:       "settings-set-once",
	Title:    "A setting has one resource for each target",
	Why:      "AWS has one bucket policy, one versioning, one key policy for each target: of two resources each update undoes what the other one has set, and the weaker one wins every second time.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html",
	Fix: rule.Fix{
		Plain: "one resource for each target: put the statements or rules of both into it",
	},
	Types: settingTypes(),
	Stack: func(s *rule.Stack, f *rule.Findings) {
		for _, setting := range settings {
			first := map[string]*rule.Resource{}
			f.EachResource(s.Of(setting.typ), func(r *rule.Resource) {
				targets := s.Referred(r, setting.property, setting.of...)
				var keys []string
				for _, target := range targets {
					keys = append(keys, target.URN)
				}
				if len(targets) == 0 {
					// A target elsewhere: names repeat over providers.
					text := r.Get(setting.property).Text()
					if text == "" {
						return
					}
					provider := ""
					if r.Provider != nil {
						provider = r.Provider.URN
					}
					keys = []string{provider + " " + text}
				}
				for _, key := range keys {
					if other := first[key]; other != nil {
						f.Fail(r, "sets what %s sets as well: expected one of them", other)
						continue
					}
					first[key] = r
				}
			})
		}
	},
	Good: []rule.Example{{Name: "one each", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
logs:
  type: aws:s3/bucketV2:BucketV2
ofAudio:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: "${audio.id}", versioningConfiguration: {status: Enabled}}
ofLogs:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: "${logs.id}", versioningConfiguration: {status: Enabled}}
`}, {Name: "of the same name in another region", YAML: `
frankfurt:
  type: pulumi:providers:aws
  properties: {region: eu-central-1}
here:
  type: aws:backup/vaultLockConfiguration:VaultLockConfiguration
  properties: {backupVaultName: main, minRetentionDays: 7}
there:
  type: aws:backup/vaultLockConfiguration:VaultLockConfiguration
  properties: {backupVaultName: main, minRetentionDays: 7}
  options: {provider: "${frankfurt}"}
`}},
	Bad: []rule.Example{{Name: "two versionings", YAML: `
audio:
  type: aws:s3/bucketV2:BucketV2
on:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: "${audio.id}", versioningConfiguration: {status: Enabled}}
off:
  type: aws:s3/bucketVersioningV2:BucketVersioningV2
  properties: {bucket: "${audio.id}", versioningConfiguration: {status: Suspended}}
`}, {Name: "two policies of a bucket elsewhere", YAML: `
read:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties: {bucket: acme-audio, policy: "{}"}
write:
  type: aws:s3/bucketPolicy:BucketPolicy
  properties: {bucket: acme-audio, policy: "{}"}
`}, {Name: "two route tables of a subnet", YAML: `
a:
  type: aws:ec2/subnet:Subnet
  properties: {vpcId: vpc-0123456789abcdef0, cidrBlock: 10.0.0.0/24}
public:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: "${a.id}", routeTableId: rtb-0123456789abcdef0}
private:
  type: aws:ec2/routeTableAssociation:RouteTableAssociation
  properties: {subnetId: "${a.id}", routeTableId: rtb-0123456789abcdef1}
`}},
}

// setting is a resource type of which AWS has one for each target.
type setting struct {
	typ, property string
	of            []string
}

var (
	buckets   = []string{"aws:s3/bucketV2:BucketV2", "aws:s3/bucket:Bucket"}
	keys      = []string{"aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey", "aws:kms/externalKey:ExternalKey"}
	secrets   = []string{"aws:secretsmanager/secret:Secret"}
	ecrRepos  = []string{"aws:ecr/repository:Repository"}
	vaults    = []string{"aws:backup/vault:Vault"}
	subnetsOf = []string{"aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"}
)

// settings are the types for which AWS's API has a Put, and no way to have two.
var settings = []setting{
	{"aws:s3/bucketPolicy:BucketPolicy", "bucket", buckets},
	{"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "bucket", buckets},
	{"aws:s3/bucketVersioningV2:BucketVersioningV2", "bucket", buckets},
	{"aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2", "bucket", buckets},
	{"aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2", "bucket", buckets},
	{"aws:s3/bucketLoggingV2:BucketLoggingV2", "bucket", buckets},
	{"aws:s3/bucketOwnershipControls:BucketOwnershipControls", "bucket", buckets},
	{"aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2", "bucket", buckets},
	{"aws:s3/bucketReplicationConfig:BucketReplicationConfig", "bucket", buckets},
	{"aws:s3/bucketNotification:BucketNotification", "bucket", buckets},
	{"aws:s3/bucketAclV2:BucketAclV2", "bucket", buckets},
	{"aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2", "bucket", buckets},
	{"aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2", "bucket", buckets},
	{"aws:kms/keyPolicy:KeyPolicy", "keyId", keys},
	{"aws:sns/topicPolicy:TopicPolicy", "arn", []string{"aws:sns/topic:Topic"}},
	{"aws:sqs/queuePolicy:QueuePolicy", "queueUrl", []string{"aws:sqs/queue:Queue"}},
	{"aws:secretsmanager/secretPolicy:SecretPolicy", "secretArn", secrets},
	{"aws:secretsmanager/secretRotation:SecretRotation", "secretId", secrets},
	{"aws:ecr/repositoryPolicy:RepositoryPolicy", "repository", ecrRepos},
	{"aws:ecr/lifecyclePolicy:LifecyclePolicy", "repository", ecrRepos},
	{"aws:backup/vaultPolicy:VaultPolicy", "backupVaultName", vaults},
	{"aws:backup/vaultLockConfiguration:VaultLockConfiguration", "backupVaultName", vaults},
	{"aws:backup/vaultNotifications:VaultNotifications", "backupVaultName", vaults},
	{"aws:ec2/routeTableAssociation:RouteTableAssociation", "subnetId", subnetsOf},
	{"aws:ec2/networkAclAssociation:NetworkAclAssociation", "subnetId", subnetsOf},
	{"aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", "vpcId", []string{"aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"}},
	{"aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "vpcId", []string{"aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"}},
	{"aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "resourceArn", []string{"aws:wafv2/webAcl:WebAcl"}},
	{"aws:wafv2/webAclAssociation:WebAclAssociation", "resourceArn", []string{"aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"}},
}

func settingTypes() []string {
	var types []string
	for _, s := range settings {
		types = append(types, s.typ)
	}
	return types
}
