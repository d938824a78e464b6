package waf

import "strings"

// Group is a managed rule group of AWS.
type Group string

// The groups that cost nothing extra.
const (
	// CommonRuleSet is the core rule set: what OWASP warns of. In use by default.
	CommonRuleSet Group = "AWSManagedRulesCommonRuleSet"
	// KnownBadInputs are requests that exploit known holes, Log4j among them. In use by default.
	KnownBadInputs Group = "AWSManagedRulesKnownBadInputsRuleSet"
	// SQLInjection is for applications with an SQL database. In use by default.
	SQLInjection Group = "AWSManagedRulesSQLiRuleSet"
	// IPReputation are addresses that Amazon knows for attacks. In use by default.
	IPReputation Group = "AWSManagedRulesAmazonIpReputationList"
	// AnonymousIP are proxies, VPN and hosting providers: it blocks users who value their privacy, and other services
	// that call an API.
	AnonymousIP Group = "AWSManagedRulesAnonymousIpList"
	// AdminProtection blocks paths of administrative pages.
	AdminProtection Group = "AWSManagedRulesAdminProtectionRuleSet"
	// Linux is for applications on Linux.
	Linux Group = "AWSManagedRulesLinuxRuleSet"
	// POSIX is for applications on Linux and other POSIX systems that start other programs.
	POSIX Group = "AWSManagedRulesUnixRuleSet"
	// Windows is for applications on Windows.
	Windows Group = "AWSManagedRulesWindowsRuleSet"
	// PHP is for applications in PHP.
	PHP Group = "AWSManagedRulesPHPRuleSet"
	// WordPress is for WordPress sites.
	WordPress Group = "AWSManagedRulesWordPressRuleSet"
)

// The groups with a price, which have arguments of their own.
const (
	botControl      Group = "AWSManagedRulesBotControlRuleSet"
	accountTakeover Group = "AWSManagedRulesATPRuleSet"
	accountCreation Group = "AWSManagedRulesACFPRuleSet"
	antiDDoS        Group = "AWSManagedRulesAntiDDoSRuleSet"
)

// Values lists the groups that cost nothing extra, in the order in which they look at a request.
func (Group) Values() []Group {
	values := make([]Group, len(managedGroups))
	for i, g := range managedGroups {
		values[i] = g.group
	}
	return values
}

// managedGroup is what AWS documents of a group.
type managedGroup struct {
	group Group
	// priority is the place of the group, for ever. The number after it is for its rule of Uploads.
	priority int
	// capacity is what the group needs, in WCU.
	capacity int
	// byDefault says that the group is in use unless left out.
	byDefault bool
	// unversioned groups have no static versions.
	unversioned bool
	// rules are the names of its rules.
	rules []string
	// labels begin the labels of the group; bodies are its rules that look at the body, with the end of their label.
	// Rules whose label differs between versions are left out: Uploads would open their block everywhere.
	labels string
	bodies map[string]string
}

