package deploypolicy

// roles is the need for an action on the project's roles, by their names alone: AWS advises against tags where a role is
// passed.
func roles() need { return on(noTags, "iam:role/{role}") }

// passTo lets the project's roles be handed to one service.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
func passTo(services ...string) need {
	return roles().as("iam:PassRole").when("iam:PassedToService", services...)
}

// iamRules: what gives a role permissions asks for its boundary, when the scope has one; statements.go adds the condition.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
var iamRules = map[string][]need{
	// Tags of a new role are a permission of their own.
	// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags_roles.html
	"CreateRole": {on(requested, "iam:role/{role}"), on(claimed, "iam:role/{role}").as("iam:TagRole")},
	// Instance profiles are looked for before a role is deleted.
	"ListInstanceProfilesForRole": {roles()},
}

// bounded are the actions that give a role permissions, and know its boundary.
var bounded = map[string]bool{
	"iam:AttachRolePolicy": true, "iam:CreateRole": true, "iam:PutRolePermissionsBoundary": true, "iam:PutRolePolicy": true,
}
