// Package tagging is the tagging strategy: who a resource belongs to, what it is for, and what kind of data it holds.
//
// It builds nothing. A program fills Labels once and gives them to every component, which puts them on every child that
// can carry tags:
//
//	labels := tagging.Labels{
//		Project:     "acme-audio",
//		Environment: "prod",
//		Owner:       "platform@acme.example",
//		CostCenter:  "2000",
//		DataClass:   tagging.Confidential,
//		Repository:  "github.com/acme/infra",
//	}
//	scratch := labels.With(map[string]string{"Purpose": "load test"})
//
// # What it decides
//
// The keys are the same everywhere: Project, Environment, Owner, CostCenter, DataClass, Repository, Name (the name of
// the resource within the stack) and ManagedBy, which is always "bulwark". All labels are required: a resource without
// an owner is found when it is too late to ask. A component reports missing and malformed labels together with its
// other problems before it creates anything. The rules are the strictest of the services in use: what S3, IAM and KMS
// all accept, in the characters that Cost Explorer and tag policies understand.
//
// Extra adds tags of your own, at most 42. They cannot replace the keys above, in any capitalisation.
//
// # What it does not do
//
// It sets no provider default tags; they can be used beside it, and lose where keys are equal. It does not tag what AWS
// services create by themselves.
//
// # Upgrades
//
// Keys and the values of DataClass do not change. A new required label would come with a new major version.
package tagging
