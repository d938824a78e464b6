package loadbalancing

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

// ClientAccess says whom an internet-facing load balancer lets in.
type ClientAccess string

const (
	// AccessEveryone lets in everybody: the default of an internet-facing load balancer without AllowedClients.
	AccessEveryone ClientAccess = "everyone"
	// AccessAllowedClients lets in AllowedClients and nobody else, and with none of them nobody, until network.Allow does.
	AccessAllowedClients ClientAccess = "allowedClients"
)

// Values lists the choices.
func (ClientAccess) Values() []ClientAccess {
	return []ClientAccess{AccessEveryone, AccessAllowedClients}
}

// Scheme says from where the load balancer can be reached.
type Scheme string

const (
	// Internal load balancers have private addresses only: the default.
	Internal Scheme = "internal"
	// InternetFacing load balancers have public addresses.
	InternetFacing Scheme = "internet-facing"
)

// Values lists the schemes.
func (Scheme) Values() []Scheme { return []Scheme{Internal, InternetFacing} }

// ListenerProtocol is what clients use to talk to the load balancer.
type ListenerProtocol string

const (
	// ListenerHTTPS serves on port 443 and redirects from 80: the default.
	ListenerHTTPS ListenerProtocol = "HTTPS"
	// ListenerHTTP serves on port 80, unencrypted. It is for sandboxes, and for development without a domain.
	ListenerHTTP ListenerProtocol = "HTTP"
)

// Values lists the protocols.
func (ListenerProtocol) Values() []ListenerProtocol {
	return []ListenerProtocol{ListenerHTTPS, ListenerHTTP}
}

// SecurityPolicy is the set of TLS versions and ciphers that the load balancer offers. Every one of them is at least
// TLS 1.2 with forward secrecy.
// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
type SecurityPolicy string

const (
	// TLS12Recommended is TLS 1.2 and 1.3 with post-quantum key exchange for clients that support it: the default, which
	// AWS recommends.
	TLS12Recommended SecurityPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
	// TLS12RecommendedFIPS is the same with validated cryptography.
	TLS12RecommendedFIPS SecurityPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09"
	// TLS12Restricted is TLS 1.2 and 1.3 without post-quantum key exchange, for regions that lack it.
	TLS12Restricted SecurityPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
	// TLS13Only is TLS 1.3 and nothing older, with post-quantum key exchange for clients that support it.
	TLS13Only SecurityPolicy = "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09"
)

// Values lists the security policies.
func (SecurityPolicy) Values() []SecurityPolicy {
	return []SecurityPolicy{TLS12Recommended, TLS12RecommendedFIPS, TLS12Restricted, TLS13Only}
}

// DesyncMitigationMode says what happens to requests that two servers could understand in two ways.
// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
type DesyncMitigationMode string

const (
	// Defensive closes the connection after an ambiguous request, and blocks what is known to attack: the default, which
	// AWS has too.
	Defensive DesyncMitigationMode = "defensive"
	// Strictest lets only requests through that follow RFC 7230 to the letter. It answers with 400 to harmless ones too,
	// such as GET with a body. See the metric DesyncMitigationMode_NonCompliant_Request_Count before you choose it.
	Strictest DesyncMitigationMode = "strictest"
)

// Values lists the modes.
func (DesyncMitigationMode) Values() []DesyncMitigationMode {
	return []DesyncMitigationMode{Defensive, Strictest}
}

// StrictTransportSecurity says whether browsers learn to come over https only (HSTS), this host and no other.
// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html
type StrictTransportSecurity string

const (
	// StrictTransportOneYear has browsers remember it for a year after each visit: the default.
	StrictTransportOneYear StrictTransportSecurity = "oneYear"
	// StrictTransportForget has browsers forget it at their next visit: the way out, for as long as StrictTransportOneYear
	// was in force.
	StrictTransportForget StrictTransportSecurity = "forget"
	// StrictTransportByTarget adds nothing: the targets say it, or nobody does.
	StrictTransportByTarget StrictTransportSecurity = "byTarget"
)

// Values lists the choices.
func (StrictTransportSecurity) Values() []StrictTransportSecurity {
	return []StrictTransportSecurity{StrictTransportOneYear, StrictTransportForget, StrictTransportByTarget}
}

// header is the value of the header, nil where there is none.
func (s StrictTransportSecurity) header() pulumi.StringPtrInput {
	switch s {
	case StrictTransportByTarget:
		return nil
	case StrictTransportForget:
		return pulumi.String("max-age=0")
	}
	return pulumi.String("max-age=31536000")
}

// TargetGroupProtocol is what the load balancer uses to talk to the targets of a group.
type TargetGroupProtocol string

const (
	// TargetGroupHTTP is unencrypted, within the VPC: the default.
	TargetGroupHTTP TargetGroupProtocol = "HTTP"
	// TargetGroupHTTPS is encrypted. The load balancer accepts every certificate of a target, even a self-signed one.
	TargetGroupHTTPS TargetGroupProtocol = "HTTPS"
)

// Values lists the protocols.
func (TargetGroupProtocol) Values() []TargetGroupProtocol {
	return []TargetGroupProtocol{TargetGroupHTTP, TargetGroupHTTPS}
}
