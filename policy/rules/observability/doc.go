// Package observability has the rules about log groups, alarms, dashboards, topics and tracing, and about the metric
// filters on a trail that the CIS benchmark asks for.
package observability
