package observability

// goldenSignals are the metrics that an alarm has to watch, by the types of the resource and the dimension that names it;
// of each group one is enough.
var goldenSignals = []struct {
	types   []string
	by      string
	metrics [][]string
}{
	{[]string{loadBalancer, loadBalancerAlias}, "LoadBalancer", [][]string{{"HTTPCode_ELB_5XX_Count", "HTTPCode_Target_5XX_Count"}, {"TargetResponseTime"}}},
	{[]string{service}, "ServiceName", [][]string{{"CPUUtilization"}, {"MemoryUtilization"}}},
	{[]string{instance}, "DBInstanceIdentifier", [][]string{{"CPUUtilization"}, {"FreeStorageSpace"}, {"DatabaseConnections"}}},
}
