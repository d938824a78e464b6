module github.com/bulwark-iac/bulwark/policy/agreement

go 1.26.6

require (
	github.com/aquasecurity/trivy-checks v1.10.0
	github.com/bulwark-iac/bulwark v0.0.0
	github.com/hashicorp/hcl/v2 v2.23.0
	github.com/stretchr/testify v1.11.1
	github.com/zclconf/go-cty v1.16.2
	gopkg.in/yaml.v3 v3.0.1
)

require (
	github.com/agext/levenshtein v1.2.3 // indirect
	github.com/apparentlymart/go-textseg/v15 v15.0.0 // indirect
	github.com/davecgh/go-spew v1.1.2-0.20180830191138-d8f796af33cc // indirect
	github.com/mitchellh/go-wordwrap v1.0.1 // indirect
	github.com/pmezard/go-difflib v1.0.1-0.20181226105442-5d4384ee4fb2 // indirect
	github.com/pulumi/pulumi/sdk/v3 v3.260.0 // indirect
	golang.org/x/mod v0.38.0 // indirect
	golang.org/x/sync v0.22.0 // indirect
	golang.org/x/text v0.40.0 // indirect
	golang.org/x/tools v0.47.0 // indirect
	google.golang.org/protobuf v1.36.11 // indirect
)

replace github.com/bulwark-iac/bulwark => ../..
