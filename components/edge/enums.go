package edge

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

// Listener says what the load balancer speaks.
type Listener string

const (
	// HTTPS serves on port 443 and redirects from 80: the default.
	HTTPS Listener = "https"
	// HTTPOnly serves on port 80, unencrypted. It is for sandboxes, and for development without a domain.
	HTTPOnly Listener = "httpOnly"
)

// Values lists the listeners.
func (Listener) Values() []Listener { return []Listener{HTTPS, HTTPOnly} }

// SecurityPolicy is the set of TLS versions and ciphers that the load balancer offers. Every one of them is at least
// TLS 1.2 with forward secrecy.
// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
type SecurityPolicy string

const (
	// TLS12Recommended is TLS 1.2 and 1.3 with post-quantum key exchange for clients that can: the default, which AWS
	// recommends.
	TLS12Recommended SecurityPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
	// TLS12RecommendedFIPS is the same with validated cryptography.
	TLS12RecommendedFIPS SecurityPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09"
	// TLS12Restricted is TLS 1.2 and 1.3 without post-quantum key exchange, for regions that lack it.
	TLS12Restricted SecurityPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
	// TLS13Only is TLS 1.3 and nothing older, with post-quantum key exchange for clients that can.
	TLS13Only SecurityPolicy = "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09"
)

// Values lists the security policies.
func (SecurityPolicy) Values() []SecurityPolicy {
	return []SecurityPolicy{TLS12Recommended, TLS12RecommendedFIPS, TLS12Restricted, TLS13Only}
}

// DesyncMitigation says what happens to requests that two servers could understand in two ways.
// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
type DesyncMitigation string

const (
	// Strictest lets only requests through that follow RFC 7230 to the letter: the default.
	Strictest DesyncMitigation = "strictest"
	// Defensive lets through what is harmless too, on a connection that is closed after it: for old clients.
	Defensive DesyncMitigation = "defensive"
)

// Values lists the modes.
func (DesyncMitigation) Values() []DesyncMitigation { return []DesyncMitigation{Strictest, Defensive} }

// TargetProtocol is what the load balancer speaks with its targets.
type TargetProtocol string

const (
	// TargetHTTP is unencrypted, within the VPC: the default.
	TargetHTTP TargetProtocol = "HTTP"
	// TargetHTTPS is encrypted. The load balancer accepts every certificate of a target, a self-signed one too.
	TargetHTTPS TargetProtocol = "HTTPS"
)

// Values lists the protocols.
func (TargetProtocol) Values() []TargetProtocol { return []TargetProtocol{TargetHTTP, TargetHTTPS} }

// Logging says whether there are access and connection logs.
type Logging string

const (
	// LoggingOn delivers both to a log bucket: the default.
	LoggingOn Logging = "on"
	// LoggingOff gives up the record of who asked for what.
	LoggingOff Logging = "off"
)

// Values lists the choices.
func (Logging) Values() []Logging { return []Logging{LoggingOn, LoggingOff} }
