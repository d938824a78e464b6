package iampolicy_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNarrowsCallers(t *testing.T) {
	for condition, want := range map[string]bool{
		`"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::123456789012:role/deploy-*"}`:  true,
		`"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::123456789012:role/*"}`:         false,
		`"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::123456789012:*"}`:              false,
		`"ArnLike":{"aws:PrincipalArn":"*"}`:                                        false,
		`"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::123456789012:role/eve"}`:    false,
		`"ArnLikeIfExists":{"aws:PrincipalArn":"arn:aws:iam::123456789012:role/a"}`: false,
		`"StringEquals":{"sts:ExternalId":"9f2c"}`:                                  true,
		`"StringLike":{"sts:ExternalId":"*"}`:                                       false,
		`"StringEquals":{"aws:PrincipalTag/team":"platform"}`:                       true,
		`"Bool":{"aws:MultiFactorAuthPresent":"true"}`:                              true,
		`"Bool":{"aws:MultiFactorAuthPresent":"false"}`:                             false,
		`"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}`:                      false,
		`"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"}`:                       true,
		`"Bool":{"aws:SecureTransport":"true"}`:                                     false,
		`"StringEquals":{"aws:RequestedRegion":"eu-west-1"}`:                        false,
		`"StringEquals":{"aws:PrincipalAccount":"123456789012"}`:                    false,
		`"StringEquals":{"aws:PrincipalOrgID":"o-abc"}`:                             false,
		`"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}`:                             true,
		`"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}`:                                  false,
	} {
		d := document(t, `{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole","Condition":{`+condition+`}}`)
		assert.Equal(t, want, d.Statements[0].NarrowsCallers(), condition)
	}
}
