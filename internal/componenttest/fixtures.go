package componenttest

import "github.com/bulwark-iac/bulwark/components/tagging"

// Labels are those of the components in tests.
var Labels = tagging.Labels{
	Project: "acme-audio", Environment: "test", Owner: "platform@acme.example", CostCenter: "1000",
	DataClass: tagging.Confidential, Repository: "github.com/acme/infra",
}

// TagKeys are the keys of the tags that every resource with tags carries.
var TagKeys = []string{
	tagging.KeyName, tagging.KeyProject, tagging.KeyEnvironment, tagging.KeyOwner, tagging.KeyCostCenter,
	tagging.KeyDataClass, tagging.KeyRepository, tagging.KeyManagedBy,
}
