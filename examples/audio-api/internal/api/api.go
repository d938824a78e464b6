// Package api is the service's interface: recordings over HTTP, each seen by its owner alone.
package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/acme/audio-api/internal/database"
	"github.com/acme/audio-api/internal/objects"
)

// Recordings is what is known of recordings.
type Recordings interface {
	Insert(context.Context, *database.Recording) error
	Find(ctx context.Context, owner string, id uuid.UUID) (database.Recording, error)
	List(ctx context.Context, owner string, after uuid.UUID, limit int) ([]database.Recording, error)
}

// Objects is where they lie.
type Objects interface {
	Key(name string) string
	UploadLink(ctx context.Context, key, contentType string, size int64) (objects.Link, error)
	DownloadLink(ctx context.Context, key string) (objects.Link, error)
	Upload(ctx context.Context, key, contentType string, size int64, body io.Reader) error
	Sizes(ctx context.Context, prefix, after string, limit int) (map[string]int64, error)
}

// API answers requests.
type API struct {
	// Owner says who a request is from.
	Owner      func(*http.Request) (string, error)
	Recordings Recordings
	Objects    Objects
	// MaxUpload is the size of the largest recording, in bytes.
	MaxUpload int64
	Readiness *Readiness
}

const (
	pageSize    = 100
	maxDocument = 4 << 10
	// maxPause is how long an upload may stand still, and how long its end may take.
	maxPause = 30 * time.Second
)

// contentTypes are what can be uploaded.
var contentTypes = []string{"audio/aac", "audio/flac", "audio/mp4", "audio/mpeg", "audio/ogg", "audio/wav", "audio/webm"}

// recording is what a caller sees of one.
type recording struct {
	ID        uuid.UUID `json:"id"`
	Size      int64     `json:"size"`
	CreatedAt time.Time `json:"createdAt"`
	// Uploaded is whether the content has arrived.
	Uploaded bool          `json:"uploaded"`
	Upload   *objects.Link `json:"upload,omitempty"`
	Download *objects.Link `json:"download,omitempty"`
}

// Handler serves the interface.
func (a *API) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.Handle("GET /readyz", handler(a.Readiness.answer))
	mux.Handle("POST /v1/recordings", a.owned(a.create))
	mux.Handle("GET /v1/recordings", a.owned(a.list))
	mux.Handle("GET /v1/recordings/{id}", a.owned(a.find))
	return observed(mux)
}

// folder is where an owner's recordings lie: the name tells nobody who that is.
func (a *API) folder(owner string) string {
	sum := sha256.Sum256([]byte(owner))
	return a.Objects.Key(hex.EncodeToString(sum[:16]) + "/")
}

// create announces a recording, described in JSON and uploaded with the link in the answer, or takes its content at once.
func (a *API) create(w http.ResponseWriter, r *http.Request, owner string) error {
	contentType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if contentType != "application/json" {
		return a.upload(w, r, owner, contentType)
	}
	var announced struct {
		ContentType string `json:"contentType"`
		Size        int64  `json:"size"`
	}
	document := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxDocument))
	document.DisallowUnknownFields()
	if err := document.Decode(&announced); err != nil {
		return refuse(http.StatusBadRequest, `expected {"contentType": "audio/wav", "size": 1234}`)
	}
	made, err := a.insert(r.Context(), owner, announced.ContentType, announced.Size)
	if err != nil {
		return err
	}
	link, err := a.Objects.UploadLink(r.Context(), made.ObjectKey, announced.ContentType, announced.Size)
	if err != nil {
		return err
	}
	seen := show(made, false)
	seen.Upload = &link
	return respond(w, http.StatusCreated, seen)
}

