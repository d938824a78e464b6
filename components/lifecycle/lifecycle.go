package lifecycle

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Lifecycle is Permanent or Disposable. Not set means Permanent.
type Lifecycle string

const (
	// Permanent resources are protected and retained, and keep their contents: the default.
	Permanent Lifecycle = "permanent"
	// Disposable resources can be destroyed in one go, contents included.
	Disposable Lifecycle = "disposable"
)

// Values lists the lifecycles.
func (Lifecycle) Values() []Lifecycle { return []Lifecycle{Permanent, Disposable} }

// IsPermanent is true for everything but Disposable.
func (l Lifecycle) IsPermanent() bool { return l != Disposable }

// ForceDestroy says whether a bucket may be deleted with objects in it.
func (l Lifecycle) ForceDestroy() bool { return !l.IsPermanent() }

// KeyDeletionDays is for how many days a KMS key can be brought back after its deletion: 30 when permanent, 7 when
// disposable, the most and the fewest that KMS allows.
func (l Lifecycle) KeyDeletionDays() int {
	if l.IsPermanent() {
		return 30
	}
	return 7
}

// Stateful are the options of a resource that holds data: protected and retained when permanent. Disposable adds none,
// so that options which the caller put on the component are inherited.
func (l Lifecycle) Stateful() []pulumi.ResourceOption {
	if l.IsPermanent() {
		return []pulumi.ResourceOption{pulumi.Protect(true), pulumi.RetainOnDelete(true)}
	}
	return nil
}

// Setting are the options of a resource that is only a setting of the stateful one given, and that always exists beside
// it. A permanent one is retained, so that what stays in the account keeps its encryption and its policy. A disposable
// one is gone when its owner is deleted, and needs no call of its own.
func (l Lifecycle) Setting(of pulumi.Resource) []pulumi.ResourceOption {
	if l.IsPermanent() {
		return []pulumi.ResourceOption{pulumi.RetainOnDelete(true)}
	}
	return []pulumi.ResourceOption{pulumi.DeletedWith(of)}
}

// Check reports a value that is neither empty nor one of Values.
func (l Lifecycle) Check(path validate.Path) validate.Problems {
	return validate.Enum(path, l)
}
