package ecs

import (
	"path"
	"slices"
	"strings"
)

// image is the name of a container image, taken apart: registry/path:tag@digest.
type image struct {
	registry, path, tag, digest string
}

// parseImage reads an image's name as Docker does: what comes first is a registry if it has a dot or a port.
func parseImage(name string) image {
	var i image
	name, i.digest, _ = strings.Cut(name, "@")
	if colon := strings.LastIndex(name, ":"); colon > strings.LastIndex(name, "/") {
		name, i.tag = name[:colon], name[colon+1:]
	}
	i.registry, i.path = "docker.io", name
	if first, rest, ok := strings.Cut(name, "/"); ok && (strings.ContainsAny(first, ".:") || first == "localhost") {
		i.registry, i.path = first, rest
	}
	return i
}

// comesFrom tells whether the image is in one of the registries, or below one of the paths in them. A registry may have
// stars.
func (i image) comesFrom(places []string) bool {
	return slices.ContainsFunc(places, func(place string) bool {
		registry, below, _ := strings.Cut(place, "/")
		if ok, err := path.Match(registry, i.registry); !ok || err != nil {
			return false
		}
		return below == "" || i.path == below || strings.HasPrefix(i.path, strings.TrimSuffix(below, "/")+"/")
	})
}