// managedGroups are in the order in which they look at a request, the cheap ones first.
// Sources: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html,
// https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-use-case.html and
// https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-ip-rep.html
var managedGroups = []managedGroup{
	{
		group: IPReputation, priority: 1000, capacity: 25, byDefault: true, unversioned: true,
		rules: strings.Fields(`AWSManagedIPReputationList AWSManagedReconnaissanceList AWSManagedIPDDoSList`),
	},
	{
		group: AnonymousIP, priority: 1010, capacity: 50, unversioned: true,
		rules: strings.Fields(`AnonymousIPList HostingProviderIPList`),
	},
	{
		group: CommonRuleSet, priority: 1100, capacity: 700, byDefault: true,
		rules: strings.Fields(`
			NoUserAgent_HEADER UserAgent_BadBots_HEADER SizeRestrictions_QUERYSTRING SizeRestrictions_Cookie_HEADER
			SizeRestrictions_BODY SizeRestrictions_URIPATH EC2MetaDataSSRF_BODY EC2MetaDataSSRF_COOKIE
			EC2MetaDataSSRF_URIPATH EC2MetaDataSSRF_QUERYARGUMENTS GenericLFI_QUERYARGUMENTS GenericLFI_URIPATH
			GenericLFI_BODY RestrictedExtensions_URIPATH RestrictedExtensions_QUERYARGUMENTS GenericRFI_QUERYARGUMENTS
			GenericRFI_BODY GenericRFI_URIPATH CrossSiteScripting_COOKIE CrossSiteScripting_QUERYARGUMENTS
			CrossSiteScripting_BODY CrossSiteScripting_URIPATH`),
		labels: "awswaf:managed:aws:core-rule-set:",
		bodies: map[string]string{
			"SizeRestrictions_BODY": "SizeRestrictions_Body", "EC2MetaDataSSRF_BODY": "EC2MetaDataSSRF_Body",
			"GenericLFI_BODY": "GenericLFI_Body", "GenericRFI_BODY": "GenericRFI_Body", "CrossSiteScripting_BODY": "CrossSiteScripting_Body",
		},
	},
	{
		group: AdminProtection, priority: 1110, capacity: 100,
		rules: strings.Fields(`AdminProtection_URIPATH`),
	},
	{
		group: KnownBadInputs, priority: 1120, capacity: 200, byDefault: true,
		rules: strings.Fields(`
			JavaDeserializationRCE_HEADER JavaDeserializationRCE_BODY JavaDeserializationRCE_URIPATH
			JavaDeserializationRCE_QUERYSTRING Host_localhost_HEADER PROPFIND_METHOD ExploitablePaths_URIPATH
			Log4JRCE_HEADER Log4JRCE_QUERYSTRING Log4JRCE_BODY Log4JRCE_URIPATH ReactJSRCE_BODY`),
		labels: "awswaf:managed:aws:known-bad-inputs:",
		bodies: map[string]string{
			"JavaDeserializationRCE_BODY": "JavaDeserializationRCE_Body", "Log4JRCE_BODY": "Log4JRCE_Body", "ReactJSRCE_BODY": "ReactJSRCE_Body",
		},
	},
	{
		group: SQLInjection, priority: 1130, capacity: 200, byDefault: true,
		rules: strings.Fields(`
			SQLi_QUERYARGUMENTS SQLiExtendedPatterns_QUERYARGUMENTS SQLi_BODY SQLiExtendedPatterns_BODY SQLi_COOKIE
			SQLi_URIPATH SQLiExtendedPatterns_HEADER SQLiExtendedPatterns_URIPATH`),
		labels: "awswaf:managed:aws:sql-database:",
		bodies: map[string]string{"SQLi_BODY": "SQLi_Body", "SQLiExtendedPatterns_BODY": "SQLiExtendedPatterns_Body"},
	},
	{
		group: Linux, priority: 1140, capacity: 200,
		rules: strings.Fields(`LFI_URIPATH LFI_QUERYSTRING LFI_HEADER`),
	},
	{
		group: POSIX, priority: 1150, capacity: 100,
		rules: strings.Fields(`UNIXShellCommandsVariables_QUERYSTRING UNIXShellCommandsVariables_BODY UNIXShellCommandsVariables_HEADER`),
	},
	{
		group: Windows, priority: 1160, capacity: 200,
		rules: strings.Fields(`
			WindowsShellCommands_COOKIE WindowsShellCommands_QUERYARGUMENTS WindowsShellCommands_BODY
			PowerShellCommands_COOKIE PowerShellCommands_QUERYARGUMENTS PowerShellCommands_BODY`),
		labels: "awswaf:managed:aws:windows-os:",
		bodies: map[string]string{"WindowsShellCommands_BODY": "WindowsShellCommands_Body", "PowerShellCommands_BODY": "PowerShellCommands_Body"},
	},
	{
		group: PHP, priority: 1170, capacity: 100,
		rules:  strings.Fields(`PHPHighRiskMethodsVariables_HEADER PHPHighRiskMethodsVariables_QUERYSTRING PHPHighRiskMethodsVariables_BODY`),
		labels: "awswaf:managed:aws:php-app:",
		bodies: map[string]string{"PHPHighRiskMethodsVariables_BODY": "PHPHighRiskMethodsVariables_Body"},
	},
	{
		group: WordPress, priority: 1180, capacity: 100,
		rules: strings.Fields(`WordPressExploitableCommands_QUERYSTRING WordPressExploitablePaths_URIPATH`),
	},
}

