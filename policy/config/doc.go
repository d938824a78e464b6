// Package config is the configuration of the policy pack: how strictly a stack is checked.
//
// A stack's file says it, PulumiPolicy.<stack>.yaml next to Pulumi.<stack>.yaml or next to the pack, or the file that
// BULWARK_POLICY_CONFIG names:
//
//	profile: dev
//	controls:
//	  rds-multi-az: disabled
//	  rds-backup-retention: {enforcementLevel: mandatory, days: 14}
//	  s3-pab-block-public-acls: remediate
//	exemptions:
//	  - control: elb-http-redirect
//	    urn: urn:pulumi:dev::acme::*::internal-*
//	    reason: The tool is reached through the VPN only.
//	    owner: platform@acme.example
//	    expires: 2027-03-31
//
// What is wrong in it is refused at once, all of it, with the field and the name that was probably meant.
//
// # Through the engine
//
// pulumi preview --policy-pack-config sets levels and parameters too, in Pulumi's own form, and exemptions as a property
// of the policy "bulwark". It wins over the file. The profile cannot be set there: the engine asks the pack for all
// levels before it reads that file, and hands them back as if somebody had chosen them.
package config
