package value

import (
	"net/netip"
	"net/url"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

func FuzzAddress(f *testing.F) {
	for _, seed := range []string{"203.0.113.0/24", "2001:db8::/32", "203.0.113.7", "0.0.0.0/0", "::ffff:1.2.3.4/120", "fe80::1%eth0/64", "1.2.3.4/-1", "::/129"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		accepted, problems := Address("deny.addresses[0]", text)
		if len(problems) > 0 {
			return
		}
		written, err := netip.ParsePrefix(AsAWSWrites(accepted))
		assert.NoError(t, err)
		assert.Equal(t, accepted, written, "what AWS gives back is the same network")
		assert.Equal(t, written.Masked(), written)
		assert.Positive(t, written.Bits())
	})
}

func FuzzPath(f *testing.F) {
	for _, seed := range []string{"/recordings/", "/login", "/a//b", "/..", "/%2e", "/a/./b", "/ü", "//", "/a b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(Paths("uploads.paths", []string{text})) > 0 {
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
	assert.Len(t, countries, 250)
	assert.Empty(t, Countries("geo.denyCountries", []string{"DE", "XK", "GB"}))
	for code, fix := range map[string]string{"de": "write DE", "uk": "write GB", "EU": "look it up in ISO 3166-1 alpha-2", "": "look it up in ISO 3166-1 alpha-2"} {
		problems := Countries("geo.denyCountries", []string{code})
		if assert.Len(t, problems, 1, code) {
			assert.Equal(t, fix, problems[0].Fix, code)
		}
	}
}

func TestArnsOfAnotherRegion(t *testing.T) {
	balancer, group := "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/acme/1", "arn:aws:logs:eu-west-1:123456789012:log-group:aws-waf-logs-acme:*"
	for _, region := range []string{"", "eu-west-1"} {
		assert.Empty(t, LoadBalancerARN("x", balancer, region))
		assert.Empty(t, LogGroupARN("x", group, region))
	}
	for _, problems := range [][]validate.Problem{LoadBalancerARN("x", balancer, "us-east-1"), LogGroupARN("x", group, "us-east-1")} {
		if assert.Len(t, problems, 1) {
			assert.Equal(t, "waf-region", problems[0].Rule)
		}
	}
}
