package oidctrust

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Operation is the call that asks for a role with a token.
const Operation = "AssumeRoleWithWebIdentity"

// Attempt is one call of AssumeRoleWithWebIdentity, as CloudTrail recorded it.
type Attempt struct {
	ID     string    `json:"id"`
	Time   time.Time `json:"time"`
	Region string    `json:"region"`
	// RoleARN is the role that was asked for, SessionName what its session would be called.
	RoleARN     string `json:"roleArn"`
	SessionName string `json:"sessionName"`
	// ProviderARN is the identity provider in the account; Issuer is the address that its claims begin with.
	ProviderARN string `json:"providerArn"`
	Issuer      string `json:"issuer"`
	// Audience and Subject are the claims aud and sub of the token.
	Audience string `json:"audience"`
	Subject  string `json:"subject"`
	// Code and Message are the refusal; empty when the call succeeded.
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Refused tells whether AWS refused the call.
func (a Attempt) Refused() bool { return a.Code != "" }

// event is CloudTrail's record.
// Sources: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html and
// https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
type event struct {
	EventID           string    `json:"eventID"`
	EventTime         time.Time `json:"eventTime"`
	EventName         string    `json:"eventName"`
	AwsRegion         string    `json:"awsRegion"`
	ErrorCode         string    `json:"errorCode"`
	ErrorMessage      string    `json:"errorMessage"`
	UserIdentity      identity  `json:"userIdentity"`
	RequestParameters struct {
		RoleArn         string `json:"roleArn"`
		RoleSessionName string `json:"roleSessionName"`
	} `json:"requestParameters"`
}

type identity struct {
	Type             string `json:"type"`
	PrincipalID      string `json:"principalId"`
	UserName         string `json:"userName"`
	IdentityProvider string `json:"identityProvider"`
}

// errNoEvent: the text is JSON, and has no such event.
var errNoEvent = errors.New("no event of " + Operation + " in it")

// ParseEvents reads the attempts in a text, newest first: one event, a log file of a trail ({"Records": [...]}), what
// aws cloudtrail lookup-events prints ({"Events": [...]}), or several of these one after the other.
func ParseEvents(text []byte) ([]Attempt, error) {
	var attempts []Attempt
	decoder := json.NewDecoder(bytes.NewReader(text))
	for {
		var raw json.RawMessage
		err := decoder.Decode(&raw)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("it is not JSON: %w", err)
		}
		found, err := parse(raw)
		if err != nil {
			return nil, err
		}
		attempts = append(attempts, found...)
	}
	if len(attempts) == 0 {
		return nil, errNoEvent
	}
	slices.SortStableFunc(attempts, func(a, b Attempt) int { return b.Time.Compare(a.Time) })
	return attempts, nil
}

// parse reads one JSON value.
func parse(raw json.RawMessage) ([]Attempt, error) {
	raw = bytes.TrimSpace(raw)
	var list []json.RawMessage
	if len(raw) > 0 && raw[0] == '[' {
		if err := json.Unmarshal(raw, &list); err != nil {
			return nil, err
		}
		return parseAll(list)
	}
	var wrapped struct {
		Records         []json.RawMessage
		Events          []json.RawMessage
		CloudTrailEvent string
	}
	if err := json.Unmarshal(raw, &wrapped); err != nil {
		return nil, fmt.Errorf("it is not an event of CloudTrail: %w", err)
	}
	switch {
	case wrapped.Records != nil || wrapped.Events != nil:
		return parseAll(append(wrapped.Records, wrapped.Events...))
	case wrapped.CloudTrailEvent != "":
		return parse(json.RawMessage(wrapped.CloudTrailEvent))
	}
	var e event
	if err := json.Unmarshal(raw, &e); err != nil {
		return nil, fmt.Errorf("it is not an event of CloudTrail: %w", err)
	}
	if e.EventName != Operation {
		return nil, nil
	}
	return []Attempt{e.attempt()}, nil
}

func parseAll(list []json.RawMessage) ([]Attempt, error) {
	var attempts []Attempt
	for _, raw := range list {
		found, err := parse(raw)
		if err != nil {
			return nil, err
		}
		attempts = append(attempts, found...)
	}
	return attempts, nil
}

func (e event) attempt() Attempt {
	a := Attempt{
		ID: e.EventID, Time: e.EventTime, Region: e.AwsRegion,
		RoleARN: e.RequestParameters.RoleArn, SessionName: e.RequestParameters.RoleSessionName,
		ProviderARN: e.UserIdentity.IdentityProvider, Subject: e.UserIdentity.UserName,
		Code: e.ErrorCode, Message: e.ErrorMessage,
	}
	// A provider of the account is named by its ARN, a public one by its address.
	a.Issuer = issuerOf(a.ProviderARN)
	// The principal is the provider, the audience and the subject, with colons between them and in them.
	if rest, ok := strings.CutPrefix(e.UserIdentity.PrincipalID, a.ProviderARN+":"); ok {
		a.Audience = strings.TrimSuffix(rest, ":"+a.Subject)
	}
	return a
}

// issuerOf is the address of a provider, which its claims begin with in conditions.
func issuerOf(provider string) string {
	if arn, ok := validate.ParseARN(provider); ok {
		_, issuer, _ := strings.Cut(arn.Resource, "/")
		return issuer
	}
	return provider
}
