// Package schema knows the properties of the AWS resources that rules look at, so that no example, and with it no rule,
// asks for a property that pulumi-aws does not have.
//
// schema.txt is generated from the sources of the pulumi-aws Go SDK that go.mod pins: go run ./policy/internal/schema/generate
package schema
