package netplan_test

import (
	"flag"
	"fmt"
	"net/netip"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/netplan"
)

var update = flag.Bool("update", false, "write the tables of docs/network.md anew instead of comparing them")

const page = "../../docs/network.md"

// The tables of the guide are those that the code computes.
func TestDocsTables(t *testing.T) {
	raw, err := os.ReadFile(page)
	require.NoError(t, err)
	fresh := string(raw)
	for heading, table := range map[string]string{
		"slots of 10.0.0.0/16": slotTable("10.0.0.0/16"), "prices with 4 endpoints": priceTable(4),
	} {
		block := regexp.MustCompile(`(?s)<!-- ` + regexp.QuoteMeta(heading) + ` -->\n.*?<!-- end -->`)
		require.True(t, block.MatchString(fresh), "%s has no table %q", page, heading)
		fresh = block.ReplaceAllLiteralString(fresh, "<!-- "+heading+" -->\n"+table+"<!-- end -->")
	}
	assert.Contains(t, fresh, netplan.PricesOn)
	if *update {
		require.NoError(t, os.WriteFile(page, []byte(fresh), 0o644))
		return
	}
	assert.Equal(t, fresh, string(raw), "accept the new tables with: go test ./internal/netplan -update")
}

func slotTable(vpc string) string {
	var b strings.Builder
	b.WriteString("| tier | " + strings.Join(netplan.Zones(), " | ") + " |\n")
	b.WriteString("|---" + strings.Repeat("|---", len(netplan.Zones())) + "|\n")
	for _, tier := range netplan.Tiers() {
		b.WriteString("| " + string(tier))
		for _, s := range netplan.Subnets(netip.MustParsePrefix(vpc), []netplan.Tier{tier}, netplan.Zones()) {
			b.WriteString(" | " + s.CIDR.String())
		}
		b.WriteString(" |\n")
	}
	return b.String()
}

func priceTable(endpoints int) string {
	var b strings.Builder
	b.WriteString("| `Egress` | us-east-1, 2 zones | 3 zones | eu-west-1, 2 zones | 3 zones |\n|---|---|---|---|---|\n")
	for _, egress := range netplan.Egresses() {
		fmt.Fprintf(&b, "| `%s`", egress)
		for _, region := range []string{"us-east-1", "eu-west-1"} {
			for _, zones := range []int{2, 3} {
				e := netplan.MonthlyEstimate(region, egress, zones, endpoints)
				fmt.Fprintf(&b, " | $%.2f", e.Monthly)
				if e.PerAddress > 0 {
					fmt.Fprintf(&b, " + $%.2f a workload", e.PerAddress)
				}
			}
		}
		b.WriteString(" |\n")
	}
	return b.String()
}
