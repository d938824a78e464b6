// Package sampleapp tests the sample application, examples/audio-api, as a task of ECS would run it: against a deployed
// bucket, with the credentials of a task role that components/identity made, and nothing else.
//
// It shows that what the application calls is allowed, that everything else is refused, and that the role's policy holds
// nothing that the application does not need.
package sampleapp
