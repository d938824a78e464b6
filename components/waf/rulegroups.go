package waf

import (
	"slices"
	"strings"
)

// The rule groups at an extra charge, which have arguments of their own.
const (
	botControl      ManagedRuleGroupName = "AWSManagedRulesBotControlRuleSet"
	accountTakeover ManagedRuleGroupName = "AWSManagedRulesATPRuleSet"
	accountCreation ManagedRuleGroupName = "AWSManagedRulesACFPRuleSet"
	antiDDoS        ManagedRuleGroupName = "AWSManagedRulesAntiDDoSRuleSet"
)

// ruleGroup is what AWS documents of a managed rule group.
type ruleGroup struct {
	name ManagedRuleGroupName
	// priority is the place of the rule group, for ever. The number after it is for its rule of Uploads.
	priority int
	// capacity is what the rule group needs, in WCU.
	capacity int
	// byDefault says that the rule group is in use unless it is excluded.
	byDefault bool
	// unversioned rule groups have no static versions.
	unversioned bool
	// rules are the names of its rules.
	rules []string
	// labels begin the labels of the rule group; bodies are its rules that look at the body, with the end of their
	// label. Rules whose label differs between versions are missing: Uploads would open what they block everywhere.
	labels string
	bodies map[string]string
}

// baseRuleGroups come at no extra charge. They are in the order in which they look at a request, the cheap ones first.
// Sources: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html,
// https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-use-case.html and
// https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-ip-rep.html
var baseRuleGroups = []ruleGroup{
	{
		name: IPReputation, priority: 1000, capacity: 25, byDefault: true, unversioned: true,
		rules: strings.Fields(`AWSManagedIPReputationList AWSManagedReconnaissanceList AWSManagedIPDDoSList`),
	},
	{
		name: AnonymousIP, priority: 1010, capacity: 50, unversioned: true,
		rules: strings.Fields(`AnonymousIPList HostingProviderIPList`),
	},
	{
		name: CommonRuleSet, priority: 1100, capacity: 700, byDefault: true,
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
			"GenericLFI_BODY": "GenericLFI_Body", "GenericRFI_BODY": "GenericRFI_Body",
			"CrossSiteScripting_BODY": "CrossSiteScripting_Body",
		},
	},
	{
		name: AdminProtection, priority: 1110, capacity: 100,
		rules: strings.Fields(`AdminProtection_URIPATH`),
	},
	{
		name: KnownBadInputs, priority: 1120, capacity: 200, byDefault: true,
		rules: strings.Fields(`
			JavaDeserializationRCE_HEADER JavaDeserializationRCE_BODY JavaDeserializationRCE_URIPATH
			JavaDeserializationRCE_QUERYSTRING Host_localhost_HEADER PROPFIND_METHOD ExploitablePaths_URIPATH
			Log4JRCE_HEADER Log4JRCE_QUERYSTRING Log4JRCE_BODY Log4JRCE_URIPATH ReactJSRCE_BODY`),
		labels: "awswaf:managed:aws:known-bad-inputs:",
		bodies: map[string]string{
			"JavaDeserializationRCE_BODY": "JavaDeserializationRCE_Body", "Log4JRCE_BODY": "Log4JRCE_Body",
			"ReactJSRCE_BODY": "ReactJSRCE_Body",
		},
	},
	{
		name: SQLInjection, priority: 1130, capacity: 200, byDefault: true,
		rules: strings.Fields(`
			SQLi_QUERYARGUMENTS SQLiExtendedPatterns_QUERYARGUMENTS SQLi_BODY SQLiExtendedPatterns_BODY SQLi_COOKIE
			SQLi_URIPATH SQLiExtendedPatterns_HEADER SQLiExtendedPatterns_URIPATH`),
		labels: "awswaf:managed:aws:sql-database:",
		bodies: map[string]string{"SQLi_BODY": "SQLi_Body", "SQLiExtendedPatterns_BODY": "SQLiExtendedPatterns_Body"},
	},
	{
		name: Linux, priority: 1140, capacity: 200,
		rules: strings.Fields(`LFI_URIPATH LFI_QUERYSTRING LFI_HEADER`),
	},
	{
		name: POSIX, priority: 1150, capacity: 100,
		rules: strings.Fields(`
			UNIXShellCommandsVariables_QUERYSTRING UNIXShellCommandsVariables_BODY UNIXShellCommandsVariables_HEADER`),
	},
	{
		name: Windows, priority: 1160, capacity: 200,
		rules: strings.Fields(`
			WindowsShellCommands_COOKIE WindowsShellCommands_QUERYARGUMENTS WindowsShellCommands_BODY
			PowerShellCommands_COOKIE PowerShellCommands_QUERYARGUMENTS PowerShellCommands_BODY`),
		labels: "awswaf:managed:aws:windows-os:",
		bodies: map[string]string{
			"WindowsShellCommands_BODY": "WindowsShellCommands_Body", "PowerShellCommands_BODY": "PowerShellCommands_Body",
		},
	},
	{
		name: PHP, priority: 1170, capacity: 100,
		rules: strings.Fields(`
			PHPHighRiskMethodsVariables_HEADER PHPHighRiskMethodsVariables_QUERYSTRING PHPHighRiskMethodsVariables_BODY`),
		labels: "awswaf:managed:aws:php-app:",
		bodies: map[string]string{"PHPHighRiskMethodsVariables_BODY": "PHPHighRiskMethodsVariables_Body"},
	},
	{
		name: WordPress, priority: 1180, capacity: 100,
		rules: strings.Fields(`WordPressExploitableCommands_QUERYSTRING WordPressExploitablePaths_URIPATH`),
	},
}

