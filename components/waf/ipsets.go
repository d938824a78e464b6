package waf

import (
	"fmt"
	"net/netip"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// versionedSet is an IP set at AWS, which holds addresses of one IP version.
type versionedSet struct {
	// name is that of the rule, and ends that of the resource; path leads to the argument.
	name     string
	path     validate.Path
	priority int
	effect   effect
	asked    *IPSet
	ipv6     bool
	// in is the field of the web ACL for the resource.
	in func(*WebAcl) **wafv2.IpSet
}

// versionedSets are those that have addresses, in the order of their rules.
func (a *WebAclArgs) versionedSets() []versionedSet {
	var out []versionedSet
	var (
		blockIPv4 = func(w *WebAcl) **wafv2.IpSet { return &w.BlockIpv4 }
		blockIPv6 = func(w *WebAcl) **wafv2.IpSet { return &w.BlockIpv6 }
		allowIPv4 = func(w *WebAcl) **wafv2.IpSet { return &w.AllowIpv4 }
		allowIPv6 = func(w *WebAcl) **wafv2.IpSet { return &w.AllowIpv6 }
	)
	for _, s := range []versionedSet{
		{"block-ipv4", "block", priorityBlockIPv4, block, a.Block, false, blockIPv4},
		{"block-ipv6", "block", priorityBlockIPv6, block, a.Block, true, blockIPv6},
		{"allow-ipv4", "allow", priorityAllowIPv4, allow, a.Allow, false, allowIPv4},
		{"allow-ipv6", "allow", priorityAllowIPv6, allow, a.Allow, true, allowIPv6},
	} {
		if len(s.asked.addresses(s.ipv6)) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// addresses are those of one IP version, as AWS gives them back. Malformed ones are missing.
func (s *IPSet) addresses(ipv6 bool) []string {
	if s == nil {
		return nil
	}
	var out []string
	for _, text := range s.Addresses {
		if block, problems := validate.CIDR("", text); len(problems) == 0 && block.Addr().Is6() == ipv6 {
			out = append(out, asAWSWrites(block))
		}
	}
	return out
}

// asAWSWrites is a block as AWS gives it back: IPv6 with all of its digits.
func asAWSWrites(block netip.Prefix) string {
	if block.Addr().Is4() {
		return block.String()
	}
	return fmt.Sprintf("%s/%d", block.Addr().StringExpanded(), block.Bits())
}

// ipSets makes an IP set for each argument and IP version.
func (b *builder) ipSets() (err error) {
	for _, s := range b.args.versionedSets() {
		name, version := b.Name+"-"+s.name, "IPV4"
		if s.ipv6 {
			version = "IPV6"
		}
		*s.in(b.out), err = wafv2.NewIpSet(b.Ctx, name, &wafv2.IpSetArgs{
			Scope: regional, IpAddressVersion: pulumi.String(version),
			Addresses: pulumi.ToStringArray(s.asked.addresses(s.ipv6)), Tags: b.args.Labels.Tags(name),
		}, b.Parent)
		if err != nil {
			return err
		}
	}
	return nil
}
