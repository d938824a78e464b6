package iampolicy_test

import (
	"fmt"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

func Example() {
	d, problems := iampolicy.Parse(`{
		"Version": "2012-10-17",
		"Statement": [
			{"Sid": "Trail", "Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "s3:PutObject", "Resource": "arn:aws:s3:::logs/*"},
			{"Sid": "Site", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::logs/public/*"}
		]
	}`)
	if err := iampolicy.Err(problems); err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range append(d.Public(), d.ConfusedDeputy()...) {
		fmt.Printf("%s: %s: %s\n", f.Sid, f.Path, f.Reason)
	}
	// Output:
	// Site: Statement[1].Principal: everybody may do s3:GetObject
	// Trail: Statement[0].Principal.Service[0]: cloudtrail.amazonaws.com may do s3:PutObject, for whichever account it acts
}

func ExampleDocument_Render() {
	d := iampolicy.Document{Statements: []iampolicy.Statement{{
		Sid: "ReadObjects", Effect: iampolicy.Allow, Actions: []string{"s3:GetObjectVersion", "s3:GetObject"}, Resources: []string{"arn:aws:s3:::audio/uploads/*"},
		Conditions: []iampolicy.Condition{{Operator: "Bool", Key: "aws:SecureTransport", Values: []string{"true"}}},
	}}}
	text, err := d.Render()
	fmt.Println(text, err)
	// Output:
	// {"Version":"2012-10-17","Statement":[{"Sid":"ReadObjects","Effect":"Allow","Action":["s3:GetObject","s3:GetObjectVersion"],"Resource":"arn:aws:s3:::audio/uploads/*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}]} <nil>
}

func ExampleParseAs() {
	_, problems := iampolicy.ParseAs(iampolicy.TrustPolicy, `{
		"Version": "2012-10-17",
		"Statement": {"Effect": "Allow", "Actions": "sts:AssumeRole", "Resource": "*", "Principal": {"Service": "ecs-tasks.amazonaws.com"}}
	}`)
	fmt.Println(iampolicy.Err(problems))
	// Output:
	// policy document: 2 problems:
	//   - Statement[0].Actions: an unknown element: expected one of Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition; fix: did you mean "Action"?
	//   - Statement[0].Resource: "*": expected no resource in a trust policy, which is about the role itself; fix: remove it
}

func ExampleEvaluate() {
	bucket, _ := iampolicy.Parse(`{
		"Version": "2012-10-17",
		"Statement": [
			{"Sid": "Tls", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
			{"Sid": "Reader", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:role/reader"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::audio/*"}
		]
	}`)
	caller, _ := iampolicy.CallerOf("arn:aws:sts::123456789012:assumed-role/reader/task")
	request := iampolicy.Request{Caller: caller, Action: "s3:GetObject", Resource: "arn:aws:s3:::audio/a.mp3", Unknown: []string{"aws:SecureTransport"}}

	result := iampolicy.Evaluate(request, iampolicy.Policies{Resource: &bucket})
	fmt.Println(result.Decision, result.Reason, result.Unknown)

	request.Context = iampolicy.Context{"aws:SecureTransport": {"true"}}
	fmt.Println(iampolicy.Evaluate(request, iampolicy.Policies{Resource: &bucket}).Reason)
	// Output:
	// undetermined perhaps denied by statement Tls of the resource policy [aws:SecureTransport]
	// allowed by statement Reader of the resource policy
}

func ExampleFindEscalations() {
	d, _ := iampolicy.Parse(`{
		"Version": "2012-10-17",
		"Statement": [
			{"Effect": "Allow", "Action": ["ecs:*", "ec2:RunInstances"], "Resource": "*"},
			{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}},
			{"Effect": "Deny", "Action": ["ecs:StartTask", "ecs:ExecuteCommand", "ecs:RegisterTaskDefinition"], "Resource": "*"}
		]
	}`)
	for _, e := range iampolicy.FindEscalations(d) {
		fmt.Println(e.ID, e.Actions, e.Explanation)
	}
	// Output:
	// pass-role-ecs-run-task [iam:PassRole ecs:RunTask] runs a task whose role and command it overrides
}
