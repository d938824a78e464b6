package edge

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/internal/netplan"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// maxName is the longest name of a load balancer or target group, less the eight characters that are generated.
// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
const maxName = 32 - 8

// plainName is what AWS accepts in the names of load balancers and target groups.
var plainName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$`)

// check reports all that is wrong with the arguments of a load balancer of that name in that region. An empty region
// means that it could not be found out.
func (a *LoadBalancerArgs) check(name, region string) validate.Problems {
	var ps validate.Problems
	if len(name) > maxName || !plainName.MatchString(name) || strings.HasPrefix(name, "internal-") {
		ps.Add(validate.Invalid("name", name, "a name of 1 to 24 letters, digits and hyphens that does not begin with internal-", "choose such a name: it begins the load balancer's name").By("resource-name"))
	}
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(a.Lifecycle.Check("lifecycle")...)
	ps.Add(a.checkNetwork()...)
	ps.Add(a.checkClients()...)
	ps.Add(a.checkListener(region)...)
	ps.Add(a.checkDomains()...)
	ps.Add(a.checkTargets(name)...)
	ps.Add(a.checkRules()...)
	ps.Add(a.checkLogging(name)...)
	ps.Add(validate.Enum("desyncMitigation", a.DesyncMitigation)...)
	ps.Add(optionalSeconds("idleTimeoutSeconds", a.IdleTimeoutSeconds, 1, 4000)...)
	ps.Add(optionalSeconds("clientKeepAliveSeconds", a.ClientKeepAliveSeconds, 60, 604800)...)
	return ps
}

// optionalSeconds is Range for a time that has a default.
func optionalSeconds(path validate.Path, value, low, high int) validate.Problems {
	if value == 0 {
		return nil
	}
	return validate.Range(path, value, low, high, "seconds")
}

// literal is a text that the program wrote down.
func literal(in pulumi.StringInput) (string, bool) {
	text, ok := in.(pulumi.String)
	return string(text), ok
}

// literals are texts that the program wrote down, all of them.
func literals(in pulumi.StringArrayInput) ([]string, bool) {
	list, ok := in.(pulumi.StringArray)
	if !ok {
		return nil, false
	}
	texts := make([]string, len(list))
	for i, element := range list {
		if texts[i], ok = literal(element); !ok {
			return nil, false
		}
	}
	return texts, true
}

func (a *LoadBalancerArgs) checkNetwork() validate.Problems {
	var ps validate.Problems
	ps.Add(validate.Enum("scheme", a.Scheme)...)
	switch {
	case a.Network != nil && a.VpcId != nil:
		ps.Add(validate.Conflict("vpcId", "set", "either a network or the id of a VPC", "remove one of network and vpcId").By("vpc-twice"))
	case a.Network == nil && a.VpcId == nil:
		ps.Add(validate.Required("vpcId", "the VPC of the load balancer", "give vpcId and subnetIds (in Go: Network)"))
	case a.Network == nil && a.SubnetIds == nil:
		ps.Add(validate.Required("subnetIds", "subnets in at least two availability zones", "give one subnet of each zone"))
	case a.Network != nil && a.Network.VpcId.OutputState == nil:
		ps.Add(validate.Invalid("network", "a network without a VPC", "what Vpc.Network or ExistingVpc.Network returns", "call NewVpc or NewExistingVpc").By("network"))
	case a.Network != nil && a.Ipv6 && !a.Network.Ipv6:
		ps.Add(validate.Conflict("ipv6", true, "false: the network has no IPv6 addresses", "set ipv6 on the network, or remove it here").By("ipv6-network"))
	}
	if text, ok := literal(a.VpcId); ok {
		ps.Add(checkID("vpcId", "vpc", text)...)
	}
	ids, ok := literals(a.SubnetIds)
	for i, id := range ids {
		at := validate.Path("subnetIds").Index(i)
		ps.Add(checkID(at, "subnet", id)...)
		if slices.Contains(ids[:i], id) {
			ps.Add(validate.Conflict(at, id, "each subnet once", "remove one of the two").By("twice"))
		}
	}
	if ok && len(ids) < 2 {
		ps.Add(tooFewZones(len(ids), "subnets"))
	}
	return ps
}

var idDigits = regexp.MustCompile(`^([0-9a-f]{8}|[0-9a-f]{17})$`)

func checkID(path validate.Path, kind, text string) validate.Problems {
	if digits, found := strings.CutPrefix(text, kind+"-"); found && idDigits.MatchString(digits) {
		return nil
	}
	return validate.Problems{validate.Invalid(path, text, "an id such as "+kind+"-0123456789abcdef0", "copy the id from AWS, not a name or an ARN").By("id-form")}
}

// tooFewZones is the problem of a load balancer that one failure could take away.
// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
func tooFewZones(found int, of string) validate.Problem {
	p := validate.Range("subnetIds", found, 2, 100, of)[0]
	p.Expected, p.Fix = "subnets in at least two availability zones", "add a subnet in another zone"
	return p.By("subnet-zones")
}

// checkClients judges the addresses, which network.Addresses would otherwise do too late.
func (a *LoadBalancerArgs) checkClients() validate.Problems {
	var ps validate.Problems
	for i, c := range a.Clients {
		at := validate.Path("clients").Index(i)
		ps.Add(checkOwnName(at.Field("name"), c.Name, clientNames(a.Clients[:i]))...)
		if len(c.Cidrs) == 0 {
			ps.Add(validate.Required(at.Field("cidrs"), "networks in CIDR notation", "give at least one, or remove the entry"))
		}
		for j, text := range c.Cidrs {
			path := at.Field("cidrs").Index(j)
			block, problems := netplan.ParseBlock(path, text)
			ps.Add(problems...)
			if problems == nil && !netplan.IsPrivate(block) && block.Bits() < widest(block) {
				ps.Add(validate.Invalid(path, text, "a network, not a large part of the internet", "leave clients out to let in everybody, or use smaller networks").By("addresses-wide"))
			}
			if slices.Contains(c.Cidrs[:j], text) {
				ps.Add(validate.Conflict(path, text, "each network once", "remove one of the two").By("twice"))
			}
		}
	}
	if a.Network == nil || a.internal() || len(a.Clients) > 0 {
		return ps
	}
	for _, port := range a.ports() {
		if !slices.Contains(a.Network.PublicPorts, int(port)) {
			ps.Add(validate.Conflict("scheme", string(a.Scheme), "a load balancer whose ports are public ports of the network, as port "+number(int(port))+" is not", "add it to the network's publicPorts, or name clients").By("public-port"))
		}
	}
	return ps
}

func clientNames(clients []Clients) []string {
	names := make([]string, len(clients))
	for i, c := range clients {
		names[i] = c.Name
	}
	return names
}

// widest is the shortest prefix that passes for one network, as package network has it.
func widest(block netip.Prefix) int {
	if block.Addr().Is6() {
		return 20
	}
	return 8
}

// ownName is what names within the component look like.
var ownName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9_.-]{0,62}[A-Za-z0-9])?$`)

