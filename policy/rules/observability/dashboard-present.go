package observability

import "github.com/bulwark-iac/bulwark/policy/rule"

var dashboardPresent = rule.Rule{
	ID:       "dashboard-present",
	Title:    "A dashboard exists and its widgets parse",
	Why:      "At two in the morning, whoever is called looks for one page that shows what is wrong.",
	Severity: rule.Low,
	Source:   "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Dashboards.html",
	Fix: rule.Fix{
		Plain: "cloudwatch.NewDashboard with a DashboardBody that has widgets",
	},
	Types: []string{dashboard, service},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		if len(s.Of(service)) == 0 && len(s.Of(dashboard)) == 0 {
			f.NotApplicable("the stack runs no service")
			return
		}
		if len(s.Of(dashboard)) == 0 {
			f.Fail(s, "the stack runs a service and has no dashboard: expected one")
		}
		f.EachResource(s.Of(dashboard), func(d *rule.Resource) {
			f.WantSome(d.Get("dashboardBody").JSON().Get("widgets"), "at least one widget")
		})
	},
	Good: []rule.Example{{YAML: `
page:
  type: aws:cloudwatch/dashboard:Dashboard
  properties:
    dashboardName: app
    dashboardBody:
      fn::toJSON: {widgets: [{type: text, properties: {markdown: "# App"}}]}
`}},
	Bad: []rule.Example{{Name: "a service without one", YAML: `
app:
  type: aws:ecs/service:Service
  properties: {cluster: main}
`}, {Name: "no widgets", YAML: `
page:
  type: aws:cloudwatch/dashboard:Dashboard
  properties:
    dashboardName: app
    dashboardBody:
      fn::toJSON: {widgets: []}
`}},
}
