package network

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/netplan"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// check reports all that is wrong with the arguments of a VPC of that name, as far as it can be said without AWS.
func (a *VpcArgs) check(name string) validate.Problems {
	var ps validate.Problems
	ps.Add(checkName(name)...)
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(checkTierTag(a.Labels)...)
	ps.Add(a.Lifecycle.Check("lifecycle")...)
	block, problems := netplan.ParseVPC("cidr", a.cidr())
	ps.Add(problems...)
	ps.Add(netplan.CheckPeers("peerCidrs", block, a.PeerCidrs)...)
	ps.Add(a.checkIPv6()...)
	ps.Add(netplan.CheckZones("zones", a.zones())...)
	ps.Add(checkList("tiers", a.Tiers, Tier("").Values())...)
	ps.Add(a.checkEgress()...)
	ps.Add(checkList("features", a.Features, Feature("").Values())...)
	ps.Add(checkAccounts(a.TrustedAccounts)...)
	ps.Add(checkBuckets(a.ReadableBuckets)...)
	ps.Add(checkPublicPorts(a.PublicPorts)...)
	ps.Add(validate.Enum("networkAcls", a.NetworkAcls)...)
	ps.Add(a.checkACLs(block)...)
	ps.Add(a.FlowLogs.check()...)
	return ps
}

// checkIPv6 reports IPv6 peers of a VPC without IPv6.
func (a *VpcArgs) checkIPv6() validate.Problems {
	var ps validate.Problems
	for i, text := range a.PeerCidrs {
		if block, err := netip.ParsePrefix(text); err == nil && block.Addr().Is6() && !a.Ipv6 {
			ps.Add(validate.Conflict(validate.Path("peerCidrs").Index(i), text, "an IPv4 block: the VPC has no IPv6 addresses", "set ipv6, or remove the block").By("peer-ipv6"))
		}
	}
	return ps
}

// checkEgress holds the choice against the tiers that it needs.
func (a *VpcArgs) checkEgress() validate.Problems {
	ps := validate.Enum("egress", a.Egress)
	need := func(tier Tier, why string) {
		if !slices.Contains(a.tiers(), tier) {
			ps = append(ps, validate.Conflict("tiers", joined(a.tiers()), "the tier "+string(tier)+" too: "+why, "add it, or choose another egress").By("egress-tier"))
		}
	}
	egress := a.Egress.plan()
	switch {
	case egress == netplan.PublicAddresses:
		need(TierPublic, "workloads with public addresses live there")
	case egress.NATGateways(1) > 0:
		need(TierPublic, "NAT gateways live there")
		need(TierPrivate, "nothing else uses the NAT gateways")
	case egress.HasEndpoints() && len(a.Features) > 0:
		need(TierPrivate, "the interface endpoints live there")
	}
	return ps
}

// maxACLRules is how many rules a network ACL can have in one direction, those that AWS adds at the end included: one
// for IPv4, one for IPv6.
// Source: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
const maxACLRules = 20

func (a *VpcArgs) checkACLs(block netip.Prefix) validate.Problems {
	room := maxACLRules - 1
	if a.Ipv6 {
		room--
	}
	rules := len(a.aclSources(block).ingress(TierPublic))
	if rules <= room {
		return nil
	}
	return validate.Problems{validate.Invalid("peerCidrs", fmt.Sprintf("%d blocks", len(a.PeerCidrs)),
		fmt.Sprintf("fewer blocks or public ports: they need %d rules, and a network ACL has room for %d", rules, room), "join neighbouring blocks into larger ones").By("network-acl-rules")}
}

// retentions are the numbers of days that CloudWatch Logs knows.
// Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
var retentions = []int{1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653}

func (f *FlowLogs) check() validate.Problems {
	if f == nil {
		return nil
	}
	path := validate.Path("flowLogs")
	var ps validate.Problems
	bucket := f.Bucket != nil || f.BucketArn != nil
	switch {
	case f.Bucket != nil && f.BucketArn != nil:
		ps.Add(validate.Conflict(path.Field("bucketArn"), "set", "either a bucket or the ARN of one", "remove one of bucket and bucketArn").By("flow-logs-twice"))
	case bucket && (f.Key != nil || f.KeyArn != nil):
		ps.Add(validate.Conflict(path.Field("keyArn"), "a key", "none with a bucket, which has its own encryption", "remove the key, or the bucket").By("flow-logs-bucket"))
	case bucket && f.RetentionDays != 0:
		ps.Add(validate.Conflict(path.Field("retentionDays"), f.RetentionDays, "none with a bucket, which has its own retention", "remove retentionDays, or the bucket").By("flow-logs-bucket"))
	case f.Bucket != nil && !f.Bucket.AcceptsFlowLogs(f.HivePartitions):
		ps.Add(validate.Invalid(path.Field("bucket"), "a log bucket", fmt.Sprintf("one that accepts flow logs with hivePartitions: %t", f.HivePartitions),
			"add flowLogs, with the same hivePartitions, to the sources of the log bucket").By("flow-logs-source"))
	case !bucket && f.HivePartitions:
		ps.Add(validate.Conflict(path.Field("hivePartitions"), true, "a bucket: log groups have no prefixes", "remove it, or give a bucket").By("flow-logs-bucket"))
	}
	if text, ok := literal(f.BucketArn); ok {
		if arn, ok := validate.ParseARN(text); !ok || arn.Service != "s3" || strings.Contains(arn.Resource, "/") {
			ps.Add(validate.Invalid(path.Field("bucketArn"), text, "the ARN of a bucket, such as arn:aws:s3:::acme-logs", "give the bucket's ARN, without a prefix").By("bucket-arn"))
		}
	}
	if f.RetentionDays != 0 && !slices.Contains(retentions, f.RetentionDays) {
		ps.Add(validate.Invalid(path.Field("retentionDays"), f.RetentionDays, "one of the numbers of days that CloudWatch Logs knows: "+joined(retentions), "use 400").By("log-retention"))
	}
	return append(ps, checkLogsKey(path, f.Key, f.KeyArn)...)
}

