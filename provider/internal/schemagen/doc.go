// Package schemagen works out the schema of the Pulumi package: what Python, TypeScript, YAML and the other languages
// see of the components.
//
// pulumi-go-provider infers resources, properties and nested types from the Go types. This package adds what it cannot
// know:
//
//   - descriptions: the Go doc comments, in the words of the other languages (property names, values instead of
//     constants), so that nothing is described twice;
//   - enums: string types with a method Values, as the components declare them, each value with its comment;
//   - plain properties: a field that is no pulumi.Input takes no output of another resource, and the generated libraries
//     shall say so in their types.
//
// It runs in the tests, which hold schema.json against its result. The plugin itself serves that file.
package schemagen
