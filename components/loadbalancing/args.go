package loadbalancing

import (
	"cmp"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/dns"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/components/toggle"
)

// The prefixes of the logs, unless others are given. They are apart, because the two kinds have different columns.
const (
	AccessLogPrefix     = "alb-access"
	ConnectionLogPrefix = "alb-connections"
)

// LoadBalancerArgs are the arguments of NewLoadBalancer.
type LoadBalancerArgs struct {
	// Labels become the tags of everything that has tags.
	Labels tagging.Labels `pulumi:"labels"`
	// Lifecycle is Permanent unless set: protected, by Pulumi and by AWS's deletion protection.
	Lifecycle lifecycle.Lifecycle `pulumi:"lifecycle,optional"`

	// Network is where the load balancer lives: in the public subnets when it is internet-facing, otherwise where the
	// workloads are. It has IPv6 addresses too where the network has them.
	Network *network.Network `sibling:"vpcId"`
	// VpcId is the VPC, instead of Network; SubnetIds are required then.
	VpcId pulumi.StringInput `pulumi:"vpcId,optional"`
	// SubnetIds are where the load balancer gets addresses: one subnet per availability zone, in at least two zones.
	// Default: those of Network.
	SubnetIds pulumi.StringArrayInput `pulumi:"subnetIds,optional"`
	// Ipv6 adds IPv6 addresses, which the VPC and the subnets have to have. With Network, the network decides.
	Ipv6 bool `pulumi:"ipv6,optional"`
	// Scheme is Internal unless set.
	Scheme Scheme `pulumi:"scheme,optional"`
	// AllowedClients are the only addresses that are let in. Default: everybody to an internet-facing load balancer;
	// nobody to an internal one, to which network.Allow lets security groups connect.
	AllowedClients []AllowedClient `pulumi:"allowedClients,optional"`
	// ClientAccess is AccessAllowedClients with AllowedClients, and to an internal load balancer; otherwise
	// AccessEveryone. Set it to close an internet-facing load balancer that has none: to what you let in yourself with
	// network.Allow.
	ClientAccess ClientAccess `pulumi:"clientAccess,optional"`

	// ListenerProtocol is ListenerHTTPS unless set.
	ListenerProtocol ListenerProtocol `pulumi:"listenerProtocol,optional"`
	// SecurityPolicy is TLS12Recommended unless set.
	SecurityPolicy SecurityPolicy `pulumi:"securityPolicy,optional"`
	// DomainNames are the names under which the load balancer is reached, such as app.acme.example or *.acme.example; at
	// most 10. With a HostedZone they become records, and, without a CertificateArn, the names of a certificate.
	DomainNames []string `pulumi:"domainNames,optional"`
	// HostedZone is the zone of all DomainNames. Required with ListenerHTTPS, unless CertificateArn is given.
	HostedZone *dns.Zone `pulumi:"hostedZone,optional"`
	// CertificateArn is an existing certificate of the load balancer's region, instead of one that the component makes.
	CertificateArn pulumi.StringInput `pulumi:"certificateArn,optional"`
	// AdditionalCertificates are for clients that ask for other names (SNI); at most 25.
	AdditionalCertificates []Certificate `pulumi:"additionalCertificates,optional"`

	// TargetGroups are what the load balancer forwards requests to.
	TargetGroups []TargetGroup `pulumi:"targetGroups,optional"`
	// DefaultTargetGroup is the name of the target group for requests that no rule matches. Default: they are answered
	// with status 404.
	DefaultTargetGroup string `pulumi:"defaultTargetGroup,optional"`
	// Rules say which target group gets which paths or hosts.
	Rules []Rule `pulumi:"rules,optional"`

	// Logging delivers access and connection logs: Enabled unless set. Disabled gives up the record of who asked for what.
	Logging toggle.Toggle `pulumi:"logging,optional"`
	// LogBucket receives the access and connection logs. It has to have load balancers among its sources, with both
	// prefixes, and to be in the same region. Required, unless LogBucketName is given or Logging is Disabled.
	LogBucket *storage.LogBucket `sibling:"logBucketName"`
	// LogBucketName is the name of an existing bucket, instead of LogBucket: same region, SSE-S3, and a policy that lets
	// logdelivery.elasticloadbalancing.amazonaws.com write under both prefixes.
	LogBucketName pulumi.StringInput `pulumi:"logBucketName,optional"`
	// AccessLogPrefix begins the names of the access logs, without / at its end. Default: alb-access.
	AccessLogPrefix string `pulumi:"accessLogPrefix,optional"`
	// ConnectionLogPrefix begins the names of the connection logs. Default: alb-connections.
	ConnectionLogPrefix string `pulumi:"connectionLogPrefix,optional"`

	// StrictTransportSecurity is StrictTransportOneYear unless set, with ListenerHTTPS.
	StrictTransportSecurity StrictTransportSecurity `pulumi:"strictTransportSecurity,optional"`
	// ServerHeader tells clients in the header Server what answers. Off by default.
	ServerHeader bool `pulumi:"serverHeader,optional"`
	// DropInvalidHeaderFields removes header fields from requests whose names have other characters than letters, digits
	// and hyphens: names with _ or . too. Enabled unless set.
	// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-attributes
	DropInvalidHeaderFields toggle.Toggle `pulumi:"dropInvalidHeaderFields,optional"`
	// DesyncMitigationMode is Defensive unless set.
	DesyncMitigationMode DesyncMitigationMode `pulumi:"desyncMitigationMode,optional"`
	// IdleTimeoutSeconds is after how long without data a connection is closed, 1 to 4000. Targets have to keep theirs
	// open for longer, or clients see 502. Default: 60.
	IdleTimeoutSeconds int `pulumi:"idleTimeoutSeconds,optional"`
	// ClientKeepAliveSeconds is for how long a client may use one connection, 60 to 604800. Default: 3600.
	ClientKeepAliveSeconds int `pulumi:"clientKeepAliveSeconds,optional"`
}

