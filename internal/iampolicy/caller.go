package iampolicy

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// CallerKind is what sort of principal makes a request.
type CallerKind string

// The kinds of callers.
const (
	// CallerUser is an IAM user.
	CallerUser CallerKind = "user"
	// CallerRole is a session of a role.
	CallerRole CallerKind = "role session"
	// CallerFederatedUser is a session that a user began with GetFederationToken.
	CallerFederatedUser CallerKind = "federated user session"
	// CallerRoot is the root user of an account.
	CallerRoot CallerKind = "root user"
	// CallerService is an AWS service on its own account, not with somebody's role.
	CallerService CallerKind = "service"
	// CallerProvider is a user of an identity provider, who is about to assume a role.
	CallerProvider CallerKind = "user of an identity provider"
	// CallerAnonymous has not said who it is.
	CallerAnonymous CallerKind = "anonymous caller"
)

// Caller is the principal that makes a request. CallerOf makes one of its name.
type Caller struct {
	Kind CallerKind
	// ARN is that of the user, the role, the federated user or the root user. A service or provider has its name here.
	ARN string
	// Session is the ARN of a role's session. If it is empty, the name of the session is not known.
	Session string
}

// CallerOf finds out what sort of principal a name is: an ARN, an account id (its root user), a service principal, an
// identity provider, or "*" for an anonymous caller. It reports false for anything else.
//
// The ARN of a session lacks the path of its role. That does not matter here: the names of roles and users are unique in
// their account, whatever their paths.
func CallerOf(name string) (Caller, bool) {
	if name == "*" {
		return Caller{Kind: CallerAnonymous}, true
	}
	if isAccountID(name) {
		return Caller{Kind: CallerRoot, ARN: "arn:aws:iam::" + name + ":root"}, true
	}
	arn, ok := validate.SplitARN(name)
	if !ok {
		switch {
		case strings.HasPrefix(name, "arn:") || !strings.Contains(name, ".") || strings.ContainsAny(name, "* "):
			return Caller{}, false
		case publicProvider(name):
			return Caller{Kind: CallerProvider, ARN: name}, true
		case strings.HasSuffix(name, ".amazonaws.com") || strings.HasSuffix(name, ".amazonaws.com.cn"):
			return Caller{Kind: CallerService, ARN: name}, true
		}
		return Caller{Kind: CallerProvider, ARN: name}, true
	}
	if !isAccountID(arn.Account) || arn.Service != "iam" && arn.Service != "sts" {
		return Caller{}, false
	}
	kind, rest, _ := strings.Cut(arn.Resource, "/")
	switch {
	case arn.Resource == "root":
		return Caller{Kind: CallerRoot, ARN: name}, true
	case kind == "user" && rest != "":
		return Caller{Kind: CallerUser, ARN: name}, true
	case kind == "role" && rest != "":
		return Caller{Kind: CallerRole, ARN: name}, true
	case kind == "federated-user" && rest != "":
		return Caller{Kind: CallerFederatedUser, ARN: name}, true
	case (kind == "saml-provider" || kind == "oidc-provider") && rest != "":
		return Caller{Kind: CallerProvider, ARN: name}, true
	case kind == "assumed-role":
		role, session, found := strings.Cut(rest, "/")
		if !found || role == "" || session == "" {
			return Caller{}, false
		}
		of := validate.ARN{Partition: arn.Partition, Service: "iam", Account: arn.Account, Resource: "role/" + role}
		return Caller{Kind: CallerRole, ARN: of.String(), Session: name}, true
	}
	return Caller{}, false
}

// Account is the id of the caller's account; empty for services, providers and anonymous callers.
func (c Caller) Account() string {
	switch c.Kind {
	case CallerUser, CallerRole, CallerFederatedUser, CallerRoot:
		return principalAccount(c.ARN)
	}
	return ""
}

