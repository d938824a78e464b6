// Package oidctrust says why AWS refused a pipeline that asked for a role with GitHub's token, and which change of the
// role's trust policy lets it in.
//
//	attempts, err := oidctrust.ParseEvents(text)           // CloudTrail's record of the refusal
//	diagnosis := oidctrust.Diagnose(attempts[0], trust)    // which claim missed, and what to do
//
// AWS answers every such refusal with the same sentence. CloudTrail records what the token said: the provider, the audience
// and the subject, which are all that the trust policy of a role usually looks at.
//
// # What is suggested
//
// A trust change is always one exact subject or audience, and the changed policy is evaluated before it is shown. None is
// suggested that would let in more than the pipeline needs: no wildcard, no subject of pull requests, which every workflow
// of the repository can have, no subject of another owner. The job is changed instead: it runs in a protected environment.
//
// The package is pure: it reads no network, no file and no clock.
package oidctrust
