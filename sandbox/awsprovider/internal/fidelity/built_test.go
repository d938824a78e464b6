//go:build sandbox

package fidelity_test

import (
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/built"
	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/fidelity"
	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/gosdk"
)

// used are the resource types that the components use, with the differences that are known of them. Nothing else may
// differ there: a component that sets one of these properties cannot be tried in the sandbox.
var used = map[string][]string{
	"aws:iam/policy:Policy":         nil,
	"aws:iam/role:Role":             nil,
	"aws:iam/rolePolicy:RolePolicy": nil,
	"aws:kms/alias:Alias":           nil,
	"aws:kms/grant:Grant":           nil,
	"aws:kms/key:Key":               nil,
	"aws:kms/keyPolicy:KeyPolicy":   nil,
	"aws:kms/replicaKey:ReplicaKey": nil,
	"aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2": nil,
	"aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2": {
		// Terraform AWS 5.82 lets them be left out, the Go SDK does not.
		"rules.noncurrentVersionExpiration.noncurrentDays is required: false, official: true",
		"rules.noncurrentVersionTransitions.noncurrentDays is required: false, official: true",
		// Terraform AWS 5.82 takes the general timeouts, as every resource of the older kind.
		"timeouts missing",
	},
	"aws:s3/bucketLoggingV2:BucketLoggingV2":                                                     nil,
	"aws:s3/bucketNotification:BucketNotification":                                               nil,
	"aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2":                     nil,
	"aws:s3/bucketOwnershipControls:BucketOwnershipControls":                                     nil,
	"aws:s3/bucketPolicy:BucketPolicy":                                                           nil,
	"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock":                                     nil,
	"aws:s3/bucketReplicationConfig:BucketReplicationConfig":                                     nil,
	"aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": nil,
	"aws:s3/bucketV2:BucketV2":                                                                   nil,
	"aws:s3/bucketVersioningV2:BucketVersioningV2":                                               nil,
	// For FIFO topics only.
	"aws:sns/topic:Topic": {"fifoThroughputScope missing"},
}

func compare(t *testing.T) (*fidelity.Schema, []fidelity.Difference) {
	t.Helper()
	schema, err := fidelity.Read(built.File(t, "schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	dir, err := gosdk.Locate(filepath.Join("..", "..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	sdk, err := gosdk.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return schema, fidelity.Compare(schema, sdk)
}

func TestSchemaAgreesWithTheSDK(t *testing.T) {
	_, differences := compare(t)
	accepted, err := fidelity.AcceptedDifferences()
	if err != nil {
		t.Fatal(err)
	}
	unknown, stale := fidelity.Judge(differences, accepted)
	for _, difference := range unknown {
		t.Errorf("differs from the official provider: %s (mend internal/names, or accept it with a reason in accepted.txt)", difference)
	}
	for _, a := range stale {
		t.Errorf("no longer differs, delete it from accepted.txt: %s", a.Pattern)
	}
}

func TestUsedTypesDifferOnlyAsKnown(t *testing.T) {
	schema, differences := compare(t)
	found := map[string][]string{}
	for _, difference := range differences {
		line := strings.TrimPrefix(difference.String(), difference.Token+" ")
		found[difference.Token] = append(found[difference.Token], line)
	}
	for token, known := range used {
		if schema.Resources[token] == nil {
			t.Errorf("%s is not in the built provider", token)
		}
		sort.Strings(found[token])
		if got, want := strings.Join(found[token], "\n"), strings.Join(known, "\n"); got != want {
			t.Errorf("%s differs in\n%s\nknown is\n%s", token, got, want)
		}
	}
}
