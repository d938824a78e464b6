CREATE TABLE recordings (
    id         uuid PRIMARY KEY,
    owner      text NOT NULL,
    object_key text NOT NULL UNIQUE,
    size       bigint NOT NULL CHECK (size > 0),
    created_at timestamptz NOT NULL DEFAULT now()
);

-- A page of one owner's recordings; ids begin with their time.
CREATE INDEX recordings_by_owner ON recordings (owner, id);
