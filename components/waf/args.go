package waf

import (
	"cmp"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/keychoice"
	"github.com/bulwark-iac/bulwark/components/internal/naming"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/components/toggle"
)

// WebAclArgs are the arguments of NewWebAcl.
type WebAclArgs struct {
	// Labels become the tags of everything that has tags, and begin the names of metrics and of the log group.
	Labels tagging.Labels `pulumi:"labels"`
	// Lifecycle is Permanent unless set: the log group is protected and retained, with its key. The web ACL itself keeps
	// nothing.
	Lifecycle lifecycle.Lifecycle `pulumi:"lifecycle,optional"`
	// LoadBalancerArn is the ARN of the Application Load Balancer that the web ACL guards, in the same region. Default:
	// none: the web ACL guards nothing yet.
	LoadBalancerArn pulumi.StringInput `pulumi:"loadBalancerArn,optional"`

	// Mode is the mode of every rule without one of its own. Default: ModeBlock. A new web ACL in front of an
	// application that has users starts with ModeCount.
	Mode Mode `pulumi:"mode,optional"`
	// ManagedRuleGroups adjust managed rule groups that are in use anyway, or add others.
	ManagedRuleGroups []ManagedRuleGroup `pulumi:"managedRuleGroups,optional"`
	// ExcludedManagedRuleGroups are those in use by default that you do not want.
	ExcludedManagedRuleGroups []ManagedRuleGroupName `pulumi:"excludedManagedRuleGroups,optional"`
	// RateLimit is how many requests one address may make. Default: 2000 in 5 minutes.
	RateLimit *RateLimit `pulumi:"rateLimit,optional"`
	// Block are addresses that are blocked, before any other rule. Default: none.
	Block *IPSet `pulumi:"block,optional"`
	// Allow are addresses that are let in, past every rule but Block. Default: none.
	Allow *IPSet `pulumi:"allow,optional"`
	// Geo allows or blocks countries. Default: none.
	Geo *Geo `pulumi:"geo,optional"`
	// Uploads are paths to which files are sent. Default: none, and no request body may be larger than 8 KB.
	Uploads *Uploads `pulumi:"uploads,optional"`
	// Rules are rules of your own.
	Rules []Rule `pulumi:"rules,optional"`

	// BotControl finds and blocks bots. Paid: 10 USD a month, and 1 USD (targeted: 10 USD) per million requests.
	// Default: none.
	BotControl *BotControl `pulumi:"botControl,optional"`
	// AccountTakeover finds logins with stolen credentials. Paid: 10 USD a month, and 1 USD per 1,000 logins.
	// Default: none.
	AccountTakeover *AccountTakeover `pulumi:"accountTakeover,optional"`
	// AccountCreation finds fake accounts as they are made. Paid: 10 USD a month, and 1 USD per 1,000 attempts.
	// Default: none.
	AccountCreation *AccountCreation `pulumi:"accountCreation,optional"`

	// LogBucket receives the logs; its sources have to include WAF, and it has to be in the region of the web ACL.
	// Required, unless LogBucketName, LogGroup or LogGroupArn is given or Logging is disabled.
	LogBucket *storage.LogBucket `sibling:"logBucketName"`
	// LogBucketName is the name of an existing bucket, instead of LogBucket. It starts with aws-waf-logs-.
	LogBucketName pulumi.StringInput `pulumi:"logBucketName,optional"`
	// LogGroup makes a CloudWatch log group for the logs, instead of a bucket: searchable at once, but more expensive.
	LogGroup *LogGroup `pulumi:"logGroup,optional"`
	// LogGroupArn is the ARN of an existing log group, instead of LogGroup. Its name starts with aws-waf-logs-.
	LogGroupArn pulumi.StringInput `pulumi:"logGroupArn,optional"`
	// Logging is toggle.Enabled unless set. toggle.Disabled gives up the record of who was blocked, and why.
	Logging toggle.Toggle `pulumi:"logging,optional"`
	// LoggedRequests is LoggedAll unless set.
	LoggedRequests LoggedRequests `pulumi:"loggedRequests,optional"`
	// RedactedFields are parts of requests to keep out of the logs: RedactMethod, RedactQueryString, RedactUriPath, or
	// header:<name> for a header, as RedactHeader writes it. The headers authorization and cookie are always kept out.
	RedactedFields []string `pulumi:"redactedFields,optional"`
	// SampledRequests keeps samples of requests in the console for three hours, with all headers in clear: redaction
	// does not reach them. Off by default.
	SampledRequests bool `pulumi:"sampledRequests,optional"`

	// MaxCapacity is how many capacity units (WCU) the rules may need, up to 5000. Default: 1500, what the price of a
	// web ACL includes; each 500 more cost 0.20 USD per million requests.
	MaxCapacity int `pulumi:"maxCapacity,optional"`
}