// checkOwnName judges a name that tells entries of a list apart.
func checkOwnName(path validate.Path, name string, others []string) validate.Problems {
	switch {
	case name == "":
		return validate.Problems{validate.Required(path, "a name", "choose one that stays: it is part of the resource's name")}
	case !ownName.MatchString(name):
		return validate.Problems{validate.Invalid(path, name, "a name of 1 to 64 letters, digits, hyphens, dots and underscores", "choose such a name").By("resource-name")}
	case slices.Contains(others, name):
		return validate.Problems{validate.Conflict(path, name, "each name once", "rename one of the two").By("twice")}
	}
	return nil
}

func (a *LoadBalancerArgs) checkLogging(name string) validate.Problems {
	var ps validate.Problems
	ps.Add(validate.Enum("logging", a.Logging)...)
	given := a.LogBucket != nil || a.LogBucketName != nil
	switch off := a.Logging == LoggingOff; {
	case off && given:
		ps.Add(validate.Conflict("logging", string(a.Logging), "on, because a log bucket is given", "remove logging or the log bucket").By("logging-off"))
	case !off && !given:
		ps.Add(validate.Required("logBucketName", "a log bucket for access and connection logs", "give a log bucket (in Go: LogBucket), or set logging to off").By("logging-required"))
	case a.LogBucket != nil && a.LogBucketName != nil:
		ps.Add(validate.Conflict("logBucketName", "set", "either a log bucket or the name of one", "remove one of the two").By("logging-twice"))
	}
	if text, ok := literal(a.LogBucketName); ok {
		ps.Add(validate.BucketName("logBucketName", text)...)
	}
	for _, p := range []struct {
		path   validate.Path
		prefix string
	}{{"accessLogPrefix", a.accessLogPrefix()}, {"connectionLogPrefix", a.connectionLogPrefix()}} {
		problems := validate.KeyPrefix(p.path, p.prefix)
		if problems == nil && (strings.HasSuffix(p.prefix, "/") || strings.Contains(p.prefix, "AWSLogs")) {
			problems = validate.Problems{validate.Invalid(p.path, p.prefix, "a prefix without / at its end and without AWSLogs, which ELB adds", "write it as in the log bucket's sources.loadBalancers.prefixes").By("load-balancer-prefix")}
		}
		ps.Add(problems...)
		if problems == nil && a.LogBucket != nil && !a.LogBucket.AcceptsLoadBalancer(name+"-", p.prefix) {
			ps.Add(validate.Invalid("logBucketName", "a log bucket that refuses "+p.prefix+"/ of "+name+"-*", "a log bucket that accepts the logs of this load balancer",
				`add loadBalancers to the log bucket's sources, with the prefix "`+p.prefix+`" and, where it has names, "`+name+`-*"`).By("log-bucket-source"))
		}
	}
	return ps
}
