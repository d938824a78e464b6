package waf

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/lifecycle"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/tagging"
)

// WebAclArgs are the arguments of NewWebAcl.
type WebAclArgs struct {
	// Labels become the tags of everything that has tags, and begin the names of metrics and of the log group.
	Labels tagging.Labels `pulumi:"labels"`
	// Lifecycle is Permanent unless set: the log group is protected and retained, with its key. The web ACL itself keeps
	// nothing.
	Lifecycle lifecycle.Lifecycle `pulumi:"lifecycle,optional"`
	// LoadBalancerArn is the ARN of the Application Load Balancer that the web ACL guards, of the same region. Default:
	// none, the web ACL guards nothing yet.
	LoadBalancerArn pulumi.StringInput `pulumi:"loadBalancerArn,optional"`

	// Mode is the mode of every rule without one of its own. Default: ModeBlock. A new web ACL in front of an
	// application that has users starts with ModeCount.
	Mode Mode `pulumi:"mode,optional"`
	// Groups adjust managed rule groups that are in use anyway, or add others.
	Groups []ManagedGroup `pulumi:"groups,optional"`
	// LeaveOut names groups that are in use by default, and shall not be.
	LeaveOut []Group `pulumi:"leaveOut,optional"`
	// RateLimit is how many requests one address may make. Default: 2000 in 5 minutes.
	RateLimit *RateLimit `pulumi:"rateLimit,optional"`
	// Deny keeps addresses out, before any other rule. Default: none.
	Deny *AddressList `pulumi:"deny,optional"`
	// Allow lets addresses in, past every rule but Deny. Default: none.
	Allow *AddressList `pulumi:"allow,optional"`
	// Geo lets in or keeps out countries. Default: none.
	Geo *Geo `pulumi:"geo,optional"`
	// Uploads are paths to which files are sent. Default: none, and no request body may be larger than 8 KB.
	Uploads *Uploads `pulumi:"uploads,optional"`
	// Rules are rules of one's own.
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
	// Required, unless LogBucketName, LogGroup or LogGroupArn is given or Logging is LoggingOff.
	LogBucket *storage.LogBucket `sibling:"logBucketName"`
	// LogBucketName is the name of an existing bucket, instead of LogBucket. It starts with aws-waf-logs-.
	LogBucketName pulumi.StringInput `pulumi:"logBucketName,optional"`
	// LogGroup makes a CloudWatch log group for the logs, instead of a bucket: searchable at once, and dearer.
	LogGroup *LogGroup `pulumi:"logGroup,optional"`
	// LogGroupArn is the ARN of an existing log group, instead of LogGroup. Its name starts with aws-waf-logs-.
	LogGroupArn pulumi.StringInput `pulumi:"logGroupArn,optional"`
	// Logging is LoggingOn unless set.
	Logging Logging `pulumi:"logging,optional"`
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

// ManagedGroup adjusts or adds one of the managed rule groups that cost nothing extra.
type ManagedGroup struct {
	// Group is the group.
	Group Group `pulumi:"group"`
	// Mode is the mode of all of its rules. Default: that of the web ACL.
	Mode Mode `pulumi:"mode,optional"`
	// Overrides give single rules another mode. In a group that counts, every rule counts whatever they say.
	Overrides []RuleOverride `pulumi:"overrides,optional"`
	// Version pins a static version, such as Version_1.19, which AWS lets expire one day. Default: the version that AWS
	// recommends, which changes without an update. IP reputation lists have no versions.
	Version string `pulumi:"version,optional"`
}

// RuleOverride gives a rule of a managed group another mode.
type RuleOverride struct {
	// Rule is the name of the rule, such as NoUserAgent_HEADER. WAF would ignore a wrong one silently.
	Rule string `pulumi:"rule"`
	// Mode is what the rule does instead.
	Mode Mode `pulumi:"mode"`
}

// RateLimit is how many requests one address may make. What is above is answered with 429.
type RateLimit struct {
	// Limit is the number of requests within the window, 10 to 2,000,000,000. Default: 2000.
	Limit int `pulumi:"limit,optional"`
	// WindowSeconds is the time that WAF looks back: 60, 120, 300 or 600. Default: 300.
	WindowSeconds int `pulumi:"windowSeconds,optional"`
	// Mode is the mode of the rule. Default: that of the web ACL.
	Mode Mode `pulumi:"mode,optional"`
}

// AddressList are networks that are let in or kept out.
type AddressList struct {
	// Addresses are networks in CIDR notation, IPv4 and IPv6, such as 203.0.113.0/24, 198.51.100.7/32 and 2001:db8::/32;
	// at most 10,000 of each kind, and no /0.
	Addresses []string `pulumi:"addresses"`
	// Mode is the mode of the rule. Default: that of the web ACL.
	Mode Mode `pulumi:"mode,optional"`
}

// Geo lets in or keeps out the requests of countries, by the address they come from.
type Geo struct {
	// AllowCountries are the only countries let in, by ISO 3166 code, such as DE. Either these or DenyCountries.
	AllowCountries []string `pulumi:"allowCountries,optional"`
	// DenyCountries are kept out.
	DenyCountries []string `pulumi:"denyCountries,optional"`
	// Mode is the mode of the rule. Default: that of the web ACL.
	Mode Mode `pulumi:"mode,optional"`
}

// Uploads are paths to which files are sent. There, managed rules that look at the body are counted instead of blocking;
// everywhere else they block as ever.
type Uploads struct {
	// Paths are the paths: /recordings/ is everything below it, /upload exactly that path. They are compared with the
	// path of the request once it is URL-decoded and free of . and .. parts, so that /recordings/../admin is no upload.
	Paths []string `pulumi:"paths"`
	// Rules are names of managed rules that look at the body. Default: SizeRestrictions_BODY, CrossSiteScripting_BODY,
	// GenericLFI_BODY, SQLi_BODY and WindowsShellCommands_BODY, as far as their groups are in use: those that AWS names
	// as blocking uploads (https://repost.aws/knowledge-center/waf-upload-blocked-files).
	Rules []string `pulumi:"rules,optional"`
}

// Rule is a rule of one's own: conditions, or a rule group.
type Rule struct {
	// Name names the rule and its metric: letters, digits, - and _.
	Name string `pulumi:"name"`
	// Priority is the rule's place: 100 to 999 before the managed groups, 10000 to 19999 after them. No two rules share
	// one.
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
	// RuleGroupArn is the ARN of a rule group of the account, of the same region, instead of When: for everything that
	// conditions cannot say.
	RuleGroupArn pulumi.StringInput `pulumi:"ruleGroupArn,optional"`
	// Capacity is the capacity of that rule group, fixed when it was made, 1 to 5000.
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
