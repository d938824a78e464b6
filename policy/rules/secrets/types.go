package secrets

// The type tokens that several rules share.
const (
	secret             = "aws:secretsmanager/secret:Secret"
	secretVersion      = "aws:secretsmanager/secretVersion:SecretVersion"
	secretRotation     = "aws:secretsmanager/secretRotation:SecretRotation"
	secretPolicy       = "aws:secretsmanager/secretPolicy:SecretPolicy"
	key                = "aws:kms/key:Key"
	keyPolicy          = "aws:kms/keyPolicy:KeyPolicy"
	replicaKey         = "aws:kms/replicaKey:ReplicaKey"
	externalKey        = "aws:kms/externalKey:ExternalKey"
	replicaExternalKey = "aws:kms/replicaExternalKey:ReplicaExternalKey"
	function           = "aws:lambda/function:Function"
	permission         = "aws:lambda/permission:Permission"
	managedPolicy      = "aws:iam/policy:Policy"
	rolePolicy         = "aws:iam/rolePolicy:RolePolicy"
	userPolicy         = "aws:iam/userPolicy:UserPolicy"
	groupPolicy        = "aws:iam/groupPolicy:GroupPolicy"
	role               = "aws:iam/role:Role"
)
