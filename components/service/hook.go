package service

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

// hooks follow every deployment of the service to its end, unless that is disabled.
func (b *webServiceBuilder) hooks() (*pulumi.ResourceHookBinding, error) {
	return nil, nil
}
