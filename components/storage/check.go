package storage

import (
	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// check reports all that is wrong with the arguments of a bucket of that name.
func (a *BucketArgs) check(name string) validate.Problems {
	want := a.settings()
	var ps validate.Problems
	ps.Add(checkCommon(name, a.Labels, a.Lifecycle, a.BucketName)...)
	ps.Add(want.key.Check("", encryption.UseS3)...)
	ps.Add(want.checkAccessLogs(name)...)
	ps.Add(validate.Enum("versioning", a.Versioning)...)
	ps.Add(checkRetention(a.AbortMultipartDays, a.Retention, a.PrefixRetention, a.MinimumObjectSize)...)
	ps.Add(a.ObjectLock.check(a.Lifecycle)...)
	if a.ObjectLock != nil && a.Versioning == VersioningSuspended {
		ps.Add(validate.Conflict("versioning", string(a.Versioning), "Enabled: an object lock protects versions",
			"remove objectLock, or leave versioning enabled").By("object-lock-versioning"))
	}
	for i, c := range a.Cors {
		ps.Add(c.check(validate.Path("cors").Index(i))...)
	}
	ps.Add(checkStatements(a.PolicyStatements)...)
	return ps
}

// check reports all that is wrong with the arguments of a replica bucket of that name.
func (a *ReplicaBucketArgs) check(name string) validate.Problems {
	want := a.settings()
	var ps validate.Problems
	ps.Add(checkCommon(name, a.Labels, a.Lifecycle, a.BucketName)...)
	ps.Add(want.key.Check("", encryption.UseS3)...)
	ps.Add(want.checkAccessLogs(name)...)
	ps.Add(checkRetention(a.AbortMultipartDays, a.Retention, nil, a.MinimumObjectSize)...)
	ps.Add(a.ObjectLock.check(a.Lifecycle)...)
	return ps
}

// maxNameLength is that of the tag Name.
const maxNameLength = validate.MaxTagValue

// checkCommon checks what all three components have, and the bucket's name, which is made of it.
func checkCommon(name string, labels tagging.Labels, lc lifecycle.Lifecycle, bucketName string) validate.Problems {
	var ps validate.Problems
	ps.Add(validate.ResourceName("name", name, maxNameLength, "the bucket's name")...)
	ps.Add(labels.Check("labels")...)
	ps.Add(lc.Check("lifecycle")...)
	if bucketName == "" {
		// Whether a computed name is valid does not depend on account and region.
		base := naming.Base(labels.Project, labels.Environment, name)
		bucketName = naming.Bucket("", base, "123456789012", "eu-west-1")
	}
	return append(ps, validate.BucketName("bucketName", bucketName)...)
}

// check reports a lock that is incomplete, or that nobody could undo by mistake; nil is no lock.
func (l *ObjectLock) check(lc lifecycle.Lifecycle) validate.Problems {
	if l == nil {
		return nil
	}
	var ps validate.Problems
	if l.Mode == "" {
		ps.Add(validate.Required("objectLock.mode", "GOVERNANCE or COMPLIANCE",
			"GOVERNANCE can be lifted by an identity with s3:BypassGovernanceRetention"))
	}
	ps.Add(validate.Enum("objectLock.mode", l.Mode)...)
	ps.Add(validate.Range("objectLock.days", l.Days, 1, 36500, "days")...)
	acknowledge := validate.Path("objectLock.acknowledgeIrreversible")
	switch {
	case l.Mode == Compliance && !l.AcknowledgeIrreversible:
		ps.Add(validate.Required(acknowledge,
			"true: nobody can delete a version that is locked in compliance mode before its time, "+
				"and the account pays for it until then",
			"set acknowledgeIrreversible, or use GOVERNANCE").By("object-lock-compliance"))
	case l.Mode == Governance && l.AcknowledgeIrreversible:
		ps.Add(validate.Conflict(acknowledge, true, "nothing: GOVERNANCE can be lifted", "remove it").
			By("object-lock-governance"))
	}
	if !lc.IsPermanent() {
		ps.Add(validate.Conflict("objectLock", string(l.Mode),
			"no object lock on a disposable bucket, which could not be destroyed",
			"remove objectLock, or make the bucket permanent").By("object-lock-disposable"))
	}
	return ps
}
