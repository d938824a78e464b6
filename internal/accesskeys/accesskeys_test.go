package accesskeys

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func read(t *testing.T, iam *fakeIAM, ecs *fakeECS) *Inventory {
	t.Helper()
	inventory, err := Read(t.Context(), Clients{IAM: iam, ECS: map[string]ECSClient{"eu-west-1": ecs}}, Options{Now: now})
	require.NoError(t, err)
	return inventory
}

func TestRead(t *testing.T) {
	inventory := read(t, account(), region())
	var ids []string
	for _, k := range inventory.Keys {
		ids = append(ids, k.User+" "+k.ID)
	}
	assert.Equal(t, []string{
		"audio-service " + oldID, "audio-service " + freshID, "backup " + quietID, "ci " + usedID, "left " + inactiveID,
	}, ids, "by user, the oldest first")
	k, ok := inventory.Find(oldID)
	require.True(t, ok)
	assert.Equal(t, 900, inventory.Age(k))
	assert.Equal(t, 0, inventory.Idle(k))
	assert.Equal(t, "2026-11-29 12:00, s3 in eu-west-1", k.LastUse.String())
	fresh, _ := inventory.Find(freshID)
	assert.Nil(t, fresh.LastUse, "N/A is no use")
	assert.Equal(t, "never", fresh.LastUse.String())
	quiet, _ := inventory.Find(quietID)
	assert.Empty(t, quiet.LastUse.Region, "N/A is no region")
}

func TestHolders(t *testing.T) {
	inventory := read(t, account(), region())
	k, _ := inventory.Find(oldID)
	var holders []string
	for _, h := range k.Holders {
		holders = append(holders, h.String())
	}
	assert.Equal(t, []string{
		"prod: main/audio (audio:7), container app, AWS_ACCESS_KEY_ID",
		"prod: main/audio (audio:8), container app, CONNECTION",
		"dev: a task of main (migrate:2), container app, S3_ACCESS_KEY",
	}, holders)
	require.Len(t, inventory.Foreign, 1)
	assert.Equal(t, foreignID, inventory.Foreign[0].KeyID)
	require.Len(t, inventory.Unread, 2)
	assert.Contains(t, inventory.Unread[0].From, "secret:mail")
	assert.Contains(t, inventory.Unread[1].From, "mail.env")
}

// TestNoSecret: nothing that comes out can be the secret beside the id.
func TestNoSecret(t *testing.T) {
	inventory := read(t, account(), region())
	raw, err := json.Marshal(map[string]any{"inventory": inventory, "plan": inventory.Plan()})
	require.NoError(t, err)
	assert.NotContains(t, string(raw), aSecret)
	assert.NotContains(t, string(raw), aSecret[:10])
}

func TestPlan(t *testing.T) {
	iam := account()
	inventory := read(t, iam, region())
	var steps []string
	for _, s := range inventory.Plan() {
		steps = append(steps, string(s.Stage)+" "+s.KeyID)
	}
	assert.Equal(t, []string{
		"delete " + inactiveID, "deactivate " + quietID, "watch " + freshID, "replace " + oldID, "find-holder " + usedID,
	}, steps, "what is safe comes first")
	texts := map[string]string{}
	for _, s := range inventory.Plan() {
		texts[s.KeyID] = s.Text + " " + s.Command
	}
	for id, says := range map[string]string{
		inactiveID: "unused for 90 days: delete it.",
		quietID:    "bulwark keys deactivate " + quietID,
		freshID:    "New and never used: name it in bulwark:retiredAccessKeys, so that its use raises an alarm, and look again in 32 days.",
		oldID:      "prod (audio) and dev (migrate:2) hold it: give the service a task role",
		usedID:     "AttributeValue=" + usedID + " --region eu-central-1",
	} {
		assert.Contains(t, texts[id], says)
	}
	own := Clients{IAM: iam, ECS: map[string]ECSClient{}, OwnKeyID: quietID}
	inventory, err := Read(t.Context(), own, Options{Now: now})
	require.NoError(t, err)
	k, _ := inventory.Find(quietID)
	assert.Equal(t, OwnKey, inventory.Stage(k))
	assert.ErrorContains(t, inventory.MayDeactivate(quietID, true), "the key that this command runs with", "nothing overrules that")
}