// AllowedClient is a group of addresses that are let in, such as an office.
type AllowedClient struct {
	// Name says whose they are: letters, digits, hyphens, dots and underscores. It is in the description of the rules.
	Name string `pulumi:"name"`
	// Cidrs are networks in CIDR notation, such as 198.51.100.0/24. Required, unless PrefixListId is given.
	Cidrs []string `pulumi:"cidrs,optional"`
	// PrefixListId is a managed prefix list, such as com.amazonaws.global.cloudfront.origin-facing with CloudFront's
	// addresses, instead of Cidrs. It is let in on port 443 only, or on 80 with ListenerHTTP: a list weighs as many rules
	// of the security group as it may have entries, 55 of 60 for CloudFront's.
	// Source: https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
	PrefixListId pulumi.StringInput `pulumi:"prefixListId,optional"`
}

// Certificate is a certificate that exists.
type Certificate struct {
	// Name tells certificates apart whose ARN is not written down in the program.
	Name string `pulumi:"name"`
	// FormerNames are names that such a certificate had before. Without them a new Name takes it off the listener.
	FormerNames []string `pulumi:"formerNames,optional"`
	// Arn is its ARN, of the load balancer's region.
	Arn pulumi.StringInput `pulumi:"arn"`
}

// TargetGroup is a group of targets with IP addresses, such as the tasks of a service. Whoever starts them registers
// them.
type TargetGroup struct {
	// Name names the target group in Rules and outputs: letters, digits and hyphens. With the name of the load balancer it
	// has at most 23 characters. Another name is another target group, empty at first: see FormerNames.
	Name string `pulumi:"name"`
	// FormerNames are names that the target group had before, so that a new Name keeps it and its targets.
	FormerNames []string `pulumi:"formerNames,optional"`
	// Port is where the targets listen, 1 to 65535.
	Port int `pulumi:"port"`
	// Protocol is TargetGroupHTTP unless set; the health check uses it too.
	Protocol TargetGroupProtocol `pulumi:"protocol,optional"`
	// HealthCheck says which targets get requests. Default: those that answer GET / with 200.
	HealthCheck *HealthCheck `pulumi:"healthCheck,optional"`
	// DeregistrationDelaySeconds is how long a target that is deregistered may finish what it has begun, 1 to 3600.
	// Default: 30.
	DeregistrationDelaySeconds int `pulumi:"deregistrationDelaySeconds,optional"`
	// StickinessSeconds is for how long a client comes to the same target, by a cookie of the load balancer's, 1 to
	// 604800. Off by default.
	StickinessSeconds int `pulumi:"stickinessSeconds,optional"`
	// SlowStartSeconds is how long a new target gets ever more requests before it gets its share, 30 to 900. Off by
	// default.
	SlowStartSeconds int `pulumi:"slowStartSeconds,optional"`
}