// metricName is the name of the web ACL in CloudWatch.
func (a *WebAclArgs) metricName(name string) string {
	return naming.Base(a.Labels.Project, a.Labels.Environment, name)
}

// mode is the first one given, or the default.
func (a *WebAclArgs) mode(own Mode) Mode { return cmp.Or(own, a.Mode, ModeBlock) }

func (a *WebAclArgs) maxCapacity() int { return cmp.Or(a.MaxCapacity, includedCapacity) }

// ManagedRuleGroup adjusts or adds one of the managed rule groups at no extra charge.
type ManagedRuleGroup struct {
	// Name is that of the rule group.
	Name ManagedRuleGroupName `pulumi:"name"`
	// Mode is the mode of all of its rules. Default: that of the web ACL.
	Mode Mode `pulumi:"mode,optional"`
	// Overrides give single rules another mode. In a rule group that counts, every rule counts whatever they say.
	Overrides []RuleOverride `pulumi:"overrides,optional"`
	// Version pins a static version, such as Version_1.19, which AWS lets expire one day. Default: the version that AWS
	// recommends, which changes without an update. IP reputation lists have no versions.
	Version string `pulumi:"version,optional"`
}

// RuleOverride gives a rule of a managed rule group another mode.
type RuleOverride struct {
	// Rule is the name of the rule, such as NoUserAgent_HEADER. WAF would ignore a wrong one silently.
	Rule string `pulumi:"rule"`
	// Mode is what the rule does instead.
	Mode Mode `pulumi:"mode"`
}

// RateLimit is how many requests one address may make. Those above it are answered with 429.
type RateLimit struct {
	// Limit is the number of requests within the window, 10 to 2,000,000,000. Default: 2000.
	Limit int `pulumi:"limit,optional"`
	// WindowSeconds is the time that WAF looks back: 60, 120, 300 or 600. Default: 300.
	WindowSeconds int `pulumi:"windowSeconds,optional"`
	// Mode is the mode of the rule. Default: that of the web ACL.
	Mode Mode `pulumi:"mode,optional"`
}

// IPSet are blocks of addresses that are blocked or let in.
type IPSet struct {
	// Addresses are blocks in CIDR notation, IPv4 and IPv6, such as 203.0.113.0/24, 198.51.100.7/32 and 2001:db8::/32;
	// at most 10,000 of each IP version, and no /0.
	Addresses []string `pulumi:"addresses"`
	// Mode is the mode of the rule. Default: that of the web ACL.
	Mode Mode `pulumi:"mode,optional"`
}

// Geo allows or blocks the requests of countries, by the address that they come from.
type Geo struct {
	// AllowCountries are the only countries let in, by ISO 3166 code, such as DE. Either these or BlockCountries.
	AllowCountries []string `pulumi:"allowCountries,optional"`
	// BlockCountries are blocked.
	BlockCountries []string `pulumi:"blockCountries,optional"`
	// Mode is the mode of the rule. Default: that of the web ACL.
	Mode Mode `pulumi:"mode,optional"`
}

// Uploads are paths to which files are sent. There, managed rules that look at the body count instead of blocking;
// everywhere else they block as before.
type Uploads struct {
	// Paths are the paths: /recordings/ is everything below it, /upload exactly that path. They are compared with the
	// path of the request once it is URL-decoded and free of . and .. parts, so that /recordings/../admin is no upload.
	Paths []string `pulumi:"paths"`
	// Rules are names of managed rules that look at the body. Default: SizeRestrictions_BODY, CrossSiteScripting_BODY,
	// GenericLFI_BODY, SQLi_BODY and WindowsShellCommands_BODY, as far as their rule groups are in use: those that AWS
	// names as blocking uploads (https://repost.aws/knowledge-center/waf-upload-blocked-files).
	Rules []string `pulumi:"rules,optional"`
}

