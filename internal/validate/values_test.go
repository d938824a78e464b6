package validate_test

import (
	"net/netip"
	"net/url"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

func FuzzCIDR(f *testing.F) {
	for _, seed := range []string{"203.0.113.0/24", "2001:db8::/32", "203.0.113.7", "0.0.0.0/0", "::ffff:1.2.3.4/120", "fe80::1%eth0/64", "1.2.3.4/-1", "::/129"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		accepted, problems := validate.CIDR("cidrs[0]", text)
		if len(problems) > 0 {
			assert.False(t, accepted.IsValid())
			return
		}
		written, err := netip.ParsePrefix(text)
		assert.NoError(t, err)
		assert.Equal(t, written.Masked(), accepted)
	})
}

func FuzzRequestPaths(f *testing.F) {
	for _, seed := range []string{"/recordings/", "/login", "/a//b", "/..", "/%2e", "/a/./b", "/ü", "//", "/a b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(validate.RequestPaths("uploads.paths", []string{text})) > 0 {
			return
		}
		decoded, err := url.PathUnescape(text)
		assert.NoError(t, err)
		clean := path.Clean(decoded)
		if strings.HasSuffix(decoded, "/") {
			clean += "/"
		}
		assert.Equal(t, text, clean, "a request for an accepted path is compared as that path")
		assert.NotEqual(t, "/", text)
	})
}

func TestCountries(t *testing.T) {
	assert.Empty(t, validate.Countries("geo.countries", []string{"DE", "XK", "GB"}))
	for code, fix := range map[string]string{"de": "write DE", "uk": "write GB", "EU": "look it up in ISO 3166-1 alpha-2", "": "look it up in ISO 3166-1 alpha-2"} {
		problems := validate.Countries("geo.countries", []string{code})
		if assert.Len(t, problems, 1, code) {
			assert.Equal(t, fix, problems[0].Fix, code)
		}
	}
	assert.Equal(t, []string{"duplicate"}, validate.Countries("geo.countries", []string{"DE", "FR", "DE"}).Rules())
}

func TestCIDRs(t *testing.T) {
	blocks, problems := validate.CIDRs("cidrs", []string{"203.0.113.0/24", "2001:db8::/32", "2001:0db8::/32", "office", "203.0.113.1/24", "203.0.113.7"})
	assert.Len(t, blocks, 6)
	assert.Equal(t, []string{"duplicate", "cidr-form", "cidr-host-bits", "cidr-form"}, problems.Rules())
	assert.Equal(t, `cidrs[5]: "203.0.113.7": expected a block of addresses in CIDR notation, such as 203.0.113.0/24 or 2001:db8::/32; fix: write 203.0.113.7/32 for a single address`, problems[3].String())
}

// Of each kind of ARN the right one is accepted, and everything else is refused by the name of the check.
func TestARNs(t *testing.T) {
	const account = ":eu-west-1:123456789012:"
	for rule, c := range map[string]struct {
		check func(validate.Path, string) validate.Problems
		good  string
	}{
		"principal-arn":     {validate.PrincipalARN, "arn:aws:iam::123456789012:role/deploy"},
		"key-arn":           {validate.KeyARN, "arn:aws:kms" + account + "key/1234abcd"},
		"certificate-arn":   {validate.CertificateARN, "arn:aws:acm" + account + "certificate/1234abcd"},
		"bucket-arn":        {validate.BucketARN, "arn:aws:s3:::acme-audio"},
		"topic-arn":         {validate.TopicARN, "arn:aws:sns" + account + "alarms"},
		"log-group-arn":     {validate.LogGroupARN, "arn:aws:logs" + account + "log-group:acme:*"},
		"load-balancer-arn": {validate.LoadBalancerARN, "arn:aws:elasticloadbalancing" + account + "loadbalancer/app/acme/1"},
		"rule-group-arn":    {validate.RuleGroupARN, "arn:aws:wafv2" + account + "regional/rulegroup/acme/1"},
	} {
		assert.Empty(t, c.check("x", c.good), rule)
		bad := []string{"", "acme", "arn:aws:ec2" + account + "vpc/vpc-1", strings.Replace(c.good, "arn:", "urn:", 1), "arn:aws:iam::123456789012:role/*"}
		if strings.Contains(c.good, account) {
			bad = append(bad, strings.Replace(c.good, account, "::123456789012:", 1), strings.Replace(c.good, account, ":eu-west-1::", 1))
		}
		for _, text := range bad {
			check(t, text, rule, c.check("x", text))
		}
	}
}