// HealthCheck says which targets get requests.
type HealthCheck struct {
	// Path is what is asked for. Default: /.
	Path string `pulumi:"path,optional"`
	// SuccessCodes are the status codes of a healthy target, 200 to 499: 200, 200,204 or 200-299. Default: 200.
	SuccessCodes string `pulumi:"successCodes,optional"`
	// IntervalSeconds is the time between two checks, 5 to 300. Default: 15.
	IntervalSeconds int `pulumi:"intervalSeconds,optional"`
	// TimeoutSeconds is how long a target may take to answer, 2 to 120, less than the interval. Default: 5.
	TimeoutSeconds int `pulumi:"timeoutSeconds,optional"`
	// HealthyThreshold is how many checks in a row make a target healthy, 2 to 10. Default: 2.
	HealthyThreshold int `pulumi:"healthyThreshold,optional"`
	// UnhealthyThreshold is how many failures in a row make it unhealthy, 2 to 10. Default: 3.
	UnhealthyThreshold int `pulumi:"unhealthyThreshold,optional"`
}

// Rule forwards requests to a target group. A request has to match one of Paths and one of Hosts, where given.
type Rule struct {
	// Name tells the rules apart: letters, digits and hyphens.
	Name string `pulumi:"name"`
	// Priority orders the rules, 1 to 50000: the lowest is evaluated first. A rule keeps its priority when others come and
	// go; steps of 100 leave room.
	Priority int `pulumi:"priority"`
	// Paths are patterns such as /api/*, with * for any characters and ? for one.
	Paths []string `pulumi:"paths,optional"`
	// Hosts are patterns such as api.acme.example or *.acme.example.
	Hosts []string `pulumi:"hosts,optional"`
	// TargetGroup is the name of the target group.
	TargetGroup string `pulumi:"targetGroup"`
}

func (a *LoadBalancerArgs) https() bool { return a.ListenerProtocol != ListenerHTTP }

func (a *LoadBalancerArgs) internal() bool { return a.Scheme != InternetFacing }

// dual says whether the load balancer has IPv6 addresses.
func (a *LoadBalancerArgs) dual() bool {
	if a.Network != nil {
		return a.Network.Ipv6
	}
	return a.Ipv6
}

// open says whether everybody is let in.
func (a *LoadBalancerArgs) open() bool {
	return !a.internal() && len(a.AllowedClients) == 0 && a.ClientAccess != AccessAllowedClients
}

// ports are where clients connect, that which serves first.
func (a *LoadBalancerArgs) ports() []network.Port {
	if a.https() {
		return []network.Port{443, 80}
	}
	return []network.Port{80}
}

func (a *LoadBalancerArgs) accessLogPrefix() string {
	return cmp.Or(a.AccessLogPrefix, AccessLogPrefix)
}

func (a *LoadBalancerArgs) connectionLogPrefix() string {
	return cmp.Or(a.ConnectionLogPrefix, ConnectionLogPrefix)
}

// makesCertificate says whether the component makes the certificate.
func (a *LoadBalancerArgs) makesCertificate() bool { return a.https() && a.CertificateArn == nil }

// orDefault fills in the defaults.
func (h *HealthCheck) orDefault() HealthCheck {
	var out HealthCheck
	if h != nil {
		out = *h
	}
	return HealthCheck{
		Path:               cmp.Or(out.Path, "/"),
		SuccessCodes:       cmp.Or(out.SuccessCodes, "200"),
		IntervalSeconds:    cmp.Or(out.IntervalSeconds, 15),
		TimeoutSeconds:     cmp.Or(out.TimeoutSeconds, 5),
		HealthyThreshold:   cmp.Or(out.HealthyThreshold, 2),
		UnhealthyThreshold: cmp.Or(out.UnhealthyThreshold, 3),
	}
}

// orDefault fills in the defaults.
func (g TargetGroup) orDefault() TargetGroup {
	check := g.HealthCheck.orDefault()
	g.Protocol, g.HealthCheck = cmp.Or(g.Protocol, TargetGroupHTTP), &check
	g.DeregistrationDelaySeconds = cmp.Or(g.DeregistrationDelaySeconds, 30)
	return g
}
