package ecs

import (
	"path"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// comesFrom tells whether the image is in one of the registries, or below one of the paths in them. A registry may have
// stars.
func comesFrom(i validate.Image, places []string) bool {
	return slices.ContainsFunc(places, func(place string) bool {
		registry, below, _ := strings.Cut(place, "/")
		if ok, err := path.Match(registry, i.Registry); !ok || err != nil {
			return false
		}
		return below == "" || i.Path == below || strings.HasPrefix(i.Path, strings.TrimSuffix(below, "/")+"/")
	})
}
