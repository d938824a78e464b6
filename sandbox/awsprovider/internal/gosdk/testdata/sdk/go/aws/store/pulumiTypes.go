package store

type ShelfBoard struct {
	Load *int   `pulumi:"load"`
	Wood string `pulumi:"wood"`
}

type ShelfStyle struct {
	Colour *Colour `pulumi:"colour"`
}
