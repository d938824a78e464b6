package accesskeys

import (
	"context"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Refusal is why a key is left as it is.
type Refusal struct {
	// Reason says why; Fix how to come further.
	Reason string
	Fix    []string
}

// Error gives the reason.
func (r *Refusal) Error() string { return r.Reason }

// MayDeactivate says why a key must not be deactivated yet, or nil. Whoever knows better says so: although is for a key
// that is used or held.
func (i *Inventory) MayDeactivate(id string, although bool) error {
	k, err := i.known(id)
	switch {
	case err != nil:
		return err
	case k.Own:
		return &Refusal{Reason: id + " is the key that this command runs with", Fix: []string{"sign in with a role (aws sso login), and run it again"}}
	case although:
		return nil
	case len(k.Holders) > 0:
		return &Refusal{
			Reason: fmt.Sprintf("%s is in use: %s it", id, holds(k.Holders)),
			Fix:    []string{"bulwark keys shows what to do first", "--although-used deactivates it nevertheless; bulwark keys activate brings it back"},
		}
	case k.LastUse != nil && !i.quiet(k):
		return &Refusal{
			Reason: fmt.Sprintf("%s was used %s ago (%s): fewer than %s", id, count(i.Idle(k), "day"), k.LastUse, count(i.QuietDays, "day")),
			Fix:    []string{"find out who uses it: bulwark keys shows how", "--although-used deactivates it nevertheless; bulwark keys activate brings it back"},
		}
	}
	return nil
}

// MayDelete says why a key must not be deleted, or nil. Nothing brings a deleted key back, so that there is no way around:
// it is inactive, and nobody has used it for long enough.
func (i *Inventory) MayDelete(id string) error {
	k, err := i.known(id)
	switch {
	case err != nil:
		return err
	case k.Active:
		return &Refusal{Reason: id + " is active", Fix: []string{"bulwark keys deactivate " + id, "delete it once nobody has missed it"}}
	case len(k.Holders) > 0:
		return &Refusal{Reason: fmt.Sprintf("%s it: they fail without it", holds(k.Holders)), Fix: []string{"take it out of them first"}}
	case !i.quiet(k):
		return &Refusal{
			Reason: fmt.Sprintf("%s was used %s ago (%s): fewer than %s", id, count(i.Idle(k), "day"), k.LastUse, count(i.QuietDays, "day")),
			Fix:    []string{"leave it inactive until then: somebody may have to be told"},
		}
	}
	return nil
}

// known finds a key, or says what is wrong with the id.
func (i *Inventory) known(id string) (Key, error) {
	if ps := validate.AccessKeyID("key", id); len(ps) > 0 {
		return Key{}, &Refusal{Reason: ps[0].Reason()}
	}
	if k, ok := i.Find(id); ok {
		return k, nil
	}
	refusal := &Refusal{Reason: "no user of the account has the key " + id, Fix: []string{"bulwark keys lists those that there are"}}
	if slices.ContainsFunc(i.Foreign, func(h Holder) bool { return h.KeyID == id }) {
		refusal.Fix = []string{"a container holds it: it belongs to another account, or is deleted already"}
	}
	return Key{}, refusal
}

// SetActive activates or deactivates a key.
func SetActive(ctx context.Context, c Clients, k Key, active bool) error {
	status := types.StatusTypeInactive
	if active {
		status = types.StatusTypeActive
	}
	_, err := c.IAM.UpdateAccessKey(ctx, &iam.UpdateAccessKeyInput{
		AccessKeyId: aws.String(k.ID), UserName: aws.String(k.User), Status: status,
	})
	return err
}

// Delete deletes a key for good.
func Delete(ctx context.Context, c Clients, k Key) error {
	_, err := c.IAM.DeleteAccessKey(ctx, &iam.DeleteAccessKeyInput{AccessKeyId: aws.String(k.ID), UserName: aws.String(k.User)})
	return err
}

// MayActivate says why a key cannot be brought back, or nil.
func (i *Inventory) MayActivate(id string) error {
	k, err := i.known(id)
	if err == nil && k.Active {
		err = &Refusal{Reason: id + " is active already"}
	}
	return err
}
