package encryption_test

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/componenttest"
)

// A key for a bucket and for the secrets of an application. In a program of your own, pulumi.Run takes the place of
// pulumi.RunErr and of the mocks.
func ExampleNewKey() {
	program := func(ctx *pulumi.Context) error {
		key, err := encryption.NewKey(ctx, "data", &encryption.KeyArgs{
			Labels: tagging.Labels{
				Project: "acme-audio", Environment: "prod", Owner: "platform@acme.example", CostCenter: "2000",
				DataClass: tagging.Confidential, Repository: "github.com/acme/infra",
			},
			Uses: []encryption.Use{encryption.UseS3, encryption.UseSecrets},
		})
		if err != nil {
			return err
		}
		ctx.Export("keyArn", key.KeyArn)
		ctx.Export("readerPolicy", key.Decrypt(encryption.UseSecrets).PolicyJSON())
		return nil
	}

	recorder := &componenttest.Recorder{}
	if err := pulumi.RunErr(program, pulumi.WithMocks("acme", "prod", recorder)); err != nil {
		fmt.Println(err)
	}
	for _, r := range recorder.Registrations() {
		fmt.Println(r.Type, r.Name)
	}
	// Output:
	// aws:kms/alias:Alias data
	// aws:kms/key:Key data
	// bulwark:encryption:Key data
}
