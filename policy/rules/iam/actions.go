package iam

// The lists follow the access levels and resource types of
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

// credentialActions return credentials, or make some. ecr:GetAuthorizationToken is none of them: it knows no narrower
// resource, and everybody who pulls an image needs it.
var credentialActions = []string{
	"sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:GetFederationToken",
	"secretsmanager:GetSecretValue", "iam:CreateAccessKey", "iam:UpdateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile",
	"iam:CreateServiceSpecificCredential", "iam:ResetServiceSpecificCredential", "rds-db:connect", "elasticache:Connect",
	"redshift:GetClusterCredentials", "redshift:GetClusterCredentialsWithIAM", "redshift-serverless:GetCredentials",
	"cognito-identity:GetOpenIdTokenForDeveloperIdentity", "codeartifact:GetAuthorizationToken", "ec2:GetPasswordData",
	"ec2-instance-connect:SendSSHPublicKey", "lightsail:GetInstanceAccessDetails",
	"lightsail:GetRelationalDatabaseMasterUserPassword", "codepipeline:PollForJobs",
}

// dataActions return what is stored.
var dataActions = []string{
	"s3:GetObject", "s3:GetObjectVersion", "ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath",
	"ssm:GetParameterHistory", "secretsmanager:GetSecretValue", "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query",
	"dynamodb:Scan", "dynamodb:ExportTableToPointInTime", "sqs:ReceiveMessage", "kinesis:GetRecords", "ebs:GetSnapshotBlock",
	"rds:DownloadCompleteDBLogFile", "rds:StartExportTask",
}

// permissionActions change who may do what.
var permissionActions = []string{
	"iam:AddUserToGroup", "iam:AttachGroupPolicy", "iam:AttachRolePolicy", "iam:AttachUserPolicy", "iam:CreatePolicy",
	"iam:CreatePolicyVersion", "iam:DeleteGroupPolicy", "iam:DeletePolicy", "iam:DeletePolicyVersion", "iam:DeleteRolePermissionsBoundary",
	"iam:DeleteRolePolicy", "iam:DeleteUserPermissionsBoundary", "iam:DeleteUserPolicy", "iam:DetachGroupPolicy",
	"iam:DetachRolePolicy", "iam:DetachUserPolicy", "iam:PutGroupPolicy", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy",
	"iam:PutUserPermissionsBoundary", "iam:PutUserPolicy", "iam:SetDefaultPolicyVersion", "iam:UpdateAssumeRolePolicy",
	"iam:CreateAccessKey", "iam:CreateLoginProfile",
	"s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:PutBucketAcl", "s3:PutObjectAcl", "s3:PutObjectVersionAcl",
	"s3:PutBucketPublicAccessBlock", "s3:PutAccessPointPolicy", "s3:DeleteAccessPointPolicy", "s3:BypassGovernanceRetention",
	"kms:CreateGrant", "kms:PutKeyPolicy", "kms:RevokeGrant",
	"secretsmanager:PutResourcePolicy", "secretsmanager:DeleteResourcePolicy",
	"sqs:AddPermission", "sqs:RemovePermission", "sns:AddPermission", "sns:RemovePermission",
	"lambda:AddPermission", "lambda:RemovePermission", "lambda:AddLayerVersionPermission", "lambda:RemoveLayerVersionPermission",
	"ecr:SetRepositoryPolicy", "ecr:DeleteRepositoryPolicy",
	"backup:PutBackupVaultAccessPolicy", "backup:DeleteBackupVaultAccessPolicy",
	"dynamodb:PutResourcePolicy", "dynamodb:DeleteResourcePolicy",
	"elasticfilesystem:PutFileSystemPolicy", "elasticfilesystem:DeleteFileSystemPolicy",
	"ec2:ModifySnapshotAttribute", "ec2:ModifyImageAttribute", "rds:ModifyDBSnapshotAttribute", "rds:ModifyDBClusterSnapshotAttribute",
	"ssm:ModifyDocumentPermission",
}

