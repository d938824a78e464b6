package storage

import "github.com/bulwark-iac/bulwark/internal/validate"

// Versioning says whether a bucket keeps what is overwritten or deleted.
type Versioning string

const (
	// VersioningEnabled is the default.
	VersioningEnabled Versioning = "Enabled"
	// VersioningSuspended loses what is overwritten or deleted from now on.
	VersioningSuspended Versioning = "Suspended"
)

// Values lists the choices.
func (Versioning) Values() []Versioning { return []Versioning{VersioningEnabled, VersioningSuspended} }

// Class is a storage class that objects can be moved to.
type Class string

// The storage classes, in the order in which objects can move.
const (
	// StandardIA is for what is read less than once a month: from day 30, billed for 30 days at least.
	StandardIA Class = validate.ClassStandardIA
	// IntelligentTiering moves objects between tiers by their use, for a fee per object.
	IntelligentTiering Class = validate.ClassIntelligentTiering
	// OneZoneIA is lost when its availability zone is: from day 30, billed for 30 days at least.
	OneZoneIA Class = validate.ClassOneZoneIA
	// GlacierIR is an archive with instant access, billed for 90 days at least.
	GlacierIR Class = validate.ClassGlacierIR
	// Glacier is an archive that takes minutes to hours to read, billed for 90 days at least.
	Glacier Class = validate.ClassGlacier
	// DeepArchive takes up to 48 hours to read, billed for 180 days at least.
	DeepArchive Class = validate.ClassDeepArchive
)

// Values lists the storage classes.
func (Class) Values() []Class {
	values := make([]Class, len(validate.StorageClasses))
	for i, c := range validate.StorageClasses {
		values[i] = Class(c)
	}
	return values
}

// MinimumObjectSize says which objects are too small to be moved to another storage class.
type MinimumObjectSize string

const (
	// AllStorageClasses128K leaves objects under 128 KiB where they are: moving them costs more than it saves. The
	// default.
	AllStorageClasses128K MinimumObjectSize = "all_storage_classes_128K"
	// VariesByStorageClass moves small objects to Glacier and DeepArchive, as S3 did before September 2024.
	VariesByStorageClass MinimumObjectSize = "varies_by_storage_class"
)

// Values lists the choices.
func (MinimumObjectSize) Values() []MinimumObjectSize {
	return []MinimumObjectSize{AllStorageClasses128K, VariesByStorageClass}
}

// LockMode is the mode of an object lock.
type LockMode string

const (
	// Governance can be lifted by an identity with s3:BypassGovernanceRetention.
	Governance LockMode = "GOVERNANCE"
	// Compliance can be lifted by nobody.
	Compliance LockMode = "COMPLIANCE"
)

// Values lists the modes.
func (LockMode) Values() []LockMode { return []LockMode{Governance, Compliance} }

// CorsMethod is an HTTP method that a page may use.
type CorsMethod string

// The methods that S3 knows in CORS rules.
const (
	CorsGet    CorsMethod = "GET"
	CorsHead   CorsMethod = "HEAD"
	CorsPut    CorsMethod = "PUT"
	CorsPost   CorsMethod = "POST"
	CorsDelete CorsMethod = "DELETE"
)

// Values lists the methods.
func (CorsMethod) Values() []CorsMethod {
	return []CorsMethod{CorsGet, CorsHead, CorsPut, CorsPost, CorsDelete}
}

// Effect is what a policy statement does.
type Effect string

// The effects.
const (
	Allow Effect = "Allow"
	Deny  Effect = "Deny"
)

// Values lists the effects.
func (Effect) Values() []Effect { return []Effect{Allow, Deny} }