// context is what every request of the caller says.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
func (c Caller) context() map[string]string {
	keys := map[string]string{"aws:principalisawsservice": "false"}
	switch c.Kind {
	case CallerService:
		keys["aws:principalisawsservice"], keys["aws:principalservicename"] = "true", c.ARN
		return keys
	case CallerAnonymous:
		keys["aws:principaltype"] = "Anonymous"
		return keys
	case CallerProvider:
		keys["aws:federatedprovider"] = c.ARN
		return keys
	}
	keys["aws:principalarn"], keys["aws:principalaccount"], keys["kms:calleraccount"] = c.ARN, c.Account(), c.Account()
	switch c.Kind {
	case CallerUser:
		keys["aws:principaltype"], keys["aws:username"] = "User", lastName(c.ARN)
	case CallerRole:
		keys["aws:principaltype"] = "AssumedRole"
	case CallerFederatedUser:
		keys["aws:principaltype"] = "FederatedUser"
	case CallerRoot:
		keys["aws:principaltype"], keys["aws:userid"] = "Account", c.Account()
	}
	return keys
}

// lastName is what stands behind the last slash.
func lastName(arn string) string { return arn[strings.LastIndexByte(arn, '/')+1:] }

// sameIdentity says whether two ARNs are of the same role or user. Paths do not count.
func sameIdentity(a, b string) bool {
	if a == b {
		return true
	}
	one, ok := validate.SplitARN(a)
	other, ok2 := validate.SplitARN(b)
	if !ok || !ok2 || one.Service != "iam" || other.Service != "iam" || one.Account != other.Account || one.Partition != other.Partition {
		return false
	}
	kind, _, found := strings.Cut(one.Resource, "/")
	otherKind, _, _ := strings.Cut(other.Resource, "/")
	return found && kind == otherKind && (kind == "role" || kind == "user") && lastName(a) == lastName(b)
}

// grant is how closely a principal in a policy means a caller. It decides which other policies limit what is granted.
type grant int

const (
	// grantNone: the caller is not meant.
	grantNone grant = iota
	// grantAccount: its account is, which may pass the permission on by an identity's policy.
	grantAccount
	// grantRole: its role is, whose boundary and session policies limit the permission.
	grantRole
	// grantDirect: the caller itself is.
	grantDirect
)

// naming says, by grant, whether principals name a caller in that way. Only a session whose name is not known can be named
// perhaps.
type naming [grantDirect + 1]truth

// any says whether they name the caller in any way.
func (n naming) any() truth { return max(n[grantAccount], n[grantRole], n[grantDirect]) }

// named finds out how the principals name the caller.
func (p Principals) named(c Caller) naming {
	var n naming
	if p.Everybody() {
		n[grantDirect] = yes
		return n
	}
	switch c.Kind {
	case CallerService:
		n[grantDirect] = truthOf(slices.Contains(p.Service, c.ARN))
	case CallerProvider:
		n[grantDirect] = truthOf(slices.Contains(p.Federated, c.ARN))
	case CallerAnonymous:
	default:
		for _, name := range p.AWS {
			g, sure := c.namedBy(name)
			n[g] = max(n[g], sure)
		}
	}
	return n
}

// namedBy is named for one AWS principal.
func (c Caller) namedBy(name string) (grant, truth) {
	arn, isARN := validate.SplitARN(name)
	switch {
	case isAccountID(name) || isARN && arn.Service == "iam" && arn.Resource == "root":
		if principalAccount(name) != c.Account() {
			return grantNone, yes
		}
		if c.Kind == CallerRoot {
			return grantDirect, yes
		}
		return grantAccount, yes
	case !isARN:
		return grantNone, yes
	}
	switch c.Kind {
	case CallerUser:
		if sameIdentity(name, c.ARN) {
			return grantDirect, yes
		}
	case CallerFederatedUser:
		if name == c.ARN {
			return grantDirect, yes
		}
		// The user that began the session has the same name. What it is granted, the session policy limits.
		user := validate.ARN{Partition: arn.Partition, Service: "iam", Account: c.Account(), Resource: "user/" + lastName(c.ARN)}
		if sameIdentity(name, user.String()) {
			return grantRole, yes
		}
	case CallerRole:
		if sameIdentity(name, c.ARN) {
			return grantRole, yes
		}
		if session, ok := CallerOf(name); ok && session.Session != "" && sameIdentity(session.ARN, c.ARN) {
			switch c.Session {
			case name:
				return grantDirect, yes
			case "":
				return grantDirect, maybe
			}
		}
	case CallerRoot, CallerService, CallerProvider, CallerAnonymous:
	}
	return grantNone, yes
}