func checkLogsKey(path validate.Path, key *encryption.Key, arn pulumi.StringInput) validate.Problems {
	var ps validate.Problems
	if key != nil && arn != nil {
		ps.Add(validate.Conflict(path.Field("keyArn"), "set", "either a key or the ARN of one", "remove one of key and keyArn").By("key-twice"))
	}
	if key != nil && !key.Serves(encryption.UseLogs) {
		ps.Add(validate.Invalid(path.Field("key"), "a key without the use logs", "a key that serves logs", "add it to the key's uses").By("key-use"))
	}
	if text, ok := literal(arn); ok {
		ps.Add(validate.KeyARN(path.Field("keyArn"), text)...)
	}
	return ps
}

var resourceName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$`)

// checkName judges names that become part of descriptions.
func checkName(name string) validate.Problems {
	if len(name) > 64 || !resourceName.MatchString(name) {
		return validate.Problems{validate.Invalid("name", name, "a resource name of 1 to 64 letters, digits, hyphens, dots and underscores", "choose such a name: it becomes part of descriptions").By("resource-name")}
	}
	return nil
}

// tierTag tells the subnets of the tiers apart.
const tierTag = "Tier"

// checkTierTag keeps a place for the tag of the tiers.
func checkTierTag(labels tagging.Labels) validate.Problems {
	var ps validate.Problems
	if value, ok := labels.Extra[tierTag]; ok {
		ps.Add(validate.Conflict(validate.Path("labels.extra").Key(tierTag), value, "a key other than Tier, which subnets have for their own", "remove it").By("label-own-key"))
	}
	if len(labels.Map("")) == validate.MaxTags {
		ps.Add(validate.Invalid("labels.extra", fmt.Sprintf("%d tags", len(labels.Extra)), "one tag less: subnets have the tag Tier besides", "remove one").By("tag-count"))
	}
	return ps
}

// checkList reports values of a list that do not exist, or that stand there twice.
func checkList[T ~string](path validate.Path, list, allowed []T) validate.Problems {
	var ps validate.Problems
	for i, value := range list {
		at := path.Index(i)
		if value == "" {
			ps.Add(validate.NotSupported(at, value, allowed))
		}
		ps.Add(validate.OneOf(at, value, allowed)...)
		if slices.Contains(list[:i], value) {
			ps.Add(validate.Conflict(at, string(value), "each value once", "remove one of the two").By("twice"))
		}
	}
	return ps
}

var accountID = regexp.MustCompile(`^[0-9]{12}$`)

func checkAccounts(ids []string) validate.Problems {
	var ps validate.Problems
	for i, id := range ids {
		if !accountID.MatchString(id) {
			ps.Add(validate.Invalid(validate.Path("trustedAccounts").Index(i), id, "the twelve digits of an account", "write it as in 123456789012").By("account-id"))
		}
	}
	return ps
}

// bucketOrAmazons judges names of existing buckets, dots and all.
var bucketOrAmazons = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)

func checkBuckets(names []string) validate.Problems {
	var ps validate.Problems
	for i, name := range names {
		if !bucketOrAmazons.MatchString(name) {
			ps.Add(validate.Invalid(validate.Path("readableBuckets").Index(i), name, "the name of a bucket, without wildcards", "name each bucket").By("bucket-name-characters"))
		}
	}
	return ps
}

func checkPublicPorts(ports []int) validate.Problems {
	var ps validate.Problems
	for i, port := range ports {
		at := validate.Path("publicPorts").Index(i)
		ps.Add(validate.Range(at, port, 1, 65535, "")...)
		if netplan.IsHighRiskPort(port) {
			ps.Add(validate.Forbidden(at, port, "a port that is fit for the internet: this one belongs to a database, a login or a console", "serve https on 443 instead").By("port-high-risk"))
		}
		if slices.Contains(ports[:i], port) {
			ps.Add(validate.Conflict(at, port, "each port once", "remove one of the two").By("twice"))
		}
	}
	return ps
}

var idDigits = regexp.MustCompile(`^([0-9a-f]{8}|[0-9a-f]{17})$`)

// checkID judges an id that the program wrote down: vpc-0123456789abcdef0. The kind is what stands before the hyphen.
func checkID(path validate.Path, kind, what string, in pulumi.StringInput) validate.Problems {
	text, ok := literal(in)
	digits, found := strings.CutPrefix(text, kind+"-")
	if !ok || found && idDigits.MatchString(digits) {
		return nil
	}
	return validate.Problems{validate.Invalid(path, text, "the id of a "+what+", such as "+kind+"-0123456789abcdef0", "copy the id from AWS, not a name or an ARN").By("id-form")}
}

// checkIDs judges a list of ids.
func checkIDs(path validate.Path, kind, what string, in pulumi.StringArrayInput) validate.Problems {
	list, ok := in.(pulumi.StringArray)
	if !ok {
		return nil
	}
	var ps validate.Problems
	for i, id := range list {
		ps.Add(checkID(path.Index(i), kind, what, id)...)
	}
	return ps
}

// joined is a list as a text.
func joined[T any](list []T) string {
	texts := make([]string, len(list))
	for i, e := range list {
		texts[i] = fmt.Sprint(e)
	}
	return strings.Join(texts, ", ")
}
