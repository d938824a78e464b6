package ecs

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestParseImage(t *testing.T) {
	for name, want := range map[string]image{
		"nginx":                          {"docker.io", "nginx", "", ""},
		"nginx:1.27":                     {"docker.io", "nginx", "1.27", ""},
		"library/nginx:1.27":             {"docker.io", "library/nginx", "1.27", ""},
		"localhost/nginx":                {"localhost", "nginx", "", ""},
		"registry.example:5000/api":      {"registry.example:5000", "api", "", ""},
		"registry.example:5000/a/b:1":    {"registry.example:5000", "a/b", "1", ""},
		"public.ecr.aws/a/b:1@sha256:ab": {"public.ecr.aws", "a/b", "1", "sha256:ab"},
		"":                               {"docker.io", "", "", ""},
	} {
		assert.Equal(t, want, parseImage(name), name)
	}
}

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
		assert.Equal(t, want, parseImage(name).comesFrom(places), name)
	}
}
