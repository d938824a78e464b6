package accesskeys

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
)

// Key is one access key of a user.
type Key struct {
	ID string `json:"id"`
	// User is the name of its user.
	User    string    `json:"user"`
	Active  bool      `json:"active"`
	Created time.Time `json:"created"`
	// LastUse is the last call that AWS knows of; nil when there was none.
	LastUse *Use `json:"lastUse"`
	// Holders are the containers that have its id in their environment.
	Holders []Holder `json:"holders"`
	// Own says that this very command runs with it.
	Own bool `json:"own,omitempty"`
}

// Use is a call that was made with a key.
type Use struct {
	Time    time.Time `json:"time"`
	Service string    `json:"service"`
	Region  string    `json:"region"`
}

// Inventory are the access keys of an account.
type Inventory struct {
	// Keys are by user and age, the oldest first.
	Keys []Key `json:"keys"`
	// RootKeys is how many access keys the root user has.
	RootKeys int `json:"rootKeys"`
	// Foreign are containers that hold a key that no user of the account has: of another account, or deleted.
	Foreign []Holder `json:"foreign"`
	// Unread are containers whose keys cannot be told, because the values come from somewhere else.
	Unread []Holder `json:"unread"`
	// Regions are those in which containers were looked at.
	Regions []string `json:"regions"`
	// QuietDays is for how long a key has to be unused before it is taken away.
	QuietDays int `json:"quietDays"`

	now time.Time
}

// DefaultQuietDays covers jobs that run once a month.
const DefaultQuietDays = 35

// Options of Read.
type Options struct {
	// Now is the time against which ages are counted.
	Now time.Time
	// QuietDays is for how long a key has to be unused before it is taken away; 0 is DefaultQuietDays.
	QuietDays int
}

// Read lists every access key of the account, and the containers that hold them.
func Read(ctx context.Context, c Clients, o Options) (*Inventory, error) {
	inventory := &Inventory{Keys: []Key{}, Foreign: []Holder{}, Unread: []Holder{}, QuietDays: o.QuietDays, now: o.Now}
	if inventory.QuietDays == 0 {
		inventory.QuietDays = DefaultQuietDays
	}
	summary, err := c.IAM.GetAccountSummary(ctx, &iam.GetAccountSummaryInput{})
	if err != nil {
		return nil, fmt.Errorf("look for keys of the root user: %w", err)
	}
	inventory.RootKeys = int(summary.SummaryMap[string(types.SummaryKeyTypeAccountAccessKeysPresent)])
	if inventory.Keys, err = readKeys(ctx, c); err != nil {
		return nil, err
	}
	if err := inventory.readHolders(ctx, c); err != nil {
		return nil, err
	}
	return inventory, nil
}

// readKeys lists the keys of all users.
func readKeys(ctx context.Context, c Clients) ([]Key, error) {
	keys := []Key{}
	users := iam.NewListUsersPaginator(c.IAM, &iam.ListUsersInput{})
	for users.HasMorePages() {
		page, err := users.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("list the users: %w", err)
		}
		for _, user := range page.Users {
			found, err := readUser(ctx, c, aws.ToString(user.UserName))
			if err != nil {
				return nil, err
			}
			keys = append(keys, found...)
		}
	}
	slices.SortFunc(keys, func(a, b Key) int {
		if by := strings.Compare(a.User, b.User); by != 0 {
			return by
		}
		return a.Created.Compare(b.Created)
	})
	return keys, nil
}

// readUser lists the keys of one user.
func readUser(ctx context.Context, c Clients, user string) ([]Key, error) {
	var keys []Key
	list := iam.NewListAccessKeysPaginator(c.IAM, &iam.ListAccessKeysInput{UserName: aws.String(user)})
	for list.HasMorePages() {
		page, err := list.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("list the keys of %s: %w", user, err)
		}
		for _, found := range page.AccessKeyMetadata {
			key := Key{
				ID: aws.ToString(found.AccessKeyId), User: user, Active: found.Status == types.StatusTypeActive,
				Created: aws.ToTime(found.CreateDate), Holders: []Holder{},
			}
			key.Own = key.ID == c.OwnKeyID
			if key.LastUse, err = lastUse(ctx, c, key.ID); err != nil {
				return nil, err
			}
			keys = append(keys, key)
		}
	}
	return keys, nil
}

// lastUse is the last call with a key. AWS knows of calls since 2015-04-22, and writes N/A for what it does not know.
// Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyLastUsed.html
func lastUse(ctx context.Context, c Clients, id string) (*Use, error) {
	out, err := c.IAM.GetAccessKeyLastUsed(ctx, &iam.GetAccessKeyLastUsedInput{AccessKeyId: aws.String(id)})
	if err != nil {
		return nil, fmt.Errorf("ask for the last use of %s: %w", id, err)
	}
	used := out.AccessKeyLastUsed
	if used == nil || used.LastUsedDate == nil {
		return nil, nil
	}
	return &Use{Time: *used.LastUsedDate, Service: known(used.ServiceName), Region: known(used.Region)}, nil
}

func known(text *string) string {
	if aws.ToString(text) == "N/A" {
		return ""
	}
	return aws.ToString(text)
}

// Find returns a key by its id.
func (i *Inventory) Find(id string) (Key, bool) {
	at := slices.IndexFunc(i.Keys, func(k Key) bool { return k.ID == id })
	if at < 0 {
		return Key{}, false
	}
	return i.Keys[at], true
}

// Age is how old the key is, in days.
func (i *Inventory) Age(k Key) int { return days(i.now.Sub(k.Created)) }

// Idle is for how many days the key has not been used; for one that never was, its age.
func (i *Inventory) Idle(k Key) int {
	if k.LastUse == nil {
		return i.Age(k)
	}
	return days(i.now.Sub(k.LastUse.Time))
}

func days(d time.Duration) int { return max(0, int(d.Hours()/24)) }

// quiet tells whether the key has not been used for long enough.
func (i *Inventory) quiet(k Key) bool { return i.Idle(k) >= i.QuietDays }
