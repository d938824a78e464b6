// Package waf puts a web application firewall in front of an Application Load Balancer.
//
// A web ACL that blocks what AWS knows to be bad, and lets recordings be uploaded:
//
//	acl, err := waf.NewWebAcl(ctx, "edge", &waf.WebAclArgs{
//		Labels:          labels,
//		LoadBalancerArn: balancer.Arn,
//		LogBucket:       logs, // a storage.LogBucket whose sources include Waf
//		Uploads:         &waf.Uploads{Paths: []string{"/recordings/"}},
//	})
//
// # What it builds
//
// The web ACL, its IP sets, its logging, its association with the load balancer, and on request a log group with its
// own key. Each is exposed as the resource of pulumi-aws, so that nothing is out of reach.
//
// # What it decides
//
// Requests that match no rule are let in. These managed rule groups of AWS block: core rule set, known bad inputs, SQL
// injection, IP reputation. An address with more than 2000 requests in 5 minutes gets 429. ManagedRuleGroups adds
// others, ExcludedManagedRuleGroups removes those. The rule groups that cost extra (Bot Control, account takeover,
// account creation) have arguments of their own, and are off.
//
// Every rule has metrics. Logs are required: whoever does not want them sets Logging to toggle.Disabled. The headers
// authorization and cookie never reach them. Samples of requests are off, because redaction does not reach those.
//
// The rules may need 1500 capacity units, what the price includes; the constructor counts, and refuses more unless
// MaxCapacity allows it.
//
// # Count first, then block
//
// WebAclArgs.Mode is the mode of every rule without one of its own, so that a web ACL begins with ModeCount and turns
// to blocking as a whole or one rule group at a time. A rule group that counts counts each of its rules by itself: one
// match does not hide the others. See docs/waf.md for the recipe.
//
// # Uploads
//
// The core rule set blocks bodies above 8 KB, and finds SQL and scripts in binary data. Uploads names the paths to
// which files are sent. There those rules count; everywhere else a rule right behind the rule group blocks what they
// have labelled. Paths are compared once the request's path is decoded and normalised, so that no detour through an
// upload path opens others.
//
// # Order
//
// A rule keeps its priority for ever, whatever else there is: block (0, 1), allow (2, 3), geo (10), rate limit (20),
// rules of your own (100 to 999), managed rule groups (1000 to 1599), rules of your own that look at their labels
// (10000 to 19999). Block comes before Allow, and Allow goes past everything else: requests from those addresses are
// not inspected.
//
// # Lifecycle
//
// A web ACL keeps nothing, and is deleted with its stack. A log group that the component makes is protected and
// retained unless it is disposable, with its key.
//
// # What it does not do
//
// No CloudFront, API Gateway or other resources, no CAPTCHA of your own, no addresses from X-Forwarded-For: behind a
// CDN every address is the CDN's. Conditions of rules are paths, methods, hosts, countries and labels; for others a
// rule takes the ARN of a rule group.
//
// # Upgrades
//
// Names, tokens, priorities and outputs do not change without an alias. New rules of AWS in the managed rule groups
// come by themselves, unless a version is pinned; a rule group that this package starts to use by default comes with a
// new major version.
package waf