func TestMay(t *testing.T) {
	inventory := read(t, account(), region())
	for _, c := range []struct {
		what string
		err  error
		says string
	}{
		{"a quiet key", inventory.MayDeactivate(quietID, false), ""},
		{"a new key that was never used", inventory.MayDeactivate(freshID, false), ""},
		{"a held key", inventory.MayDeactivate(oldID, false), "is in use: prod (audio) and dev (migrate:2) hold it"},
		{"a held key, knowingly", inventory.MayDeactivate(oldID, true), ""},
		{"a used key", inventory.MayDeactivate(usedID, false), "was used 2 days ago (2026-11-27 12:00, ecr in eu-central-1): fewer than 35 days"},
		{"a used key, knowingly", inventory.MayDeactivate(usedID, true), ""},
		{"deleting a key that is active", inventory.MayDelete(quietID), "is active"},
		{"deleting an inactive key", inventory.MayDelete(inactiveID), ""},
		{"activating an active key", inventory.MayActivate(quietID), "is active already"},
		{"activating an inactive key", inventory.MayActivate(inactiveID), ""},
		{"a key of nobody", inventory.MayDeactivate("AKIANOBODYNOBODYNOBO", true), "no user of the account has the key"},
		{"a key of another account", inventory.MayDelete(foreignID), "no user of the account has the key"},
		{"a secret", inventory.MayDelete(aSecret), "a text of 40 characters (not shown)"},
	} {
		if c.says == "" {
			assert.NoError(t, c.err, c.what)
			continue
		}
		assert.ErrorContains(t, c.err, c.says, c.what)
		assert.NotContains(t, c.err.Error(), aSecret)
		var refusal *Refusal
		require.ErrorAs(t, c.err, &refusal)
	}
}

// TestInactiveButUsed: AWS refuses the calls, and counts them no more; what it counted lately holds the deletion up.
func TestInactiveButUsed(t *testing.T) {
	iam := account()
	iam.used[inactiveID] = use(5, "ec2", "eu-west-1")
	inventory := read(t, iam, region())
	assert.ErrorContains(t, inventory.MayDelete(inactiveID), "was used 5 days ago")
	k, _ := inventory.Find(inactiveID)
	assert.Equal(t, Watch, inventory.Stage(k))
}

func TestChange(t *testing.T) {
	iam := account()
	inventory := read(t, iam, region())
	k, _ := inventory.Find(quietID)
	c := Clients{IAM: iam}
	require.NoError(t, SetActive(t.Context(), c, k, false))
	require.NoError(t, SetActive(t.Context(), c, k, true))
	require.NoError(t, Delete(t.Context(), c, k))
	assert.Equal(t, []string{"backup " + quietID + " Inactive", "backup " + quietID + " Active", "backup " + quietID + " deleted"}, iam.changed)
}

// TestErrors: every call that fails is told with what it was for.
func TestErrors(t *testing.T) {
	broken := errors.New("broken")
	for _, operation := range []string{"GetAccountSummary", "ListUsers", "ListAccessKeys", "GetAccessKeyLastUsed"} {
		iam := account()
		iam.err[operation] = broken
		_, err := Read(t.Context(), Clients{IAM: iam}, Options{Now: now})
		assert.ErrorIs(t, err, broken, operation)
	}
	for _, operation := range []string{"ListClusters", "ListServices", "DescribeServices", "ListTasks", "DescribeTasks", "DescribeTaskDefinition"} {
		ecs := region()
		ecs.err[operation] = broken
		_, err := Read(t.Context(), Clients{IAM: account(), ECS: map[string]ECSClient{"eu-west-1": ecs}}, Options{Now: now})
		assert.ErrorIs(t, err, broken, operation)
		assert.ErrorContains(t, err, "look into the containers in eu-west-1", operation)
	}
}

// TestKeyIDs: an id is found wherever it stands, and nothing else is taken for one.
func TestKeyIDs(t *testing.T) {
	for text, ids := range map[string]string{
		oldID:                              oldID,
		"key=" + oldID + ";secret=x":       oldID,
		oldID + "," + freshID:              oldID + "," + freshID,
		`{"id":"` + oldID + `"}`:           oldID,
		"ASIAIOSFODNN7EXAMPLE":             "",
		"AKIA":                             "",
		"xAKIAIOSFODNN7EXAMPLEx":           oldID,
		"XAKIAIOSFODNN7EXAMPLE":            "",
		"https://akia.example.com/AKIA/x1": "",
	} {
		assert.Equal(t, ids, strings.Join(keyIDs(text), ","), text)
	}
}