// Rule is a rule of your own: conditions, or a rule group.
type Rule struct {
	// Name names the rule and its metric: letters, digits, - and _.
	Name string `pulumi:"name"`
	// Priority is the rule's place: 100 to 999 before the managed rule groups, 10000 to 19999 after them. No two rules
	// share one.
	Priority int `pulumi:"priority"`
	// Action is what happens to a request that matches. Default: ActionBlock. Not with RuleGroupArn.
	Action Action `pulumi:"action,optional"`
	// Mode is the mode of the rule. Default: that of the web ACL.
	Mode Mode `pulumi:"mode,optional"`
	// When says which requests match: all of its conditions have to hold. Required, unless RuleGroupArn is given.
	When *Match `pulumi:"when,optional"`
	// Unless are exceptions: one of its conditions is enough, and the request does not match.
	Unless *Match `pulumi:"unless,optional"`
	// Limit makes it a rate-based rule: it blocks an address that makes more of the matching requests than this within
	// WindowSeconds, 10 to 2,000,000,000, with 429. Needs paths in When.
	Limit int `pulumi:"limit,optional"`
	// WindowSeconds is the time that WAF looks back: 60, 120, 300 or 600. Default: 300. With Limit only.
	WindowSeconds int `pulumi:"windowSeconds,optional"`
	// RuleGroupArn is the ARN of a rule group of the account, in the same region, instead of When: for everything that
	// conditions cannot express.
	RuleGroupArn pulumi.StringInput `pulumi:"ruleGroupArn,optional"`
	// Capacity is the capacity of that rule group in WCU, fixed when it was made, 1 to 5000.
	Capacity int `pulumi:"capacity,optional"`
}

// Match are conditions on a request. Of each list, one entry has to hold.
type Match struct {
	// Paths are paths: /admin/ is everything below it, /login exactly that path. Compared as those of Uploads; case
	// counts.
	Paths []string `pulumi:"paths,optional"`
	// Methods are HTTP methods.
	Methods []Method `pulumi:"methods,optional"`
	// Hosts are names of the host header, such as api.example.com.
	Hosts []string `pulumi:"hosts,optional"`
	// Countries are countries that the address belongs to, by ISO 3166 code.
	Countries []string `pulumi:"countries,optional"`
	// Labels are labels that rules with a lower priority number put on the request, such as
	// awswaf:managed:aws:anonymous-ip-list:HostingProviderIPList.
	Labels []string `pulumi:"labels,optional"`
}

// BotControl configures AWSManagedRulesBotControlRuleSet.
type BotControl struct {
	// Level is BotLevelCommon unless set.
	Level BotLevel `pulumi:"level,optional"`
	// Mode is the mode of all of its rules. Default: that of the web ACL.
	Mode Mode `pulumi:"mode,optional"`
	// Overrides give single rules another mode, such as SignalNonBrowserUserAgent where apps call the API.
	Overrides []RuleOverride `pulumi:"overrides,optional"`
}

// AccountTakeover configures AWSManagedRulesATPRuleSet.
type AccountTakeover struct {
	// LoginPath is the path to which credentials are sent, such as /login.
	LoginPath string `pulumi:"loginPath"`
	// Payload is PayloadJSON unless set.
	Payload PayloadType `pulumi:"payload,optional"`
	// UsernameField and PasswordField say where the credentials are, such as /login/username in JSON, or username.
	UsernameField string `pulumi:"usernameField"`
	PasswordField string `pulumi:"passwordField"`
	// Mode is the mode of all of its rules. Default: that of the web ACL.
	Mode Mode `pulumi:"mode,optional"`
	// Overrides give single rules another mode.
	Overrides []RuleOverride `pulumi:"overrides,optional"`
}

// AccountCreation configures AWSManagedRulesACFPRuleSet.
type AccountCreation struct {
	// PagePath is the path of the page with the form, CreationPath the one to which the form is sent.
	PagePath     string `pulumi:"pagePath"`
	CreationPath string `pulumi:"creationPath"`
	// Payload is PayloadJSON unless set.
	Payload PayloadType `pulumi:"payload,optional"`
	// UsernameField, PasswordField and EmailField say where these are; at least one of them.
	UsernameField string `pulumi:"usernameField,optional"`
	PasswordField string `pulumi:"passwordField,optional"`
	EmailField    string `pulumi:"emailField,optional"`
	// PhoneNumberFields and AddressFields are the fields that make up a phone number and a postal address.
	PhoneNumberFields []string `pulumi:"phoneNumberFields,optional"`
	AddressFields     []string `pulumi:"addressFields,optional"`
	// Mode is the mode of all of its rules. Default: that of the web ACL.
	Mode Mode `pulumi:"mode,optional"`
	// Overrides give single rules another mode.
	Overrides []RuleOverride `pulumi:"overrides,optional"`
}

// LogGroup is a CloudWatch log group for the logs.
type LogGroup struct {
	// RetentionDays is how long logs are kept: one of the numbers that CloudWatch Logs knows. Default: 400.
	RetentionDays int `pulumi:"retentionDays,optional"`
	// Key encrypts the logs; it has to serve encryption.UseLogs. Default: a key that the web ACL creates for them.
	Key *encryption.Key `sibling:"keyArn"`
	// KeyArn is the ARN of an existing key, instead of Key.
	KeyArn pulumi.StringInput `pulumi:"keyArn,optional"`
}

// key is the key that the arguments choose, if any.
func (g *LogGroup) key() keychoice.Choice { return keychoice.Choice{Key: g.Key, Arn: g.KeyArn} }