// unrestricted are, by service, the actions that AWS lets nobody narrow down to a resource, or that list or create what has
// no ARN yet; a star stands for any ending. The services that are not here are not judged.
var unrestricted = map[string][]string{
	"acm":                  {"ListCertificates", "RequestCertificate", "GetAccountConfiguration", "PutAccountConfiguration"},
	"autoscaling":          {"Describe*", "GetPredictiveScalingForecast"},
	"backup":               {"List*", "Describe*", "GetSupportedResourceTypes", "GetBackupPlanFromJSON", "GetBackupPlanFromTemplate", "Export*", "UpdateGlobalSettings", "UpdateRegionSettings", "StopBackupJob"},
	"cloudtrail":           {"DescribeTrails", "ListTrails", "LookupEvents", "ListPublicKeys"},
	"cloudwatch":           {"Get*", "List*", "Describe*", "PutMetricData", "PutAnomalyDetector", "DeleteAnomalyDetector"},
	"dynamodb":             {"List*", "DescribeLimits", "DescribeEndpoints", "DescribeReservedCapacity*"},
	"ec2":                  {"Describe*", "Get*", "Search*", "CreateNetworkInterface", "DeleteNetworkInterface", "AssignPrivateIpAddresses", "UnassignPrivateIpAddresses", "ModifyVpcBlockPublicAccessOptions", "EnableEbsEncryptionByDefault", "ModifyEbsDefaultKmsKeyId"},
	"ecr":                  {"GetAuthorizationToken", "Describe*", "GetRegistry*", "PutRegistry*", "DeleteRegistryPolicy", "CreateRepository"},
	"ecs":                  {"ListClusters", "ListTaskDefinition*", "ListServices", "ListAccountSettings", "Describe*", "RegisterTaskDefinition", "DeregisterTaskDefinition", "DiscoverPollEndpoint", "CreateCluster", "PutAccountSetting*"},
	"elasticloadbalancing": {"Describe*"},
	"events":               {"List*", "TestEventPattern"},
	"iam":                  {"List*", "Get*", "Generate*", "Simulate*", "CreateAccountAlias", "DeleteAccountAlias", "UpdateAccountPasswordPolicy", "DeleteAccountPasswordPolicy", "CreateServiceLinkedRole"},
	"kinesis":              {"ListStreams", "DescribeLimits", "ListShards"},
	"kms":                  {"CreateKey", "ListKeys", "ListAliases", "GenerateRandom", "DescribeCustomKeyStores", "ConnectCustomKeyStore", "CreateCustomKeyStore", "DeleteCustomKeyStore", "DisconnectCustomKeyStore", "UpdateCustomKeyStore"},
	"lambda":               {"List*", "GetAccountSettings", "CreateEventSourceMapping", "CreateCodeSigningConfig"},
	"logs":                 {"Describe*", "CreateLogDelivery", "GetLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery", "ListLogDeliveries", "PutResourcePolicy", "DeleteResourcePolicy", "StopQuery", "TestMetricFilter", "GetQueryResults", "PutQueryDefinition", "DeleteQueryDefinition", "ListLogGroups"},
	"rds":                  {"Describe*", "ModifyCertificates"},
	"route53":              {"List*", "GetChange", "GetHostedZoneCount", "GetHealthCheckCount", "GetCheckerIpRanges", "GetGeoLocation", "TestDNSAnswer", "CreateHostedZone", "CreateHealthCheck"},
	"s3":                   {"ListAllMyBuckets", "GetAccountPublicAccessBlock", "PutAccountPublicAccessBlock", "ListAccessPoints*", "ListJobs", "CreateJob", "ListStorageLensConfigurations", "ListMultiRegionAccessPoints"},
	"secretsmanager":       {"ListSecrets", "BatchGetSecretValue", "GetRandomPassword"},
	"sns":                  {"ListTopics", "ListSubscriptions", "ListPlatformApplications", "Unsubscribe", "GetSubscriptionAttributes", "SetSubscriptionAttributes", "GetSMS*", "SetSMSAttributes", "CheckIfPhoneNumberIsOptedOut", "ListPhoneNumbersOptedOut"},
	"sqs":                  {"ListQueues"},
	"ssm":                  {"Describe*", "List*", "CreateOpsItem", "PutConfigurePackageResult", "UpdateInstanceInformation", "PutInventory", "PutComplianceItems", "GetDeployablePatchSnapshotForInstance", "GetManifest", "UpdateInstanceAssociationStatus", "UpdateAssociationStatus"},
	"states":               {"ListStateMachines", "ListActivities", "ValidateStateMachineDefinition"},
	"sts":                  {"GetCallerIdentity", "GetSessionToken", "DecodeAuthorizationMessage", "GetAccessKeyInfo", "GetServiceBearerToken"},
	"xray":                 {"Put*", "Get*", "BatchGet*", "List*"},
}

// readVerbs begin the names of actions that change nothing.
var readVerbs = []string{
	"Get", "List", "Describe", "BatchGet", "BatchCheck", "Head", "Search", "Query", "Scan", "Lookup", "Select", "View",
	"Read", "Receive", "Filter", "Tail", "Test", "Validate", "Simulate", "Generate", "Decrypt", "Verify", "PartiQLSelect", "StartQuery", "StopQuery", "Download", "ConditionCheck",
}