// paidGroups come last, so that they are paid for what the others let through only.
// Sources: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-bot.html,
// https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-atp.html and
// https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-acfp.html
var paidGroups = map[Group]managedGroup{
	botControl: {
		group: botControl, priority: 1500, capacity: 50,
		rules: strings.Fields(`
			CategoryAdvertising CategoryArchiver CategoryContentFetcher CategoryEmailClient CategoryHttpLibrary
			CategoryLinkChecker CategoryMiscellaneous CategoryMonitoring CategoryPagePreview CategoryScrapingFramework
			CategorySearchEngine CategorySecurity CategorySeo CategorySocialMedia CategoryWebhooks CategoryAI
			SignalAutomatedBrowser SignalKnownBotDataCenter SignalNonBrowserUserAgent TGT_VolumetricIpTokenAbsent
			TGT_TokenAbsent TGT_VolumetricSession TGT_VolumetricSessionMaximum TGT_SignalAutomatedBrowser
			TGT_SignalBrowserAutomationExtension TGT_SignalBrowserInconsistency TGT_ML_CoordinatedActivityLow
			TGT_ML_CoordinatedActivityMedium TGT_ML_CoordinatedActivityHigh TGT_TokenReuseIpLow TGT_TokenReuseIpMedium
			TGT_TokenReuseIpHigh TGT_TokenReuseCountryLow TGT_TokenReuseCountryMedium TGT_TokenReuseCountryHigh
			TGT_TokenReuseAsnLow TGT_TokenReuseAsnMedium TGT_TokenReuseAsnHigh`),
	},
	accountTakeover: {
		group: accountTakeover, priority: 1510, capacity: 50,
		rules: strings.Fields(`
			UnsupportedCognitoIDP VolumetricIpHigh VolumetricSession AttributeCompromisedCredentials
			AttributeUsernameTraversal AttributePasswordTraversal AttributeLongSession TokenRejected
			SignalMissingCredential VolumetricIpFailedLoginResponseHigh VolumetricSessionFailedLoginResponseHigh`),
	},
	accountCreation: {
		group: accountCreation, priority: 1520, capacity: 50,
		rules: strings.Fields(`
			UnsupportedCognitoIDP AllRequests RiskScoreHigh SignalCredentialCompromised
			SignalClientHumanInteractivityAbsentLow AutomatedBrowser BrowserInconsistency VolumetricIpHigh
			VolumetricSessionHigh AttributeUsernameTraversalHigh VolumetricPhoneNumberHigh VolumetricAddressHigh
			VolumetricAddressLow VolumetricIPSuccessfulResponse VolumetricSessionSuccessfulResponse
			VolumetricSessionTokenReuseIp`),
	},
}

// byDefault are the groups in use unless left out.
func byDefault() []Group {
	var out []Group
	for _, g := range managedGroups {
		if g.byDefault {
			out = append(out, g.group)
		}
	}
	return out
}

// find returns what is known of a group that costs nothing extra.
func find(group Group) (managedGroup, bool) {
	for _, g := range managedGroups {
		if g.group == group {
			return g, true
		}
	}
	return managedGroup{}, false
}

// usedGroup is a managed group with what the arguments say of it.
type usedGroup struct {
	known    managedGroup
	settings ManagedGroup
}

// using are the managed groups in use that cost nothing extra, in their order.
func (a *WebAclArgs) using() []usedGroup {
	left := map[Group]bool{}
	for _, g := range a.LeaveOut {
		left[g] = true
	}
	given := map[Group]ManagedGroup{}
	for _, g := range a.Groups {
		given[g.Group] = g
	}
	var out []usedGroup
	for _, known := range managedGroups {
		settings, named := given[known.group]
		if named || known.byDefault && !left[known.group] {
			out = append(out, usedGroup{known: known, settings: settings})
		}
	}
	return out
}
