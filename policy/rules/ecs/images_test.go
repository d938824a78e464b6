package ecs

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

func TestComesFrom(t *testing.T) {
	places := []string{"*.dkr.ecr.*.amazonaws.com", "public.ecr.aws/acme/", "docker.io/library/nginx"}
	for name, want := range map[string]bool{
		"111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1": true,
		"public.ecr.aws/acme/api:1":                          true,
		"public.ecr.aws/acmes/api:1":                         false,
		"library/nginx:1":                                    true,
		"library/nginx-evil:1":                               false,
		"evil.example/x.dkr.ecr.eu-west-1.amazonaws.com:1":   false,
	} {
		assert.Equal(t, want, comesFrom(validate.SplitImage(name), places), name)
	}
}