// paidRuleGroups come last, so that they are paid for what the others let through only.
// Sources: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-bot.html,
// https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-atp.html and
// https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-acfp.html
var paidRuleGroups = map[ManagedRuleGroupName]ruleGroup{
	botControl: {
		name: botControl, priority: 1500, capacity: 50,
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
		name: accountTakeover, priority: 1510, capacity: 50,
		rules: strings.Fields(`
			UnsupportedCognitoIDP VolumetricIpHigh VolumetricSession AttributeCompromisedCredentials
			AttributeUsernameTraversal AttributePasswordTraversal AttributeLongSession TokenRejected
			SignalMissingCredential VolumetricIpFailedLoginResponseHigh VolumetricSessionFailedLoginResponseHigh`),
	},
	accountCreation: {
		name: accountCreation, priority: 1520, capacity: 50,
		rules: strings.Fields(`
			UnsupportedCognitoIDP AllRequests RiskScoreHigh SignalCredentialCompromised
			SignalClientHumanInteractivityAbsentLow AutomatedBrowser BrowserInconsistency VolumetricIpHigh
			VolumetricSessionHigh AttributeUsernameTraversalHigh VolumetricPhoneNumberHigh VolumetricAddressHigh
			VolumetricAddressLow VolumetricIPSuccessfulResponse VolumetricSessionSuccessfulResponse
			VolumetricSessionTokenReuseIp`),
	},
}

// defaultRuleGroups are in use unless they are excluded.
func defaultRuleGroups() []ManagedRuleGroupName {
	var out []ManagedRuleGroupName
	for _, g := range baseRuleGroups {
		if g.byDefault {
			out = append(out, g.name)
		}
	}
	return out
}

// findRuleGroup returns what is known of a rule group at no extra charge.
func findRuleGroup(name ManagedRuleGroupName) (ruleGroup, bool) {
	for _, g := range baseRuleGroups {
		if g.name == name {
			return g, true
		}
	}
	return ruleGroup{}, false
}

// usedRuleGroup is a managed rule group with what the arguments say of it.
type usedRuleGroup struct {
	known    ruleGroup
	settings ManagedRuleGroup
}

// ruleGroupsInUse are those at no extra charge, in their order.
func (a *WebAclArgs) ruleGroupsInUse() []usedRuleGroup {
	given := map[ManagedRuleGroupName]ManagedRuleGroup{}
	for _, g := range a.ManagedRuleGroups {
		given[g.Name] = g
	}
	var out []usedRuleGroup
	for _, known := range baseRuleGroups {
		settings, named := given[known.name]
		if named || known.byDefault && !slices.Contains(a.ExcludedManagedRuleGroups, known.name) {
			out = append(out, usedRuleGroup{known: known, settings: settings})
		}
	}
	return out
}
