package storage

import (
	"cmp"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// settings are what a bucket of any of the three components shall be, with every default filled in.
type settings struct {
	labels    tagging.Labels
	lifecycle lifecycle.Lifecycle
	// bucketName is empty where the name is computed; namePrefix begins a computed one.
	bucketName, namePrefix string
	key                    keychoice.Choice
	// ownKey encrypts with a key in any case, one that is made where none is given, and denies uploads that choose
	// another encryption. Otherwise the default is SSE-S3.
	ownKey            bool
	accessLogs        accessLogs
	versioning        Versioning
	lifecycleRules    []lifecycleRule
	minimumObjectSize MinimumObjectSize
	objectLock        *ObjectLock
	cors              []CorsRule
	eventBridge       bool
	statements        []PolicyStatement
	// deliveries let the sources of logs in; nil for buckets without any.
	deliveries func(policyTarget) []iampolicy.Statement
}

// accessLogs say whether and where a bucket writes server access logs.
type accessLogs struct {
	toggle     toggle.Toggle
	bucket     *LogBucket
	bucketName pulumi.StringInput
	prefix     string
}

// given says whether there is a log bucket.
func (l accessLogs) given() bool { return l.bucket != nil || l.bucketName != nil }

func (l accessLogs) prefixOrDefault() string { return cmp.Or(l.prefix, defaultLogPrefix) }

// physicalName is the name of the bucket at AWS.
func (s settings) physicalName(name string, in account.Info) string {
	if s.bucketName != "" {
		return s.bucketName
	}
	return naming.Bucket(s.namePrefix, naming.Base(s.labels.Project, s.labels.Environment, name), in.ID, in.Region)
}