func TestDuplicatesOfATypeAreQuoted(t *testing.T) {
	problems := validate.Distinct("colours", []colour{"red", "red"})
	assert.Equal(t, `colours[1]: "red": expected each value once; fix: remove one of the two`, problems[0].String())
}

func TestSameRegion(t *testing.T) {
	const key = "arn:aws:kms:eu-west-1:123456789012:key/1"
	assert.Empty(t, validate.SameRegion("keyArn", key, "eu-west-1", "the trail"))
	assert.Empty(t, validate.SameRegion("keyArn", key, "", "the trail"))
	assert.Empty(t, validate.SameRegion("keyArn", "arn:aws:s3:::acme", "eu-west-1", "the trail"))
	assert.Equal(t, []string{"region"}, validate.SameRegion("keyArn", key, "us-east-1", "the trail").Rules())
}

func TestLogRetention(t *testing.T) {
	assert.Empty(t, validate.LogRetention("days", 0))
	assert.Empty(t, validate.LogRetention("days", 400))
	for days, fix := range map[int]string{-1: "use 1", 2: "use 3", 366: "use 400", 3654: "use 3653"} {
		problems := validate.LogRetention("days", days)
		check(t, fix, "log-retention", problems)
		assert.Equal(t, fix, problems[0].Fix)
	}
}

func TestAlternatives(t *testing.T) {
	missing := validate.Required("keyArn", "a key", "give one")
	a, b, c := validate.Alternative{Path: "key"}, validate.Alternative{Path: "keyArn"}, validate.Alternative{Path: "keyAlias"}
	assert.Empty(t, validate.AtMostOne(a, b, c))
	assert.Equal(t, validate.Problems{missing}, validate.ExactlyOne(missing, a, b, c))
	b.Given = true
	assert.Empty(t, validate.ExactlyOne(missing, a, b, c))
	a.Given, c.Given = true, true
	problems := validate.ExactlyOne(missing, a, b, c)
	assert.Equal(t, []string{"alternatives", "alternatives"}, problems.Rules())
	assert.Equal(t, "keyArn: set: expected either key or keyArn; fix: remove one of the two", problems[0].String())
}

// Whoever pastes a secret into the wrong place must not find it in the log.
func TestSecretsAreNotQuoted(t *testing.T) {
	for kind, secret := range map[string]string{
		"an AWS secret access key": "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY",
		"an AWS access key":        "AKIA" + "IOSFODNN7EXAMPLE",
		"a GitHub token":           "ghp_" + strings.Repeat("aB3", 12),
		"a token or password":      "Zk3" + strings.Repeat("xQ9w", 8),
	} {
		for _, text := range []string{secret, "https://x/?token=" + secret} {
			for _, p := range []validate.Problem{
				validate.Invalid("owner", text, "another value", ""),
				validate.Conflict("owner", []string{text}, "another value", ""),
				validate.NotSupported("lifecycle", text, []string{"permanent"}),
				validate.Forbidden(validate.Path("labels.extra").Key(text), "x", "another key", ""),
			} {
				assert.NotContains(t, p.String(), secret)
			}
		}
		assert.Contains(t, validate.Show(secret), "it may be "+kind)
	}
	for _, text := range []string{
		"arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab", "AmazonS3ReadOnlyAccess-2026-11", "Team-Platform_2026",
		"acme-audio-prod-123456789012-eu-west-1", "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", "arn:aws:iam::123456789012:role/Platform/DeployRole2",
		"SERVICE_PLATFORM_LINUX_PREMIUM", "2001:0db8:0000:0000:0000:0000:0000:0000/32", "AWSManagedRulesCommonRuleSet", "SizeRestrictions_BODY",
		"arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/acme/50dc6c495c0c9188",
	} {
		assert.Equal(t, `"`+text+`"`, validate.Show(text))
	}
	assert.NotContains(t, validate.AccessKeyID("x", "hunter2")[0].String(), "hunter2")
}
