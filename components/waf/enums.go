package waf

// Mode says whether a rule acts on the requests that match, or only counts them.
type Mode string

const (
	// ModeBlock acts: the default.
	ModeBlock Mode = "block"
	// ModeCount counts in metrics and logs, and lets the request go on to the next rule.
	ModeCount Mode = "count"
)

// Values lists the modes.
func (Mode) Values() []Mode { return []Mode{ModeBlock, ModeCount} }

// Action is what a rule of your own does with a request that matches.
type Action string

const (
	// ActionBlock answers with 403, or 429 when the rule has a limit: the default.
	ActionBlock Action = "block"
	// ActionAllow lets the request in, past every rule with a higher priority number.
	ActionAllow Action = "allow"
)

// Values lists the actions.
func (Action) Values() []Action { return []Action{ActionBlock, ActionAllow} }

// ManagedRuleGroupName is the name of a managed rule group of AWS at no extra charge.
type ManagedRuleGroupName string

const (
	// CommonRuleSet is the core rule set: what OWASP warns of. In use by default.
	CommonRuleSet ManagedRuleGroupName = "AWSManagedRulesCommonRuleSet"
	// KnownBadInputs are requests that exploit known vulnerabilities, Log4j among them. In use by default.
	KnownBadInputs ManagedRuleGroupName = "AWSManagedRulesKnownBadInputsRuleSet"
	// SQLInjection is for applications with an SQL database. In use by default.
	SQLInjection ManagedRuleGroupName = "AWSManagedRulesSQLiRuleSet"
	// IPReputation are addresses that Amazon knows for attacks. In use by default.
	IPReputation ManagedRuleGroupName = "AWSManagedRulesAmazonIpReputationList"
	// AnonymousIP are proxies, VPN and hosting providers: it blocks users who value their privacy, and other services
	// that call an API.
	AnonymousIP ManagedRuleGroupName = "AWSManagedRulesAnonymousIpList"
	// AdminProtection blocks paths of administrative pages.
	AdminProtection ManagedRuleGroupName = "AWSManagedRulesAdminProtectionRuleSet"
	// Linux is for applications on Linux.
	Linux ManagedRuleGroupName = "AWSManagedRulesLinuxRuleSet"
	// POSIX is for applications on Linux and other POSIX systems that start other programs.
	POSIX ManagedRuleGroupName = "AWSManagedRulesUnixRuleSet"
	// Windows is for applications on Windows.
	Windows ManagedRuleGroupName = "AWSManagedRulesWindowsRuleSet"
	// PHP is for applications in PHP.
	PHP ManagedRuleGroupName = "AWSManagedRulesPHPRuleSet"
	// WordPress is for WordPress sites.
	WordPress ManagedRuleGroupName = "AWSManagedRulesWordPressRuleSet"
)

// Values lists the rule groups in the order in which they look at a request.
func (ManagedRuleGroupName) Values() []ManagedRuleGroupName {
	values := make([]ManagedRuleGroupName, len(baseRuleGroups))
	for i, g := range baseRuleGroups {
		values[i] = g.name
	}
	return values
}

// LoggedRequests says which requests the logs hold.
type LoggedRequests string

const (
	// LoggedAll are all requests: the default.
	LoggedAll LoggedRequests = "all"
	// LoggedMatched are those that a rule blocked, counted or challenged: a fraction of the size, and enough to tune
	// rules, but no record of what was let in.
	LoggedMatched LoggedRequests = "matched"
)

// Values lists the choices.
func (LoggedRequests) Values() []LoggedRequests { return []LoggedRequests{LoggedAll, LoggedMatched} }

// BotLevel is how closely Bot Control looks.
type BotLevel string

const (
	// BotLevelCommon finds bots that say what they are: the default.
	BotLevelCommon BotLevel = "COMMON"
	// BotLevelTargeted also finds those that pretend to be browsers, at ten times the price per request.
	BotLevelTargeted BotLevel = "TARGETED"
)

// Values lists the levels.
func (BotLevel) Values() []BotLevel { return []BotLevel{BotLevelCommon, BotLevelTargeted} }

// PayloadType is how a form sends its fields.
type PayloadType string

const (
	// PayloadJSON is a JSON document; fields are JSON pointers, such as /login/password. The default.
	PayloadJSON PayloadType = "JSON"
	// PayloadFormEncoded is what an HTML form sends; fields are names, such as password.
	PayloadFormEncoded PayloadType = "FORM_ENCODED"
)

// Values lists the types.
func (PayloadType) Values() []PayloadType { return []PayloadType{PayloadJSON, PayloadFormEncoded} }

// Method is an HTTP method.
type Method string

// The HTTP methods.
const (
	MethodGet     Method = "GET"
	MethodHead    Method = "HEAD"
	MethodPost    Method = "POST"
	MethodPut     Method = "PUT"
	MethodPatch   Method = "PATCH"
	MethodDelete  Method = "DELETE"
	MethodOptions Method = "OPTIONS"
	MethodTrace   Method = "TRACE"
	MethodConnect Method = "CONNECT"
)

// Values lists the methods.
func (Method) Values() []Method {
	return []Method{
		MethodGet, MethodHead, MethodPost, MethodPut, MethodPatch, MethodDelete, MethodOptions, MethodTrace, MethodConnect,
	}
}
