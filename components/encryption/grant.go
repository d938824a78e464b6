package encryption

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/inputerror"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// KeyGrant is what an identity may do with a key. PolicyJSON is the policy for a role.
type KeyGrant = policydoc.Grant

// Decrypt lets an identity read what is encrypted with the key, through the service of that use only. The use has to be
// one of the key's and belong to a service, or be UseDirect; otherwise the grant carries an error.
func (k *Key) Decrypt(through Use) KeyGrant {
	return k.grant(through, "Decrypt", []string{"kms:Decrypt"})
}

// EncryptDecrypt lets an identity write and read, through the service of that use only.
func (k *Key) EncryptDecrypt(through Use) KeyGrant {
	return k.grant(through, "EncryptDecrypt", []string{"kms:Decrypt", "kms:GenerateDataKey"})
}

func (k *Key) grant(through Use, verb string, actions []string) KeyGrant {
	from := policydoc.Source{Type: KeyType, Name: k.name, Location: k.location}
	words := verb + "(" + validate.Show(string(through)) + ")"
	var ps validate.Problems
	if !k.Serves(through) || (through.endpoint() == "" && through != UseDirect) {
		ps.Add(validate.Invalid("grant.through", string(through),
			"a use of the key that identities can have: a service's, or direct", "add it to the key's uses").By("key-use"))
	}
	if err := inputerror.Of(ps, KeyType, k.name); err != nil {
		return policydoc.Refuse(from, words, err)
	}
	known := pulumi.All(k.KeyArn, k.location)
	return policydoc.NewGrant(from, words, known.ApplyT(func(values []any) []iampolicy.Statement {
		service := ""
		if endpoint := through.endpoint(); endpoint != "" {
			service = values[1].(account.Info).Service(endpoint)
		}
		return []iampolicy.Statement{policydoc.KeyUse("Key"+verb, values[0].(string), service, actions, nil)}
	}).(policydoc.Statements))
}
