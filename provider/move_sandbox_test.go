//go:build sandbox

package provider_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

// A stack that was deployed from Go is taken over by a program in another language, and nothing is to do.
func TestMoveFromGo(t *testing.T) {
	env := sandboxtest.New(t)
	inGo := func(ctx *pulumi.Context) error {
		_, err := storage.NewBucket(ctx, "moved", &storage.BucketArgs{
			Labels: tagging.Labels{
				Project: "acme-audio", Environment: "languages", Owner: "platform@acme.example", CostCenter: "1000",
				DataClass: tagging.Confidential, Repository: "github.com/acme/infra",
			},
			Lifecycle: lifecycle.Disposable, AccessLogs: toggle.Disabled,
		})
		return err
	}
	elsewhere := func(ctx *pulumi.Context) error {
		_, err := create(ctx, "bulwark:storage:Bucket", "moved", pulumi.Map{"accessLogs": pulumi.String("disabled")})
		return err
	}
	program := inGo
	stack := env.Deploy(t, func(ctx *pulumi.Context) error { return program(ctx) }, sandboxtest.Options{Plugins: []string{plugin(t)}})
	require.NotZero(t, stack.Up(t).Created)
	program = elsewhere
	moved := stack.Up(t)
	assert.Zero(t, moved.Created+moved.Updated+moved.Replaced+moved.Deleted, "changes: %v", moved.Changes)
	stack.UpUnchanged(t)
	stack.Destroy(t)
}