func (a *API) upload(w http.ResponseWriter, r *http.Request, owner, contentType string) error {
	if r.ContentLength < 0 {
		return refuse(http.StatusLengthRequired, "send the size as Content-Length")
	}
	made, err := a.insert(r.Context(), owner, contentType, r.ContentLength)
	if err != nil {
		return err
	}
	body := patient{r.Body, http.NewResponseController(w)}
	if err := a.Objects.Upload(r.Context(), made.ObjectKey, contentType, made.Size, body); err != nil {
		return err
	}
	return respond(w, http.StatusCreated, show(made, true))
}

// insert checks what is announced, and remembers it before anything is uploaded: no object is without its row.
func (a *API) insert(ctx context.Context, owner, contentType string, size int64) (*database.Recording, error) {
	if !slices.Contains(contentTypes, contentType) {
		return nil, refuse(http.StatusUnsupportedMediaType, "the content type is none of %s", strings.Join(contentTypes, ", "))
	}
	if size < 1 {
		return nil, refuse(http.StatusBadRequest, "the size is no number of bytes from 1")
	}
	if size > a.MaxUpload {
		return nil, &http.MaxBytesError{Limit: a.MaxUpload}
	}
	id, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	made := &database.Recording{ID: id, Owner: owner, ObjectKey: a.folder(owner) + id.String(), Size: size}
	return made, a.Recordings.Insert(ctx, made)
}

// list shows a page. Ids and keys are in the same order, so that one page of objects covers one of rows.
func (a *API) list(w http.ResponseWriter, r *http.Request, owner string) error {
	var after uuid.UUID
	var afterKey string
	if text := r.URL.Query().Get("after"); text != "" {
		var err error
		if after, err = uuid.Parse(text); err != nil {
			return refuse(http.StatusBadRequest, "after: expected the id of a recording, as in next of the page before")
		}
		afterKey = a.folder(owner) + after.String()
	}
	rows, err := a.Recordings.List(r.Context(), owner, after, pageSize)
	if err != nil {
		return err
	}
	sizes, err := a.Objects.Sizes(r.Context(), a.folder(owner), afterKey, pageSize)
	if err != nil {
		return err
	}
	page := struct {
		Recordings []recording `json:"recordings"`
		Next       string      `json:"next,omitempty"`
	}{Recordings: []recording{}}
	for _, row := range rows {
		_, uploaded := sizes[row.ObjectKey]
		page.Recordings = append(page.Recordings, show(&row, uploaded))
	}
	if len(rows) == pageSize {
		page.Next = rows[pageSize-1].ID.String()
	}
	return respond(w, http.StatusOK, page)
}

func (a *API) find(w http.ResponseWriter, r *http.Request, owner string) error {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		return database.ErrNotFound
	}
	row, err := a.Recordings.Find(r.Context(), owner, id)
	if err != nil {
		return err
	}
	sizes, err := a.Objects.Sizes(r.Context(), row.ObjectKey, "", 1)
	if err != nil {
		return err
	}
	_, uploaded := sizes[row.ObjectKey]
	seen := show(&row, uploaded)
	if uploaded {
		link, err := a.Objects.DownloadLink(r.Context(), row.ObjectKey)
		if err != nil {
			return err
		}
		seen.Download = &link
	}
	return respond(w, http.StatusOK, seen)
}

func show(r *database.Recording, uploaded bool) recording {
	return recording{ID: r.ID, Size: r.Size, CreatedAt: r.CreatedAt.UTC(), Uploaded: uploaded}
}

// patient gives a slow upload time as long as it goes on; everything else has the server's timeouts.
type patient struct {
	io.Reader
	connection *http.ResponseController
}

func (p patient) Read(b []byte) (int, error) {
	deadline := time.Now().Add(maxPause)
	if err := p.connection.SetReadDeadline(deadline); err != nil {
		return 0, err
	}
	// The part that ends with this read is still to be stored, and the answer to be written.
	if err := p.connection.SetWriteDeadline(deadline.Add(maxPause)); err != nil {
		return 0, err
	}
	return p.Reader.Read(b)
}
