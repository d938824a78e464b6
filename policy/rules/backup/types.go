package backup

// The type tokens that several rules share.
const (
	vault              = "aws:backup/vault:Vault"
	vaultLock          = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
	vaultPolicy        = "aws:backup/vaultPolicy:VaultPolicy"
	vaultNotifications = "aws:backup/vaultNotifications:VaultNotifications"
	plan               = "aws:backup/plan:Plan"
	selection          = "aws:backup/selection:Selection"
)
